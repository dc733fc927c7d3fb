#ifndef COPCODES_H
#define COPCODES_H

#endif

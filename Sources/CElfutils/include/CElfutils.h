#ifndef CELFUTILS_H
#define CELFUTILS_H

#endif

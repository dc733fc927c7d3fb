// libelf of elfutils, and elf.h with the structures and numbers of the ELF specification.
#ifndef CELFUTILS_H
#define CELFUTILS_H

#include <elf.h>
#include <libelf.h>

// What libelf says about its last error.
const char *_Nonnull elfutils_error(void);

#endif

// libelf and libdw of elfutils, with the structures and numbers of the ELF and the DWARF specification.
#ifndef CELFUTILS_H
#define CELFUTILS_H

#include <dwarf.h>
#include <elf.h>
#include <elfutils/libdw.h>
#include <libelf.h>

// What libelf says about its last error.
const char *_Nonnull elfutils_error(void);

#endif

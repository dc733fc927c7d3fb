#include "CElfutils.h"

const char *elfutils_error(void) {
    const char *message = elf_errmsg(-1);
    return message ? message : "no reason given";
}

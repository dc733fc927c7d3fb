// A VM with the program in it, stopped at the entry: from the start of the process to its end, without a mark.
#include "floor.h"
#include "kvm.h"

#include <stdio.h>

void floor_start(int argc, char **argv) {
    (void)argc;
    struct guest guest;
    open_guest(&guest, argv[0], 128 << 20);
    printf("0x%lx\n", (unsigned long)get(&guest, PC));
}

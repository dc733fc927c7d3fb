// A guest from one of its functions on until it switches itself off, with a number in s0: one system call for each exit, a KVM_RUN
// that completes it and goes on to the next, and one for each line that the guest prints.
#include "floor.h"
#include "machine.h"

#include <stdlib.h>

void floor_run(int argc, char **argv) {
    (void)argc;
    struct guest guest;
    open_guest(&guest, argv[0], 128 << 20);
    set(&guest, PC, symbol(&guest, argv[1]));
    set(&guest, S0, strtoul(argv[2], NULL, 0));
    set(&guest, DEBUG_CONSOLE, 1);
    begin();
    run_until_off(&guest);
    end();
}

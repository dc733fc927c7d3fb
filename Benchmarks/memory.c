// Work on 1 GiB of RAM that the guest `fill` has filled, by one call of the C library: no debugger looks at less.
#include "floor.h"
#include "kvm.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void fill(struct guest *guest, const char *path) {
    open_guest(guest, path, 1 << 30);
    plant(guest, symbol(guest, "done"));
    run_to(guest, KVM_EXIT_DEBUG);
}

// Looks for RAM's last eight bytes, which are nowhere else.
void floor_find(int argc, char **argv) {
    (void)argc;
    struct guest guest;
    fill(&guest, argv[0]);
    uint64_t last;
    memcpy(&last, guest.ram + guest.ram_size - sizeof last, sizeof last);
    for (;;) {
        begin();
        if (memmem(guest.ram, guest.ram_size, &last, sizeof last) != guest.ram + guest.ram_size - sizeof last)
            fail("not found");
        end();
    }
}

void floor_dump(int argc, char **argv) {
    (void)argc;
    struct guest guest;
    fill(&guest, argv[0]);
    uint64_t size = strtoul(argv[2], NULL, 0);
    for (;;) {
        begin();
        int file = open(argv[1], O_WRONLY | O_CREAT | O_TRUNC, 0600);
        for (uint64_t done = 0; done < size;) {
            ssize_t count = write(file, guest.ram + done, size - done);
            if (count < 0)
                fail(argv[1]);
            done += count;
        }
        close(file);
        end();
    }
}

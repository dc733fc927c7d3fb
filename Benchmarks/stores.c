// So many stores to the page of a watched word, none of them to the word. The page is a memory slot of its own that the
// guest cannot write: each store comes as an MMIO exit with its address and data, is done here, and the next KVM_RUN goes on
// behind it. One system call for each.
#include "floor.h"
#include "kvm.h"

#include <stdlib.h>
#include <string.h>

enum { PAGE = 4096 };

void floor_stores(int argc, char **argv) {
    (void)argc;
    struct guest guest;
    open_guest(&guest, argv[0], 128 << 20);
    uint64_t watched = symbol(&guest, "watched"), page = watched & -(uint64_t)PAGE;
    begin();
    set_slot(&guest, 0, 0, RAM_START, 0);
    set_slot(&guest, 0, 0, RAM_START, page - RAM_START);
    set_slot(&guest, 1, KVM_MEM_READONLY, page, PAGE);
    set_slot(&guest, 2, 0, page + PAGE, RAM_START + guest.ram_size - page - PAGE);
    for (long stores = atol(argv[1]); stores > 0; stores--) {
        run_to(&guest, KVM_EXIT_MMIO);
        if (!guest.run->mmio.is_write || guest.run->mmio.phys_addr - watched < 8)
            fail("not a store beside the word");
        memcpy(at(&guest, guest.run->mmio.phys_addr), guest.run->mmio.data, guest.run->mmio.len);
    }
    end();
}

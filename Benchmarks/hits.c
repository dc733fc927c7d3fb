// A breakpoint at `loop`, hit so many times, or with `if` one whose condition does not hold so many times. For each hit the guest
// goes on over the instruction under it:
//
//   KVM_RUN     to the ebreak
//   GET pc      which site was hit: KVM_EXIT_DEBUG tells nothing on RISC-V
//   GET a0      only for a condition on $a0
//   GET satp    by which translation pc is our site in guest-physical memory; the guest may have switched it since
//   GET stvec   where a fault or an interrupt would go that comes in place of the one instruction
//   flush       after the site was lifted and the way out was planted
//   KVM_RUN     over the instruction: RISC-V KVM has no single-step
//   GET pc      where it went: on, or to the trap handler
//   flush       after everything was put back
//
// The address behind the instruction follows from the instruction itself, so no register is read for it.
#include "floor.h"
#include "kvm.h"

#include <stdlib.h>
#include <string.h>

// One step from pc, where our breakpoint hides `original`.
static void step_over(const struct guest *guest, uint64_t pc, uint16_t original) {
    uint64_t next = pc + length(original);
    uint64_t vector = get(guest, STVEC) & ~3ul;
    restore(guest, pc, original);
    uint16_t at_next = plant(guest, next), at_vector = plant(guest, vector);
    flush_icache();
    run_to(guest, KVM_EXIT_DEBUG);
    if (get(guest, PC) != next)
        fail("the step was interrupted");
    restore(guest, next, at_next);
    restore(guest, vector, at_vector);
    plant(guest, pc);
    flush_icache();
}

void floor_hits(int argc, char **argv) {
    struct guest guest;
    open_guest(&guest, argv[0], 128 << 20);
    long hits = atol(argv[1]);
    bool has_condition = argc > 2 && strcmp(argv[2], "if") == 0;
    uint64_t loop = symbol(&guest, "loop");
    begin();
    uint16_t original = plant(&guest, loop);
    flush_icache();
    for (;;) {
        run_to(&guest, KVM_EXIT_DEBUG);
        uint64_t pc = get(&guest, PC);
        if (get(&guest, SATP) != 0 || pc != loop)
            fail("another ebreak");
        if (has_condition ? get(&guest, A0) == (uint64_t)hits : --hits == 0)
            break;
        step_over(&guest, pc, original);
    }
    end();
}

// The same by a debugger that trusts in flat memory, no traps and no interrupts: for comparison.
void floor_naive_hits(int argc, char **argv) {
    (void)argc;
    struct guest guest;
    open_guest(&guest, argv[0], 128 << 20);
    uint64_t loop = symbol(&guest, "loop");
    begin();
    uint16_t original = plant(&guest, loop);
    uint64_t next = loop + length(original);
    uint16_t at_next = fetch(&guest, next);
    flush_icache();
    for (long hits = atol(argv[1]); hits > 0; hits--) {
        run_to(&guest, KVM_EXIT_DEBUG);
        if (get(&guest, PC) != loop)
            fail("another ebreak");
        restore(&guest, loop, original);
        plant(&guest, next);
        flush_icache();
        run_to(&guest, KVM_EXIT_DEBUG);
        if (get(&guest, PC) != next)
            fail("the step went elsewhere");
        restore(&guest, next, at_next);
        plant(&guest, loop);
        flush_icache();
    }
    end();
}

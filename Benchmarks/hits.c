// A breakpoint at `loop`, hit so many times, or with `if` one whose condition does not hold so many times. For each hit the guest
// goes on behind the instruction under it, an addi to a0, which is added by hand:
//
//   KVM_RUN     to the ebreak
//   GET pc      which site was hit: KVM_EXIT_DEBUG tells nothing on RISC-V
//   GET satp    by which translation pc is our site in guest-physical memory; the guest may have switched it since
//   GET a0      what is added to; it is also what the condition looks at
//   SET a0, pc
#include "floor.h"
#include "kvm.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { C_ADDI_A0_1 = 0x0505, C_RET = 0x8082, PAGE = 4096 };

// Code on so many pages: a function on each that does nothing.
static uint8_t *functions(long pages) {
    uint8_t *code = mmap(NULL, (size_t)pages * PAGE, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (code == MAP_FAILED)
        fail("mmap of code failed");
    for (long i = 0; i < pages; i++)
        memcpy(code + i * PAGE, &(uint16_t){C_RET}, 2);
    flush_icache();
    return code;
}

static void call(const uint8_t *code, long pages) {
    for (long i = 0; i < pages; i++)
        ((void (*)(void))(uintptr_t)(code + i * PAGE))();
}

// With `touching`, so many pages of code are executed at each hit. What that takes is what a program pays that has its code on so
// many pages, where the host forgets its translations at each run.
void floor_hits(int argc, char **argv) {
    struct guest guest;
    open_guest(&guest, argv[0], 128 << 20);
    uint64_t hits = strtoul(argv[1], NULL, 10);
    bool has_condition = argc > 2 && strcmp(argv[2], "if") == 0;
    long pages = argc > 3 && strcmp(argv[2], "touching") == 0 ? atol(argv[3]) : 0;
    const uint8_t *code = pages > 0 ? functions(pages) : NULL;
    uint64_t loop = symbol(&guest, "loop");
    begin();
    uint16_t original = plant(&guest, loop);
    flush_icache();
    if (original != C_ADDI_A0_1)
        fail("not the instruction that is done by hand");
    for (;;) {
        run_to(&guest, KVM_EXIT_DEBUG);
        uint64_t pc = get(&guest, PC);
        if (get(&guest, SATP) != 0 || pc != loop)
            fail("another ebreak");
        uint64_t a0 = get(&guest, A0);
        if (has_condition ? a0 == hits : --hits == 0)
            break;
        set(&guest, A0, a0 + 1);
        set(&guest, PC, pc + 2);
        call(code, pages);
    }
    end();
}

// The same by a debugger that has the guest execute the instruction under the breakpoint, whatever it is. For each hit:
//
//   KVM_RUN, GET pc, GET a0 for a condition, GET satp
//   GET stvec   where a fault or an interrupt would go that comes in place of the one instruction
//   flush       after the site was lifted and the way out was planted
//   KVM_RUN     over the instruction: RISC-V KVM has no single-step
//   GET pc      where it went: on, or to the trap handler
//   flush       after everything was put back
//
// The address behind the instruction follows from the instruction itself, so no register is read for it.

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

void floor_executed_hits(int argc, char **argv) {
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

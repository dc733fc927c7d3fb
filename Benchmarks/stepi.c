// So many single steps from `loop` on. For each:
//
//   flush       after the last step's ebreaks were lifted and this one's were planted: at the next instruction, at both where a
//               branch may go, and at the trap vector
//   KVM_RUN     RISC-V KVM has no single-step
//   GET rs1     before a jalr, c.jr or c.jalr: where it goes
//   GET pc      after a branch, and after what can trap (loads, stores): it stopped at one of several places
//
// stvec, satp and sstatus.SIE change by CSR instructions and traps only, and the code has none: they are read once. With SIE
// clear no interrupt can come, and arithmetic cannot trap, so after it pc is known.
#include "floor.h"
#include "kvm.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_SITES = 3 };

struct step {
    uint64_t landings[MOST_SITES];
    uint16_t originals[MOST_SITES];
    int count;
    bool is_certain; // only the first landing is possible
};

// The bits low to low + count - 1 of code, moved to bit `to`.
static uint32_t bits(uint32_t code, int low, int count, int to) { return (code >> low & ((1u << count) - 1)) << to; }
static int64_t extended(uint32_t value, int width) { return (int64_t)((uint64_t)value << (64 - width)) >> (64 - width); }

static void lead_to(struct step *step, uint64_t address) { step->landings[step->count++] = address; }

static void full_successors(const struct guest *guest, uint64_t pc, uint32_t code, struct step *step) {
    switch (code & 0x7f) {
    case 0x6f: // jal
        lead_to(step, pc + extended(bits(code, 31, 1, 20) | bits(code, 21, 10, 1) | bits(code, 20, 1, 11) | bits(code, 12, 8, 12), 21));
        break;
    case 0x67: // jalr
        lead_to(step, (get(guest, CORE(bits(code, 15, 5, 0))) + extended(code >> 20, 12)) & ~1ul);
        break;
    case 0x63: // branches
        lead_to(step, pc + 4);
        lead_to(step, pc + extended(bits(code, 31, 1, 12) | bits(code, 25, 6, 5) | bits(code, 8, 4, 1) | bits(code, 7, 1, 11), 13));
        step->is_certain = false;
        break;
    case 0x03: // loads
    case 0x23: // stores
        step->is_certain = false;
        // fallthrough
    default: lead_to(step, pc + 4);
    }
}

static void compressed_successors(const struct guest *guest, uint64_t pc, uint32_t code, struct step *step) {
    uint32_t kind = bits(code, 13, 3, 0), quadrant = code & 3;
    if (quadrant == 1 && kind == 5) { // c.j
        lead_to(
            step, pc + extended(bits(code, 12, 1, 11) | bits(code, 11, 1, 4) | bits(code, 9, 2, 8) | bits(code, 8, 1, 10) |
                                    bits(code, 7, 1, 6) | bits(code, 6, 1, 7) | bits(code, 3, 3, 1) | bits(code, 2, 1, 5), 12));
    } else if (quadrant == 1 && kind >= 6) { // c.beqz, c.bnez
        lead_to(step, pc + 2);
        lead_to(
            step, pc + extended(bits(code, 12, 1, 8) | bits(code, 10, 2, 3) | bits(code, 5, 2, 6) | bits(code, 3, 2, 1) |
                                    bits(code, 2, 1, 5), 9));
        step->is_certain = false;
    } else if (quadrant == 2 && kind == 4 && bits(code, 2, 5, 0) == 0) { // c.jr, c.jalr
        lead_to(step, get(guest, CORE(bits(code, 7, 5, 0))) & ~1ul);
    } else { // loads and stores have the other odd and even kinds of quadrants 0 and 2
        step->is_certain = quadrant == 1 || (quadrant == 0 && kind == 0) || (quadrant == 2 && (kind == 0 || kind == 4));
        lead_to(step, pc + 2);
    }
}

void floor_stepi(int argc, char **argv) {
    (void)argc;
    struct guest guest;
    open_guest(&guest, argv[0], 128 << 20);
    uint64_t pc = symbol(&guest, "loop");
    uint16_t original = plant(&guest, pc);
    run_to(&guest, KVM_EXIT_DEBUG);
    restore(&guest, pc, original);
    begin();
    uint64_t vector = get(&guest, STVEC) & ~3ul;
    if (get(&guest, SATP) != 0 || (get(&guest, SSTATUS) & 2) != 0 || get(&guest, PC) != pc)
        fail("not the state this is made for");
    for (long steps = atol(argv[1]); steps > 0; steps--) {
        struct step step = {.is_certain = true};
        uint32_t code = fetch(&guest, pc);
        if (length(code) == 4)
            full_successors(&guest, pc, code | (uint32_t)fetch(&guest, pc + 2) << 16, &step);
        else
            compressed_successors(&guest, pc, code, &step);
        lead_to(&step, vector);
        for (int i = 0; i < step.count; i++)
            step.originals[i] = plant(&guest, step.landings[i]);
        flush_icache();
        run_to(&guest, KVM_EXIT_DEBUG);
        for (int i = step.count; i-- > 0;)
            restore(&guest, step.landings[i], step.originals[i]);
        pc = step.is_certain ? step.landings[0] : get(&guest, PC);
    }
    if (pc != get(&guest, PC))
        fail("lost the way");
    end();
}

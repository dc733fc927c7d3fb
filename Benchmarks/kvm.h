// The least of a virtual machine: RAM with an ELF file in it and one vCPU, by KVM's own calls and nothing around them. What
// fails ends the program with a sentence.
#pragma once

#include <linux/kvm.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdnoreturn.h>

#define RAM_START 0x80000000ul
#define C_EBREAK 0x9002

struct guest {
    int vm;
    int vcpu;
    struct kvm_run *run;
    uint8_t *ram;        // what lies at RAM_START
    uint64_t ram_size;   // in bytes
    const uint8_t *file; // the ELF file, for symbol()
};

// ONE_REG ids (Documentation/virt/kvm/api.rst, KVM_SET_ONE_REG).
#define CORE(n) (0x8030000002000000ul + (n)) // 0 pc, 1 to 31 x1 to x31
#define CSR(n) (0x8030000003000000ul + (n))
#define PC CORE(0)
#define S0 CORE(8)
#define A0 CORE(10)
#define A1 CORE(11)
#define SSTATUS CSR(0)
#define STVEC CSR(2)
#define SATP CSR(8)
#define DEBUG_CONSOLE 0x8030000008000009ul // 1: the guest has the SBI's debug console

noreturn void fail(const char *what);

// A guest with RAM and nothing in it.
void make_guest(struct guest *guest, uint64_t ram_size);
// A guest with the program in RAM, pc at its entry, a0 = a1 = 0, and guest debug on.
void open_guest(struct guest *guest, const char *path, uint64_t ram_size);
uint64_t symbol(const struct guest *guest, const char *name);

uint64_t get(const struct guest *guest, uint64_t id);
void set(const struct guest *guest, uint64_t id, uint64_t value);
// Runs until an exit, which must be the one expected.
void run_to(const struct guest *guest, uint32_t exit_reason);
void set_slot(const struct guest *guest, uint32_t number, uint32_t flags, uint64_t start, uint64_t size);

void *at(const struct guest *guest, uint64_t address); // the RAM there; the address must be in it
uint16_t fetch(const struct guest *guest, uint64_t address);
// Writes an ebreak; returns what was there.
uint16_t plant(const struct guest *guest, uint64_t address);
void restore(const struct guest *guest, uint64_t address, uint16_t code);
// Lets the harts see what was written to code.
void flush_icache(void);
static inline int length(uint16_t code) { return (code & 3) == 3 ? 4 : 2; }

// What the work stands between: "ready" and a line from standard input, whose end ends the program; then "done".
void begin(void);
void end(void);

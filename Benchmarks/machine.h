// The devices that a guest finds at the addresses of QEMU's machine `virt`, no more of each than a guest of the measures asks for,
// and the loop that runs a guest until it switches itself off.
#pragma once

#include "kvm.h"

#include <stddef.h>

// Lets the guest run, and answers what it exits for, until it is off.
void run_until_off(const struct guest *guest);

// What the guest prints comes out line by line; at least a byte, and at most so many.
#define MOST_PRINTED (1 << 16)
void print(const uint8_t *bytes, size_t count);
void flush_lines(void);

#define UART_START 0x10000000ul
#define UART_SIZE 0x100
uint8_t uart_load(const struct guest *guest, uint64_t offset);
void uart_store(const struct guest *guest, uint64_t offset, uint8_t byte);

#define PLIC_START 0x0C000000ul
#define PLIC_SIZE 0x600000
uint32_t plic_load(const struct guest *guest, uint64_t offset);
void plic_store(const struct guest *guest, uint64_t offset, uint32_t word);
void plic_set_uart_line(const struct guest *guest, bool is_high);

#define FINISHER_START 0x100000ul
#define FINISHER_PASS 0x5555

#include "machine.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>

enum { DBCN = 0x4442434E, DBCN_WRITE = 0, DBCN_READ = 1, DBCN_WRITE_BYTE = 2 };
enum { NOT_SUPPORTED = -2, INVALID_PARAMETER = -3 };

// a0 and a1 as the guest finds them.
struct answer { int64_t a0; uint64_t a1; };

static struct answer answer_console(const struct guest *guest, uint64_t function, const uint64_t *arguments) {
    uint64_t count = arguments[0], address = arguments[1];
    switch (function) {
    case DBCN_WRITE:
        if (arguments[2] != 0 || address - RAM_START > guest->ram_size || count > guest->ram_size - (address - RAM_START))
            return (struct answer){INVALID_PARAMETER, 0};
        if (count > MOST_PRINTED)
            count = MOST_PRINTED;
        if (count > 0)
            print(guest->ram + (address - RAM_START), count);
        return (struct answer){0, count};
    case DBCN_READ: return (struct answer){0, 0};
    case DBCN_WRITE_BYTE: print((const uint8_t[]){arguments[0]}, 1); return (struct answer){0, 0};
    default: return (struct answer){NOT_SUPPORTED, 0};
    }
}

static void answer_call(const struct guest *guest) {
    uint64_t extension = guest->run->riscv_sbi.extension_id, function = guest->run->riscv_sbi.function_id;
    const uint64_t *arguments = (const void *)guest->run->riscv_sbi.args;
    struct answer answer = extension == DBCN ? answer_console(guest, function, arguments) : (struct answer){NOT_SUPPORTED, 0};
    guest->run->riscv_sbi.ret[0] = answer.a0;
    guest->run->riscv_sbi.ret[1] = answer.a1;
}

// Whether the guest goes on.
static bool answer_access(const struct guest *guest) {
    uint64_t address = guest->run->mmio.phys_addr, value = 0;
    bool is_write = guest->run->mmio.is_write;
    if (is_write)
        memcpy(&value, guest->run->mmio.data, guest->run->mmio.len);
    if (address - UART_START < UART_SIZE && is_write)
        uart_store(guest, address - UART_START, value);
    else if (address - UART_START < UART_SIZE)
        value = uart_load(guest, address - UART_START);
    else if (address - PLIC_START < PLIC_SIZE && is_write)
        plic_store(guest, address - PLIC_START, value);
    else if (address - PLIC_START < PLIC_SIZE)
        value = plic_load(guest, address - PLIC_START);
    else if (address == FINISHER_START && is_write)
        return value != FINISHER_PASS;
    else if (address != FINISHER_START)
        fprintf(stderr, "an access to 0x%lx\n", (unsigned long)address);
    if (!is_write)
        memcpy(guest->run->mmio.data, &value, sizeof value);
    return true;
}

void run_until_off(const struct guest *guest) {
    for (bool goes_on = true; goes_on;) {
        if (ioctl(guest->vcpu, KVM_RUN, 0) < 0)
            fail("KVM_RUN");
        switch (guest->run->exit_reason) {
        case KVM_EXIT_MMIO: goes_on = answer_access(guest); break;
        case KVM_EXIT_RISCV_SBI: answer_call(guest); break;
        case KVM_EXIT_SYSTEM_EVENT: goes_on = false; break;
        default: fprintf(stderr, "exit %u\n", guest->run->exit_reason); goes_on = false;
        }
    }
    flush_lines();
}

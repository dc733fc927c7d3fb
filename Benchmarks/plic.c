// The interrupt controller, with one source, the serial port, and one context, hart 0's in S-mode.
#include "machine.h"

#include <sys/ioctl.h>

enum {
    SOURCE = 10,
    PRIORITY = 4 * SOURCE,
    PENDING = 0x1000,
    ENABLE = 0x2080,
    THRESHOLD = 0x201000,
    CLAIM = 0x201004,
};

static uint32_t priority, enabled, threshold;
static bool is_high, is_pending, is_in_service, is_raised;

static bool is_due(void) { return is_pending && enabled & 1 << SOURCE && priority > 0; }

// An ioctl only when the hart is to be told something else than before.
static void update(const struct guest *guest) {
    bool raises = is_due() && priority > threshold;
    if (raises == is_raised)
        return;
    is_raised = raises;
    struct kvm_interrupt interrupt = {.irq = raises ? KVM_INTERRUPT_SET : KVM_INTERRUPT_UNSET};
    if (ioctl(guest->vcpu, KVM_INTERRUPT, &interrupt) < 0)
        fail("KVM_INTERRUPT");
}

void plic_set_uart_line(const struct guest *guest, bool now_high) {
    if (now_high == is_high)
        return;
    is_high = now_high;
    if (is_high && !is_in_service)
        is_pending = true;
    update(guest);
}

uint32_t plic_load(const struct guest *guest, uint64_t offset) {
    switch (offset) {
    case PRIORITY: return priority;
    case PENDING: return (uint32_t)is_pending << SOURCE;
    case ENABLE: return enabled;
    case THRESHOLD: return threshold;
    case CLAIM:
        if (!is_due())
            return 0;
        is_pending = false;
        is_in_service = true;
        update(guest);
        return SOURCE;
    default: return 0;
    }
}

void plic_store(const struct guest *guest, uint64_t offset, uint32_t word) {
    switch (offset) {
    case PRIORITY: priority = word & 7; break;
    case ENABLE: enabled = word & ~1u; break;
    case THRESHOLD: threshold = word & 7; break;
    case CLAIM:
        if (word != SOURCE || !(enabled & 1 << SOURCE))
            break;
        is_in_service = false;
        is_pending |= is_high;
    }
    update(guest);
}

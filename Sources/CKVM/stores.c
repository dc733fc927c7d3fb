#include "CKVM.h"

#include <string.h>
#include <sys/ioctl.h>

enum { PAGE_SIZE = 4096 };

// A leaf of a page table (V, and R or X) whose A or D is clear, and that maps RAM.
static int may_be_entry(uint64_t word, const struct ckvm_store_page *page) {
    uint64_t mapped = (word << 10 >> 20) << 12;
    return (word & 1) && (word & 10) && (word & 0xC0) != 0xC0 && mapped - page->ram_start < page->ram_size;
}

// Does the store that the vCPU has come back for, if it may be done unseen; whether it was.
static int pass(const struct kvm_run *run, const struct ckvm_store_page *page) {
    if (run->exit_reason != KVM_EXIT_MMIO || !run->mmio.is_write)
        return 0;
    uint64_t start = run->mmio.phys_addr, offset = start - page->start, length = run->mmio.len;
    if (offset >= PAGE_SIZE || length > 8 || offset + length > PAGE_SIZE)
        return 0;
    if (start < page->watched_end && start + length > page->watched_start)
        return 0;
    // The second part of a store that straddles into the page looks like this.
    if (offset == 0 && length > 1)
        return 0;
    unsigned char *host = page->host + offset;
    if (offset % 8 == 0) {
        uint64_t word;
        memcpy(&word, host, sizeof word);
        if (may_be_entry(word, page))
            return 0;
    }
    memcpy(host, run->mmio.data, length);
    return 1;
}

int ckvm_run_past_stores(int vcpu, const void *run_page, const struct ckvm_store_page *page, uint64_t *count) {
    const struct kvm_run *run = run_page;
    for (;;) {
        if (ioctl(vcpu, KVM_RUN, 0) < 0)
            return -errno;
        if (!pass(run, page))
            return 0;
        ++*count;
    }
}

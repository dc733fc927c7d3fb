// KVM's ioctls, one function each, with the numbers and layouts of <linux/kvm.h>. Each returns a negative errno when the
// kernel refuses.
#ifndef CKVM_H
#define CKVM_H

#include <errno.h>
#include <linux/kvm.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// On /dev/kvm.
int ckvm_open(void);
int ckvm_close(int descriptor);
int ckvm_get_api_version(int kvm);
int ckvm_get_vcpu_mmap_size(int kvm);
int ckvm_create_vm(int kvm);

// On /dev/kvm or a VM.
int ckvm_check_extension(int kvm_or_vm, long capability);

// On a VM.
int ckvm_create_vcpu(int vm, unsigned long id);
int ckvm_set_user_memory_region(
    int vm, uint32_t slot, uint32_t flags, uint64_t guest_physical, uint64_t size, const void *_Nullable host);

// On a vCPU.
int ckvm_run(int vcpu);
// KVM_RUN, again and again while the vCPU comes back for a store to this page, whose slot is read-only, that touches no watched
// byte: it is done, and counted. run_page is what the vCPU shares with the kernel.
struct ckvm_store_page {
    uint64_t start;                      // guest-physical
    uint64_t watched_start, watched_end; // guest-physical, the second one behind the last byte
    uint64_t ram_start, ram_size;        // guest-physical: what page tables map
    unsigned char *_Nonnull host;
};
int ckvm_run_past_stores(
    int vcpu, const void *_Nonnull run_page, const struct ckvm_store_page *_Nonnull page, uint64_t *_Nonnull count);
int ckvm_get_one_reg(int vcpu, uint64_t id, void *_Nonnull value);
int ckvm_set_one_reg(int vcpu, uint64_t id, const void *_Nonnull value);
// list[0] is the number of ids that follow: in, those there is room for; out, those there are.
int ckvm_get_reg_list(int vcpu, uint64_t *_Nonnull list);
int ckvm_get_mp_state(int vcpu, uint32_t *_Nonnull state);
int ckvm_set_mp_state(int vcpu, uint32_t state);
int ckvm_set_guest_debug(int vcpu, uint32_t control);
int ckvm_interrupt(int vcpu, uint32_t number);

// A thread for each vCPU of a guest, which does nothing but KVM_RUN when it is told to. Everything else is done by the one thread
// that calls these functions.
typedef struct ckvm_crew ckvm_crew;
// Room for `count` vCPUs that run by `run`, which is ckvm_run for NULL. NULL, and errno, where the host has no memory.
ckvm_crew *_Nullable ckvm_crew_create(int count, int (*_Nullable run)(int vcpu));
// Makes the thread of the vCPU `index`; `immediate_exit` is that field of its run page.
int ckvm_crew_add(ckvm_crew *_Nonnull crew, int index, int vcpu, volatile uint8_t *_Nonnull immediate_exit);
// An eventfd: who writes to it, as a signal handler may, ends ckvm_crew_wait.
int ckvm_crew_wake_descriptor(const ckvm_crew *_Nonnull crew);
// Lets a vCPU that is back run.
void ckvm_crew_start(ckvm_crew *_Nonnull crew, int index);
// Has a vCPU that runs come back as soon as it can.
void ckvm_crew_kick(ckvm_crew *_Nonnull crew, int index);
// Which vCPU came back, what its KVM_RUN returned (a negative errno), and how long it took.
struct ckvm_return {
    int index, result;
    uint64_t nanoseconds;
};
enum { ckvm_crew_woken = 0, ckvm_crew_back = 1, ckvm_crew_input = 2 };
// Waits for a vCPU to come back, in the order in which they do, for `input`, if that is no negative number, to become readable,
// or for a wake-up.
int ckvm_crew_wait(ckvm_crew *_Nonnull crew, int input, struct ckvm_return *_Nonnull back);
// Ends the threads. The vCPUs stay.
void ckvm_crew_free(ckvm_crew *_Nonnull crew);

// On a VM or a vCPU: a file of binary statistics (Linux 5.14), which is read like any other.
int ckvm_get_stats_fd(int vm_or_vcpu);
// Up to `count` bytes from `offset` on; 0 at the end.
ssize_t ckvm_read_at(int descriptor, void *_Nonnull buffer, size_t count, uint64_t offset);

// Mappings: a file's first bytes, shared; and memory that costs nothing until it is touched.
int ckvm_map_file(int descriptor, size_t size, void *_Nullable *_Nonnull address);
int ckvm_map_memory(size_t size, void *_Nullable *_Nonnull address);
// How many of the bytes are in memory now, in whole pages.
int ckvm_resident(const void *_Nonnull address, size_t size, uint64_t *_Nonnull bytes);
int ckvm_unmap(void *_Nonnull address, size_t size);

// Has every hart fetch what was written: riscv_flush_icache(2); nothing to do elsewhere.
int ckvm_flush_icache(void);

// Where the fields of the run page lie.
enum {
    ckvm_run_size = sizeof(struct kvm_run),
    ckvm_immediate_exit = offsetof(struct kvm_run, immediate_exit),
    ckvm_exit_reason = offsetof(struct kvm_run, exit_reason),
    // The union: what KVM_EXIT_UNKNOWN has there, every other exit has at the same offset.
    ckvm_payload = offsetof(struct kvm_run, hw),
    ckvm_fail_entry_reason = offsetof(struct kvm_run, fail_entry.hardware_entry_failure_reason),
    ckvm_fail_entry_cpu = offsetof(struct kvm_run, fail_entry.cpu),
    ckvm_io_direction = offsetof(struct kvm_run, io.direction),
    ckvm_io_size = offsetof(struct kvm_run, io.size),
    ckvm_io_port = offsetof(struct kvm_run, io.port),
    ckvm_io_count = offsetof(struct kvm_run, io.count),
    ckvm_mmio_address = offsetof(struct kvm_run, mmio.phys_addr),
    ckvm_mmio_data = offsetof(struct kvm_run, mmio.data),
    ckvm_mmio_length = offsetof(struct kvm_run, mmio.len),
    ckvm_mmio_is_write = offsetof(struct kvm_run, mmio.is_write),
    ckvm_internal_suberror = offsetof(struct kvm_run, internal.suberror),
    ckvm_internal_count = offsetof(struct kvm_run, internal.ndata),
    ckvm_internal_data = offsetof(struct kvm_run, internal.data),
    ckvm_system_event_type = offsetof(struct kvm_run, system_event.type),
    ckvm_system_event_count = offsetof(struct kvm_run, system_event.ndata),
    ckvm_system_event_data = offsetof(struct kvm_run, system_event.data),
    ckvm_sbi_extension = offsetof(struct kvm_run, riscv_sbi.extension_id),
    ckvm_sbi_function = offsetof(struct kvm_run, riscv_sbi.function_id),
    ckvm_sbi_arguments = offsetof(struct kvm_run, riscv_sbi.args),
    ckvm_sbi_results = offsetof(struct kvm_run, riscv_sbi.ret),
    ckvm_csr_number = offsetof(struct kvm_run, riscv_csr.csr_num),
    ckvm_csr_new_value = offsetof(struct kvm_run, riscv_csr.new_value),
    ckvm_csr_write_mask = offsetof(struct kvm_run, riscv_csr.write_mask),
    ckvm_csr_result = offsetof(struct kvm_run, riscv_csr.ret_value),
    ckvm_notify_flags = offsetof(struct kvm_run, notify.flags),
    // memory_fault is younger than some headers: three 64-bit words (Linux 6.8, api.rst "KVM_EXIT_MEMORY_FAULT").
    ckvm_memory_fault_flags = ckvm_payload,
    ckvm_memory_fault_address = ckvm_payload + 8,
    ckvm_memory_fault_size = ckvm_payload + 16,
};

#endif

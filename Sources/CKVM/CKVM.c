#include "CKVM.h"

#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

static int result(int value) {
    return value < 0 ? -errno : value;
}

int ckvm_open(void) {
    return result(open("/dev/kvm", O_RDWR | O_CLOEXEC));
}

int ckvm_close(int descriptor) {
    return result(close(descriptor));
}

int ckvm_get_api_version(int kvm) {
    return result(ioctl(kvm, KVM_GET_API_VERSION, 0));
}

int ckvm_get_vcpu_mmap_size(int kvm) {
    return result(ioctl(kvm, KVM_GET_VCPU_MMAP_SIZE, 0));
}

int ckvm_create_vm(int kvm) {
    return result(ioctl(kvm, KVM_CREATE_VM, 0));
}

int ckvm_check_extension(int kvm_or_vm, long capability) {
    return result(ioctl(kvm_or_vm, KVM_CHECK_EXTENSION, capability));
}

int ckvm_create_vcpu(int vm, unsigned long id) {
    return result(ioctl(vm, KVM_CREATE_VCPU, id));
}

int ckvm_set_user_memory_region(
    int vm, uint32_t slot, uint32_t flags, uint64_t guest_physical, uint64_t size, const void *host) {
    struct kvm_userspace_memory_region region = {
        .slot = slot,
        .flags = flags,
        .guest_phys_addr = guest_physical,
        .memory_size = size,
        .userspace_addr = (uintptr_t)host,
    };
    return result(ioctl(vm, KVM_SET_USER_MEMORY_REGION, &region));
}

int ckvm_run(int vcpu) {
    return result(ioctl(vcpu, KVM_RUN, 0));
}

int ckvm_get_one_reg(int vcpu, uint64_t id, void *value) {
    struct kvm_one_reg reg = {.id = id, .addr = (uintptr_t)value};
    return result(ioctl(vcpu, KVM_GET_ONE_REG, &reg));
}

int ckvm_set_one_reg(int vcpu, uint64_t id, const void *value) {
    struct kvm_one_reg reg = {.id = id, .addr = (uintptr_t)value};
    return result(ioctl(vcpu, KVM_SET_ONE_REG, &reg));
}

int ckvm_get_reg_list(int vcpu, uint64_t *list) {
    return result(ioctl(vcpu, KVM_GET_REG_LIST, list));
}

int ckvm_get_mp_state(int vcpu, uint32_t *state) {
    struct kvm_mp_state value;
    int status = result(ioctl(vcpu, KVM_GET_MP_STATE, &value));
    if (status >= 0)
        *state = value.mp_state;
    return status;
}

int ckvm_set_mp_state(int vcpu, uint32_t state) {
    struct kvm_mp_state value = {.mp_state = state};
    return result(ioctl(vcpu, KVM_SET_MP_STATE, &value));
}

int ckvm_set_guest_debug(int vcpu, uint32_t control) {
    struct kvm_guest_debug debug;
    memset(&debug, 0, sizeof debug);
    debug.control = control;
    return result(ioctl(vcpu, KVM_SET_GUEST_DEBUG, &debug));
}

int ckvm_interrupt(int vcpu, uint32_t number) {
    struct kvm_interrupt interrupt = {.irq = number};
    return result(ioctl(vcpu, KVM_INTERRUPT, &interrupt));
}

int ckvm_get_stats_fd(int vm_or_vcpu) {
    return result(ioctl(vm_or_vcpu, KVM_GET_STATS_FD, NULL));
}

ssize_t ckvm_read_at(int descriptor, void *buffer, size_t count, uint64_t offset) {
    ssize_t length = pread(descriptor, buffer, count, (off_t)offset);
    return length < 0 ? -errno : length;
}

static int map(int descriptor, int flags, size_t size, void **address) {
    void *mapping = mmap(NULL, size, PROT_READ | PROT_WRITE, flags, descriptor, 0);
    if (mapping == MAP_FAILED)
        return -errno;
    *address = mapping;
    return 0;
}

int ckvm_map_file(int descriptor, size_t size, void **address) {
    return map(descriptor, MAP_SHARED, size, address);
}

int ckvm_map_memory(size_t size, void **address) {
    return map(-1, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, size, address);
}

int ckvm_unmap(void *address, size_t size) {
    return result(munmap(address, size));
}

int ckvm_resident(const void *address, size_t size, uint64_t *bytes) {
    unsigned char pages[1 << 14];
    size_t page_size = (size_t)sysconf(_SC_PAGESIZE);
    *bytes = 0;
    for (size_t start = 0; start < size;) {
        size_t length = size - start < sizeof pages * page_size ? size - start : sizeof pages * page_size;
        if (mincore((char *)address + start, length, pages) < 0)
            return -errno;
        for (size_t page = 0; page < (length + page_size - 1) / page_size; page++)
            *bytes += pages[page] & 1 ? page_size : 0;
        start += length;
    }
    return 0;
}

int ckvm_flush_icache(void) {
#ifdef __riscv
    // The kernel ignores the range; flags 0: for all threads, on every hart.
    return result((int)syscall(SYS_riscv_flush_icache, 0, 0, 0));
#else
    return 0;
#endif
}

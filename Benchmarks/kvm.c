#include "kvm.h"

#include <elf.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

void fail(const char *what) {
    perror(what);
    exit(1);
}

static int checked(int result, const char *what) {
    if (result < 0)
        fail(what);
    return result;
}

static void *mapped(void *mapping, const char *what) {
    if (mapping == MAP_FAILED)
        fail(what);
    return mapping;
}

static const Elf64_Ehdr *header(const struct guest *guest) { return (const void *)guest->file; }

static void load(struct guest *guest, const char *path) {
    struct stat status;
    int file = checked(open(path, O_RDONLY), path);
    checked(fstat(file, &status), path);
    guest->file = mapped(mmap(NULL, status.st_size, PROT_READ, MAP_PRIVATE, file, 0), path);
    close(file);
    const Elf64_Phdr *segments = (const void *)(guest->file + header(guest)->e_phoff);
    for (int i = 0; i < header(guest)->e_phnum; i++)
        if (segments[i].p_type == PT_LOAD)
            memcpy(at(guest, segments[i].p_paddr), guest->file + segments[i].p_offset, segments[i].p_filesz);
}

uint64_t symbol(const struct guest *guest, const char *name) {
    const Elf64_Shdr *sections = (const void *)(guest->file + header(guest)->e_shoff);
    for (int i = 0; i < header(guest)->e_shnum; i++) {
        if (sections[i].sh_type != SHT_SYMTAB)
            continue;
        const Elf64_Sym *symbols = (const void *)(guest->file + sections[i].sh_offset);
        const char *names = (const char *)guest->file + sections[sections[i].sh_link].sh_offset;
        for (size_t n = 0; n < sections[i].sh_size / sizeof *symbols; n++)
            if (strcmp(names + symbols[n].st_name, name) == 0)
                return symbols[n].st_value;
    }
    fprintf(stderr, "no symbol %s\n", name);
    exit(1);
}

void make_guest(struct guest *guest, uint64_t ram_size) {
    int kvm = checked(open("/dev/kvm", O_RDWR | O_CLOEXEC), "/dev/kvm");
    guest->vm = checked(ioctl(kvm, KVM_CREATE_VM, 0), "KVM_CREATE_VM");
    guest->ram_size = ram_size;
    guest->ram = mapped(
        mmap(NULL, ram_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0), "RAM");
    set_slot(guest, 0, 0, RAM_START, ram_size);
    guest->vcpu = checked(ioctl(guest->vm, KVM_CREATE_VCPU, 0), "KVM_CREATE_VCPU");
    int size = checked(ioctl(kvm, KVM_GET_VCPU_MMAP_SIZE, 0), "KVM_GET_VCPU_MMAP_SIZE");
    guest->run = mapped(mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, guest->vcpu, 0), "the run page");
}

void open_guest(struct guest *guest, const char *path, uint64_t ram_size) {
    make_guest(guest, ram_size);
    load(guest, path);
    set(guest, PC, header(guest)->e_entry);
    set(guest, A0, 0);
    set(guest, A1, 0);
    struct kvm_guest_debug debug = {.control = KVM_GUESTDBG_ENABLE};
    checked(ioctl(guest->vcpu, KVM_SET_GUEST_DEBUG, &debug), "KVM_SET_GUEST_DEBUG");
}

uint64_t get(const struct guest *guest, uint64_t id) {
    uint64_t value;
    struct kvm_one_reg reg = {.id = id, .addr = (uintptr_t)&value};
    checked(ioctl(guest->vcpu, KVM_GET_ONE_REG, &reg), "KVM_GET_ONE_REG");
    return value;
}

void set(const struct guest *guest, uint64_t id, uint64_t value) {
    struct kvm_one_reg reg = {.id = id, .addr = (uintptr_t)&value};
    checked(ioctl(guest->vcpu, KVM_SET_ONE_REG, &reg), "KVM_SET_ONE_REG");
}

void run_to(const struct guest *guest, uint32_t exit_reason) {
    checked(ioctl(guest->vcpu, KVM_RUN, 0), "KVM_RUN");
    if (guest->run->exit_reason == exit_reason)
        return;
    fprintf(
        stderr, "exit %u at 0x%lx instead of exit %u\n", guest->run->exit_reason, (unsigned long)get(guest, PC),
        exit_reason);
    exit(1);
}

void set_slot(const struct guest *guest, uint32_t number, uint32_t flags, uint64_t start, uint64_t size) {
    struct kvm_userspace_memory_region region = {
        .slot = number,
        .flags = flags,
        .guest_phys_addr = start,
        .memory_size = size,
        .userspace_addr = (uintptr_t)(guest->ram + (start - RAM_START)),
    };
    checked(ioctl(guest->vm, KVM_SET_USER_MEMORY_REGION, &region), "KVM_SET_USER_MEMORY_REGION");
}

void *at(const struct guest *guest, uint64_t address) {
    if (address >= RAM_START && address - RAM_START < guest->ram_size)
        return guest->ram + (address - RAM_START);
    fprintf(stderr, "0x%lx is not in RAM\n", (unsigned long)address);
    exit(1);
}

uint16_t fetch(const struct guest *guest, uint64_t address) {
    uint16_t code;
    memcpy(&code, at(guest, address), sizeof code);
    return code;
}

uint16_t plant(const struct guest *guest, uint64_t address) {
    uint16_t code = fetch(guest, address);
    restore(guest, address, C_EBREAK);
    return code;
}

void restore(const struct guest *guest, uint64_t address, uint16_t code) {
    memcpy(at(guest, address), &code, sizeof code);
}

void flush_icache(void) { checked((int)syscall(SYS_riscv_flush_icache, 0, 0, 0), "riscv_flush_icache"); }

void begin(void) {
    char line[16];
    checked((int)write(1, "ready\n", 6), "standard output");
    if (read(0, line, sizeof line) <= 0)
        exit(0);
}

void end(void) { checked((int)write(1, "done\n", 5), "standard output"); }

// usage: ioctls FILE PROGRAM [ARG...]
// Runs PROGRAM and writes to FILE how many of KVM's ioctls, by name, and of riscv_flush_icache it made, as strace -c would.
// Its status is PROGRAM's.
#include <elf.h>
#include <linux/kvm.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

static struct {
    long call;        // the system call
    uint32_t request; // of an ioctl
    const char *name;
    long count;
} calls[] = {
    {SYS_ioctl, KVM_RUN, "KVM_RUN", 0},
    {SYS_ioctl, KVM_GET_ONE_REG, "KVM_GET_ONE_REG", 0},
    {SYS_ioctl, KVM_SET_ONE_REG, "KVM_SET_ONE_REG", 0},
    {SYS_ioctl, KVM_SET_GUEST_DEBUG, "KVM_SET_GUEST_DEBUG", 0},
    {SYS_ioctl, KVM_SET_USER_MEMORY_REGION, "KVM_SET_USER_MEMORY_REGION", 0},
    {SYS_riscv_flush_icache, 0, "riscv_flush_icache", 0},
    {SYS_ioctl, 0, "other ioctls", 0},
};
enum { COUNT = sizeof calls / sizeof *calls };

// struct user_regs_struct of the kernel: pc, then x1 to x31.
struct registers { uint64_t x[32]; };

static void record(pid_t child) {
    struct registers registers;
    struct iovec buffer = {&registers, sizeof registers};
    if (ptrace(PTRACE_GETREGSET, child, NT_PRSTATUS, &buffer))
        return;
    long call = registers.x[17];
    for (int i = 0; i < COUNT; i++) {
        if (calls[i].call != call || (call == SYS_ioctl && i < COUNT - 1 && calls[i].request != (uint32_t)registers.x[11]))
            continue;
        calls[i].count++;
        return;
    }
}

static int follow(pid_t child) {
    int status, is_entry = 1;
    if (waitpid(child, &status, 0) < 0 || !WIFSTOPPED(status))
        return 1;
    ptrace(PTRACE_SETOPTIONS, child, NULL, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL);
    for (int signal = 0;;) {
        ptrace(PTRACE_SYSCALL, child, NULL, (long)signal);
        if (waitpid(child, &status, 0) < 0)
            return 1;
        if (WIFEXITED(status))
            return WEXITSTATUS(status);
        if (WIFSIGNALED(status))
            return 128 + WTERMSIG(status);
        signal = WSTOPSIG(status);
        if (signal != (SIGTRAP | 0x80))
            continue;
        signal = 0;
        if (is_entry)
            record(child);
        is_entry = !is_entry;
    }
}

int main(int argc, char **argv) {
    if (argc < 3) {
        fprintf(stderr, "usage: ioctls FILE PROGRAM [ARG...]\n");
        return 2;
    }
    pid_t child = fork();
    if (child == 0) {
        ptrace(PTRACE_TRACEME, 0, NULL, NULL);
        execv(argv[2], argv + 2);
        perror(argv[2]);
        _exit(127);
    }
    int status = follow(child);
    FILE *file = fopen(argv[1], "w");
    if (!file) {
        perror(argv[1]);
        return 1;
    }
    for (int i = 0; i < COUNT; i++)
        fprintf(file, "%ld %s\n", calls[i].count, calls[i].name);
    fclose(file);
    return status;
}

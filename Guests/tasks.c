// Tasks in a list, as a kernel has them. The Makefile puts what their types are into the section .BTF.

typedef int pid_t;

enum state { RUNNING, SLEEPING, STOPPED = 4 };

enum flags { KERNEL = 1, TRACED = 2, EXITING = 4 };

struct list_head {
    struct list_head *next, *prev;
};

struct task {
    pid_t pid;
    enum state state;
    char comm[16];
    struct list_head tasks;
    struct task *parent;
    const char *file;
    void (*wake)(struct task *);
    enum flags flags;
    unsigned priority : 5;
    int nice : 6;
    _Bool alive;
    union {
        unsigned long cookie;
        unsigned char bytes[8];
    };
    struct {
        unsigned long user, system;
    } time[2];
    double load;
};

extern struct task init, shell, worker;
void wake(struct task *task);

struct task init = {
    .pid = 1,
    .comm = "init",
    .tasks = {&shell.tasks, &worker.tasks},
    .file = "/sbin/init",
    .wake = wake,
    .flags = TRACED | EXITING,
    .priority = 20,
    .nice = -20,
    .alive = 1,
    .cookie = 0x1122334455667788,
    .time = {{1, 2}, {3, 4}},
    .load = 0.25,
};

struct task shell = {
    .pid = 2,
    .state = SLEEPING,
    .comm = "a shell it is!!",
    .tasks = {&worker.tasks, &init.tasks},
    .parent = &init,
    .file = "/bin/sh",
    .wake = wake,
    .nice = 19,
    .alive = 1,
};

struct task worker = {
    .pid = 3,
    .state = STOPPED,
    .comm = "worker",
    .tasks = {&init.tasks, &shell.tasks},
    .parent = &shell,
    .flags = KERNEL,
};

// What follows is for RISC-V only: for their BTF, the types above are compiled for BPF too.
#ifdef __riscv
__attribute__((noinline)) void wake(struct task *task) {
    task->state = RUNNING;
    task->alive = 1;
}

__asm__(".section .text.start, \"ax\"\n"
        ".globl _start\n"
        ".type _start, @function\n"
        "_start:\n"
        "    la sp, stack_top\n"
        "    la a0, init\n"
        "    call wake\n"
        "    la a0, shell\n"
        "    call wake\n"
        "    la a0, worker\n"
        "    call wake\n"
        "    li a7, 0x53525354\n" // SBI system reset
        "    li a6, 0\n"
        "    li a0, 0\n"
        "    li a1, 0\n"
        "    ecall\n"
        "1:  j 1b\n"
        ".size _start, . - _start\n");
#endif

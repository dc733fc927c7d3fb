// What there is before main and behind it. picolibc's own crt0 is for M-mode: it sets mstatus and mtvec.
#include <picolibc.h> // before picotls.h, which needs it
#include <picotls.h>
#include <stdlib.h>

extern char __tls_base[];
void __libc_init_array(void);
int main(int argc, char **argv);

__asm__(
    ".section .text.start, \"ax\"\n"
    ".globl _start\n"
    ".type _start, @function\n"
    "_start:\n"
    ".option push\n"
    ".option norelax\n"
    "    la gp, __global_pointer$\n"
    ".option pop\n"
    "    la sp, __stack\n"
    "    li t0, 1 << 13\n" // sstatus.FS: initial
    "    csrs sstatus, t0\n"
    "    call begin\n"
    ".size _start, . - _start\n"
    ".text\n");

void _fini(void) {}

_Noreturn void begin(void) {
    static char name[] = "picolibc";
    _set_tls(__tls_base);
    __libc_init_array();
    exit(main(1, (char *[]){name, NULL}));
}

// The guest of Tests/Sessions/semihosting.kdbg and Tests/semihosting.t: bare-metal C as it would be built for QEMU's machine virt
// in S-mode, which talks to its debugger by semihosting. What it does is in `scenario`.

typedef unsigned long word;

// The address of the block of arguments is the parameter; where an operation takes a value, that is it.
long semihost(long operation, const volatile void *parameter);

__asm__(
    ".section .text.start, \"ax\"\n"
    ".globl _start\n"
    "_start:\n"
    "    la sp, stack_top\n"
    "    call run\n"
    "1:  j 1b\n"
    ".text\n"
    ".balign 16\n"
    ".globl semihost, semihost_ebreak, semihost_behind\n"
    ".type semihost, @function\n"
    ".option push\n"
    ".option norvc\n"
    "semihost:\n"
    "    slli x0, x0, 0x1f\n"
    "semihost_ebreak:\n"
    "    ebreak\n"
    "semihost_behind:\n"
    "    srai x0, x0, 7\n"
    "    ret\n"
    ".option pop\n"
    ".size semihost, . - semihost\n");

enum {
    sys_open = 0x01,
    sys_close = 0x02,
    sys_writec = 0x03,
    sys_write0 = 0x04,
    sys_write = 0x05,
    sys_read = 0x06,
    sys_readc = 0x07,
    sys_flen = 0x0c,
    sys_seek = 0x0a,
    sys_remove = 0x0e,
    sys_rename = 0x0f,
    sys_errno = 0x13,
    sys_get_cmdline = 0x15,
    sys_exit = 0x18,
    sys_exit_extended = 0x20,
};
enum { open_read = 0, open_write = 4, open_update = 7, open_append = 8 };
enum { application_exit = 0x20026 };

static word length(const char *text) {
    word count = 0;
    while (text[count])
        count++;
    return count;
}

static void say(const char *text) {
    semihost(sys_write0, text);
}

static long open_file(const char *name, word mode) {
    volatile word block[] = {(word)name, mode, length(name)};
    return semihost(sys_open, block);
}

static long close_file(long handle) {
    volatile word block[] = {handle};
    return semihost(sys_close, block);
}

// How many bytes were not written, or not read.
static long transfer(long operation, long handle, const void *bytes, word count) {
    volatile word block[] = {handle, (word)bytes, count};
    return semihost(operation, block);
}

static void leave(long operation, word code) {
    volatile word block[] = {application_exit, code};
    semihost(operation, block);
}

static void greet(void) {
    char line[64];
    volatile word block[] = {(word)line, sizeof line};
    say("Hello from ");
    semihost(sys_get_cmdline, block);
    say(line);
    semihost(sys_writec, "\n");
    long out = open_file(":tt", open_write), err = open_file(":tt", open_append);
    transfer(sys_write, out, "out\n", 4);
    transfer(sys_write, err, "err\n", 4);
    close_file(out);
    close_file(err);
    leave(sys_exit, 0);
}

static void ask(void) {
    char name[16];
    say("name? ");
    long in = open_file(":tt", open_read);
    word count = sizeof name - 1 - transfer(sys_read, in, name, sizeof name - 1);
    name[count] = 0;
    say("Hello, ");
    say(name);
    say(".\n");
    // The end of what was typed.
    say(transfer(sys_read, in, name, 1) == 1 && semihost(sys_readc, 0) == -1 ? "That is all.\n" : "There is more?\n");
    leave(sys_exit_extended, 3);
}

static void number(word value) {
    if (value >= 10)
        number(value / 10);
    char digit[] = {'0' + value % 10, 0};
    say(digit);
}

// Says what came of an attempt: ok, or the error's number.
static void tell(const char *what, const char *name, long result) {
    say(what);
    say(" ");
    say(name);
    if (result >= 0) {
        say(": ok\n");
    } else {
        say(": errno ");
        number(semihost(sys_errno, 0));
        say("\n");
    }
}

static void try_open(const char *name, word mode) {
    long handle = open_file(name, mode);
    tell(mode == open_read ? "read" : "write", name, handle);
    if (handle > 0)
        close_file(handle);
}

static void remove_file(const char *name) {
    volatile word block[] = {(word)name, length(name)};
    tell("remove", name, semihost(sys_remove, block));
}

static void rename_file(const char *from, const char *to) {
    volatile word block[] = {(word)from, length(from), (word)to, length(to)};
    tell("rename", from, semihost(sys_rename, block));
}

// A note is written, read back, renamed and taken away; then it tries to get out of the folder.
static void use_files(void) {
    char text[8] = "";
    long note = open_file("note", open_update);
    tell("make", "note", note);
    if (note > 0) {
        volatile word place[] = {note, 2};
        transfer(sys_write, note, "abcdef", 6);
        semihost(sys_seek, place);
        say("left ");
        number(transfer(sys_read, note, text, sizeof text - 1));
        say(" of 7, read ");
        say(text);
        say(", length ");
        number(semihost(sys_flen, place));
        say("\n");
        close_file(note);
    }
    rename_file("note", "sub/renamed");
    try_open("sub/renamed", open_read);
    remove_file("sub/renamed");
    try_open("kept", open_append);
    try_open("../outside", open_read);
    try_open("../outside", open_write);
    try_open("sub/../../outside", open_read);
    try_open("link", open_read);
    try_open("up/outside", open_write);
    try_open("/etc/passwd", open_read);
    try_open("sub", open_read);
    remove_file("../outside");
    remove_file("up/outside");
    rename_file("../outside", "taken");
    rename_file("kept", "../kept");
    leave(sys_exit, 0);
}

volatile int scenario;
volatile word operation, parameter, block[4];
volatile long result, error;
char bytes[64];
const char tt[] = ":tt", features[] = ":semihosting-features", file_name[] = "file";

// Makes the calls that the session asks for, one at each turn.
__attribute__((noinline)) void turn(void) {
    __asm__ volatile("" ::: "memory");
}
static void obey(void) {
    for (;;) {
        turn();
        result = semihost(operation, (void *)parameter);
        error = semihost(sys_errno, 0);
    }
}

void run(void) {
    switch (scenario) {
    case 0: greet(); break;
    case 1: ask(); break;
    case 2: use_files(); break;
    default: obey();
    }
}

#include "CBPF.h"

#include <bpf/libbpf.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static _Thread_local char complaint[200];

// libbpf writes to the standard error unless it is told otherwise; the first line that it wants to write tells what is wrong.
static int listen(enum libbpf_print_level level, const char *format, va_list arguments) {
    (void)level;
    if (!complaint[0])
        vsnprintf(complaint, sizeof complaint, format, arguments);
    return 0;
}

// A static libbpf calls this for each line. With a function of its own for that, linked here would be all of libbpf; a shared one has
// it anyway, and is told by libbpf_set_print, which is not there in the other case.
void libbpf_print(enum libbpf_print_level level, const char *format, ...);
void libbpf_print(enum libbpf_print_level level, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    listen(level, format, arguments);
    va_end(arguments);
}
#pragma weak libbpf_set_print

const char *cbpf_complaint(void) {
    complaint[strcspn(complaint, "\n")] = 0;
    const char *name = "libbpf: ";
    return strncmp(complaint, name, strlen(name)) ? complaint : complaint + strlen(name);
}

struct btf *cbpf_parse(const void *bytes, uint32_t size, int *error) {
    complaint[0] = 0;
    libbpf_print_fn_t previous = libbpf_set_print ? libbpf_set_print(listen) : NULL;
    errno = 0;
    struct btf *btf = btf__new(bytes, size);
    *error = btf ? 0 : errno ? -errno : -EINVAL;
    if (libbpf_set_print)
        libbpf_set_print(previous);
    if (btf)
        btf__set_pointer_size(btf, 8);
    return btf;
}

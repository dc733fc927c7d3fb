// PCRE2's compiler to machine code is never asked to work here, and it is a third of the library. These are what the rest of the
// static library calls of it, so that it is not linked; the host's shared library calls its own.
#include <stddef.h>

#define EXPORT __attribute__((weak, visibility("hidden")))

// PCRE2_ERROR_JIT_BADOPTION, "bad JIT option"
enum { bad_option = -45 };

EXPORT int pcre2_jit_match_8(void);
EXPORT void _pcre2_jit_free_8(void *code, void *context);
EXPORT int _pcre2_jit_check_exec_8(void);

int pcre2_jit_match_8(void) {
    return bad_option;
}

void _pcre2_jit_free_8(void *code, void *context) {
    (void)code;
    (void)context;
}

int _pcre2_jit_check_exec_8(void) {
    return 0;
}

// PCRE2 for bytes, without its compiler to machine code: one regular expression, and where it matches. All that a pattern can
// cost, in time and in memory, is limited.
#ifndef CPCRE_H
#define CPCRE_H

#include <stddef.h>
#include <stdint.h>

// The limits. The library itself keeps what a pattern is compiled to within 64 KiB.
enum {
    cpcre_pattern_limit = 4096, // bytes of a pattern
    cpcre_nesting_limit = 100,  // parentheses in each other
};

typedef struct cpcre_pattern cpcre_pattern;

// Compiles the `length` bytes of `pattern`. `^` and `$` match at lines, which end in LF, CR or both. NULL where that cannot be;
// `error` is then PCRE2's number of the reason, and `offset` where it was found.
cpcre_pattern *_Nullable cpcre_compile(
    const uint8_t *_Nullable pattern, size_t length, int ignores_case, int *_Nonnull error, size_t *_Nonnull offset);
void cpcre_free(cpcre_pattern *_Nonnull pattern);

enum {
    cpcre_no_match = 0,
    cpcre_match = 1,
    cpcre_partial_match = 2, // what comes behind the text decides
};

// Looks for the pattern in the `length` bytes of `text` from the offset `from` on; the bytes before it are seen by
// lookbehinds. Where the text goes on later (`is_open`), nothing is taken for its end. One of the three above, with the
// offsets of what matched; less than 0, PCRE2's number of an error.
int cpcre_find(
    const cpcre_pattern *_Nonnull pattern, const uint8_t *_Nullable text, size_t length, size_t from, int is_open,
    size_t *_Nonnull start, size_t *_Nonnull end);

// Whether the error of `cpcre_find` is that one of the limits was reached.
int cpcre_is_limit(int error);

// The sentence of an error, without a full stop, terminated; at most `size` bytes, of which there are 2 at least.
void cpcre_message(int error, char *_Nonnull buffer, size_t size);

#endif

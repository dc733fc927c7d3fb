// Floating-point numbers to and from text by the C library: Embedded Swift has neither.
// The decimal point is always '.': the program never sets LC_NUMERIC.
#ifndef CNUMBERS_H
#define CNUMBERS_H

#include <stddef.h>

// The numbers that `text`, a decimal or hexadecimal C literal without a suffix, is nearest to; infinite when it is too large.
double numbers_parse(const char *_Nonnull text);
float numbers_parse_single(const char *_Nonnull text);

// The shortest decimal number that is read back as the same value, as %g writes it. `buffer` has 32 bytes.
void numbers_shortest(char *_Nonnull buffer, double value);
void numbers_shortest_single(char *_Nonnull buffer, float value);

// snprintf with one directive: `flags` of "-+ #0", a width, a precision (negative: none), and a `conversion` of "aAeEfFgG".
// Returns the length of the whole text, of which `buffer` holds what fits in `size` bytes with its zero; -EINVAL or -EOVERFLOW.
int numbers_format(
    char *_Nullable buffer, size_t size, const char *_Nonnull flags, int width, int precision, char conversion, double value);

#endif

#include "CNumbers.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { shortest_size = 32 };

double numbers_parse(const char *text) {
    return strtod(text, NULL);
}

float numbers_parse_single(const char *text) {
    return strtof(text, NULL);
}

void numbers_shortest(char *buffer, double value) {
    // 17 digits tell any two doubles apart.
    for (int digits = 1; digits <= 17; digits++) {
        snprintf(buffer, shortest_size, "%.*g", digits, value);
        if (strtod(buffer, NULL) == value)
            break;
    }
    // An integer is written out as %.17g would do it: 100000 and not 1e+05.
    char whole[shortest_size];
    snprintf(whole, sizeof whole, "%.17g", value);
    if (!strpbrk(whole, ".e"))
        strcpy(buffer, whole);
}

void numbers_shortest_single(char *buffer, float value) {
    for (int digits = 1; digits <= 9; digits++) {
        snprintf(buffer, shortest_size, "%.*g", digits, (double)value);
        if (strtof(buffer, NULL) == value)
            break;
    }
    char whole[shortest_size];
    snprintf(whole, sizeof whole, "%.9g", (double)value);
    if (!strpbrk(whole, ".e"))
        strcpy(buffer, whole);
}

int numbers_format(
    char *buffer, size_t size, const char *flags, int width, int precision, char conversion, double value) {
    // "%", at most eight flags, "*.*", the conversion.
    char format[16] = "%";
    if (strlen(flags) > 8 || strspn(flags, "-+ #0") != strlen(flags) || !conversion || !strchr("aAeEfFgG", conversion))
        return -EINVAL;
    strcat(format, flags);
    strcat(format, "*.*");
    format[strlen(format)] = conversion;
    int length = snprintf(buffer, size, format, width, precision, value);
    return length < 0 ? -EOVERFLOW : length;
}

// A program as one writes it for any machine with a C library.
#include <errno.h>
#include <picolibc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int compare(const void *left, const void *right) {
    return strcmp(*(char *const *)left, *(char *const *)right);
}

int main(void) {
    printf("Hello from %s %s.\n", "picolibc", __PICOLIBC_VERSION__);
    printf("%d, %#lx, %.6f, %e\n", -42, 0xfeedUL, 2.0 / 3, 6.02214076e23);

    char line[32];
    if (fgets(line, sizeof line, stdin) && line[0] != '\n') {
        const char *words[16];
        size_t count = 0;
        for (char *word = strtok(line, " \n"); word && count < 16; word = strtok(NULL, " \n"))
            words[count++] = strdup(word);
        qsort(words, count, sizeof *words, compare);
        for (size_t index = 0; index < count; index++)
            printf("%s%c", words[index], index + 1 < count ? ' ' : '\n');
    }

    FILE *file = fopen("note", "r");
    if (!file)
        printf("note: errno %d\n", errno);
    else if (fgets(line, sizeof line, file))
        printf("note: %s", line);
    exit(7);
}

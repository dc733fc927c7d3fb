// The console: who reads the pipe gets each line at once, as from kvmdbg.
#include "machine.h"

#include <string.h>
#include <unistd.h>

static uint8_t text[MOST_PRINTED];
static size_t filled;

void flush_lines(void) {
    for (size_t done = 0; done < filled;) {
        ssize_t count = write(1, text + done, filled - done);
        if (count < 0)
            fail("standard output");
        done += count;
    }
    filled = 0;
}

void print(const uint8_t *bytes, size_t count) {
    if (count > sizeof text - filled)
        flush_lines();
    memcpy(text + filled, bytes, count);
    filled += count;
    if (bytes[count - 1] == '\n')
        flush_lines();
}

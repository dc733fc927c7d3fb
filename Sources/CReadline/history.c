#include "CReadline.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <readline/history.h>

int creadline_history_load(const char *path, int limit) {
    stifle_history(limit);
    int error = read_history(path);
    if (error)
        return -error;
    return -history_truncate_file(path, limit);
}

int creadline_history_add(const char *line) {
    HIST_ENTRY *last = history_length > 0 ? history_get(history_base + history_length - 1) : NULL;
    if (last && strcmp(last->line, line) == 0)
        return 0;
    add_history(line);
    return 1;
}

int creadline_history_append_last(const char *path) {
    // append_history wants the file to exist.
    int descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return -errno;
    close(descriptor);
    return -append_history(1, path);
}

int creadline_history_count(void) {
    return history_length;
}

const char *creadline_history_line(int index) {
    HIST_ENTRY *entry = history_get(history_base + index);
    return entry ? entry->line : NULL;
}

#include "CHost.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static int result(int value) {
    return value < 0 ? -errno : value;
}

int host_real_path(const char *path, char *buffer, size_t count) {
    char resolved[PATH_MAX];
    if (!realpath(path, resolved))
        return -errno;
    if (strlen(resolved) >= count)
        return -ENAMETOOLONG;
    strcpy(buffer, resolved);
    return 0;
}

int host_create_beside(const char *path, char *name) {
    struct stat status;
    mode_t mode;
    if (stat(path, &status) == 0) {
        mode = status.st_mode & 0777;
    } else {
        mode_t mask = umask(0);
        umask(mask);
        mode = 0666 & ~mask;
    }
    int descriptor = mkostemp(name, O_CLOEXEC);
    if (descriptor < 0)
        return -errno;
    if (fchmod(descriptor, mode) < 0) {
        int error = errno;
        close(descriptor);
        unlink(name);
        return -error;
    }
    return descriptor;
}

int host_open_for_writing(const char *path) {
    return result(open(path, O_WRONLY | O_CLOEXEC));
}

int host_rename(const char *from, const char *to) {
    return result(rename(from, to));
}

int host_unlink(const char *path) {
    return result(unlink(path));
}

ssize_t host_find(const void *haystack, size_t count, const void *needle, size_t needle_count) {
    if (!haystack)
        return -1;
    const char *found = memmem(haystack, count, needle, needle_count);
    return found ? found - (const char *)haystack : -1;
}

#include "CHost.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>

static int result(int value) {
    return value < 0 ? -errno : value;
}

static ssize_t long_result(ssize_t value) {
    return value < 0 ? -errno : value;
}

const char *host_errno_name(int number) {
    return strerrorname_np(number);
}

const char *host_errno_text(int number) {
    return strerror(number);
}

int host_open_for_reading(const char *path) {
    return result(open(path, O_RDONLY | O_CLOEXEC));
}

int host_create_file(const char *path) {
    return result(open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
}

int host_is_directory(int descriptor) {
    struct stat status;
    if (fstat(descriptor, &status) < 0)
        return -errno;
    return S_ISDIR(status.st_mode);
}

ssize_t host_read(int descriptor, void *buffer, size_t count) {
    return long_result(read(descriptor, buffer, count));
}

ssize_t host_read_at(int descriptor, void *buffer, size_t count, uint64_t offset) {
    return long_result(pread(descriptor, buffer, count, (off_t)offset));
}

int64_t host_file_size(int descriptor) {
    struct stat status;
    return fstat(descriptor, &status) < 0 ? -errno : status.st_size;
}

ssize_t host_write(int descriptor, const void *bytes, size_t count) {
    ssize_t written;
    while ((written = write(descriptor, bytes, count)) < 0 && errno == EAGAIN) {
        struct pollfd entry = {.fd = descriptor, .events = POLLOUT};
        if (poll(&entry, 1, -1) < 0)
            break;
    }
    return long_result(written);
}

int host_is_regular(int descriptor) {
    struct stat status;
    if (fstat(descriptor, &status) < 0)
        return -errno;
    return S_ISREG(status.st_mode);
}

int host_is_regular_path(const char *path) {
    struct stat status;
    if (stat(path, &status) < 0)
        return -errno;
    return S_ISREG(status.st_mode);
}

int host_close(int descriptor) {
    return result(close(descriptor));
}

int host_is_terminal(int descriptor) {
    return isatty(descriptor);
}

int host_make_directory(const char *path) {
    return result(mkdir(path, 0700));
}

int host_file_exists(const char *path) {
    return access(path, F_OK) == 0;
}

ssize_t host_read_link(const char *path, char *buffer, size_t count) {
    return long_result(readlink(path, buffer, count));
}

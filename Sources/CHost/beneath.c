#include "CHost.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>

static int result(int value) {
    return value < 0 ? -errno : value;
}

// openat2 has no function in the C library. Neither "..", nor an absolute path, nor a symbolic link leads out: EXDEV.
static int open_beneath(int folder, const char *path, int flags) {
    struct open_how how = {
        .flags = (uint64_t)flags | O_CLOEXEC,
        .mode = flags & O_CREAT ? 0666 : 0,
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS,
    };
    long descriptor;
    // The kernel says EAGAIN where something was renamed while it looked whether a ".." leads out.
    for (int tries = 0; tries < 16; tries++) {
        descriptor = syscall(SYS_openat2, folder, path, &how, sizeof how);
        if (descriptor >= 0 || errno != EAGAIN)
            break;
    }
    return result((int)descriptor);
}

int host_open_folder(const char *path) {
    return result(open(path, O_PATH | O_DIRECTORY | O_CLOEXEC));
}

int host_open_beneath(int folder, const char *path, int how) {
    int reads = how & host_beneath_read, writes = how & host_beneath_write;
    // A pipe would have us wait for its other end.
    int flags = O_NONBLOCK | O_NOCTTY | (reads && writes ? O_RDWR : writes ? O_WRONLY : O_RDONLY);
    if (how & host_beneath_create)
        flags |= O_CREAT;
    if (how & host_beneath_truncate)
        flags |= O_TRUNC;
    if (how & host_beneath_append)
        flags |= O_APPEND;
    int descriptor = open_beneath(folder, path, flags);
    if (descriptor < 0)
        return descriptor;
    struct stat status;
    int error = fstat(descriptor, &status) < 0 ? errno : S_ISDIR(status.st_mode) ? EISDIR : S_ISREG(status.st_mode) ? 0 : EACCES;
    if (error) {
        close(descriptor);
        return -error;
    }
    return descriptor;
}

// The folder in which the last part of the path is, and that part.
static int open_parent(int folder, const char *path, const char **name) {
    char parent[4096];
    const char *slash = strrchr(path, '/');
    *name = slash ? slash + 1 : path;
    if (!**name || strcmp(*name, ".") == 0 || strcmp(*name, "..") == 0)
        return -EINVAL;
    size_t length = slash ? (size_t)(slash - path) + 1 : 0;
    if (length >= sizeof parent)
        return -ENAMETOOLONG;
    memcpy(parent, path, length);
    parent[length] = 0;
    return open_beneath(folder, slash ? parent : ".", O_PATH | O_DIRECTORY);
}

int host_unlink_beneath(int folder, const char *path) {
    const char *name;
    int parent = open_parent(folder, path, &name);
    if (parent < 0)
        return parent;
    int done = result(unlinkat(parent, name, 0));
    close(parent);
    return done;
}

int host_rename_beneath(int folder, const char *from, const char *to) {
    const char *from_name, *to_name;
    int from_parent = open_parent(folder, from, &from_name);
    if (from_parent < 0)
        return from_parent;
    int to_parent = open_parent(folder, to, &to_name);
    int done = to_parent;
    if (to_parent >= 0) {
        done = result(renameat(from_parent, from_name, to_parent, to_name));
        close(to_parent);
    }
    close(from_parent);
    return done;
}

int64_t host_seek(int descriptor, int64_t offset) {
    off_t place = lseek(descriptor, offset, SEEK_SET);
    return place < 0 ? -errno : place;
}

int64_t host_seconds(void) {
    return time(NULL);
}

int host_wait_readable(int descriptor, int milliseconds) {
    struct pollfd entry = {.fd = descriptor, .events = POLLIN};
    return result(poll(&entry, 1, milliseconds));
}

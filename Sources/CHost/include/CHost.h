// The C library calls that Swift cannot make itself: varargs, errno, macros, signal handlers, argv.
// Every call that can fail returns a negative errno.
#ifndef CHOST_H
#define CHOST_H

#include <errno.h>
#include <stdlib.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <unistd.h>

// argc and argv of this process.
int host_argument_count(void);
char *_Nullable *_Nonnull host_arguments(void);

// getopt_long over the process's arguments: an option's place in the table, or one of the numbers below.
typedef struct {
    const char *_Nonnull name;
    // 0 when there is no short form.
    char letter;
    int takes_value;
} host_option;
enum { host_option_end = -1, host_option_unknown = -2, host_option_lacks_value = -3 };
int host_next_option(const host_option *_Nonnull options, int count, const char *_Nullable *_Nonnull value);
// The argument that getopt_long looked at last; the first one that is no option, after host_option_end.
const char *_Nonnull host_current_option(void);
int host_first_operand(void);

// "ENOENT", or NULL for a number without a name; and the sentence of strerror.
const char *_Nullable host_errno_name(int number);
const char *_Nonnull host_errno_text(int number);

int host_open_for_reading(const char *_Nonnull path);
// Makes the file, or empties the one that is there.
int host_create_file(const char *_Nonnull path);
int host_is_directory(int descriptor);
int host_is_regular(int descriptor);
int host_is_regular_path(const char *_Nonnull path);
ssize_t host_read(int descriptor, void *_Nonnull buffer, size_t count);
ssize_t host_read_at(int descriptor, void *_Nonnull buffer, size_t count, uint64_t offset);
// The bytes of a file on a disk.
int64_t host_file_size(int descriptor);
// Waits where a descriptor that does not block is full.
ssize_t host_write(int descriptor, const void *_Nonnull bytes, size_t count);
int host_close(int descriptor);
int host_is_terminal(int descriptor);
// Has each key of a terminal come as it is typed, not shown and with no meaning of its own; host_terminal_restore, or a signal that
// ends the process, has all be as before. One terminal at a time.
int host_terminal_make_raw(int descriptor);
void host_terminal_restore(void);
int host_make_directory(const char *_Nonnull path);
int host_file_exists(const char *_Nonnull path);
// The target of a symbolic link, without a terminating zero.
ssize_t host_read_link(const char *_Nonnull path, char *_Nonnull buffer, size_t count);

// The path behind all symbolic links, which must exist, with a terminating zero.
int host_real_path(const char *_Nonnull path, char *_Nonnull buffer, size_t count);
// Creates an empty file that is to take the place of the one at path: a name beside it, whose end is filled in, and the
// permissions of that file or of a new one.
int host_create_beside(const char *_Nonnull path, char *_Nonnull name);
int host_open_for_writing(const char *_Nonnull path);
int host_rename(const char *_Nonnull from, const char *_Nonnull to);
int host_unlink(const char *_Nonnull path);

// A folder of which nothing outside can be reached by the calls below: -EXDEV for a path that leads out of it.
int host_open_folder(const char *_Nonnull path);
enum {
    host_beneath_read = 1,
    host_beneath_write = 2,
    host_beneath_create = 4,
    host_beneath_truncate = 8,
    host_beneath_append = 16
};
// A file on a disk; -EISDIR for a folder, -EACCES for a pipe or a device.
int host_open_beneath(int folder, const char *_Nonnull path, int how);
int host_unlink_beneath(int folder, const char *_Nonnull path);
int host_rename_beneath(int folder, const char *_Nonnull from, const char *_Nonnull to);
// From the file's first byte.
int64_t host_seek(int descriptor, int64_t offset);

// Where the needle begins in the haystack for the first time; -1 when it does not.
ssize_t host_find(
    const void *_Nullable haystack, size_t count, const void *_Nonnull needle, size_t needle_count);

const char *_Nullable host_environment(const char *_Nonnull name);
// sysname, release, machine and nodename of uname(2); they stay valid until the next call.
int host_uname(
    const char *_Nullable *_Nonnull system, const char *_Nullable *_Nonnull release,
    const char *_Nullable *_Nonnull machine, const char *_Nullable *_Nonnull node);

// The time in UTC, "2026-11-25T14:30:00", with a terminating zero.
void host_utc(char *_Nonnull text, size_t size);

// Since 1970, in UTC.
int64_t host_seconds(void);

// CLOCK_MONOTONIC in nanoseconds.
uint64_t host_monotonic_nanoseconds(void);

// Whether there is something to read; waits for it so long, but not when a signal comes: -EINTR.
int host_wait_readable(int descriptor, int milliseconds);

// From here on SIGINT is remembered instead of ending the process, and system calls end with EINTR.
int host_interrupt_catch(void);
// Whether a SIGINT came since the last host_interrupt_clear.
int host_interrupt_pending(void);
void host_interrupt_clear(void);
// As read; -EINTR when a SIGINT is pending or comes.
ssize_t host_read_unless_interrupted(int descriptor, void *_Nonnull buffer, size_t count);
// The handler also stores 1 here (the run page's immediate_exit), so that no SIGINT is lost before KVM_RUN blocks.
void host_interrupt_watch(volatile uint8_t *_Nullable flag);
// The handlers also write to this descriptor, an eventfd; -1 for none.
void host_interrupt_wake(int descriptor);
// In so many milliseconds SIGALRM comes: it sets the flag that is watched, and is remembered until host_timer_stop.
void host_timer_start(uint64_t milliseconds);
int host_timer_is_over(void);
void host_timer_stop(void);
// Beside that timer: in so many nanoseconds SIGRTMIN comes, which is remembered until host_deadline_stop and until then sets each
// flag that is watched.
int host_deadline_start(uint64_t nanoseconds);
int host_deadline_is_over(void);
void host_deadline_stop(void);

#endif

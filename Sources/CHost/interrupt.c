#include "CHost.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>

static volatile sig_atomic_t pending;
static volatile sig_atomic_t time_over;
static volatile sig_atomic_t deadline_over;
static volatile uint8_t *_Atomic watched;
static atomic_int wake_descriptor = -1;

static void remember(int signal_number) {
    *(signal_number == SIGALRM ? &time_over : signal_number == SIGINT ? &pending : &deadline_over) = 1;
    volatile uint8_t *flag = atomic_load(&watched);
    if (flag)
        *flag = 1;
    int wake = atomic_load(&wake_descriptor);
    int error = errno;
    uint64_t one = 1;
    if (wake >= 0 && write(wake, &one, sizeof one) < 0)
        errno = error; // it is full: whoever reads it is woken anyway
}

int host_interrupt_catch(void) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = remember;
    // No SA_RESTART: KVM_RUN, poll and read are to end with EINTR.
    if (sigaction(SIGALRM, &action, NULL) < 0 || sigaction(SIGRTMIN, &action, NULL) < 0)
        return -errno;
    return sigaction(SIGINT, &action, NULL) < 0 ? -errno : 0;
}

static void set_timer(uint64_t milliseconds) {
    // Again each 10 ms: a signal that comes just before a system call begins to wait is not lost.
    struct itimerval time = {.it_value = {milliseconds / 1000, milliseconds % 1000 * 1000}, .it_interval = {0, milliseconds ? 10000 : 0}};
    setitimer(ITIMER_REAL, &time, NULL);
}

void host_timer_start(uint64_t milliseconds) {
    time_over = 0;
    set_timer(milliseconds ? milliseconds : 1);
}

int host_timer_is_over(void) {
    return time_over;
}

void host_timer_stop(void) {
    set_timer(0);
}

// The timer of the deadline, one for the process; NULL until it is needed.
static timer_t *deadline_timer(void) {
    static timer_t timer;
    static int exists;
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGRTMIN};
    if (!exists)
        exists = timer_create(CLOCK_MONOTONIC, &event, &timer) == 0;
    return exists ? &timer : NULL;
}

int host_deadline_start(uint64_t nanoseconds) {
    timer_t *timer = deadline_timer();
    if (!timer)
        return -errno;
    deadline_over = 0;
    if (nanoseconds == 0)
        nanoseconds = 1;
    // Again each 10 ms, as above.
    struct itimerspec time = {.it_value = {nanoseconds / 1000000000, nanoseconds % 1000000000}, .it_interval = {0, 10000000}};
    return timer_settime(*timer, 0, &time, NULL) < 0 ? -errno : 0;
}

int host_deadline_is_over(void) {
    return deadline_over;
}

void host_deadline_stop(void) {
    timer_t *timer = deadline_timer();
    struct itimerspec never = {0};
    if (timer)
        timer_settime(*timer, 0, &never, NULL);
    deadline_over = 0;
}

int host_interrupt_pending(void) {
    return pending;
}

void host_interrupt_clear(void) {
    pending = 0;
}

void host_interrupt_watch(volatile uint8_t *flag) {
    atomic_store(&watched, flag);
    if (flag && (pending || deadline_over))
        *flag = 1;
}

void host_interrupt_wake(int descriptor) {
    atomic_store(&wake_descriptor, descriptor);
}

ssize_t host_read_unless_interrupted(int descriptor, void *buffer, size_t count) {
    // ppoll would wait for ever on it.
    if (descriptor < 0)
        return -EBADF;
    struct pollfd entry = {.fd = descriptor, .events = POLLIN};
    sigset_t interrupt, before;
    sigemptyset(&interrupt);
    sigaddset(&interrupt, SIGINT);
    sigprocmask(SIG_BLOCK, &interrupt, &before);
    // SIGINT is let in while this waits and nowhere else: none can come unnoticed before the wait.
    int error = pending ? EINTR : ppoll(&entry, 1, NULL, &before) < 0 ? errno : 0;
    sigprocmask(SIG_SETMASK, &before, NULL);
    return error ? -error : host_read(descriptor, buffer, count);
}

#include "CHost.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>

static volatile sig_atomic_t pending;
static volatile uint8_t *_Atomic watched;

static void remember(int signal_number) {
    (void)signal_number;
    pending = 1;
    volatile uint8_t *flag = atomic_load(&watched);
    if (flag)
        *flag = 1;
}

int host_interrupt_catch(void) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = remember;
    // No SA_RESTART: KVM_RUN, poll and read are to end with EINTR.
    return sigaction(SIGINT, &action, NULL) < 0 ? -errno : 0;
}

int host_interrupt_pending(void) {
    return pending;
}

void host_interrupt_clear(void) {
    pending = 0;
}

void host_interrupt_watch(volatile uint8_t *flag) {
    atomic_store(&watched, flag);
    if (flag && pending)
        *flag = 1;
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

#include "CHost.h"

#include <signal.h>
#include <string.h>
#include <termios.h>

static struct termios before;
static volatile sig_atomic_t raw_descriptor = -1;
static const int deadly[] = {SIGTERM, SIGHUP, SIGQUIT};
static struct sigaction actions[sizeof deadly / sizeof deadly[0]];

// Leaves the terminal as it was, however the process ends.
static void restore_and_die(int signal_number) {
    if (raw_descriptor >= 0)
        tcsetattr(raw_descriptor, TCSANOW, &before);
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

int host_terminal_make_raw(int descriptor) {
    if (tcgetattr(descriptor, &before) < 0)
        return -errno;
    struct termios raw = before;
    raw.c_iflag &= ~(tcflag_t)(BRKINT | ICRNL | INLCR | IGNCR | ISTRIP | IXON);
    raw.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | IEXTEN | ISIG);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = restore_and_die;
    raw_descriptor = descriptor;
    for (size_t index = 0; index < sizeof deadly / sizeof deadly[0]; index++)
        sigaction(deadly[index], &action, &actions[index]);
    if (tcsetattr(descriptor, TCSANOW, &raw) < 0) {
        int error = errno;
        host_terminal_restore();
        return -error;
    }
    return 0;
}

void host_terminal_restore(void) {
    if (raw_descriptor < 0)
        return;
    tcsetattr(raw_descriptor, TCSADRAIN, &before);
    raw_descriptor = -1;
    for (size_t index = 0; index < sizeof deadly / sizeof deadly[0]; index++)
        sigaction(deadly[index], &actions[index], NULL);
}

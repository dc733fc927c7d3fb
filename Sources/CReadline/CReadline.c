#include "CReadline.h"

#include <errno.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include <readline/history.h>
#include <readline/readline.h>

static char *finished_line;
static int is_finished;

static struct termios cooked;
static volatile sig_atomic_t is_reading;
static volatile sig_atomic_t is_paste_marked;
static volatile sig_atomic_t was_interrupted;
static volatile sig_atomic_t was_resized;
static volatile sig_atomic_t was_suspended;
// What is blocked while the editor waits. SIGINT, SIGWINCH and SIGTSTP are let in only there: none is missed before a wait.
static sigset_t waiting_mask;

static void note(int number) {
    if (number == SIGINT)
        was_interrupted = 1;
    if (number == SIGWINCH)
        was_resized = 1;
    if (number == SIGTSTP)
        was_suspended = 1;
}

// Ends the process as the signal would have, but with the terminal as it was; all calls here are async-signal-safe. In the
// background the terminal is another's, and to touch it would stop the process instead.
static void die(int number) {
    if (is_reading && tcgetpgrp(STDIN_FILENO) == getpgrp()) {
        static const char end[] = "\033[?2004l\r\n";
        const char *text = is_paste_marked ? end : end + sizeof end - 3;
        tcsetattr(STDIN_FILENO, TCSANOW, &cooked);
        if (write(STDOUT_FILENO, text, strlen(text)) < 0)
            _exit(128 + number);
    }
    signal(number, SIG_DFL);
    raise(number);
}

static void catch_signal(int number, void (*handler)(int), struct sigaction *before) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    sigaction(number, &action, before);
}

// Whether there is input; not if a signal came first.
static int wait_for_input(void) {
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    return ppoll(&input, 1, NULL, &waiting_mask) > 0;
}

// Some of readline's functions read on without coming back (a paste up to its end mark): Ctrl-C ends these too.
static int next_byte(FILE *stream) {
    (void)stream;
    while (!was_interrupted) {
        unsigned char byte;
        if (!wait_for_input())
            continue;
        ssize_t count = read(STDIN_FILENO, &byte, 1);
        if (count == 1)
            return byte;
        if (count == 0 || (errno != EINTR && errno != EAGAIN))
            break;
    }
    return EOF;
}

void creadline_start(void) {
    // Where the user's own locale is not installed, text is UTF-8 all the same: that is what kvmdbg writes.
    setlocale(LC_CTYPE, "C.UTF-8");
    rl_readline_name = "kvmdbg";
    rl_getc_function = next_byte;
    rl_catch_signals = 0;
    rl_catch_sigwinch = 0;
    rl_change_environment = 0;
    using_history();
    rl_initialize();
    // Without such a locale (a small board has none): bytes go through as they are, and are edited one by one.
    if (MB_CUR_MAX == 1) {
        rl_variable_bind("input-meta", "on");
        rl_variable_bind("output-meta", "on");
        rl_variable_bind("convert-meta", "off");
    }
    static const int deaths[] = {SIGTERM, SIGHUP, SIGQUIT, SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE};
    for (size_t i = 0; i < sizeof deaths / sizeof *deaths; i++) {
        struct sigaction before;
        catch_signal(deaths[i], die, &before);
        // nohup(1) and its like.
        if (before.sa_handler == SIG_IGN)
            sigaction(deaths[i], &before, NULL);
    }
}

static void finish(char *line) {
    finished_line = line;
    is_finished = 1;
    rl_callback_handler_remove();
}

static void suspend(const struct sigaction *before) {
    struct sigaction ours;
    sigset_t editing_mask;
    rl_deprep_terminal();
    sigaction(SIGTSTP, before, &ours);
    raise(SIGTSTP);
    sigprocmask(SIG_SETMASK, &waiting_mask, &editing_mask); // stops here, until the shell says "fg"
    sigprocmask(SIG_SETMASK, &editing_mask, NULL);
    sigaction(SIGTSTP, &ours, NULL);
    tcgetattr(STDIN_FILENO, &cooked);
    rl_prep_terminal(1);
    rl_resize_terminal();
    rl_forced_update_display();
}

// Ctrl-C: what was typed stays on the screen, and the next prompt comes below it.
static void drop_line(void) {
    rl_callback_sigcleanup();
    rl_point = rl_end;
    rl_redisplay();
    fputs("^C\n", rl_outstream);
    fflush(rl_outstream);
    rl_free_line_state();
    rl_callback_handler_remove();
}

char *creadline_read(const char *prompt, int *ending) {
    struct sigaction interrupt, resize, stop;
    sigset_t editing_mask;
    was_interrupted = was_resized = was_suspended = 0;
    is_finished = 0;
    finished_line = NULL;
    // A terminal whose modes the shell changed while kvmdbg was in the background is put back to those.
    tcgetattr(STDIN_FILENO, &cooked);
    sigemptyset(&editing_mask);
    sigaddset(&editing_mask, SIGINT);
    sigaddset(&editing_mask, SIGWINCH);
    sigaddset(&editing_mask, SIGTSTP);
    sigprocmask(SIG_BLOCK, &editing_mask, &waiting_mask);
    catch_signal(SIGINT, note, &interrupt);
    catch_signal(SIGWINCH, note, &resize);
    catch_signal(SIGTSTP, note, &stop);
    // The window may have been resized while the guest ran.
    rl_reset_screen_size();
    is_reading = 1;
    rl_callback_handler_install(prompt, finish);
    const char *marks = rl_variable_value("enable-bracketed-paste");
    is_paste_marked = marks && strcmp(marks, "on") == 0;
    while (!is_finished && !was_interrupted) {
        if (wait_for_input())
            rl_callback_read_char();
        if (was_resized && !is_finished) {
            was_resized = 0;
            rl_resize_terminal();
        }
        if (was_suspended && !is_finished) {
            was_suspended = 0;
            suspend(&stop);
        }
    }
    if (!is_finished)
        drop_line();
    is_reading = 0;
    sigaction(SIGINT, &interrupt, NULL);
    sigaction(SIGWINCH, &resize, NULL);
    sigaction(SIGTSTP, &stop, NULL);
    sigprocmask(SIG_SETMASK, &waiting_mask, NULL);
    *ending = !is_finished ? creadline_interrupt : finished_line ? creadline_line : creadline_end_of_file;
    return finished_line;
}

void creadline_free(char *line) {
    free(line);
}

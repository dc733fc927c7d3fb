#include "CReadline.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include <readline/history.h>
#include <readline/readline.h>

static creadline_completer completer;
static void *completer_context;
static char **candidates;
static size_t candidate_count;
static int wants_files;

static char *finished_line;
static int is_finished;

static struct termios cooked;
static volatile sig_atomic_t is_reading;
static volatile sig_atomic_t was_interrupted;
static volatile sig_atomic_t was_resized;
static volatile sig_atomic_t was_suspended;

static void note(int number) {
    if (number == SIGINT)
        was_interrupted = 1;
    if (number == SIGWINCH)
        was_resized = 1;
    if (number == SIGTSTP)
        was_suspended = 1;
}

// Ends the process as the signal would have, but with the terminal as it was; all calls here are async-signal-safe.
static void die(int number) {
    if (is_reading) {
        static const char plain_paste[] = "\033[?2004l\r\n";
        tcsetattr(STDIN_FILENO, TCSANOW, &cooked);
        if (write(STDOUT_FILENO, plain_paste, sizeof plain_paste - 1) < 0)
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

static char *next_candidate(const char *text, int state) {
    (void)text;
    static size_t index;
    if (state == 0)
        index = 0;
    return index < candidate_count ? strdup(candidates[index++]) : NULL;
}

static char **complete(const char *text, int start, int end) {
    wants_files = 0;
    candidate_count = 0;
    completer(completer_context, rl_line_buffer, start, end);
    char **matches = NULL;
    if (wants_files) {
        matches = rl_completion_matches(text, rl_filename_completion_function);
    } else {
        matches = rl_completion_matches(text, next_candidate);
        rl_filename_completion_desired = 0;
    }
    for (size_t i = 0; i < candidate_count; i++)
        free(candidates[i]);
    candidate_count = 0;
    rl_attempted_completion_over = 1;
    return matches;
}

void creadline_candidate(const char *word) {
    char **grown = realloc(candidates, (candidate_count + 1) * sizeof *grown);
    if (!grown)
        return;
    candidates = grown;
    candidates[candidate_count] = strdup(word);
    if (candidates[candidate_count])
        candidate_count++;
}

void creadline_complete_files(void) {
    wants_files = 1;
}

void creadline_start(creadline_completer function, void *context) {
    completer = function;
    completer_context = context;
    rl_readline_name = "kvmdbg";
    rl_attempted_completion_function = complete;
    rl_completer_word_break_characters = " \t\n\"'`=(){}[]&|^*+-,<>!~?:;%";
    rl_catch_signals = 0;
    rl_catch_sigwinch = 0;
    rl_change_environment = 0;
    using_history();
    tcgetattr(STDIN_FILENO, &cooked);
    static const int deaths[] = {SIGTERM, SIGHUP, SIGQUIT, SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE};
    for (size_t i = 0; i < sizeof deaths / sizeof *deaths; i++)
        catch_signal(deaths[i], die, NULL);
}

static void finish(char *line) {
    finished_line = line;
    is_finished = 1;
    rl_callback_handler_remove();
}

static void suspend(const struct sigaction *before) {
    rl_deprep_terminal();
    struct sigaction ours;
    sigaction(SIGTSTP, before, &ours);
    raise(SIGTSTP);
    sigaction(SIGTSTP, &ours, NULL);
    rl_prep_terminal(1);
    rl_forced_update_display();
}

char *creadline_read(const char *prompt, int *ending) {
    struct sigaction interrupt, resize, stop;
    was_interrupted = was_resized = was_suspended = 0;
    is_finished = 0;
    finished_line = NULL;
    // A terminal whose modes the shell changed while kvmdbg was in the background is put back to those.
    tcgetattr(STDIN_FILENO, &cooked);
    catch_signal(SIGINT, note, &interrupt);
    catch_signal(SIGWINCH, note, &resize);
    catch_signal(SIGTSTP, note, &stop);
    is_reading = 1;
    rl_callback_handler_install(prompt, finish);
    while (!is_finished && !was_interrupted) {
        struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
        int ready = poll(&input, 1, -1);
        if (ready > 0)
            rl_callback_read_char();
        else if (ready < 0 && errno != EINTR)
            finish(NULL);
        if (was_resized) {
            was_resized = 0;
            rl_resize_terminal();
        }
        if (was_suspended) {
            was_suspended = 0;
            suspend(&stop);
        }
    }
    if (!is_finished) {
        fputs("^C\n", rl_outstream ? rl_outstream : stdout);
        fflush(rl_outstream ? rl_outstream : stdout);
        rl_free_line_state();
        rl_callback_sigcleanup();
        rl_callback_handler_remove();
    }
    is_reading = 0;
    sigaction(SIGINT, &interrupt, NULL);
    sigaction(SIGWINCH, &resize, NULL);
    sigaction(SIGTSTP, &stop, NULL);
    *ending = !is_finished ? creadline_interrupt : finished_line ? creadline_line : creadline_end_of_file;
    return finished_line;
}

void creadline_free(char *line) {
    free(line);
}

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

// usage: measure [-k | -w | -m] [-s] -t TITLE [-n COUNT] [-p PAIRS] [-l LIMIT] SETUP WORK PROGRAM [ARG...] [-- SETUP WORK PROGRAM [ARG...]]
//
// Measures two programs in turn, A B B A A B …, since what ran before leaves a host that is faster or slower, and prints a row: the
// medians of both and the median of the pairs' ratios. A program is given SETUP on its standard input and says "ready"; it is given
// WORK and says "done"; the time between counts.
//   -k   both stay alive, and do WORK again for each pair
//   -w   the whole time of the process counts; SETUP and WORK are not used
//   -m   not the time, but the memory of one program when it is ready
//   -n   how often WORK does what is measured: the times shown are divided by it
//   -s   shows how often it is done in a second instead of how long it takes
//   -l   the ratio, or the MiB, that are the limit
// A program that writes to standard error cannot do the work: the row says so, with its words.
#define _POSIX_C_SOURCE 200809L
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_PAIRS = 100, TEXT = 200 };

struct side {
    const char *setup;
    const char *work;
    char **command;
    pid_t pid; // 0: not running
    int input, output, errors;
    double seconds[MOST_PAIRS];
};

static const char *title = "";
static double limit;
static long count = 1;
static bool shows_rate;

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec * 1e-9;
}

static void unavailable(const char *why, int size) {
    printf("%-46s  not available: %.*s\n", title, size, why);
    exit(0);
}

static void start(struct side *side) {
    int input[2], output[2], errors[2];
    if (pipe(input) || pipe(output) || pipe(errors))
        fail("pipe");
    side->pid = fork();
    if (side->pid < 0)
        fail("fork");
    if (side->pid == 0) {
        dup2(input[0], 0);
        dup2(output[1], 1);
        dup2(errors[1], 2);
        for (int i = 0; i < 2; i++)
            close(input[i]), close(output[i]), close(errors[i]);
        execv(side->command[0], side->command);
        fail(side->command[0]);
    }
    close(input[0]), close(output[1]), close(errors[1]);
    side->input = input[1];
    side->output = output[0];
    side->errors = errors[0];
}

static void stop(struct side *side) {
    close(side->input), close(side->output), close(side->errors);
    kill(side->pid, SIGKILL);
    waitpid(side->pid, NULL, 0);
    side->pid = 0;
}

static void say(struct side *side, const char *text) {
    if (write(side->input, text, strlen(text)) < 0)
        fail("write");
}

// Reads up to the line `mark`, or without one up to the end.
static void await(struct side *side, const char *mark) {
    char line[TEXT] = "", block[1 << 16];
    int length = 0;
    struct pollfd files[] = {{.fd = side->output, .events = POLLIN}, {.fd = side->errors, .events = POLLIN}};
    for (;;) {
        poll(files, 2, -1);
        if (files[1].revents & POLLIN) {
            ssize_t size = read(side->errors, block, sizeof block);
            char *end = memchr(block, '\n', size);
            unavailable(block, end ? end - block : size);
        }
        ssize_t size = read(side->output, block, sizeof block);
        if (size <= 0 && !mark)
            return;
        if (size <= 0)
            unavailable("it ended", 8);
        for (ssize_t i = 0; mark && i < size; i++) {
            if (block[i] != '\n') {
                if (length < TEXT - 1)
                    line[length++] = block[i];
                continue;
            }
            line[length] = 0;
            length = 0;
            if (strcmp(line, mark) == 0)
                return;
        }
    }
}

static void make_ready(struct side *side) {
    start(side);
    say(side, side->setup);
    await(side, "ready");
}

static double run(struct side *side, bool keeps, bool whole) {
    double begin = now();
    if (whole) {
        start(side);
        await(side, NULL);
    } else {
        if (!side->pid)
            make_ready(side);
        begin = now();
        say(side, side->work);
        await(side, "done");
    }
    double end = now();
    if (!keeps)
        stop(side);
    return end - begin;
}

static int compare(const void *left, const void *right) {
    double difference = *(const double *)left - *(const double *)right;
    return (difference > 0) - (difference < 0);
}

static double median(const double *values, int size) {
    double sorted[MOST_PAIRS];
    memcpy(sorted, values, size * sizeof *values);
    qsort(sorted, size, sizeof *sorted, compare);
    return size % 2 ? sorted[size / 2] : (sorted[size / 2 - 1] + sorted[size / 2]) / 2;
}

static const char *shown(double seconds, char *text) {
    seconds /= count;
    if (shows_rate)
        sprintf(text, "%.0f /s", 1 / seconds);
    else if (seconds < 1e-3)
        sprintf(text, "%.2f us", seconds * 1e6);
    else if (seconds < 1)
        sprintf(text, "%.2f ms", seconds * 1e3);
    else
        sprintf(text, "%.2f s", seconds);
    return text;
}

static void print_limit(double value) {
    if (limit > 0)
        printf("  %-5.4g %s", limit, value <= limit ? "met" : "NOT MET");
    printf("\n");
}

static void measure_memory(struct side *side) {
    make_ready(side);
    char path[64], line[TEXT];
    double mebibytes = 0;
    snprintf(path, sizeof path, "/proc/%d/status", (int)side->pid);
    FILE *file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file))
        if (strncmp(line, "VmRSS:", 6) == 0)
            mebibytes = atol(line + 6) / 1024.0;
    stop(side);
    printf("%-46s  %7.2f MiB            ", title, mebibytes);
    printf("        ");
    print_limit(mebibytes);
}

int main(int argc, char **argv) {
    bool keeps = false, whole = false, memory = false;
    int pairs = 5, option;
    while ((option = getopt(argc, argv, "+kwmst:n:p:l:")) != -1) {
        switch (option) {
        case 'k': keeps = true; break;
        case 'w': whole = true; break;
        case 'm': memory = true; break;
        case 's': shows_rate = true; break;
        case 't': title = optarg; break;
        case 'n': count = atol(optarg); break;
        case 'p': pairs = atoi(optarg); break;
        case 'l': limit = atof(optarg); break;
        default: return 2;
        }
    }
    struct side sides[2] = {0};
    for (int side = 0; side < 2 && optind + 2 < argc; side++) {
        sides[side].setup = argv[optind];
        sides[side].work = argv[optind + 1];
        sides[side].command = argv + optind + 2;
        while (optind < argc && strcmp(argv[optind], "--") != 0)
            optind++;
        if (optind < argc)
            argv[optind++] = NULL;
    }
    if (!sides[0].command || (!memory && !sides[1].command) || count < 1 || pairs < 1 || pairs > MOST_PAIRS)
        return 2;
    signal(SIGPIPE, SIG_IGN);
    if (memory) {
        measure_memory(&sides[0]);
        return 0;
    }
    double ratios[MOST_PAIRS];
    for (int pair = 0; pair < pairs; pair++) {
        for (int turn = 0; turn < 2; turn++) {
            struct side *side = &sides[(pair + turn) % 2];
            side->seconds[pair] = run(side, keeps, whole);
        }
        ratios[pair] = sides[0].seconds[pair] / sides[1].seconds[pair];
    }
    char a[TEXT], b[TEXT];
    double ratio = median(ratios, pairs);
    printf(
        "%-46s  %10s  %10s  %6.3f", title, shown(median(sides[0].seconds, pairs), a),
        shown(median(sides[1].seconds, pairs), b), ratio);
    print_limit(ratio);
}

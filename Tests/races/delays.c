// usage: delays SEED PROGRAM [ARG...]
// Runs PROGRAM, and holds up its threads at random, for a random while: all before signals, those that it starts also before and
// behind system calls. (The first thread makes by far the most calls, which would take too long.) Its status is PROGRAM's.
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 64, SYSTEM_CALL = SIGTRAP | 0x80, ONE_IN = 6, LONGEST = 2000000 };

static struct thread {
    pid_t id;
    long signal;  // that it is to get when it goes on
    uint64_t due; // when that is; 0 when it runs
} threads[MOST];
static int known, held;
static long delays;
static uint64_t numbers;

static uint64_t next_number(void) {
    numbers = numbers * 6364136223846793005 + 1442695040888963407;
    return numbers >> 33;
}

static uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

static struct thread *find(pid_t id) {
    for (int i = 0; i < known; i++)
        if (threads[i].id == id)
            return &threads[i];
    return NULL;
}

static void go_on(struct thread *thread) {
    ptrace(thread == threads ? PTRACE_CONT : PTRACE_SYSCALL, thread->id, NULL, thread->signal);
}

// A thread has stopped: lets it go on, now or later.
static void stopped(pid_t id, int status) {
    struct thread *thread = find(id);
    int is_new = !thread;
    if (is_new) {
        if (known == MOST) {
            fprintf(stderr, "delays: more than %d threads\n", MOST);
            exit(125);
        }
        thread = &threads[known++];
        *thread = (struct thread){.id = id};
    }
    int signal = WSTOPSIG(status);
    // A new thread begins with a SIGSTOP of ptrace's own; events are none of its signals.
    thread->signal = signal == SYSTEM_CALL || status >> 16 || (is_new && signal == SIGSTOP) ? 0 : signal;
    if (next_number() % ONE_IN) {
        go_on(thread);
    } else {
        thread->due = now() + next_number() % LONGEST + 1;
        held++;
        delays++;
    }
}

static void release(void) {
    uint64_t time = now();
    for (int i = 0; i < known; i++) {
        if (threads[i].due == 0 || threads[i].due > time)
            continue;
        threads[i].due = 0;
        held--;
        go_on(&threads[i]);
    }
}

static void forget(pid_t id) {
    struct thread *thread = find(id);
    if (!thread)
        return;
    held -= thread->due != 0;
    *thread = threads[--known];
}

static int follow(pid_t child) {
    const struct timespec pause = {.tv_nsec = 50000};
    for (;;) {
        int status;
        pid_t id = waitpid(-1, &status, __WALL | (held ? WNOHANG : 0));
        if (id < 0 && errno != EINTR)
            return 125;
        if (id > 0 && WIFSTOPPED(status)) {
            stopped(id, status);
        } else if (id > 0) {
            forget(id);
            if (id == child)
                return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        } else if (id == 0) {
            nanosleep(&pause, NULL);
        }
        release();
    }
}

int main(int argc, char **argv) {
    if (argc < 3) {
        fprintf(stderr, "usage: delays SEED PROGRAM [ARG...]\n");
        return 2;
    }
    numbers = strtoull(argv[1], NULL, 0);
    pid_t child = fork();
    if (child == 0) {
        ptrace(PTRACE_TRACEME, 0, NULL, NULL);
        execvp(argv[2], argv + 2);
        perror(argv[2]);
        _exit(127);
    }
    int status;
    if (waitpid(child, &status, 0) < 0 || !WIFSTOPPED(status))
        return 127;
    // Guests that spin would have it wait for its turn at each system call.
    const struct sched_param first = {.sched_priority = 1};
    sched_setscheduler(0, SCHED_FIFO, &first);
    ptrace(PTRACE_SETOPTIONS, child, NULL, PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_EXITKILL);
    ptrace(PTRACE_CONT, child, NULL, 0L);
    threads[known++] = (struct thread){.id = child};
    status = follow(child);
    fprintf(stderr, "delays: %ld\n", delays);
    return status;
}

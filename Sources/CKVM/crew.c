#include "CKVM.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

// The signal that brings a thread out of KVM_RUN; it does nothing else. (SIGRTMIN itself is the timer of deadlines.)
#define KICK (SIGRTMIN + 1)

struct member {
    struct ckvm_crew *crew;
    pthread_t thread;
    pthread_cond_t order; // to run, or to end
    int index, vcpu, result;
    uint64_t nanoseconds;
    volatile uint8_t *immediate_exit;
    int exists, runs, ends;
    struct member *next; // of those that are back
};

struct ckvm_crew {
    pthread_mutex_t lock; // of all below, and of what the members' orders and results are
    struct member *first, *last;
    int (*run)(int vcpu);
    int wake, count;
    struct member members[];
};

static void nothing(int signal_number) {
    (void)signal_number;
}

static uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

static void wake(struct ckvm_crew *crew) {
    uint64_t one = 1;
    while (write(crew->wake, &one, sizeof one) < 0 && errno == EINTR)
        ;
}

static void *serve(void *argument) {
    struct member *member = argument;
    struct ckvm_crew *crew = member->crew;
    sigset_t kick;
    sigemptyset(&kick);
    sigaddset(&kick, KICK);
    pthread_sigmask(SIG_UNBLOCK, &kick, NULL);
    pthread_mutex_lock(&crew->lock);
    for (;;) {
        while (!member->runs && !member->ends)
            pthread_cond_wait(&member->order, &crew->lock);
        if (member->ends)
            break;
        pthread_mutex_unlock(&crew->lock);
        uint64_t began = now();
        int result = crew->run(member->vcpu);
        uint64_t ended = now();
        pthread_mutex_lock(&crew->lock);
        member->runs = 0;
        member->result = result;
        member->nanoseconds = ended - began;
        member->next = NULL;
        if (crew->last)
            crew->last->next = member;
        else
            crew->first = member;
        crew->last = member;
        wake(crew);
    }
    pthread_mutex_unlock(&crew->lock);
    return NULL;
}

struct ckvm_crew *ckvm_crew_create(int count, int (*run)(int vcpu)) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = nothing; // no SA_RESTART: KVM_RUN is to end
    sigaction(KICK, &action, NULL);
    struct ckvm_crew *crew = calloc(1, sizeof *crew + (size_t)count * sizeof crew->members[0]);
    if (!crew)
        return NULL;
    crew->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (crew->wake < 0) {
        free(crew);
        return NULL;
    }
    pthread_mutex_init(&crew->lock, NULL);
    crew->count = count;
    crew->run = run ? run : ckvm_run;
    return crew;
}

int ckvm_crew_add(struct ckvm_crew *crew, int index, int vcpu, volatile uint8_t *immediate_exit) {
    struct member *member = &crew->members[index];
    member->crew = crew;
    member->index = index;
    member->vcpu = vcpu;
    member->immediate_exit = immediate_exit;
    pthread_cond_init(&member->order, NULL);
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, 1 << 18);
    // All signals are the main thread's, but for the kick.
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int status = pthread_create(&member->thread, &attributes, serve, member);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
    if (status != 0) {
        pthread_cond_destroy(&member->order);
        return -status;
    }
    member->exists = 1;
    return 0;
}

int ckvm_crew_wake_descriptor(const struct ckvm_crew *crew) {
    return crew->wake;
}

void ckvm_crew_start(struct ckvm_crew *crew, int index) {
    struct member *member = &crew->members[index];
    pthread_mutex_lock(&crew->lock);
    member->runs = 1;
    pthread_cond_signal(&member->order);
    pthread_mutex_unlock(&crew->lock);
}

void ckvm_crew_kick(struct ckvm_crew *crew, int index) {
    struct member *member = &crew->members[index];
    __atomic_store_n(member->immediate_exit, 1, __ATOMIC_SEQ_CST);
    pthread_kill(member->thread, KICK);
}

// The one that came back first and was not told yet.
static int take(struct ckvm_crew *crew, struct ckvm_return *back) {
    pthread_mutex_lock(&crew->lock);
    struct member *member = crew->first;
    if (member) {
        crew->first = member->next;
        if (!crew->first)
            crew->last = NULL;
        *back = (struct ckvm_return){member->index, member->result, member->nanoseconds};
    }
    pthread_mutex_unlock(&crew->lock);
    return member != NULL;
}

int ckvm_crew_wait(struct ckvm_crew *crew, int input, struct ckvm_return *back) {
    if (take(crew, back))
        return ckvm_crew_back;
    struct pollfd entries[] = {{.fd = crew->wake, .events = POLLIN}, {.fd = input, .events = POLLIN}};
    int count = poll(entries, 2, -1); // a negative descriptor is passed over
    if (count > 0 && entries[0].revents) {
        uint64_t value;
        if (read(crew->wake, &value, sizeof value) < 0 && errno != EAGAIN && errno != EINTR)
            return ckvm_crew_woken;
    }
    if (take(crew, back))
        return ckvm_crew_back;
    return count > 0 && entries[1].revents ? ckvm_crew_input : ckvm_crew_woken;
}

void ckvm_crew_free(struct ckvm_crew *crew) {
    for (int index = 0; index < crew->count; index++) {
        struct member *member = &crew->members[index];
        if (!member->exists)
            continue;
        pthread_mutex_lock(&crew->lock);
        member->ends = 1;
        pthread_cond_signal(&member->order);
        pthread_mutex_unlock(&crew->lock);
        ckvm_crew_kick(crew, index);
        pthread_join(member->thread, NULL);
        pthread_cond_destroy(&member->order);
    }
    pthread_mutex_destroy(&crew->lock);
    close(crew->wake);
    free(crew);
}

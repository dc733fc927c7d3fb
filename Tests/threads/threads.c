// The threads of vCPUs without KVM, for ThreadSanitizer: what runs is a function of random length that ends at a kick, as KVM_RUN does.
// usage: threads SEED ROUNDS
#include "CKVM.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { count = 8 };
static volatile uint8_t immediate_exit[count];
// What a vCPU of its own would change, and the main thread look at while it is back.
static unsigned long work[count];
static unsigned seeds[count];

static void sleep_for(long nanoseconds) {
    struct timespec time = {.tv_nsec = nanoseconds};
    nanosleep(&time, NULL);
}

// Whether it was kicked is what KVM_RUN looks at as well: in the run page, and by the signal that ends a sleep.
static int run(int vcpu) {
    unsigned length = (unsigned)rand_r(&seeds[vcpu]) % 50;
    for (unsigned step = 0; step < length; step++) {
        if (__atomic_load_n(&immediate_exit[vcpu], __ATOMIC_SEQ_CST))
            return -EINTR;
        work[vcpu]++;
        if (rand_r(&seeds[vcpu]) % 8 == 0)
            sleep_for(rand_r(&seeds[vcpu]) % 200000);
    }
    return 0;
}

#define CHECK(condition) \
    do { \
        if (!(condition)) { \
            printf("line %d: %s\n", __LINE__, #condition); \
            return 1; \
        } \
    } while (0)

int main(int argument_count, char **arguments) {
    unsigned seed = argument_count > 1 ? (unsigned)atoi(arguments[1]) : 1;
    int rounds = argument_count > 2 ? atoi(arguments[2]) : 1000;
    for (int index = 0; index < count; index++)
        seeds[index] = seed * 100 + (unsigned)index;
    ckvm_crew *crew = ckvm_crew_create(count, run);
    CHECK(crew);
    for (int index = 0; index < count; index++)
        CHECK(ckvm_crew_add(crew, index, index, &immediate_exit[index]) == 0);

    unsigned long expected = 0, ended = 0, kicked = 0, worst = 0;
    for (int round = 0; round < rounds; round++) {
        int members = 1 + rand_r(&seed) % count, out = members;
        int is_out[count] = {0};
        for (int index = 0; index < members; index++) {
            immediate_exit[index] = 0;
            ckvm_crew_start(crew, index);
            is_out[index] = 1;
        }
        int stops = 0;
        struct timespec began, now;
        while (out > 0) {
            struct ckvm_return back;
            if (ckvm_crew_wait(crew, -1, &back) != ckvm_crew_back)
                continue;
            CHECK(back.index >= 0 && back.index < members && is_out[back.index]);
            CHECK(back.result == 0 || (stops && back.result == -EINTR));
            *(back.result == 0 ? &ended : &kicked) += 1;
            is_out[back.index] = 0;
            out--;
            expected += work[back.index]; // no data race: it is back
            if (stops)
                continue;
            if (rand_r(&seed) % 3) { // it goes on
                ckvm_crew_start(crew, back.index);
                is_out[back.index] = 1;
                out++;
            } else { // it stops all
                stops = 1;
                clock_gettime(CLOCK_MONOTONIC, &began);
                for (int index = 0; index < members; index++)
                    if (is_out[index])
                        ckvm_crew_kick(crew, index);
            }
        }
        clock_gettime(CLOCK_MONOTONIC, &now);
        unsigned long took = (unsigned long)((now.tv_sec - began.tv_sec) * 1000000 + (now.tv_nsec - began.tv_nsec) / 1000);
        if (took > worst)
            worst = took;
    }
    ckvm_crew_free(crew);
    CHECK(ended > 0 && kicked > 0 && expected > 0);
    printf("%d rounds, %lu ended by themselves, %lu were kicked; the slowest stop took %lu us\n", rounds, ended, kicked, worst);
    return 0;
}

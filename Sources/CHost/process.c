#include "CHost.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/utsname.h>
#include <time.h>

static int argument_count;
static char *no_arguments[1];
static char **arguments = no_arguments;

// glibc hands argc and argv to constructors, in static programs too; Embedded Swift has no CommandLine.
__attribute__((constructor)) static void remember_arguments(int count, char **values) {
    argument_count = count;
    arguments = values;
}

int host_argument_count(void) {
    return argument_count;
}

char **host_arguments(void) {
    return arguments;
}

uint64_t host_monotonic_nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

const char *host_environment(const char *name) {
    return getenv(name);
}

int host_uname(const char **system, const char **release, const char **machine, const char **node) {
    static struct utsname names;
    if (uname(&names) < 0)
        return -errno;
    *system = names.sysname;
    *release = names.release;
    *machine = names.machine;
    *node = names.nodename;
    return 0;
}

void host_utc(char *text, size_t size) {
    time_t now = time(NULL);
    struct tm parts = {0};
    gmtime_r(&now, &parts);
    if (strftime(text, size, "%Y-%m-%dT%H:%M:%S", &parts) == 0)
        text[0] = 0;
}

// usage: floor MEASURE GUEST [ARG...]
#include "floor.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    const char *arguments;
    int count;
    void (*run)(int argc, char **argv);
} measures[] = {
    {"hits", "GUEST HITS [if | touching PAGES]", 2, floor_hits},
    {"executed-hits", "GUEST HITS [if]", 2, floor_executed_hits},
    {"stepi", "GUEST STEPS", 2, floor_stepi},
    {"stores", "GUEST STORES", 2, floor_stores},
    {"start", "GUEST", 1, floor_start},
    {"find", "GUEST", 1, floor_find},
    {"dump", "GUEST FILE BYTES", 3, floor_dump},
    {"boot", "IMAGE INITRD TREE ADDRESS", 4, floor_boot},
    {"run", "GUEST FUNCTION NUMBER", 3, floor_run},
};
enum { COUNT = sizeof measures / sizeof *measures };

int main(int argc, char **argv) {
    for (int i = 0; argc > 1 && i < COUNT; i++) {
        if (strcmp(measures[i].name, argv[1]) != 0 || argc - 2 < measures[i].count)
            continue;
        measures[i].run(argc - 2, argv + 2);
        return 0;
    }
    for (int i = 0; i < COUNT; i++)
        fprintf(stderr, "usage: floor %s %s\n", measures[i].name, measures[i].arguments);
    return 2;
}

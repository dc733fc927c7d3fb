#include "CHost.h"

#include <getopt.h>
#include <string.h>

enum { option_limit = 32, first_code = 256 };

static int last_index = 1;

int host_next_option(const host_option *options, int count, const char **value) {
    struct option table[option_limit + 1];
    char letters[2 * option_limit + 2] = ":";
    size_t used = 1;
    if (count > option_limit)
        return host_option_unknown;
    memset(table, 0, sizeof table);
    for (int i = 0; i < count; i++) {
        table[i].name = options[i].name;
        table[i].has_arg = options[i].takes_value ? required_argument : no_argument;
        table[i].val = first_code + i;
        if (options[i].letter) {
            letters[used++] = options[i].letter;
            if (options[i].takes_value)
                letters[used++] = ':';
        }
    }
    letters[used] = 0;
    opterr = 0;
    last_index = optind;
    int found = getopt_long(host_argument_count(), host_arguments(), letters, table, NULL);
    *value = optarg;
    if (found == -1)
        return host_option_end;
    if (found == ':')
        return host_option_lacks_value;
    if (found >= first_code)
        return found - first_code;
    for (int i = 0; i < count; i++)
        if (found == options[i].letter)
            return i;
    return host_option_unknown;
}

const char *host_current_option(void) {
    int index = last_index < host_argument_count() ? last_index : host_argument_count() - 1;
    return host_arguments()[index];
}

int host_first_operand(void) {
    return optind;
}

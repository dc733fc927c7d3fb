#include "CReadline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <readline/readline.h>

enum { listed_limit = 200 };

static creadline_completer completer;
static void *completer_context;
static char **candidates;
static size_t candidate_count;
static int wants_files;

static void forget_candidates(void) {
    for (size_t i = 0; i < candidate_count; i++)
        free(candidates[i]);
    candidate_count = 0;
    wants_files = 0;
}

static char *next_candidate(const char *text, int state) {
    (void)text;
    static size_t index;
    if (state == 0)
        index = 0;
    return index < candidate_count ? strdup(candidates[index++]) : NULL;
}

static char **complete(const char *text, int start, int end) {
    forget_candidates();
    completer(completer_context, rl_line_buffer, start, end);
    rl_attempted_completion_over = 1;
    return rl_completion_matches(text, wants_files ? rl_filename_completion_function : next_candidate);
}

// Where a file is named, all but a blank belongs to the name.
static char *word_breaks(void) {
    static char blanks[] = " \t\n";
    forget_candidates();
    completer(completer_context, rl_line_buffer, rl_point, rl_point);
    return wants_files ? blanks : NULL;
}

// readline asks before a long list, and pages it, only outside of the callback mode.
static void list(char **matches, int count, int width) {
    if (count > listed_limit) {
        rl_crlf();
        fprintf(rl_outstream, "%d possibilities; type more of it to see them.", count);
        rl_crlf();
        rl_on_new_line();
    } else {
        rl_display_match_list(matches, count, width);
    }
    rl_forced_update_display();
}

void creadline_set_completer(creadline_completer function, void *context) {
    completer = function;
    completer_context = context;
    rl_attempted_completion_function = complete;
    rl_completion_word_break_hook = word_breaks;
    rl_completion_display_matches_hook = list;
    rl_completer_word_break_characters = " \t\n\"'`=(){}[]&|^*+-,<>!~?:;%";
    rl_completer_quote_characters = "\"";
    rl_filename_quote_characters = " \t";
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

// GNU readline, for a terminal only: its globals, signals and callbacks behind a few calls.
#ifndef CREADLINE_H
#define CREADLINE_H

#include <stddef.h>

// How reading a line ended.
enum {
    creadline_line,
    creadline_end_of_file,
    // Ctrl-C: what was typed is dropped.
    creadline_interrupt,
};

// Readies the terminal's handling; standard input and output must be terminals.
void creadline_start(void);

// Called for the word at bytes `start` to `end` of `line`; answers through creadline_candidate or creadline_complete_files.
typedef void (*creadline_completer)(void *_Nullable context, const char *_Nonnull line, int start, int end);
void creadline_set_completer(creadline_completer _Nonnull completer, void *_Nullable context);
// One more word that could stand where the completed word stands.
void creadline_candidate(const char *_Nonnull word);
// File names could stand there.
void creadline_complete_files(void);

// Reads a line, which the caller frees with creadline_free; nothing is returned unless *ending is creadline_line. What was
// pasted can hold several lines.
char *_Nullable creadline_read(const char *_Nonnull prompt, int *_Nonnull ending);
void creadline_free(char *_Nullable line);

// The history. The file calls return a negative errno.
int creadline_history_load(const char *_Nonnull path, int limit);
// Adds a line unless it is the same as the last one; whether it did.
int creadline_history_add(const char *_Nonnull line);
int creadline_history_append_last(const char *_Nonnull path);
int creadline_history_count(void);
const char *_Nullable creadline_history_line(int index);

#endif

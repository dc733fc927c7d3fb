#include "CPCRE.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

// A pattern that needs more to match a text of some KiB is a mistake: these are some tenths of a second.
enum {
    match_limit = 2000000,
    depth_limit = 100000,
    heap_limit = 16384, // KiB
};

struct cpcre_pattern {
    pcre2_code *code;
    pcre2_match_data *data;
    pcre2_match_context *context;
};

void cpcre_free(cpcre_pattern *pattern) {
    pcre2_match_context_free(pattern->context);
    pcre2_match_data_free(pattern->data);
    pcre2_code_free(pattern->code);
    free(pattern);
}

static pcre2_code *compile(const uint8_t *pattern, size_t length, int ignores_case, int *error, size_t *offset) {
    *error = PCRE2_ERROR_NOMEMORY;
    *offset = 0;
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    if (!context)
        return NULL;
    pcre2_set_max_pattern_length(context, cpcre_pattern_limit);
    pcre2_set_parens_nest_limit(context, cpcre_nesting_limit);
    pcre2_set_newline(context, PCRE2_NEWLINE_ANYCRLF);
    uint32_t options = PCRE2_MULTILINE | PCRE2_NEVER_UTF | PCRE2_NEVER_UCP;
    if (ignores_case)
        options |= PCRE2_CASELESS;
    pcre2_code *code = pcre2_compile(length ? pattern : (const uint8_t *)"", length, options, error, offset, context);
    pcre2_compile_context_free(context);
    return code;
}

cpcre_pattern *cpcre_compile(const uint8_t *text, size_t length, int ignores_case, int *error, size_t *offset) {
    pcre2_code *code = compile(text, length, ignores_case, error, offset);
    if (!code)
        return NULL;
    cpcre_pattern *pattern = calloc(1, sizeof *pattern);
    if (!pattern) {
        *error = PCRE2_ERROR_NOMEMORY;
        pcre2_code_free(code);
        return NULL;
    }
    pattern->code = code;
    // Only where the whole match is.
    pattern->data = pcre2_match_data_create(1, NULL);
    pattern->context = pcre2_match_context_create(NULL);
    if (!pattern->data || !pattern->context) {
        *error = PCRE2_ERROR_NOMEMORY;
        cpcre_free(pattern);
        return NULL;
    }
    pcre2_set_match_limit(pattern->context, match_limit);
    pcre2_set_depth_limit(pattern->context, depth_limit);
    pcre2_set_heap_limit(pattern->context, heap_limit);
    return pattern;
}

int cpcre_find(
    const cpcre_pattern *pattern, const uint8_t *text, size_t length, size_t from, int is_open, size_t *start, size_t *end) {
    int result = pcre2_match(
        pattern->code, length ? text : (const uint8_t *)"", length, from, is_open ? PCRE2_PARTIAL_HARD : 0, pattern->data,
        pattern->context);
    if (result == PCRE2_ERROR_NOMATCH)
        return cpcre_no_match;
    if (result < 0 && result != PCRE2_ERROR_PARTIAL)
        return result;
    const PCRE2_SIZE *offsets = pcre2_get_ovector_pointer(pattern->data);
    // \K can set the beginning behind the end.
    *start = offsets[0] < offsets[1] ? offsets[0] : offsets[1];
    *end = offsets[1];
    return result == PCRE2_ERROR_PARTIAL ? cpcre_partial_match : cpcre_match;
}

int cpcre_is_limit(int error) {
    return error == PCRE2_ERROR_MATCHLIMIT || error == PCRE2_ERROR_DEPTHLIMIT || error == PCRE2_ERROR_HEAPLIMIT;
}

void cpcre_message(int error, char *buffer, size_t size) {
    if (pcre2_get_error_message(error, (PCRE2_UCHAR *)buffer, size) == PCRE2_ERROR_BADDATA)
        strncpy(buffer, "?", size);
}

// What the static libraries of elfutils 0.192 (Debian 13) call and do not contain: the search trees of its internal
// libeu (https://sourceware.org/bugzilla/show_bug.cgi?id=32293). Weak, so that a libelf.a that has them is no conflict.
// The shared libraries of the host have their own.
//
// A tree is the root of a tsearch(3) tree followed by a lock. The lock stays unused: an Elf or a Dwarf is used by one
// thread at a time here.
#include <search.h>
#include <stddef.h>

#define EXPORT __attribute__((weak, visibility("hidden")))

typedef struct {
    void *root;
} search_tree;
typedef int comparison(const void *, const void *);

EXPORT void eu_search_tree_init(search_tree *tree);
EXPORT void eu_search_tree_fini(search_tree *tree, void (*release)(void *));
EXPORT void *eu_tsearch(const void *key, search_tree *tree, comparison *compare);
EXPORT void *eu_tfind(const void *key, search_tree *tree, comparison *compare);
EXPORT void *eu_tdelete(const void *key, search_tree *tree, comparison *compare);
EXPORT void eu_tdestroy(search_tree *tree, void (*release)(void *));

void eu_search_tree_init(search_tree *tree) {
    tree->root = NULL;
}

void eu_search_tree_fini(search_tree *tree, void (*release)(void *)) {
    eu_tdestroy(tree, release);
}

void *eu_tsearch(const void *key, search_tree *tree, comparison *compare) {
    return tsearch(key, &tree->root, compare);
}

void *eu_tfind(const void *key, search_tree *tree, comparison *compare) {
    return tfind(key, &tree->root, compare);
}

void *eu_tdelete(const void *key, search_tree *tree, comparison *compare) {
    return tdelete(key, &tree->root, compare);
}

void eu_tdestroy(search_tree *tree, void (*release)(void *)) {
    tdestroy(tree->root, release);
    tree->root = NULL;
}

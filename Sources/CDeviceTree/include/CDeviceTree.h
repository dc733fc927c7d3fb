// libfdt: flattened device trees.
#ifndef CDEVICETREE_H
#define CDEVICETREE_H

#include <libfdt.h>

// The length in bytes that a tree's header tells.
static inline uint32_t fdt_total(const void *_Nonnull tree) {
    return fdt_totalsize(tree);
}

#endif

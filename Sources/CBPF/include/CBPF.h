// The part of libbpf that reads BTF, the type information of the Linux kernel (Documentation/bpf/btf.rst there).
#ifndef CBPF_H
#define CBPF_H

#include <bpf/btf.h>
#include <stdint.h>

// Has libbpf take the `size` bytes of BTF, which it copies. NULL where it refuses them; `error` is then a negative errno.
struct btf *_Nullable cbpf_parse(const void *_Nonnull bytes, uint32_t size, int *_Nonnull error);

// What libbpf said when it refused, without its own name; empty where it said nothing. Until the next call in the same thread.
const char *_Nonnull cbpf_complaint(void);

#endif

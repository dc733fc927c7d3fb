// Compression by zlib and libzstd, for tests of the other way.
#ifndef CCOMPRESSOR_H
#define CCOMPRESSOR_H

#include <stddef.h>

// Compresses `count` bytes into `room` bytes at `result` as one gzip member or one zstd frame; how long it is, 0 where it does not fit.
size_t ccompressor_gzip(const void *_Nonnull bytes, size_t count, void *_Nonnull result, size_t room);
size_t ccompressor_zstd(const void *_Nonnull bytes, size_t count, void *_Nonnull result, size_t room);

#endif

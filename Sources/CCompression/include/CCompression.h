// Decompression by zlib and libzstd: whole buffers, with a limit on what comes out.
#ifndef CCOMPRESSION_H
#define CCOMPRESSION_H

#include <stddef.h>

enum {
    // What is wrong, beside 0 for nothing.
    ccompression_damaged = 1, // not what its first bytes promise, or cut short
    ccompression_too_large,   // more comes out than the limit
    ccompression_no_memory,
};

// Decompresses gzip or zstd data into memory that ccompression_free gives back; all members, or frames, one behind the other.
// Bytes behind the last one, of which Linux pads its images, are left alone.
int ccompression_gunzip(
    const void *_Nonnull bytes, size_t count, size_t limit, unsigned char *_Nullable *_Nonnull result,
    size_t *_Nonnull result_count);
int ccompression_unzstd(
    const void *_Nonnull bytes, size_t count, size_t limit, unsigned char *_Nullable *_Nonnull result,
    size_t *_Nonnull result_count);
void ccompression_free(unsigned char *_Nullable result);

#endif

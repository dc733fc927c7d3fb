#include "CCompressor.h"

#include <zlib.h>
#include <zstd.h>

size_t ccompressor_gzip(const void *bytes, size_t count, void *result, size_t room) {
    z_stream stream = {.next_in = (unsigned char *)bytes, .avail_in = (uInt)count, .next_out = result, .avail_out = (uInt)room};
    if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return 0;
    int status = deflate(&stream, Z_FINISH);
    deflateEnd(&stream);
    return status == Z_STREAM_END ? room - stream.avail_out : 0;
}

size_t ccompressor_zstd(const void *bytes, size_t count, void *result, size_t room) {
    size_t length = ZSTD_compress(result, room, bytes, count, 1);
    return ZSTD_isError(length) ? 0 : length;
}

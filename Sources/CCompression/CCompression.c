#include "CCompression.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

// The bytes that came out so far, in a block that grows.
struct output {
    unsigned char *bytes;
    size_t count, room, limit;
};

// Has room for at least one more byte; what is wrong.
static int grow(struct output *output) {
    if (output->count < output->room)
        return 0;
    // One byte more than the limit tells what is too large from what just fits.
    size_t most = output->limit + 1;
    if (output->room >= most)
        return ccompression_too_large;
    size_t room = output->room ? output->room * 2 : 1 << 20;
    if (room > most)
        room = most;
    unsigned char *bytes = realloc(output->bytes, room);
    if (!bytes)
        return ccompression_no_memory;
    output->bytes = bytes;
    output->room = room;
    return 0;
}

static int finish(struct output *output, int problem, unsigned char **result, size_t *result_count) {
    if (!problem && output->count > output->limit)
        problem = ccompression_too_large;
    if (problem) {
        free(output->bytes);
        return problem;
    }
    *result = output->bytes;
    *result_count = output->count;
    return 0;
}

int ccompression_gunzip(
    const void *bytes, size_t count, size_t limit, unsigned char **result, size_t *result_count) {
    struct output output = {.limit = limit};
    z_stream stream = {.next_in = (unsigned char *)bytes};
    if (inflateInit2(&stream, 15 + 16) != Z_OK)
        return ccompression_no_memory;
    size_t left = count;
    int problem = 0;
    for (int status = Z_OK; !problem;) {
        if (stream.avail_in == 0 && left > 0) {
            stream.avail_in = left > 1 << 30 ? 1 << 30 : (uInt)left;
            left -= stream.avail_in;
        }
        if (status == Z_STREAM_END) {
            // Another member follows where its first bytes do.
            if (stream.avail_in < 2 || stream.next_in[0] != 0x1f || stream.next_in[1] != 0x8b)
                break;
            inflateReset(&stream);
        }
        problem = grow(&output);
        if (problem)
            break;
        size_t room = output.room - output.count;
        stream.next_out = output.bytes + output.count;
        stream.avail_out = room > 1 << 30 ? 1 << 30 : (uInt)room;
        uInt before = stream.avail_out;
        status = inflate(&stream, Z_NO_FLUSH);
        output.count += before - stream.avail_out;
        if (status == Z_MEM_ERROR)
            problem = ccompression_no_memory;
        else if (status != Z_OK && status != Z_STREAM_END)
            problem = ccompression_damaged;
    }
    inflateEnd(&stream);
    return finish(&output, problem, result, result_count);
}

int ccompression_unzstd(
    const void *bytes, size_t count, size_t limit, unsigned char **result, size_t *result_count) {
    struct output output = {.limit = limit};
    ZSTD_DCtx *context = ZSTD_createDCtx();
    if (!context)
        return ccompression_no_memory;
    ZSTD_inBuffer input = {.src = bytes, .size = count};
    int problem = 0;
    size_t status = 1;
    while (!problem) {
        if (status == 0) {
            // Another frame follows where its first bytes do.
            static const unsigned char magic[] = {0x28, 0xb5, 0x2f, 0xfd};
            if (input.size - input.pos < 4 || memcmp((const char *)bytes + input.pos, magic, 4) != 0)
                break;
        }
        problem = grow(&output);
        if (problem)
            break;
        ZSTD_outBuffer part = {.dst = output.bytes + output.count, .size = output.room - output.count};
        size_t consumed = input.pos;
        status = ZSTD_decompressStream(context, &part, &input);
        output.count += part.pos;
        if (ZSTD_isError(status))
            problem = ccompression_damaged;
        else if (status != 0 && part.pos == 0 && input.pos == consumed && input.pos == input.size)
            problem = ccompression_damaged; // cut short
    }
    ZSTD_freeDCtx(context);
    return finish(&output, problem, result, result_count);
}

void ccompression_free(unsigned char *result) {
    free(result);
}

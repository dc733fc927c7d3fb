// A Linux guest from the start of the process until it switches itself off: its Image, its initrd and its device tree are read to
// where they belong, without a copy between, and every exit costs one system call. The tree is one that kvmdbg made for the same
// guest, at the same address.
#include "floor.h"
#include "machine.h"

#include <endian.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void read_file(const struct guest *guest, const char *path, uint64_t address) {
    int file = open(path, O_RDONLY);
    if (file < 0)
        fail(path);
    for (;;) {
        ssize_t count = read(file, at(guest, address), guest->ram_size - (address - RAM_START));
        if (count < 0)
            fail(path);
        if (count == 0)
            break;
        address += count;
    }
    close(file);
}

static uint32_t cell(const uint8_t *bytes) {
    uint32_t value;
    memcpy(&value, bytes, sizeof value);
    return be32toh(value);
}

// The property of two cells with this name, wherever it is (Devicetree Specification 0.4, section 5.4).
static uint64_t property(const uint8_t *tree, const char *name) {
    enum { BEGIN_NODE = 1, PROPERTY = 3, END = 9 };
    const char *strings = (const char *)tree + cell(tree + 12);
    const uint8_t *token = tree + cell(tree + 8);
    while (cell(token) != END) {
        size_t size = 4;
        if (cell(token) == BEGIN_NODE) {
            size += strlen((const char *)token + 4) + 1;
        } else if (cell(token) == PROPERTY) {
            if (strcmp(strings + cell(token + 8), name) == 0)
                return (uint64_t)cell(token + 12) << 32 | cell(token + 16);
            size += 8 + cell(token + 4);
        }
        token += (size + 3) & ~3ul;
    }
    fprintf(stderr, "the device tree has no %s\n", name);
    exit(1);
}

void floor_boot(int argc, char **argv) {
    (void)argc;
    struct guest guest;
    make_guest(&guest, 256 << 20);
    uint64_t tree = strtoul(argv[3], NULL, 0), kernel = RAM_START + (2 << 20);
    read_file(&guest, argv[0], kernel);
    read_file(&guest, argv[2], tree);
    read_file(&guest, argv[1], property(at(&guest, tree), "linux,initrd-start"));
    set(&guest, PC, kernel);
    set(&guest, A0, 0);
    set(&guest, A1, tree);
    set(&guest, DEBUG_CONSOLE, 1);
    flush_icache();
    run_until_off(&guest);
}

// What libopcodes needs of libbfd to turn bytes into instructions, for the static riscv64 program: with these, of libbfd's objects
// only the two with RISC-V's extensions and their versions are linked, and not the reading, linking and compressing of files, which are a
// megabyte. Nothing here is asked for a file or a relocation, since there is none.
#if defined(__riscv)
#define PACKAGE "kvmdbg" // bfd.h refuses to be included without it
#include <bfd.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

// libbfd's own headers declare these.
bfd_reloc_status_type bfd_elf_generic_reloc(
    bfd *file, arelent *entry, asymbol *symbol, void *data, asection *section, bfd *output, char **message);
void _bfd_abort(const char *file, int line, const char *function) __attribute__((noreturn));
bool bfd_default_scan(const bfd_arch_info_type *info, const char *name);
void *bfd_arch_default_fill(bfd_size_type count, bool is_big_endian, bool is_code);

void _bfd_abort(const char *file, int line, const char *function) {
    (void)file, (void)line, (void)function;
    abort();
}

// An option that the disassembler does not know: it goes on without.
void _bfd_error_handler(const char *format, ...) {
    (void)format;
}

void bfd_set_error(bfd_error_type error) {
    (void)error;
}

bfd_vma bfd_getl16(const void *bytes) {
    return bfd_get_bits(bytes, 16, false);
}

uint64_t bfd_get_bits(const void *bytes, int bits, bool is_big_endian) {
    const uint8_t *byte = bytes;
    int count = bits / 8;
    uint64_t value = 0;
    for (int index = 0; index < count; index++)
        value = value << 8 | byte[is_big_endian ? index : count - 1 - index];
    return value;
}

asection *bfd_get_section_by_name(bfd *file, const char *name) {
    (void)file, (void)name;
    return NULL;
}

unsigned int bfd_octets_per_byte(const bfd *file, const asection *section) {
    (void)file, (void)section;
    return 1;
}

bool bfd_reloc_offset_in_range(reloc_howto_type *howto, bfd *file, asection *section, bfd_size_type offset) {
    (void)howto, (void)file, (void)section, (void)offset;
    return false;
}

// These two are in the table of machines, which nobody asks to find or to fill anything.
bool bfd_default_scan(const bfd_arch_info_type *info, const char *name) {
    (void)info, (void)name;
    return false;
}

void *bfd_arch_default_fill(bfd_size_type count, bool is_big_endian, bool is_code) {
    (void)is_big_endian, (void)is_code;
    return calloc(1, count);
}

bfd_reloc_status_type bfd_elf_generic_reloc(
    bfd *file, arelent *entry, asymbol *symbol, void *data, asection *section, bfd *output, char **message) {
    (void)file, (void)entry, (void)symbol, (void)data, (void)section, (void)output, (void)message;
    return bfd_reloc_notsupported;
}
#endif

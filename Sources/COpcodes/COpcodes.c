#include "COpcodes.h"

#define PACKAGE "kvmdbg" // bfd.h refuses to be included without it
#include <bfd.h>
#include <dis-asm.h>
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Static_assert((int)OPCODES_MNEMONIC == (int)dis_style_mnemonic, "styles as in dis-asm.h");
_Static_assert((int)OPCODES_ADDRESS == (int)dis_style_address, "styles as in dis-asm.h");
_Static_assert((int)OPCODES_COMMENT == (int)dis_style_comment_start, "styles as in dis-asm.h");

struct piece {
    size_t start, length;
    int style;
    bool is_address;
    uint64_t address;
};

struct opcodes_disassembler {
    // A mapping symbol "$xrv64gc" (RISC-V ELF psABI, "Mapping Symbol") is a way to tell libopcodes the extensions that needs no file:
    // one symbol, in a section that is the whole address space, of an object that says of itself no more than that it is ELF.
    char isa[1024];
    bfd object;
    bfd_target target;
    asymbol symbol;
    asymbol *symbols[1];
    // Two, since libopcodes remembers what it found in a section.
    asection sections[2];
    int section;
    disassemble_info info;
    disassembler_ftype decode;
    bool is_used;  // since it was prepared, which takes longer than to decode an instruction
    uint64_t next; // the address behind the last instruction
    // The longest instruction of RISC-V has about 60 characters in 20 pieces; what exceeds this is cut.
    char text[512];
    size_t used;
    struct piece pieces[64];
    size_t count;
};

static void append(opcodes_disassembler *self, int style, const char *format, va_list arguments) {
    size_t space = sizeof self->text - self->used;
    if (self->count == sizeof self->pieces / sizeof *self->pieces)
        return;
    int length = vsnprintf(self->text + self->used, space, format, arguments);
    if (length <= 0 || space <= 1)
        return;
    size_t kept = (size_t)length < space ? (size_t)length : space - 1;
    self->pieces[self->count++] = (struct piece){.start = self->used, .length = kept, .style = style};
    self->used += kept;
}

static int print_styled(void *stream, enum disassembler_style style, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    append(stream, (int)style, format, arguments);
    va_end(arguments);
    return 0;
}

static int print_plain(void *stream, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    append(stream, OPCODES_TEXT, format, arguments);
    va_end(arguments);
    return 0;
}

static void print_address(bfd_vma address, disassemble_info *info) {
    opcodes_disassembler *self = info->stream;
    size_t before = self->count;
    print_styled(self, dis_style_address, "0x%" PRIx64, (uint64_t)address);
    if (self->count > before) {
        self->pieces[before].is_address = true;
        self->pieces[before].address = address;
    }
}

// The caller is told by the return value; objdump's own function prints.
static void report_nothing(int status, bfd_vma address, disassemble_info *info) {
    (void)status;
    (void)address;
    (void)info;
}

static void name_extensions(opcodes_disassembler *self) {
    self->section = !self->section;
    self->symbol.section = self->info.section = &self->sections[self->section];
    self->info.symtab = self->symbols;
    self->info.symtab_size = 1;
    self->info.symtab_pos = -1;
}

static bool prepare(opcodes_disassembler *self) {
    disassemble_info *info = &self->info;
    init_disassemble_info(info, self, print_plain, print_styled);
    info->arch = bfd_arch_riscv;
    info->mach = bfd_mach_riscv64;
    info->endian = info->endian_code = BFD_ENDIAN_LITTLE;
    info->print_address_func = print_address;
    info->memory_error_func = report_nothing;
    disassemble_init_for_target(info);
    self->decode = disassembler(info->arch, false, info->mach, NULL);
    if (*self->isa)
        name_extensions(self);
    self->is_used = false;
    return self->decode != NULL;
}

static void release(opcodes_disassembler *self) {
    disassemble_free_target(&self->info);
    self->info.private_data = NULL;
}

opcodes_disassembler *opcodes_open(void) {
    opcodes_disassembler *self = calloc(1, sizeof *self);
    if (self && !prepare(self)) {
        free(self);
        return NULL;
    }
    return self;
}

void opcodes_close(opcodes_disassembler *self) {
    release(self);
    free(self);
}

int opcodes_set_extensions(opcodes_disassembler *self, const char *isa) {
    if (snprintf(self->isa, sizeof self->isa, "$x%s", isa) >= (int)sizeof self->isa) {
        *self->isa = 0;
        return -E2BIG;
    }
    self->target.flavour = bfd_target_elf_flavour;
    self->object.xvec = &self->target;
    self->symbol.the_bfd = &self->object;
    self->symbol.name = self->isa;
    self->symbols[0] = &self->symbol;
    for (int i = 0; i < 2; i++) {
        self->sections[i].size = ~(bfd_size_type)0;
        self->sections[i].owner = &self->object;
    }
    if (!self->is_used) {
        name_extensions(self);
        return 0;
    }
    release(self);
    return prepare(self) ? 0 : -EIO;
}

int opcodes_disassemble(opcodes_disassembler *self, const uint8_t *bytes, size_t count, uint64_t address) {
    // libopcodes remembers what lui and auipc put into each register, to show the address that the next instruction
    // makes of it. That is right only while the instructions follow one another.
    if (self->is_used && address != self->next) {
        release(self);
        if (!prepare(self))
            return -EIO;
    }
    self->is_used = true;
    self->used = self->count = 0;
    self->info.buffer = (bfd_byte *)bytes; // only read
    self->info.buffer_vma = address;
    self->info.buffer_length = count;
    int length = self->decode(address, &self->info);
    self->info.buffer = NULL;
    if (length <= 0)
        return count < 4 ? -ENODATA : -EIO;
    self->next = address + (uint64_t)length;
    return length;
}

size_t opcodes_token_count(const opcodes_disassembler *self) {
    return self->count;
}

opcodes_token opcodes_token_at(const opcodes_disassembler *self, size_t index) {
    const struct piece *piece = &self->pieces[index];
    return (opcodes_token){
        .text = self->text + piece->start,
        .length = piece->length,
        .style = piece->style,
        .is_address = piece->is_address,
        .address = piece->address,
    };
}

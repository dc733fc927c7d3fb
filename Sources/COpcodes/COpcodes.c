#include "COpcodes.h"

#define PACKAGE "kvmdbg" // bfd.h refuses to be included without it
#include <bfd.h>
#include <dis-asm.h>
#include <elf.h>
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

_Static_assert((int)OPCODES_MNEMONIC == (int)dis_style_mnemonic, "styles as in dis-asm.h");
_Static_assert((int)OPCODES_ADDRESS == (int)dis_style_address, "styles as in dis-asm.h");
_Static_assert((int)OPCODES_COMMENT == (int)dis_style_comment_start, "styles as in dis-asm.h");

struct piece {
    size_t start, length;
    int style;
    bool is_address;
    uint64_t address;
};

// An object file that has nothing but a RISC-V attribute section: the one way to tell libopcodes the extensions.
struct attribute_file {
    Elf64_Ehdr header;
    Elf64_Shdr sections[3];
    char names[32];
    unsigned char attributes[1024];
    size_t size;
};

struct opcodes_disassembler {
    struct attribute_file file;
    bfd *object; // made of `file`; NULL for libopcodes' own default
    disassemble_info info;
    disassembler_ftype decode;
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

static bool prepare(opcodes_disassembler *self) {
    disassemble_info *info = &self->info;
    init_disassemble_info(info, self, print_plain, print_styled);
    info->arch = bfd_arch_riscv;
    info->mach = bfd_mach_riscv64;
    info->endian = info->endian_code = BFD_ENDIAN_LITTLE;
    info->print_address_func = print_address;
    info->memory_error_func = report_nothing;
    disassemble_init_for_target(info);
    self->decode = disassembler(info->arch, false, info->mach, self->object);
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
    if (self->object)
        bfd_close(self->object);
    free(self);
}

static void *open_attributes(bfd *object, void *self) {
    (void)object;
    return &((opcodes_disassembler *)self)->file;
}

static file_ptr read_attributes(bfd *object, void *stream, void *buffer, file_ptr count, file_ptr offset) {
    (void)object;
    const struct attribute_file *file = stream;
    if (offset < 0 || count < 0 || (size_t)offset > file->size)
        return 0;
    size_t length = file->size - (size_t)offset;
    length = (size_t)count < length ? (size_t)count : length;
    memcpy(buffer, (const char *)file + offset, length);
    return (file_ptr)length;
}

static int close_attributes(bfd *object, void *stream) {
    (void)object;
    (void)stream;
    return 0;
}

static int attributes_status(bfd *object, void *stream, struct stat *status) {
    (void)object;
    memset(status, 0, sizeof *status);
    status->st_size = (off_t)((const struct attribute_file *)stream)->size;
    status->st_mode = S_IFREG;
    return 0;
}

static void say_nothing(const char *format, va_list arguments) {
    (void)format;
    (void)arguments;
}

static void put_word(unsigned char *place, size_t value) {
    for (int i = 0; i < 4; i++)
        place[i] = (unsigned char)(value >> 8 * i);
}

// RISC-V ELF psABI, "Attributes": 'A', a section "riscv", in it one for the whole file, in it Tag_RISCV_arch (5).
static bool fill(struct attribute_file *file, const char *isa) {
    enum { tag_file = 1, tag_arch = 5, overhead = 1 + 4 + 6 + 1 + 4 + 1 };
    static const char names[] = "\0.riscv.attributes\0.shstrtab";
    size_t length = strlen(isa) + 1;
    if (overhead + length > sizeof file->attributes)
        return false;
    memset(file, 0, sizeof *file);
    memcpy(file->header.e_ident, ELFMAG, SELFMAG);
    file->header.e_ident[EI_CLASS] = ELFCLASS64;
    file->header.e_ident[EI_DATA] = ELFDATA2LSB;
    file->header.e_ident[EI_VERSION] = EV_CURRENT;
    file->header.e_type = ET_REL;
    file->header.e_machine = EM_RISCV;
    file->header.e_version = EV_CURRENT;
    file->header.e_ehsize = sizeof file->header;
    file->header.e_shoff = offsetof(struct attribute_file, sections);
    file->header.e_shentsize = sizeof *file->sections;
    file->header.e_shnum = 3;
    file->header.e_shstrndx = 2;
    file->sections[1] = (Elf64_Shdr){
        .sh_name = 1,
        .sh_type = 0x70000003, // SHT_RISCV_ATTRIBUTES
        .sh_offset = offsetof(struct attribute_file, attributes),
        .sh_size = overhead + length,
        .sh_addralign = 1,
    };
    file->sections[2] = (Elf64_Shdr){
        .sh_name = 19,
        .sh_type = SHT_STRTAB,
        .sh_offset = offsetof(struct attribute_file, names),
        .sh_size = sizeof names,
        .sh_addralign = 1,
    };
    memcpy(file->names, names, sizeof names);
    unsigned char *place = file->attributes;
    *place++ = 'A';
    put_word(place, overhead - 1 + length);
    memcpy(place + 4, "riscv", 6);
    place += 10;
    *place++ = tag_file;
    put_word(place, 1 + 4 + 1 + length);
    place[4] = tag_arch;
    memcpy(place + 5, isa, length);
    file->size = sizeof *file;
    return true;
}

int opcodes_set_extensions(opcodes_disassembler *self, const char *isa) {
    static bool is_initialised;
    if (!is_initialised && bfd_init() != BFD_INIT_MAGIC)
        return -EIO;
    is_initialised = true;
    bfd_set_error_handler(say_nothing);

    // libopcodes keeps a pointer into the object: the old one is closed when nothing refers to it any more.
    bfd *old = self->object;
    if (!fill(&self->file, isa))
        return -E2BIG;
    self->object =
        bfd_openr_iovec("extensions", "elf64-littleriscv", open_attributes, self, read_attributes, close_attributes,
            attributes_status);
    if (self->object && !bfd_check_format(self->object, bfd_object)) {
        bfd_close(self->object);
        self->object = NULL;
    }
    bool is_set = self->object != NULL;
    release(self);
    bool is_prepared = prepare(self);
    if (old)
        bfd_close(old);
    return is_set && is_prepared ? 0 : -EIO;
}

int opcodes_disassemble(opcodes_disassembler *self, const uint8_t *bytes, size_t count, uint64_t address) {
    // libopcodes remembers what lui and auipc put into each register, to show the address that the next instruction
    // makes of it. That is right only while the instructions follow one another.
    if (address != self->next) {
        release(self);
        if (!prepare(self))
            return -EIO;
    }
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

// GNU libopcodes for 64-bit RISC-V: one instruction at a time, as a list of styled pieces of text. dis-asm.h and its
// varargs callbacks stay behind this header.
#ifndef COPCODES_H
#define COPCODES_H

#include <stddef.h>
#include <stdint.h>

typedef struct opcodes_disassembler opcodes_disassembler;

// What a piece is; the numbers are those of enum disassembler_style in dis-asm.h.
enum {
    OPCODES_TEXT,
    OPCODES_MNEMONIC,
    OPCODES_SUB_MNEMONIC,
    OPCODES_DIRECTIVE,
    OPCODES_REGISTER,
    OPCODES_IMMEDIATE,
    OPCODES_ADDRESS,
    OPCODES_ADDRESS_OFFSET,
    OPCODES_SYMBOL,
    OPCODES_COMMENT,
};

typedef struct {
    const char *_Nonnull text; // valid until the next instruction; not terminated
    size_t length;
    int style;
    int is_address;   // the piece is an absolute address, which a symbol may follow
    uint64_t address; // that address
} opcodes_token;

// NULL when there is no memory, or when this libopcodes was built without RISC-V.
opcodes_disassembler *_Nullable opcodes_open(void);
void opcodes_close(opcodes_disassembler *_Nonnull disassembler);

// Has libopcodes know the extensions in `isa`, "rv64imafdc_zba_zbb" (RISC-V unprivileged specification, "ISA Extension
// Naming Conventions"), and no others. libopcodes keeps them for the whole process, not for one disassembler. -E2BIG for a
// text of more than 1000 bytes, -EIO when there is no memory.
int opcodes_set_extensions(opcodes_disassembler *_Nonnull disassembler, const char *_Nonnull isa);

// Disassembles the instruction at the start of the bytes, which lie at `address` in the guest. Returns its length in
// bytes, -ENODATA when the bytes end too early, -EIO when libopcodes gives up.
int opcodes_disassemble(
    opcodes_disassembler *_Nonnull disassembler, const uint8_t *_Nonnull bytes, size_t count, uint64_t address);
size_t opcodes_token_count(const opcodes_disassembler *_Nonnull disassembler);
// `index` is below opcodes_token_count.
opcodes_token opcodes_token_at(const opcodes_disassembler *_Nonnull disassembler, size_t index);

#endif

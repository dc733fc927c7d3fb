@testable import Support

/// Of the guest's program: _start comes from "start.S", which is nowhere, the rest from "count.c".
let sampleLines = DWARFBuilder(
    files: ["src/count.c", "start.S"], folder: "/nowhere",
    rows: [
        .init(address: 0x8000_0000, file: 2, line: 3), .init(address: 0x8000_0004, file: 2, line: 4),
        .init(address: 0x8000_0008, file: 1, line: 9), .init(address: 0x8000_000A, file: 1, line: 10),
        .init(address: 0x8000_000C, file: 1, line: 0),
        .init(address: 0x8000_0010, file: 1, line: 3), .init(address: 0x8000_0014, file: 1, line: 5),
        .init(address: 0x8000_0018, file: 1, line: 14), .init(address: 0x8000_001C, file: 1, line: 18),
        .init(address: 0x8000_0020, file: 1, line: 14), .init(address: 0x8000_0024, file: 1, line: 19),
        .init(address: 0x8000_0028, file: 1, line: 200),
    ], end: 0x8000_002C)

/// What "count.c" says.
let sampleSource = """
    // Counts.
    int main(int count) {
        count++;
        // That is all.
        return count;
    }

    void own(void) {
        __builtin_trap();
        __asm__("nop");
        goto finish;
    }

    void finish(void) {
        int a0 = 0;
        // A terminal would take this for a command: \u{1B}[31m.

    \ta0 = 8;
        ecall(a0);
    }

    """

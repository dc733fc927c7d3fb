import Commands
import RISCV

/// What does not change between inputs.
private let registers = RegisterTable()

/// Parses what libFuzzer made up as a script, once as a run does and once as `--check`; it must neither crash nor hang. The entry point
/// that libFuzzer calls: https://llvm.org/docs/LibFuzzer.html.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzScript(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    // SAFETY: libFuzzer passes `count` bytes, which stay as they are during the call.
    let input = Array(UnsafeBufferPointer(start: bytes, count: count))
    for checks in [false, true] {
        let parsing = ParseContext(table: CommandTable.standard(), registers: registers)
        let check = ScriptCheck()
        if checks { parsing.check = check }
        _ = try? Script(bytes: input, path: "fuzz.kdbg", parsing)
        _ = check.finish(registers)
    }
    return 0
}

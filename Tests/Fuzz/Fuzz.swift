import Commands
import RISCV

// What stays between inputs.
// SAFETY: there is one thread.
private nonisolated(unsafe) let registers = RegisterTable()
// SAFETY: as above.
private nonisolated(unsafe) let commands = CommandTable.standard().commands

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<Int32>, _ arguments: UnsafeMutablePointer<UnsafeMutableRawPointer?>,
    _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

/// Where the program begins: the package manager calls the main function of an executable by its product's name, so that the one
/// that libFuzzer brings is not found. https://llvm.org/docs/LibFuzzer.html#using-libfuzzer-as-a-library
@_cdecl("fuzz_main")
public func main(_ count: Int32, _ arguments: UnsafeMutableRawPointer) -> Int32 {
    var count = count
    var vector: UnsafeMutableRawPointer? = arguments
    return withUnsafeMutablePointer(to: &vector) { runDriver(&count, $0, fuzzScript) }
}

/// Parses what libFuzzer made up as a script, once as a run does and once as `--check`; it must neither crash nor hang.
private func fuzzScript(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    // SAFETY: libFuzzer passes `count` bytes, which stay as they are during the call.
    let input = Array(UnsafeBufferPointer(start: bytes, count: count))
    for checks in [false, true] {
        let parsing = ParseContext(table: CommandTable(commands), registers: registers)
        let check = ScriptCheck()
        if checks { parsing.check = check }
        _ = try? Script(bytes: input, path: "fuzz.kdbg", parsing)
        _ = check.finish(registers)
    }
    return 0
}

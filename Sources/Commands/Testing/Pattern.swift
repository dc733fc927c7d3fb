import CPCRE
import Debugger

/// A regular expression as a command has it, `/…/`: Perl's, for bytes (PCRE2). `^` and `$` match at lines.
///
/// What it may cost is limited: a pattern that would take too long, or too much memory, fails with a sentence.
final class Pattern {
    /// As it was written, with the slashes and what stands behind them.
    let text: String
    /// Where it stands in its command.
    let span: SourceSpan
    private let compiled: OpaquePointer

    /// What comes of looking for it.
    enum Finding: Equatable {
        /// It is not there.
        case nothing
        /// It is there, at these offsets.
        case match(Range<Int>)
        /// It may be there, from this offset on: that depends on what is still to come.
        case begun(Int)
    }

    /// The pattern `bytes`, which stand behind the slash at `start`; `text` is all of it. Throws `.syntax`.
    fileprivate init(
        _ bytes: [UInt8], ignoresCase: Bool, text: String, at start: Int
    ) throws(CommandError) {
        self.text = text
        span = SourceSpan(start, start + text.utf8.count)
        guard bytes.count <= cpcre_pattern_limit else {
            throw .syntax(
                "A regular expression has at most \(cpcre_pattern_limit) bytes, and this one has \(bytes.count).", span)
        }
        var error: Int32 = 0
        var offset = 0
        let compiled = bytes.withUnsafeBufferPointer {
            cpcre_compile($0.baseAddress, $0.count, ignoresCase ? 1 : 0, &error, &offset)
        }
        guard let compiled else {
            let place = start + 1 + min(offset, bytes.count)
            throw .syntax(
                "This is no regular expression: \(Pattern.message(error)).", SourceSpan(place, place + 1))
        }
        self.compiled = compiled
    }

    deinit { cpcre_free(compiled) }

    /// Looks for it in `bytes`, from the offset `from` on. Where more bytes will come (`isOpen`), nothing is taken for the end.
    /// Throws `.failed` when a limit is reached.
    func find(in bytes: [UInt8], from: Int = 0, isOpen: Bool = false) throws(CommandError) -> Finding {
        var start = 0
        var end = 0
        let result = bytes.withUnsafeBufferPointer {
            cpcre_find(compiled, $0.baseAddress, $0.count, min(from, $0.count), isOpen ? 1 : 0, &start, &end)
        }
        switch result {
        case Int32(cpcre_no_match): return .nothing
        case Int32(cpcre_match): return .match(start..<end)
        case Int32(cpcre_partial_match): return .begun(start)
        default: break
        }
        let advice =
            cpcre_is_limit(result) != 0
            ? " It can match in too many ways: put fewer repetitions into each other." : ""
        throw .failed(
            "The search for \(text) in \(bytes.count) bytes was given up: \(Pattern.message(result)).\(advice)", span)
    }

    /// Whether it matches somewhere in `bytes`. Throws `.failed` when a limit is reached.
    func matches(_ bytes: [UInt8]) throws(CommandError) -> Bool {
        if case .match = try find(in: bytes) { return true }
        return false
    }

    private static func message(_ error: Int32) -> String {
        var buffer = [CChar](repeating: 0, count: 200)
        cpcre_message(error, &buffer, buffer.count)
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

extension Arguments {
    /// Whether a regular expression comes next.
    var isAtPattern: Bool { rest.utf8.first == UInt8(ascii: "/") }

    /// Takes `/REGEX/`, or `/REGEX/i`, for which case does not matter. Throws `.syntax`.
    mutating func takePattern() throws(CommandError) -> Pattern {
        let bytes = Array(text.utf8)
        let start = position
        guard isAtPattern else {
            throw .syntax("A regular expression is expected here, as in /text/.", restSpan)
        }
        var end = start + 1
        while end < bytes.count, bytes[end] != UInt8(ascii: "/") { end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1 }
        guard end < bytes.count else {
            throw .syntax("The slash at the end of this regular expression is missing.", restSpan)
        }
        var behind = end + 1
        while behind < bytes.count, !Arguments.isBlank(bytes[behind]) { behind += 1 }
        let letters = String(decoding: bytes[(end + 1)..<behind], as: UTF8.self)
        guard letters.isEmpty || letters == "i" else {
            throw .syntax(
                "Behind a regular expression only an i can stand, for which case does not matter; a slash in it is written \\/.",
                SourceSpan(end + 1, behind))
        }
        let written = String(decoding: bytes[start..<behind], as: UTF8.self)
        skip(to: behind)
        return try Pattern(Array(bytes[(start + 1)..<end]), ignoresCase: letters == "i", text: written, at: start)
    }
}

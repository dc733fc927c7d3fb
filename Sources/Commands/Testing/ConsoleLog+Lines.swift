extension ConsoleLog {
    /// The last lines, at most `count` and sixteen kilobytes, the one that has not ended included.
    func lines(_ count: Int) -> [String] {
        let kept = bytes.suffix(16 << 10)
        var lines = kept.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if lines.last?.isEmpty ?? false { lines.removeLast() }
        // Where that begins in mid-line, that line is not whole.
        if bytes.count > kept.count && lines.count > 1 { lines.removeFirst() }
        return lines.suffix(count).map { line in
            var line = line
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            return String(decoding: line, as: UTF8.self)
        }
    }
}

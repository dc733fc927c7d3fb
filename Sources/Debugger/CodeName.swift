/// What a place in the guest's code is named by: the place follows it when another program is loaded, or a kernel moves.
public enum CodeName: Equatable, Sendable {
    /// Some bytes behind a symbol.
    case symbol(String, offset: UInt64)
    /// The code of a source line, or of the next one behind it that has code. The file is named by its path or the end of it.
    case line(file: String, number: Int)

    /// What there must be for the place to exist: "symbol "main"", "source line "count.c:12"".
    public var subject: String {
        switch self {
        case .symbol(let name, _): return "symbol \"\(name)\""
        case .line(let file, let number): return "source line \"\(file):\(number)\""
        }
    }
}

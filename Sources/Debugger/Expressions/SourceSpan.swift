/// A part of an expression's text, as a half-open range of UTF-8 byte offsets.
public struct SourceSpan: Equatable, Sendable {
    /// The offset of the first byte.
    public var start: Int
    /// The offset behind the last byte; equal to `start` for a place between two bytes.
    public var end: Int

    /// The bytes from `start` up to, not including, `end`.
    public init(_ start: Int, _ end: Int) {
        self.start = start
        self.end = end
    }

    /// From the start of this span to the end of `other`, which does not begin before it.
    func through(_ other: SourceSpan) -> SourceSpan { SourceSpan(start, other.end) }
}

import CHost

/// Looking for bytes among others, by the C library's `memmem`.
public enum ByteSearch {
    /// Where `needle` begins in `haystack` for the first time, as a distance from the start; nil when it does not. An empty
    /// needle is at the start.
    public static func offset(of needle: UnsafeRawBufferPointer, in haystack: UnsafeRawBufferPointer) -> Int? {
        guard let base = needle.baseAddress, !needle.isEmpty else { return 0 }
        let offset = host_find(haystack.baseAddress, haystack.count, base, needle.count)
        return offset < 0 ? nil : Int(offset)
    }
}

/// The beginning of BTF: how long it is (`struct btf_header` in Linux's uapi/linux/btf.h).
public struct BTFHeader {
    /// How many bytes the header has that is read here; one may be longer.
    public static let byteCount = 24
    /// How long BTF may be: that of a kernel with everything in it has some 10 MB.
    public static let limit: UInt64 = 64 << 20
    /// With what BTF begins in a little-endian guest: the magic 0xEB9F, version 1, no flags, and a header of 24 bytes.
    public static let beginning: [UInt8] = [0x9F, 0xEB, 1, 0, 24, 0, 0, 0]

    /// How many bytes there are in all, the header included.
    public let totalByteCount: UInt64

    /// Reads the header that `bytes` begin with; `origin` is where they are from, for messages. Throws `.notBTF` and `.header`.
    public init(_ bytes: [UInt8], origin: String) throws(TypeError) {
        func number(_ offset: Int, _ count: Int) -> UInt64 {
            bytes[offset..<offset + count].reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
        guard bytes.count >= 2, bytes[0] == 0x9F, bytes[1] == 0xEB else {
            if bytes.count >= 2, bytes[0] == 0xEB, bytes[1] == 0x9F {
                throw .header(origin, "it is big-endian, and the guest is not")
            }
            throw .notBTF(origin)
        }
        guard bytes.count >= Self.byteCount else {
            throw .header(origin, "it ends in its header, after \(bytes.count) bytes")
        }
        let version = number(2, 1)
        guard version == 1 else { throw .header(origin, "it has version \(version), and 1 is known") }
        let length = number(4, 4)
        guard length >= UInt64(Self.byteCount) else {
            throw .header(origin, "its header says that it has \(length) bytes, and it has 24 at least")
        }
        let (types, strings) = (number(8, 4) + number(12, 4), number(16, 4) + number(20, 4))
        totalByteCount = length + max(types, strings)
        guard totalByteCount <= Self.limit else {
            throw .header(origin, "its header claims \(totalByteCount) bytes, and at most \(Self.limit) are read")
        }
    }
}

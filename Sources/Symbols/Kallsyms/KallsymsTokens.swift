/// `kallsyms_token_table` and `kallsyms_token_index`: the text that stands for each byte of a compressed name.
///
/// The table has 256 texts, each ended by a zero; the index has the place of each in the table, in two bytes. Nothing else in a
/// kernel looks like this, and it is the same in each version: so it is what the other tables are found by.
struct KallsymsTokens {
    /// Where the table begins.
    let start: Int
    /// What is behind the index.
    let end: Int
    private let text: UnsafeRawBufferPointer
    private let starts: [Int]

    private static let count = 256

    /// The tokens whose index is at `place`; nil when none is there.
    private init?(_ bytes: KernelBytes, index place: Int) {
        var starts: [Int] = []
        starts.reserveCapacity(Self.count + 1)
        for number in 0..<Self.count {
            guard let next = bytes.half(at: place + 2 * number), starts.last.map({ Int(next) > $0 }) ?? (next == 0)
            else { return nil }
            starts.append(Int(next))
        }
        // Before the index: the last text, its zero, and up to seven more that align the index.
        var last = place - 1
        while last >= 0, place - last <= 9, bytes.byte(at: last) == 0 { last -= 1 }
        guard place - last > 1, place - last <= 9 else { return nil }
        let behind = last + 2
        while last >= 0, behind - last <= 1 << 10, let byte = bytes.byte(at: last), byte != 0 { last -= 1 }
        start = last + 1 - starts[Self.count - 1]
        starts.append(behind - start)
        guard start >= 0, let text = bytes.slice(start, behind - start) else { return nil }
        // A zero ends each of them, and there is no other.
        for number in 1...Self.count where text[starts[number] - 1] != 0 { return nil }
        guard text.reduce(0, { $1 == 0 ? $0 + 1 : $0 }) == Self.count else { return nil }
        self.text = text
        self.starts = starts
        end = place + 2 * Self.count
    }

    /// The first ones whose index is at `place` or behind it; nil when there are none, or `isStopped`, which is asked now and then.
    static func first(in bytes: KernelBytes, from place: Int, isStopped: () -> Bool) -> KallsymsTokens? {
        var place = place
        while place <= bytes.count - 2 * count {
            if place & 0xFF_FFFF == 0, isStopped() { return nil }
            // Nearly always the first four of the index tell already that this is none.
            if let four = bytes.double(at: place), four & 0xFFFF == 0, four >> 16 & 0xFFFF > 0,
                four >> 32 & 0xFFFF > four >> 16 & 0xFFFF, four >> 48 > four >> 32 & 0xFFFF,
                let tokens = KallsymsTokens(bytes, index: place)
            {
                return tokens
            }
            place += 8
        }
        return nil
    }

    /// The text that `code` stands for.
    subscript(code: UInt8) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: text[starts[Int(code)]..<starts[Int(code) + 1] - 1])
    }
}

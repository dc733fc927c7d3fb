/// `kallsyms_num_syms`, `kallsyms_names` and `kallsyms_markers`: the compressed names, one behind the other.
///
/// They lie in this order, before the tokens. Each name is a length and as many bytes; the markers say where each 256th begins.
struct KallsymsNames {
    /// Where their number is.
    let numberPlace: Int
    /// How many there are.
    let count: Int
    /// Where the first one begins.
    let start: Int
    /// Whether lengths from 128 on take two bytes (ULEB128, since Linux 6.1), or all of them one.
    private let hasLongLengths: Bool

    /// How many names lie between two markers.
    private static let group = 256
    /// The most bytes of so many names: `KSYM_NAME_LEN`, the length, and the type.
    private static let longestGroup = UInt32(group * (512 + 2))
    private static let shortestGroup = UInt32(group * 2)

    /// Finds those before `end`, where the tokens begin; since Linux 6.2 another table can lie between. nil when they are not there,
    /// are fewer than 257, or `budget` is used up.
    static func find(in bytes: KernelBytes, before end: Int, _ budget: inout SearchBudget) -> KallsymsNames? {
        var place = (end - 8) & ~7
        while place > 0, budget.take() {
            if bytes.word(at: place) == 0, isGroup(bytes.word(at: place + 4)),
                let names = names(in: bytes, markers: place, before: end, &budget)
            {
                return names
            }
            place -= 8
        }
        return nil
    }

    private static func isGroup(_ byteCount: UInt32?) -> Bool {
        byteCount.map { $0 >= shortestGroup && $0 <= longestGroup } ?? false
    }

    /// The names that end where `place` is, if the markers are there.
    private static func names(
        in bytes: KernelBytes, markers place: Int, before end: Int, _ budget: inout SearchBudget
    ) -> KallsymsNames? {
        var run = 1
        while place + 4 * run + 4 <= end, let last = bytes.word(at: place + 4 * (run - 1)),
            let next = bytes.word(at: place + 4 * run), next > last, isGroup(next - last), budget.take()
        {
            run += 1
        }
        // What lies behind the markers can look like one or two more.
        for markers in stride(from: run, through: max(2, run - 2), by: -1) {
            guard let last = bytes.word(at: place + 4 * (markers - 1)) else { continue }
            let latest = place - Int(last) - 2
            var start = (latest - Int(longestGroup)).alignedTo8
            start = max(start, 8)
            while start <= latest, budget.take() {
                if let count = bytes.word(at: start - 8), (Int(count) + Self.group - 1) / Self.group == markers,
                    bytes.word(at: start - 4) == 0
                {
                    for long in [true, false] {
                        let names = KallsymsNames(
                            numberPlace: start - 8, count: Int(count), start: start, hasLongLengths: long)
                        if names.end(in: bytes, markers: place, &budget) { return names }
                    }
                }
                start += 8
            }
        }
        return nil
    }

    /// Whether the names are as the markers say, and end where these begin.
    private func end(in bytes: KernelBytes, markers: Int, _ budget: inout SearchBudget) -> Bool {
        var place = start
        for number in 0..<count {
            if number % Self.group == 0 {
                guard budget.take(Self.group),
                    bytes.word(at: markers + number / Self.group * 4).map({ Int($0) }) == place - start
                else { return false }
            }
            guard place < markers, let (_, next) = name(at: place, in: bytes) else { return false }
            place = next
        }
        return place <= markers && place.alignedTo8 == markers
    }

    /// The codes of the name that begins at `place`, and where the next one does; nil for an empty one, and where there are no
    /// bytes.
    func name(at place: Int, in bytes: KernelBytes) -> (codes: UnsafeRawBufferPointer, next: Int)? {
        guard let first = bytes.byte(at: place) else { return nil }
        var length = Int(first)
        var start = place + 1
        if hasLongLengths, first & 0x80 != 0 {
            guard let second = bytes.byte(at: start) else { return nil }
            length = Int(first & 0x7F) | Int(second) << 7
            start += 1
        }
        guard length > 0, let codes = bytes.slice(start, length) else { return nil }
        return (codes, start + length)
    }
}

/// Names that may have been meant by one that does not exist.
public enum Spelling {
    /// Those of `names` that a typing mistake could have made `name` of: at most one edit away (two, when `name` has more than
    /// three bytes), nearest first, each once, three at most.
    public static func nearest(to name: String, among names: [String]) -> [String] {
        let name = [UInt8](name.utf8)
        let limit = name.count > 3 ? 2 : 1
        // Of a name of one byte, nothing is left after an edit.
        guard name.count > 1 && name.count <= 256 else { return [] }
        var found: [(distance: Int, name: String)] = []
        for candidate in names where abs(candidate.utf8.count - name.count) <= limit {
            let distance = editDistance(name, [UInt8](candidate.utf8))
            guard distance <= limit, !found.contains(where: { $0.name == candidate }) else { continue }
            let place = found.firstIndex { (distance, candidate) < ($0.distance, $0.name) } ?? found.count
            found.insert((distance, candidate), at: place)
            if found.count > 3 { found.removeLast() }
        }
        return found.map { $0.name }
    }

    /// How many bytes must be inserted, deleted or replaced to turn `left` into `right` (Levenshtein).
    private static func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var previous = [Int](0...right.count)
        var current = previous
        for (row, byte) in left.enumerated() {
            current[0] = row + 1
            for (column, other) in right.enumerated() {
                let replaced = previous[column] + (byte == other ? 0 : 1)
                current[column + 1] = min(replaced, previous[column + 1] + 1, current[column] + 1)
            }
            swap(&previous, &current)
        }
        return previous[right.count]
    }
}

/// Names that may have been meant by one that does not exist.
public enum Spelling {
    /// Those of `names` that are few letters away from `name`, nearest first, at most three.
    public static func nearest(to name: String, among names: [String]) -> [String] {
        let letters = Array(name.utf8)
        let limit = max(1, letters.count / 3)
        var scored: [(distance: Int, name: String)] = []
        for candidate in names {
            let other = Array(candidate.utf8)
            if abs(other.count - letters.count) > limit { continue }
            let distance = distance(letters, other)
            if distance <= limit { scored.append((distance, candidate)) }
        }
        scored.sort { ($0.distance, $0.name) < ($1.distance, $1.name) }
        return scored.prefix(3).map { $0.name }
    }

    /// Letters to insert, delete, replace or swap with their neighbour (optimal string alignment).
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var before: [Int] = []
        var previous = Array(0...right.count)
        for (row, letter) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                var best = min(previous[column + 1] + 1, current[column] + 1, previous[column] + (letter == other ? 0 : 1))
                if row > 0 && column > 0 && letter == right[column - 1] && left[row - 1] == other {
                    best = min(best, before[column - 1] + 1)
                }
                current.append(best)
            }
            before = previous
            previous = current
        }
        return previous[right.count]
    }
}

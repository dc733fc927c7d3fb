/// A command of a script or of a block, with the lines of its own block where it takes one.
struct Statement {
    /// The command.
    let text: CommandText
    /// What stands between it and its `end`.
    var block: [Statement] = []
    /// Whether it takes a block at all, which may be empty.
    var takesBlock = false

    /// All that it takes to write it again, line by line.
    var lines: [String] {
        guard takesBlock else { return [text.text] }
        return [text.text] + block.flatMap { $0.lines.map { "  " + $0 } } + ["end"]
    }
}

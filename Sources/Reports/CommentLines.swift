import Host

/// Comments of TAP and KTAP: by whole lines, so a piece of a line waits for its end. The command that is carried out is one, too,
/// unless it turns out to be a test, which has it as its name.
final class CommentLines {
    private let output: ByteSink
    /// What no line may say, made harmless.
    private let defused: (String) -> String
    private var pending: [UInt8] = []
    /// Whether the guest wrote what is pending: what kvmdbg says does not go on in the guest's line.
    private var isConsolePending = false
    /// The command that began and of which nothing was written yet.
    private var announced: String?
    /// A guest that prints without line ends gets a comment line each so many bytes.
    private let longest = 4096
    /// What stands before each line.
    var indentation = ""

    init(output: ByteSink, defused: @escaping (String) -> String) {
        self.output = output
        self.defused = defused
    }

    /// A command begins.
    func began(_ command: String) {
        announce()
        announced = command
    }

    /// Adds what was said.
    func add(_ text: String) {
        announce()
        add(Array(text.utf8), isConsole: false)
    }

    /// Adds what the guest printed.
    func add(console bytes: [UInt8]) {
        announce()
        add(bytes, isConsole: true)
    }

    /// Writes the command that began, and ends a line that was begun.
    func finish() {
        announce()
        finishLine()
    }

    /// As `finish`, before a test with the name `name`, which tells of the command that began if it is that.
    func finish(before name: String) {
        if announced == name { announced = nil }
        finish()
    }

    /// Writes the command that began.
    func announce() {
        guard let command = announced else { return }
        announced = nil
        finishLine()
        add(Array("(kvmdbg) \(command)\n".utf8), isConsole: false)
    }

    private func add(_ bytes: [UInt8], isConsole: Bool) {
        if isConsole != isConsolePending { finishLine() }
        isConsolePending = isConsole
        for byte in bytes {
            if byte == UInt8(ascii: "\n") { write() } else { pending.append(byte) }
            if pending.count >= longest { finishLine() }
        }
    }

    private func finishLine() { if !pending.isEmpty { write() } }

    private func write() {
        let text = defused(YAML.plainText(String(decoding: pending, as: UTF8.self)))
        output.write(indentation + (text.isEmpty ? "#\n" : "# \(text)\n"))
        pending.removeAll(keepingCapacity: true)
    }

    /// `text` without a word of its own at the beginning that a comment must not begin with: its first letter is written as
    /// `\xNN`.
    static func defused(_ text: String, beginning word: String) -> String {
        let blanks = text.utf8.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.count
        guard text.utf8.dropFirst(blanks).starts(with: word.utf8), let first = text.utf8.dropFirst(blanks).first else {
            return text
        }
        let digits = String(first, radix: 16)
        return String(decoding: text.utf8.prefix(blanks), as: UTF8.self) + "\\x" + digits
            + String(decoding: text.utf8.dropFirst(blanks + 1), as: UTF8.self)
    }
}

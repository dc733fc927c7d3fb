import CReadline
import Commands
import Host

/// GNU readline on the terminal: editing, history across runs, completion.
final class LineEditor {
    private let completer: Completer
    private let historyPath: String?
    private let historyLimit: Int32 = 10_000
    /// Why the history is not kept, if it is not.
    private(set) var historyProblem: String?

    /// What came of reading a line.
    enum Input {
        /// The line; several when they were pasted at once.
        case lines([String])
        case interrupt
        case endOfFile
    }

    init(completer: Completer) {
        self.completer = completer
        let folder = Environment.userFolder("XDG_STATE_HOME", fallback: ".local/state")
        historyPath = folder.map { Path.join($0, "history") }
        creadline_start()
        // SAFETY: the editor lives as long as the process reads lines, so the unretained reference stays good.
        creadline_set_completer(completeWord, Unmanaged.passUnretained(self).toOpaque())
        guard let folder, let historyPath else {
            historyProblem = "The history is not kept: neither XDG_STATE_HOME nor HOME is set."
            return
        }
        do { try Files.makeDirectory(folder) } catch {
            historyProblem = "The history is not kept. " + error.message
            return
        }
        if Files.exists(historyPath), let errno = Errno(result: creadline_history_load(historyPath, historyLimit)) {
            historyProblem = "The history cannot be read. " + HostError.failed("read", path: historyPath, errno).message
        }
    }

    /// Shows the prompt and reads a line.
    func read(_ prompt: String) -> Input {
        var ending: Int32 = 0
        let line = creadline_read(prompt, &ending)
        defer { creadline_free(line) }
        if ending == creadline_interrupt { return .interrupt }
        guard let line, ending == creadline_line else { return .endOfFile }
        let text = String(cString: line)
        let pasted = text.split(separator: "\n").map { String($0) }
        let lines = pasted.count > 1 ? pasted : [text]
        for line in lines { remember(line) }
        return .lines(lines)
    }

    /// The lines that were typed, oldest first.
    var lines: [String] {
        (0..<creadline_history_count()).compactMap { index in creadline_history_line(index).map { String(cString: $0) }
        }
    }

    private func remember(_ line: String) {
        guard !line.utf8.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }),
            creadline_history_add(line) == 1, historyProblem == nil, let historyPath
        else { return }
        // Written at once, so that a killed session leaves its history too.
        if let errno = Errno(result: creadline_history_append_last(historyPath)) {
            historyProblem = "The history is not kept. " + HostError.failed("write", path: historyPath, errno).message
        }
    }

    fileprivate func offer(_ word: String, after before: String) {
        switch completer.complete(word, after: before) {
        case .files: creadline_complete_files()
        case .words(let words):
            for word in words { creadline_candidate(word) }
        }
    }
}

/// readline asks for the completions of bytes `start` to `end` of the line.
private func completeWord(
    _ context: UnsafeMutableRawPointer?, _ line: UnsafePointer<CChar>, _ start: Int32, _ end: Int32
) {
    guard let context else { return }
    // SAFETY: the context is the editor that registered this function; see `init`.
    let editor = Unmanaged<LineEditor>.fromOpaque(context).takeUnretainedValue()
    // SAFETY: readline's line has at least `end` bytes.
    let bytes = UnsafeRawBufferPointer(start: line, count: Int(end))
    let (before, word) = (bytes[..<Int(start)], bytes[Int(start)...])
    editor.offer(String(decoding: word, as: UTF8.self), after: String(decoding: before, as: UTF8.self))
}

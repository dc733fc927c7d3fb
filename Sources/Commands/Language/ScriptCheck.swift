import Debugger
import Guest
import RISCV
import Reports

/// All that is wrong in scripts, for `--check`: what cannot be parsed, and names that are neither registers nor ever set.
public final class ScriptCheck {
    private var problems: [Script.Problem] = []
    /// The command that is being parsed.
    private var current: CommandText?
    private var uses: [(name: String, span: SourceSpan, text: CommandText)] = []
    private var set: Set<String> = []

    /// A check that knows the variables `set`, which come from elsewhere.
    public init(set: [String] = []) { self.set = Set(set) }

    /// `text` is parsed next.
    func begin(_ text: CommandText) { current = text }

    /// Keeps a problem.
    func found(_ problem: Script.Problem) { problems.append(problem) }

    /// Keeps the names that `expression`, a part of the current command, uses and sets.
    func saw(_ expression: Expression) {
        guard let current else { return }
        for use in expression.dollarNames {
            if use.isSet { set.insert(use.name) } else { uses.append((use.name, use.span, current)) }
        }
    }

    /// All problems, those of each script in its order, now that everything was parsed.
    public func finish(_ registers: RegisterTable) -> [Script.Problem] {
        for use in uses where !isKnown(use.name, registers) {
            let near = Spelling.nearest(to: use.name, among: registers.names(startingWith: "") + set.sorted())
            let hint = near.isEmpty ? "" : " Did you mean \(near.map { "$" + $0 }.joined(separator: ", "))?"
            let message = "$\(use.name) is no register, and is not set anywhere here.\(hint)"
            problems.append(Script.Problem(error: .syntax(message, use.span), text: use.text))
        }
        uses = []
        var told: [Script.Problem] = []
        // A script that is sourced twice has its problems once.
        for problem in problems.sorted(by: { $0.place < $1.place })
        where told.last.map({ $0.place != problem.place }) ?? true {
            told.append(problem)
        }
        return told
    }

    private func isKnown(_ name: String, _ registers: RegisterTable) -> Bool {
        if set.contains(name) || Session.automaticVariables.contains(name) { return true }
        if name.utf8.starts(with: "arg".utf8), Number.parse(String(name.dropFirst(3))) != nil { return true }
        return registers.register(named: name) != nil
    }
}

extension Script.Problem {
    /// Where it stands, for the order.
    fileprivate var place: (String, Int, Int) {
        var offset = 0
        if case .syntax(_, let span) = error { offset = span.start }
        guard let location = text.location(of: offset) else { return ("", 0, offset) }
        return (location.file, location.line, location.column)
    }
}

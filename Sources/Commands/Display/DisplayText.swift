import Debugger
import Guest

extension Context {
    /// The numbers of the displays.
    public var displayNumbers: [Int] { displays.items.map { $0.number } }

    /// Shows all displays that are enabled, at a stop.
    func showDisplays() {
        for item in displays.items where item.isEnabled { show(item) }
    }

    /// Shows one display; where it has no value, the reason. Ctrl-C ends a long one.
    func show(_ item: DisplayItem) {
        let name = "\(item.number): \(item.form.prefix)\(item.text)"
        switch item.form {
        case .value(let format):
            do throws(CommandError) { line("\(name) = \(text(of: try evaluate(item.expression), format))") } catch {
                line("\(name) = \(reason(error))")
            }
        case .memory(let state):
            line(name)
            do throws(CommandError) {
                let start = try address(try evaluate(item.expression), nil)
                try MemoryListing(state: state, start: start).forEachLine(self) { line($0.text) }
            } catch { line(reason(error)) }
        }
    }

    private func reason(_ error: CommandError) -> String {
        switch error {
        case .failed(let sentence, _), .unavailable(let sentence): return "<error: \(sentence)>"
        case .interrupted: return "<interrupted>"
        default: return "<error>"
        }
    }
}

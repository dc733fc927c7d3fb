import Debugger
import Guest
import RISCV

/// `backtrace [COUNT]`: the chain of calls.
enum Backtrace {
    static var command: Command {
        Command(
            name: "backtrace", aliases: ["bt", "where"], group: .data,
            usage: ["backtrace", "backtrace COUNT"],
            summary: "Show the chain of calls that led here",
            help: """
                Shows where the guest stands and who called, each with how it was found: pc; the register ra, which is the
                caller unless the function has called another since; then the return addresses in the chain of frames that
                s0 points to, in a guest whose functions keep a frame pointer (-fno-omit-frame-pointer). What looks like no
                frame ends it, with the reason. At most 64 places, or COUNT.
                """,
            completion: .nothing
        ) { (arguments, _) throws(CommandError) in
            var limit = 64
            if let (word, span) = arguments.takeWord() {
                guard let number = Number.parse(word).flatMap({ Int(exactly: $0) }), number > 0, number <= 10_000 else {
                    throw .syntax("A number of places from 1 to 10000 is expected here.", span)
                }
                limit = number
            }
            return { (context) throws(CommandError) in
                let (frames, end) = try context.engine { (session) throws(DebuggerError) in
                    try session.backtrace(limit: limit)
                }
                for (number, frame) in frames.prefix(limit).enumerated() {
                    let label = Quantity.column("#\(number)", 4)
                    context.line("\(label)\(context.addressText(frame.pc))  (\(text(frame.source)))")
                }
                switch end {
                case .outermost, .limit: break
                case .noFrame(let pointer, let why):
                    context.line("No further: the frame pointer would be \(pointer.description), but \(why).")
                }
            }
        }
    }

    private static func text(_ source: BacktraceFrame.Source) -> String {
        switch source {
        case .pc: return "pc"
        case .returnAddress: return "ra"
        case .frame(let pointer): return "frame \(pointer.description)"
        }
    }
}

import Debugger
import Host

/// `require kernel VERSION`: how old the host's Linux is.
enum RequireKernel {
    static var command: Command {
        Command(
            name: "kernel", group: .testing,
            usage: ["require kernel [>=|<|==] VERSION"],
            summary: "Skip the rest of a script unless the host's kernel is of a version",
            help: """
                Compares the release of the host's kernel, as uname(2) tells it, with VERSION, as in 6.10 or 6.12.3: at least that
                (>=, also without a sign), older (<), or the same in all numbers that are given (==). When it is another, the
                script ends with exit status 4 (skipped) and the reason.
                """,
            completion: .words([">=", "<", "=="])
        ) { (arguments, _) throws(CommandError) in
            let text = arguments.rest
            var comparison = Comparison.atLeast
            for candidate in Comparison.all where text.utf8.starts(with: candidate.rawValue.utf8) {
                comparison = candidate
                arguments.skip(to: arguments.position + candidate.rawValue.utf8.count)
            }
            guard let (word, span) = arguments.takeWord() else {
                throw .syntax("A version is missing, as in 6.10.", arguments.restSpan)
            }
            guard let version = KernelVersion(word) else {
                throw .syntax(
                    "\"\(word)\" is no version of a kernel: numbers with points between them, as in 6.10.", span)
            }
            return { (_) throws(CommandError) in
                let kernel = Kernel.current
                let release = KernelVersion(release: kernel.release)
                if release.is(comparison, version) { return }
                throw .unavailable(
                    "The host's kernel is \(kernel.system) \(kernel.release), and \(comparison.text) \(word) is required."
                )
            }
        }
    }

    /// How a version is compared.
    enum Comparison: String {
        case atLeast = ">="
        case less = "<"
        case same = "=="

        static let all: [Comparison] = [.atLeast, .less, .same]

        var text: String {
            switch self {
            case .atLeast: return "at least"
            case .less: return "one before"
            case .same: return "exactly"
            }
        }
    }
}

/// The numbers of a kernel's release.
struct KernelVersion: Equatable {
    let numbers: [UInt64]

    /// The version "6.10"; nil for what is none.
    init?(_ text: String) {
        var numbers: [UInt64] = []
        for part in text.split(separator: ".", omittingEmptySubsequences: false) {
            guard part.utf8.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }),
                let number = UInt64(part)
            else { return nil }
            numbers.append(number)
        }
        self.numbers = numbers
    }

    /// The numbers that the release "6.12.90+deb13-riscv64" begins with.
    init(release: String) {
        let end = release.utf8.firstIndex {
            ($0 < UInt8(ascii: "0") || $0 > UInt8(ascii: "9")) && $0 != UInt8(ascii: ".")
        }
        numbers = release[..<(end ?? release.endIndex)].split(separator: ".").compactMap { UInt64($0) }
    }

    /// Whether this one compares so with `other`; numbers that this one lacks are 0, those that `other` lacks do not matter.
    func `is`(_ comparison: RequireKernel.Comparison, _ other: KernelVersion) -> Bool {
        for (index, wanted) in other.numbers.enumerated() {
            let number = index < numbers.count ? numbers[index] : 0
            if number == wanted { continue }
            switch comparison {
            case .atLeast: return number > wanted
            case .less: return number < wanted
            case .same: return false
            }
        }
        return comparison != .less
    }
}

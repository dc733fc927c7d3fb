import Debugger
import Guest
import RISCV

extension ParseContext {
    /// The register that `word` names, with a dollar or without. `orGroup` says that a group's name would do as well. Throws
    /// `.syntax` at `span`.
    func register(_ word: String, _ span: SourceSpan, orGroup: Bool = false) throws(CommandError) -> Register {
        let name = word.utf8.first == UInt8(ascii: "$") ? String(word.dropFirst()) : word
        if let register = registers.register(named: name) { return register }
        let near = Spelling.nearest(to: name, among: registers.names(startingWith: ""))
        let hint = near.isEmpty ? "\"info registers all\" lists them." : "Did you mean \(near.joined(separator: ", "))?"
        throw .syntax("There is no register\(orGroup ? " and no group of registers" : "") \"\(name)\". \(hint)", span)
    }
}

import Guest
import Types

/// The name of a type in an expression: what it means may depend on the guest's type information, and is found out when the
/// expression is evaluated.
public struct TypeName: Equatable, Sendable {
    /// What stands before the stars.
    enum Base: Equatable, Sendable {
        /// A type of the language's own.
        case known(ValueType)
        /// `struct NAME`, `union NAME`, `enum NAME`; without a keyword, a typedef.
        case declared(TypeKeyword?, String)
    }

    let base: Base
    /// How many stars there are.
    let stars: Int
    /// Where it stands.
    let span: SourceSpan

    /// The type `type`, written at `span`.
    init(_ type: ValueType, _ span: SourceSpan) {
        self.init(.known(type), stars: 0, span)
    }

    init(_ base: Base, stars: Int, _ span: SourceSpan) {
        self.base = base
        self.stars = stars
        self.span = span
    }

    /// Whether what it means does not depend on the guest.
    var isKnown: Bool {
        if case .known = base { return true }
        return false
    }

    /// Whether it is `void`, which has no values.
    var isVoid: Bool { stars == 0 && base == .known(.void) }
}

extension Evaluator {
    /// The type that `name` means. Throws where the guest's type information has no such type, or where there is none.
    func type(_ name: TypeName) throws(ExpressionError) -> ValueType {
        var type: ValueType
        switch name.base {
        case .known(let known): type = known
        case .declared(let keyword, let word): type = .described(try declared(keyword, word, name.span))
        }
        for _ in 0..<name.stars { type = .pointer(to: type) }
        return type
    }

    private func declared(
        _ keyword: TypeKeyword?, _ name: String, _ span: SourceSpan
    ) throws(ExpressionError) -> CType {
        let found: CType?
        do { found = try context.type(keyword, named: name) } catch { throw ExpressionError(error.message, at: span) }
        if let found { return found }
        let kind = keyword.map { $0.rawValue + " " } ?? ""
        throw ExpressionError(
            "There is no \(keyword == nil ? "type " : kind)`\(name)` in the guest's type information."
                + Self.suggestion(Spelling.nearest(to: name, among: context.names(of: .type(keyword))), prefix: kind),
            at: span)
    }
}

extension Expression {
    /// The names behind dollar signs in it, with their places, and whether they are set there rather than read.
    public var dollarNames: [(name: String, span: SourceSpan, isSet: Bool)] {
        var names: [(name: String, span: SourceSpan, isSet: Bool)] = []
        root.collect(&names)
        return names
    }
}

extension Node {
    fileprivate func collect(_ names: inout [(name: String, span: SourceSpan, isSet: Bool)]) {
        switch kind {
        case .integer, .float, .string, .history, .symbol, .byteCount: break
        case .dollar(let name), .view(_, let name, _): names.append((name, span, false))
        case .call(let function, let operand):
            // What need not be set is asked for like this.
            if case .dollar = operand.kind, function == .isVoid { break }
            operand.collect(&names)
        case .list(let nodes): for node in nodes { node.collect(&names) }
        case .prefix(_, let node), .dereference(let node), .address(let node), .physical(let node),
            .memory(_, let node), .cast(_, let node), .member(let node, _), .byteCountOf(let node):
            node.collect(&names)
        case .index(let left, let right), .binary(_, let left, let right), .both(let left, let right),
            .either(let left, let right):
            left.collect(&names)
            right.collect(&names)
        case .conditional(let condition, let left, let right):
            condition.collect(&names)
            left.collect(&names)
            right.collect(&names)
        case .assignment(let target, let operation, let value):
            if case .dollar(let name) = target.kind, operation == nil {
                names.append((name, target.span, true))
            } else {
                target.collect(&names)
            }
            value.collect(&names)
        }
    }
}

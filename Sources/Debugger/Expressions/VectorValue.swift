/// Several numbers of one type: a vector register, or a list `{1, 2, 3}`.
public struct VectorValue: Equatable, Sendable {
    /// The elements' bytes, the first element first, each little-endian; whole elements.
    public let bytes: [UInt8]
    /// The type of each element: an integer or a floating-point number.
    public let element: ValueType

    /// As many elements of type `element` as `bytes` hold.
    public init(_ bytes: [UInt8], of element: ValueType) {
        self.bytes = Array(bytes.prefix(bytes.count / element.byteCount * element.byteCount))
        self.element = element
    }

    /// `elements`, converted to `element`.
    init(_ elements: [Scalar], of element: ValueType) {
        var bytes: [UInt8] = []
        for scalar in elements {
            let bits = scalar.converted(to: element).representation ?? 0
            for index in 0..<element.byteCount { bytes.append(UInt8(truncatingIfNeeded: bits >> UInt64(8 * index))) }
        }
        self.bytes = bytes
        self.element = element
    }

    /// How many elements there are.
    public var count: Int { bytes.count / element.byteCount }

    /// The element `index`, from 0; nil behind the last.
    subscript(_ index: UInt64) -> Scalar? {
        guard index < UInt64(count) else { return nil }
        let start = Int(index) * element.byteCount
        let bits = bytes[start..<start + element.byteCount].reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
        return Scalar(Value(representation: bits, element))
    }

    /// All elements.
    var elements: [Scalar] { (0..<UInt64(count)).compactMap { self[$0] } }

    /// The elements with the one at `index`, which exists, replaced.
    func replacing(_ index: UInt64, by scalar: Scalar) -> VectorValue {
        var elements = elements
        if index < UInt64(elements.count) { elements[Int(index)] = scalar }
        return VectorValue(elements, of: element)
    }

    /// The type that `elements` of different types can all have: f64 if one is a floating-point number (f32 if all are),
    /// else u64 if one is, else i64; their own if it is the same.
    static func commonType(_ elements: [Scalar]) -> ValueType {
        let types = elements.map { $0.type }
        guard let first = types.first else { return .integer(.i64) }
        if types.allSatisfy({ $0 == first }) { return first }
        for type in types { if case .float = type { return .float(.f64) } }
        return .integer(types.contains(.integer(.u64)) ? .u64 : .i64)
    }
}

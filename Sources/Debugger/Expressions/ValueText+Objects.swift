import Guest
import Types

extension ValueText {
    /// A structure, union or array; `budget` is how many numbers may be shown yet.
    func object(_ object: ObjectValue, depth: Int, _ budget: inout Int) -> String {
        guard depth < Self.depthLimit else { return "{...}" }
        switch object.type.shape {
        case .composite: return composite(object, depth, &budget)
        case .array(let element, let count): return array(object, element, count, depth, &budget)
        // A number that is too large to compute with.
        default: return "0x" + object.bytes.reversed().map { hexDigits($0) }.joined()
        }
    }

    private func composite(_ object: ObjectValue, _ depth: Int, _ budget: inout Int) -> String {
        var texts: [String] = []
        for member in object.type.resolved.members {
            if budget <= 0 {
                texts.append("...")
                break
            }
            // The bits between bit-fields have no name, and structures without one have no bits.
            if member.name.isEmpty, member.bitCount != nil { continue }
            let text = part(object, member.type, member.bitOffset, member.bitCount, depth, &budget)
            texts.append(member.name.isEmpty ? text : member.name + " = " + text)
        }
        return "{" + texts.joined(separator: ", ") + "}"
    }

    private func array(
        _ object: ObjectValue, _ element: CType, _ count: Int, _ depth: Int, _ budget: inout Int
    ) -> String {
        if count == 0 {
            // Where it would be, as GDB shows an array without a length.
            return object.address.map { $0.description } ?? "{}"
        }
        if format == nil, element.isCharacter {
            budget -= 1
            return characters(object.bytes)
        }
        let shown = min(count, Self.elementLimit)
        let size = UInt64(element.byteCount ?? 0)
        var texts: [String] = []
        for index in 0..<shown {
            guard budget > 0 else { break }
            let (offset, overflow) = UInt64(index).multipliedReportingOverflow(by: size &* 8)
            if overflow { break }
            texts.append(part(object, element, offset, nil, depth, &budget))
        }
        let isCut = texts.count < count
        return "{" + Self.withoutRepeats(texts).joined(separator: ", ") + (isCut ? "...}" : "}")
    }

    private func part(
        _ object: ObjectValue, _ type: CType, _ bitOffset: UInt64, _ bitCount: Int?, _ depth: Int, _ budget: inout Int
    ) -> String {
        budget -= 1
        // What the type information says lies behind the end of the structure.
        guard let value = object.part(type, at: bitOffset, bitCount: bitCount) else { return "<error: no value>" }
        if case .object(let inner) = value { return self.object(inner, depth: depth + 1, &budget) }
        return element(value)
    }

    /// An array of characters as a string: without the NULs at its end.
    private func characters(_ bytes: [UInt8]) -> String {
        let end = bytes.lastIndex { $0 != 0 }.map { $0 + 1 } ?? 0
        let shown = min(end, Self.elementLimit)
        return Self.quoted(Array(bytes[..<shown])) + (shown < end ? "..." : "")
    }

    private func hexDigits(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }
}

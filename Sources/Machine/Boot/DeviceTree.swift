import CDeviceTree

/// A flattened device tree that is being written, node by node.
///
/// Devicetree Specification 0.4, chapter "Flattened Devicetree (DTB) Format". libfdt writes it into a block whose size is given: what
/// does not fit is remembered, and `finish` fails.
struct DeviceTree {
    private var bytes: [UInt8]
    private var status: Int32 = 0

    /// A tree of at most `capacity` bytes.
    init(capacity: Int) {
        bytes = [UInt8](repeating: 0, count: capacity)
        // Looking for each name among those before takes more time than all else of the tree.
        call { fdt_create_with_flags($0, Int32(capacity), UInt32(FDT_CREATE_FLAG_NO_NAME_DEDUP)) }
        call { fdt_finish_reservemap($0) }
    }

    /// The node `name`; `content` writes what is in it.
    mutating func node(_ name: String, _ content: (inout DeviceTree) -> Void) {
        call { fdt_begin_node($0, name) }
        content(&self)
        call { fdt_end_node($0) }
    }

    /// A property without a value.
    mutating func property(_ name: String) { call { fdt_property($0, name, nil, 0) } }

    /// A property that is a text.
    mutating func property(_ name: String, _ text: String) {
        // With the zero behind it.
        call { fdt_property($0, name, text, Int32(text.utf8.count + 1)) }
    }

    /// A property that is a list of texts.
    mutating func property(_ name: String, _ texts: [String]) { property(name, texts.joined(separator: "\0")) }

    /// A property that is a list of 32-bit cells.
    mutating func property(_ name: String, _ cells: UInt32...) { property(name, cells: cells) }

    /// A property that is a list of 32-bit cells.
    mutating func property(_ name: String, cells: [UInt32]) {
        cells.map { $0.bigEndian }.withUnsafeBytes { value in
            call { fdt_property($0, name, value.baseAddress, Int32(value.count)) }
        }
    }

    /// A property that is a list of pairs of cells, an address or a length each.
    mutating func property(_ name: String, wide values: UInt64...) {
        property(
            name,
            cells: values.flatMap { [UInt32(truncatingIfNeeded: $0 >> 32), UInt32(truncatingIfNeeded: $0)] })
    }

    /// The tree; nil where it did not fit.
    mutating func finish() -> [UInt8]? {
        call { fdt_finish($0) }
        guard status == 0 else { return nil }
        let count = bytes.withUnsafeBytes { $0.baseAddress.map { Int(fdt_total($0)) } ?? 0 }
        return Array(bytes.prefix(count))
    }

    private mutating func call(_ body: (UnsafeMutableRawPointer) -> Int32) {
        guard status == 0 else { return }
        status = bytes.withUnsafeMutableBytes { $0.baseAddress.map(body) ?? -Int32(FDT_ERR_NOSPACE) }
    }
}

import CDeviceTree
import Guest
import Target

/// A device tree of the user's.
enum DeviceTreeBlob {
    /// Whether `bytes` are one. Throws `.load(.deviceTree)`.
    static func check(_ bytes: [UInt8]) throws(MachineError) {
        let status = bytes.withUnsafeBytes { bytes -> Int32 in
            guard let base = bytes.baseAddress else { return -Int32(FDT_ERR_TRUNCATED) }
            return fdt_check_full(base, bytes.count)
        }
        if status != 0 { throw .load(.deviceTree(reason(status))) }
    }

    /// The tree `bytes` with what the kernel is to be told beside: its command line and where its initrd lies (GPA), in `/chosen`; at
    /// most `capacity` bytes. Throws `.load(.deviceTree)`.
    static func chosen(
        _ bytes: [UInt8], commandLine: String?, initrd: MemoryRegion?, capacity: Int
    ) throws(MachineError) -> [UInt8] {
        var tree = [UInt8](repeating: 0, count: capacity)
        let status = tree.withUnsafeMutableBytes { tree -> Int32 in
            bytes.withUnsafeBytes { bytes -> Int32 in
                guard let base = tree.baseAddress, let source = bytes.baseAddress else {
                    return -Int32(FDT_ERR_NOSPACE)
                }
                var status = fdt_open_into(source, base, Int32(tree.count))
                guard status == 0 else { return status }
                var chosen = fdt_path_offset(base, "/chosen")
                if chosen < 0 { chosen = fdt_add_subnode(base, 0, "chosen") }
                guard chosen >= 0 else { return chosen }
                if let commandLine {
                    let text = Array(commandLine.utf8) + [0]
                    status = text.withUnsafeBytes {
                        fdt_setprop(base, chosen, "bootargs", $0.baseAddress, Int32($0.count))
                    }
                }
                if status == 0, let initrd {
                    status = fdt_setprop_u64(base, chosen, "linux,initrd-start", initrd.start.value)
                    if status == 0 { status = fdt_setprop_u64(base, chosen, "linux,initrd-end", initrd.end.value) }
                }
                return status == 0 ? fdt_pack(base) : status
            }
        }
        if status != 0 { throw .load(.deviceTree(reason(status))) }
        let count = tree.withUnsafeBytes { $0.baseAddress.map { Int(fdt_total($0)) } ?? 0 }
        return Array(tree.prefix(count))
    }

    private static func reason(_ status: Int32) -> String { String(cString: fdt_strerror(status)) }
}

import Guest
import KVM
import RISCV
import Target

/// The device tree that describes a machine as it is.
struct MachineTree {
    /// What the vCPUs have.
    let hart: HartFacts
    let vcpuCount: Int
    let ram: MemoryRegion
    let commandLine: String?
    /// Where the initrd lies (GPA); nil for none.
    let initrd: MemoryRegion?

    /// The tree as it lies in memory, at most `capacity` bytes; nil where it is larger.
    func blob(capacity: Int) -> [UInt8]? {
        var tree = DeviceTree(capacity: capacity)
        tree.node("") { root in
            root.property("#address-cells", 2)
            root.property("#size-cells", 2)
            root.property("compatible", ["linux,dummy-virt", "riscv-virtio"])
            root.property("model", "kvmdbg,virt")
            chosen(&root)
            cpus(&root)
            root.node(Self.name("memory", ram.start)) { memory in
                memory.property("device_type", "memory")
                memory.property("reg", wide: ram.start.value, ram.byteCount)
            }
            root.node("soc") { soc in
                soc.property("#address-cells", 2)
                soc.property("#size-cells", 2)
                soc.property("compatible", "simple-bus")
                soc.property("ranges")
                devices(&soc)
            }
            power(&root)
        }
        return tree.finish()
    }

    private func chosen(_ root: inout DeviceTree) {
        root.node("chosen") { chosen in
            chosen.property("stdout-path", "/soc/" + Self.name("serial", UART.start))
            if let commandLine { chosen.property("bootargs", commandLine) }
            if let initrd {
                chosen.property("linux,initrd-start", wide: initrd.start.value)
                chosen.property("linux,initrd-end", wide: initrd.end.value)
            }
        }
    }

    private func cpus(_ root: inout DeviceTree) {
        root.node("cpus") { cpus in
            cpus.property("#address-cells", 1)
            cpus.property("#size-cells", 0)
            cpus.property("timebase-frequency", UInt32(truncatingIfNeeded: hart.timebaseFrequency))
            for index in 0..<vcpuCount {
                let number = UInt32(truncatingIfNeeded: index)
                cpus.node("cpu@" + String(number, radix: 16)) { cpu in
                    cpu.property("device_type", "cpu")
                    cpu.property("reg", number)
                    cpu.property("status", "okay")
                    cpu.property("compatible", "riscv")
                    cpu.property("riscv,isa", hart.isa)
                    cpu.property("riscv,isa-base", "rv64i")
                    cpu.property("riscv,isa-extensions", hart.extensions)
                    if let mmu = hart.mmuType { cpu.property("mmu-type", mmu) }
                    if let size = hart.zicbomBlockSize { cpu.property("riscv,cbom-block-size", size) }
                    if let size = hart.zicbozBlockSize { cpu.property("riscv,cboz-block-size", size) }
                    cpu.node("interrupt-controller") { controller in
                        controller.property("#address-cells", 0)
                        controller.property("#interrupt-cells", 1)
                        controller.property("interrupt-controller")
                        controller.property("compatible", "riscv,cpu-intc")
                        controller.property("phandle", Self.firstHart + number)
                    }
                }
            }
        }
    }

    private func devices(_ soc: inout DeviceTree) {
        soc.node(Self.name("serial", UART.start)) { serial in
            serial.property("compatible", "ns16550a")
            serial.property("reg", wide: UART.start.value, 0x100)
            serial.property("clock-frequency", UART.clock)
            serial.property("interrupt-parent", Self.plic)
            serial.property("interrupts", UInt32(UART.interrupt))
        }
        soc.node(Self.name("plic", PLIC.start)) { plic in
            plic.property("compatible", ["sifive,plic-1.0.0", "riscv,plic0"])
            plic.property("reg", wide: PLIC.start.value, PLIC.byteCount)
            plic.property("#address-cells", 0)
            plic.property("#interrupt-cells", 1)
            plic.property("interrupt-controller")
            plic.property("phandle", Self.plic)
            plic.property("riscv,ndev", UInt32(PLIC.sourceCount))
            // For each hart the context of machine mode, which interrupts nobody, and that of supervisor mode.
            plic.property(
                "interrupts-extended",
                cells: (0..<UInt32(vcpuCount)).flatMap { [Self.firstHart + $0, UInt32.max, Self.firstHart + $0, 9] })
        }
        soc.node(Self.name("test", Finisher.start)) { test in
            test.property("compatible", ["sifive,test1", "sifive,test0", "syscon"])
            test.property("reg", wide: Finisher.start.value, 0x1000)
            test.property("phandle", Self.finisher)
        }
    }

    private func power(_ root: inout DeviceTree) {
        for (name, value) in [("poweroff", Finisher.pass), ("reboot", Finisher.reset)] {
            root.node(name) { node in
                node.property("compatible", "syscon-" + name)
                node.property("regmap", Self.finisher)
                node.property("offset", 0)
                node.property("value", value)
            }
        }
    }

    private static let plic: UInt32 = 1
    private static let finisher: UInt32 = 2
    private static let firstHart: UInt32 = 3

    /// "serial@10000000".
    private static func name(_ kind: String, _ address: GuestPhysicalAddress) -> String {
        kind + "@" + String(address.value, radix: 16)
    }
}

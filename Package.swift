// swift-tools-version: 6.2
// kvmdbg: a debugger for KVM guests. The layers, lowest first; a target depends only on what stands above it.
import PackageDescription

/// What holds for every Swift target: no warning passes, and the ordinary build refuses what Embedded Swift lacks.
let rules: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .treatWarning("EmbeddedRestrictions", as: .error),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// What holds for every C shim.
let shimRules: [CSetting] = [
    .define("_GNU_SOURCE"),
    .treatAllWarnings(as: .error),
    .enableWarning("all"),
    .enableWarning("extra"),
]

func shim(_ name: String, links: [String] = []) -> Target {
    .target(name: name, path: "Sources/\(name)", cSettings: shimRules, linkerSettings: links.map { .linkedLibrary($0) })
}

func layer(_ name: String, on dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: rules)
}

func tests(_ name: String, on dependencies: [Target.Dependency], resources: [Resource] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: dependencies, path: "Tests/Unit/\(name)Tests", resources: resources,
        swiftSettings: [.treatAllWarnings(as: .error)])
}

/// The parser as a program of libFuzzer's, which `Tests/fuzz.t` builds and runs: libFuzzer has its own main, so it is no part of any
/// other build.
let fuzzing: [Target] =
    Context.environment["KVMDBG_FUZZ"] == nil
    ? []
    : [.executableTarget(name: "fuzz", dependencies: ["Commands", "RISCV"], path: "Tests/Fuzz", exclude: ["seeds"])]

let package = Package(
    name: "kvmdbg",
    targets: [
        // One C library each: what Swift cannot import (macros, varargs, callbacks that jump).
        shim("CCompression", links: ["z", "zstd"]),
        shim("CDeviceTree", links: ["fdt"]),
        shim("CHost"),
        shim("CKVM"),
        shim("CNumbers"),
        shim("CReadline", links: ["readline"]),
        shim("CElfutils", links: ["dw", "elf"]),
        shim("CBPF", links: ["bpf"]),
        shim("CPCRE", links: ["pcre2-8"]),
        shim("COpcodes", links: ["opcodes-multiarch", "bfd-multiarch"]),

        layer("Guest"),
        layer("Host", on: ["CHost"]),
        layer("Target", on: ["Guest"]),
        layer("RISCV", on: ["Guest"]),
        layer("KVM", on: ["CKVM", "Guest", "Host"]),
        layer("Symbols", on: ["CElfutils", "Guest", "Host"]),
        layer("Types", on: ["CBPF", "Host", "Symbols"]),
        layer("Images", on: ["CCompression", "Guest", "Host"]),
        layer("Disassembly", on: ["COpcodes", "Guest"]),
        layer("Machine", on: ["CDeviceTree", "CKVM", "Guest", "Host", "KVM", "RISCV", "Target"]),
        layer("Debugger", on: ["CNumbers", "Guest", "Images", "RISCV", "Symbols", "Target", "Types"]),
        layer("Reports", on: ["Guest", "Host"]),
        layer(
            "Commands",
            on: [
                "CPCRE", "Debugger", "Disassembly", "Guest", "Host", "Images", "RISCV", "Reports", "Symbols", "Target",
                "Types",
            ]),
        .executableTarget(
            name: "kvmdbg",
            dependencies: [
                "CReadline", "Commands", "Debugger", "Disassembly", "Guest", "Host", "Images", "KVM", "Machine",
                "RISCV",
                "Reports",
                "Symbols", "Target",
            ],
            swiftSettings: rules),

        // What several modules' tests share: ELF files made by hand, and a guest of a few instructions.
        .target(
            name: "Support", dependencies: ["CBPF", "Debugger", "Guest", "RISCV", "Symbols", "Target"],
            path: "Tests/Unit/Support", swiftSettings: [.treatAllWarnings(as: .error)]),
        .target(
            name: "CCompressor", path: "Tests/Unit/CCompressor", cSettings: shimRules,
            linkerSettings: [.linkedLibrary("z"), .linkedLibrary("zstd")]),
        tests("Symbols", on: ["Support", "Symbols", "Guest"]),
        tests("Types", on: ["Support", "Types"]),
        tests("Images", on: ["CCompressor", "Images", "Support"]),
        tests("Disassembly", on: ["Disassembly", "Guest", "RISCV"]),
        tests("KVM", on: ["CKVM", "Guest", "Host", "KVM"]),
        tests("Machine", on: ["CDeviceTree", "CKVM", "Guest", "Host", "KVM", "Machine", "RISCV", "Support", "Target"]),
        tests("RISCV", on: ["Guest", "RISCV", "Support"]),
        tests("Debugger", on: ["Debugger", "Guest", "Images", "Target", "RISCV", "Support", "Symbols", "Types"]),
        tests(
            "Commands",
            on: [
                "Commands", "Debugger", "Guest", "Host", "RISCV", "Reports", "Support", "Symbols", "Target", "Types",
                "kvmdbg",
            ],
            resources: [.copy("Transcripts")]),
        tests("Reports", on: ["Host", "Reports"]),
        tests("Host", on: ["CHost", "Host"]),
        tests("Guest", on: ["Guest"]),
    ] + fuzzing,
    swiftLanguageModes: [.v6],
    cLanguageStandard: .gnu17
)

/// The names of KVM's ISA extension ids, in the order of `enum KVM_RISCV_ISA_EXT_ID` (Linux 6.12).
let isaExtensionNames = [
    "a", "c", "d", "f", "h", "i", "m", "svpbmt", "sstc", "svinval", "zihintpause", "zicbom", "zicboz", "zbb", "ssaia",
    "v", "svnapot", "zba", "zbs", "zicntr", "zicsr", "zifencei", "zihpm", "smstateen", "zicond", "zbc", "zbkb", "zbkc",
    "zbkx", "zknd", "zkne", "zknh", "zkr", "zksed", "zksh", "zkt", "zvbb", "zvbc", "zvkb", "zvkg", "zvkned", "zvknha",
    "zvknhb", "zvksed", "zvksh", "zvkt", "zfh", "zfhmin", "zihintntl", "zvfh", "zvfhmin", "zfa", "ztso", "zacas",
    "sscofpmf", "zimop", "zca", "zcb", "zcd", "zcf", "zcmop", "zawrs",
]

/// The names of KVM's SBI extension ids, in the order of `enum KVM_RISCV_SBI_EXT_ID` (Linux 6.13; 6.12 ends with
/// `sta`).
let sbiExtensionNames = [
    "v01", "time", "ipi", "rfence", "srst", "hsm", "pmu", "experimental", "vendor", "dbcn", "sta", "susp",
]

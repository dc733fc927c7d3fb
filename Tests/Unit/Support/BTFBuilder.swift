import CBPF

/// Makes BTF by libbpf's own functions.
public final class BTFBuilder {
    private let handle: OpaquePointer
    /// `int`, `unsigned long`, `char` (unsigned, as on RISC-V), `_Bool`.
    public let int, unsignedLong, char, bool: Int32
    /// The type without a value.
    public let void: Int32 = 0

    /// An empty one, but for the basic types.
    public init() {
        handle = btf__new_empty()
        int = btf__add_int(handle, "int", 4, BTF_INT_SIGNED)
        unsignedLong = btf__add_int(handle, "unsigned long", 8, 0)
        char = btf__add_int(handle, "char", 1, 0)
        bool = btf__add_int(handle, "_Bool", 1, BTF_INT_BOOL)
        btf__add_array(handle, int, int, 0)
    }

    deinit { btf__free(handle) }

    /// A member: its name, its type, where it begins in bits, and how many bits a bit-field has.
    public typealias Field = (name: String, type: Int32, bit: UInt32, bits: UInt32)

    /// The number of the next type.
    public var next: Int32 { Int32(btf__type_cnt(handle)) }

    /// An integer.
    public func integer(_ name: String, _ byteCount: Int, signed: Bool = false) -> Int32 {
        btf__add_int(handle, name, byteCount, signed ? BTF_INT_SIGNED : 0)
    }

    /// A floating-point number.
    public func float(_ name: String, _ byteCount: Int) -> Int32 { btf__add_float(handle, name, byteCount) }

    /// A pointer.
    public func pointer(_ target: Int32) -> Int32 { btf__add_ptr(handle, target) }

    /// An array.
    public func array(_ element: Int32, _ count: UInt32) -> Int32 { btf__add_array(handle, int, element, count) }

    /// A structure, or a union.
    @discardableResult
    public func structure(_ name: String, _ byteCount: UInt32, isUnion: Bool = false, _ fields: [Field]) -> Int32 {
        let id = isUnion ? btf__add_union(handle, name, byteCount) : btf__add_struct(handle, name, byteCount)
        for field in fields { btf__add_field(handle, field.name, field.type, field.bit, field.bits) }
        return id
    }

    /// An enumeration of four bytes.
    @discardableResult
    public func enumeration(_ name: String, _ values: [(String, Int64)]) -> Int32 {
        let id = btf__add_enum(handle, name, 4)
        for (name, value) in values { btf__add_enum_value(handle, name, value) }
        return id
    }

    /// An enumeration of eight bytes.
    @discardableResult
    public func wideEnumeration(_ name: String, _ values: [(String, UInt64)]) -> Int32 {
        let id = btf__add_enum64(handle, name, 8, false)
        for (name, value) in values { btf__add_enum64_value(handle, name, value) }
        return id
    }

    /// A declaration without a definition.
    @discardableResult
    public func forward(_ name: String) -> Int32 { btf__add_fwd(handle, name, BTF_FWD_STRUCT) }

    /// Another name.
    @discardableResult
    public func typedef(_ name: String, _ type: Int32) -> Int32 { btf__add_typedef(handle, name, type) }

    /// A variable.
    public func variable(_ name: String, _ type: Int32) {
        btf__add_var(handle, name, Int32(BTF_VAR_GLOBAL_ALLOCATED), type)
    }

    /// A constant.
    public func const(_ type: Int32) -> Int32 { btf__add_const(handle, type) }

    /// A function's type.
    public func function(returning type: Int32, _ parameters: [Int32]) -> Int32 {
        let id = btf__add_func_proto(handle, type)
        for parameter in parameters { btf__add_func_param(handle, "", parameter) }
        return id
    }

    /// What was made so far.
    public var bytes: [UInt8] {
        var count: UInt32 = 0
        guard let data = btf__raw_data(handle, &count) else { return [] }
        return [UInt8](UnsafeRawBufferPointer(start: data, count: Int(count)))
    }
}

/// The types that most tests use.
///
///     enum color { RED, GREEN = 1, BLUE = 5 };
///     enum flags { READ = 1, WRITE = 2, EXEC = 4 };
///     enum wide : unsigned long { BIG = 1 << 40 };
///     typedef int pid_t;
///     typedef struct { int counter; } atomic_t;
///     struct list_head { struct list_head *next, *prev; };
///     struct opaque;
///     struct task {
///         int pid;                          // 0
///         unsigned long state;              // 8
///         char comm[16];                    // 16
///         struct list_head tasks;           // 32
///         struct task *parent;              // 48
///         enum color color;                 // 56
///         enum flags flags;                 // 60
///         int low : 3; unsigned long high : 5;  // 64, bits 0 and 3
///         _Bool alive;                      // 66
///         union { int one; unsigned long two; };  // 72
///         atomic_t usage;                   // 80
///         void (*fn)(struct task *, int);   // 88
///         const char *name;                 // 96
///         int matrix[2][3];                 // 104
///         struct opaque *secret;            // 128
///         double weight;                    // 136
///         pid_t tgid;                       // 144
///         enum wide wide;                   // 152
///         unsigned long data[];             // 160
///     };
public func sampleBTF() -> [UInt8] {
    let types = BTFBuilder()
    let color = types.enumeration("color", [("RED", 0), ("GREEN", 1), ("BLUE", 5)])
    let flags = types.enumeration("flags", [("READ", 1), ("WRITE", 2), ("EXEC", 4)])
    let wide = types.wideEnumeration("wide", [("BIG", 1 << 40)])
    let pid = types.typedef("pid_t", types.int)
    let counter = types.structure("", 4, [("counter", types.int, 0, 0)])
    let atomic = types.typedef("atomic_t", counter)
    let list = types.next
    let listPointer = list + 1
    types.structure("list_head", 16, [("next", listPointer, 0, 0), ("prev", listPointer, 64, 0)])
    _ = types.pointer(list)
    let opaque = types.forward("opaque")
    let opaquePointer = types.pointer(opaque)
    let comm = types.array(types.char, 16)
    let choice = types.structure("", 8, isUnion: true, [("one", types.int, 0, 0), ("two", types.unsignedLong, 0, 0)])
    let name = types.pointer(types.const(types.char))
    let matrix = types.array(types.array(types.int, 3), 2)
    let weight = types.float("double", 8)
    let data = types.array(types.unsignedLong, 0)
    let task = types.next + 3
    let taskPointer = types.pointer(task)
    let function = types.pointer(types.function(returning: types.void, [taskPointer, types.int]))
    types.structure(
        "task", 160,
        [
            ("pid", types.int, 0, 0), ("state", types.unsignedLong, 64, 0), ("comm", comm, 128, 0),
            ("tasks", list, 256, 0), ("parent", taskPointer, 384, 0), ("color", color, 448, 0),
            ("flags", flags, 480, 0), ("low", types.int, 512, 3), ("high", types.unsignedLong, 515, 5),
            ("alive", types.bool, 528, 0), ("", choice, 576, 0), ("usage", atomic, 640, 0), ("fn", function, 704, 0),
            ("name", name, 768, 0), ("matrix", matrix, 832, 0), ("secret", opaquePointer, 1024, 0),
            ("weight", weight, 1088, 0), ("tgid", pid, 1152, 0), ("wide", wide, 1216, 0), ("data", data, 1280, 0),
        ])
    return types.bytes
}

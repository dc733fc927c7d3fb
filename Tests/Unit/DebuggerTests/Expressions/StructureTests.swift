import Guest
import Types
import XCTest

@testable import Debugger
@testable import Support

/// Structures and the other types of the guest's program; the types are those of `sampleBTF`.
final class StructureTests: XCTestCase {
    private static let task: UInt64 = 0x8000_1200

    /// A task at 0x80001200, its parent at 0x80001300.
    private func context() throws -> ScriptedContext {
        let context = ScriptedContext()
        context.types = try TypeInformation(sampleBTF(), origin: "the sample")
        fill(context, Self.task, pid: 42, parent: 0x8000_1300)
        fill(context, 0x8000_1300, pid: 1, parent: 0)
        context.variables["p"] = Value(Self.task, .u64)
        return context
    }

    private func fill(_ context: ScriptedContext, _ start: UInt64, pid: UInt8, parent: UInt64) {
        func number(_ offset: UInt64, _ value: UInt64, _ count: Int = 8) {
            context.store(start + offset, (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) })
        }
        number(0, UInt64(pid), 4)
        number(8, 0x402)
        context.store(start + 16, Array("init".utf8))
        number(32, start + 32)
        number(40, start + 32)
        number(48, parent)
        number(56, 1, 4)
        number(60, 5, 4)
        // low = -2 in 3 bits, high = 21 in 5.
        number(64, 0b10101_110, 2)
        number(66, 1, 1)
        number(72, 7)
        number(80, 2, 4)
        number(88, 0x8000_0100)
        number(96, 0x8000_1103)
        for index in 0..<6 { number(104 + 4 * UInt64(index), UInt64(index + 1), 4) }
        number(136, Double(1.5).bitPattern)
        number(144, 43, 4)
        number(152, 1 << 40)
        number(160, 100)
        number(168, 101)
    }

    func testMembers() throws {
        check(
            [
                ("((struct task *)$p)->pid", "42"), ("((struct task *)$p)->state", "1026"),
                ("({struct task}$p).pid", "42"), ("(*(struct task *)$p).pid", "42"),
                ("((struct task *)$p)->comm", "\"init\""), ("((struct task *)$p)->comm[1]", "110 'n'"),
                ("((struct task *)$p)->parent->pid", "1"),
                ("((struct task *)$p)->parent->parent", "(struct task *) 0x0"),
                ("((struct task *)$p)->color", "GREEN"), ("((struct task *)$p)->color + 1", "2"),
                ("((struct task *)$p)->flags", "(READ | EXEC)"), ("((struct task *)$p)->alive", "true"),
                ("((struct task *)$p)->low", "-2"), ("((struct task *)$p)->high", "21"),
                ("((struct task *)$p)->one", "7"), ("((struct task *)$p)->two", "7"),
                ("((struct task *)$p)->usage.counter", "2"), ("((struct task *)$p)->usage", "{counter = 2}"),
                ("((struct task *)$p)->fn", "(void (*)(struct task *, int)) 0x80000100 <main>"),
                ("((struct task *)$p)->name", "0x80001103"),
                ("((struct task *)$p)->matrix[1][2]", "6"), ("((struct task *)$p)->matrix", "{{1, 2, 3}, {4, 5, 6}}"),
                ("((struct task *)$p)->matrix[1]", "{4, 5, 6}"), ("*((struct task *)$p)->matrix[1]", "4"),
                ("((struct task *)$p)->secret", "(struct opaque *) 0x0"), ("((struct task *)$p)->weight", "1.5"),
                ("((struct task *)$p)->weight * 2", "3"),
                ("((struct task *)$p)->tgid", "43"), ("((struct task *)$p)->wide", "BIG"),
                ("((struct task *)$p)->data[0]", "100"), ("((struct task *)$p)->data[1]", "101"),
                ("((struct task *)$p)->tasks.next", "(struct list_head *) 0x80001220"),
                ("((struct task *)$p)->tasks.next->prev->next == &((struct task *)$p)->tasks", "1"),
                ("&((struct task *)$p)->comm", "(char (*)[16]) 0x80001210"),
                ("&((struct task *)$p)->matrix[1]", "(int (*)[3]) 0x80001274"),
                ("&((struct task *)0)->parent", "(struct task **) 0x30"), ("(u64)&((struct task *)0)->comm", "16"),
                ("((struct task *)$p + 1)", "(struct task *) 0x800012a0"),
                ("((struct task *)$p)[1].state", "101"),
                ("((struct task *)$p)->color == GREEN", "1"), ("BLUE", "BLUE"), ("BLUE + 0", "5"),
                ("((struct task *)$p)->comm == \"init\"", "1"), ("((struct task *)$p)->comm != \"init\"", "0"),
                ("(struct task const * const)$p == $p", "1"),
                ("(volatile struct list_head *)0", "(struct list_head *) 0x0"),
                ("((struct task *)$p)->comm ? 1 : 2", "1"), ("!((struct task *)$p)->parent", "0"),
                ("(enum color)5", "BLUE"), ("(enum color)3", "3"), ("(enum flags)9", "(READ | unknown: 0x8)"),
                ("(enum flags)0", "0"),
                ("(_Bool)7", "true"), ("(pid_t)0xffffffff", "-1"), ("(pid_t)$p", "-2147479040"),
                ("(pid_t)(1 + 1)", "2"), ("{pid_t}$p", "42"), ("{atomic_t}($p + 80)", "{counter = 2}"),
                ("*(pid_t *)$p", "42"), ("{struct list_head}($p + 32)", "{next = 0x80001220, prev = 0x80001220}"),
                ("(counter) - 1", "3735928558"), ("(u64)5", "5"), ("(u64)-1", "18446744073709551615"),
            ], in: try context())
    }

    func testAWholeStructure() throws {
        let context = try context()
        check(
            [
                (
                    "*(struct task *)$p",
                    "{pid = 42, state = 1026, comm = \"init\", tasks = {next = 0x80001220, prev = 0x80001220}, "
                        + "parent = 0x80001300, color = GREEN, flags = (READ | EXEC), low = -2, high = 21, alive = true, "
                        + "{one = 7, two = 7}, usage = {counter = 2}, fn = 0x80000100 <main>, name = 0x80001103, "
                        + "matrix = {{1, 2, 3}, {4, 5, 6}}, secret = 0x0, weight = 1.5, tgid = 43, wide = BIG, data = 0x800012a0}"
                )
            ], in: context)
        var text = ValueText(.hexadecimal)
        text.symbol = ScriptedContext.symbolised
        let value = try Expression(parsing: "*(struct task *)$p").evaluate(in: context)
        XCTAssertEqual(
            text.text(of: value),
            "{pid = 0x2a, state = 0x402, comm = {0x69, 0x6e, 0x69, 0x74, 0x0 <repeats 12 times>}, "
                + "tasks = {next = 0x80001220, prev = 0x80001220}, parent = 0x80001300, color = 0x1, flags = 0x5, "
                + "low = 0xfffffffe, high = 0x15, alive = 0x1, {one = 0x7, two = 0x7}, usage = {counter = 0x2}, fn = 0x80000100, "
                + "name = 0x80001103, matrix = {{0x1, 0x2, 0x3}, {0x4, 0x5, 0x6}}, secret = 0x0, "
                + "weight = 0x3ff8000000000000, tgid = 0x2b, wide = 0x10000000000, data = 0x800012a0}")
        text = ValueText()
        text.string = { address in try? GuestString.read(at: .virtual(address), in: context) }
        let name = try Expression(parsing: "((struct task *)$p)->name").evaluate(in: context)
        XCTAssertEqual(text.text(of: name), "0x80001103 \"hello, guest\"")
        XCTAssertEqual(
            text.text(of: try Expression(parsing: "(char *)8 + 0").evaluate(in: context)), "0x8")
    }

    func testValuesKeepTheirType() throws {
        check(
            [
                ("$t = (struct task *)$p", "(struct task *) 0x80001200"), ("$t->pid", "42"), ("$t.pid", "42"),
                ("$t->parent->comm", "\"init\""), ("$t.parent.pid", "1"),
                (
                    "$copy = *$t",
                    "{pid = 42, state = 1026, comm = \"init\", tasks = {next = 0x80001220, prev = 0x80001220}, parent = 0x80001300, color = GREEN, flags = (READ | EXEC), low = -2, high = 21, alive = true, {one = 7, two = 7}, usage = {counter = 2}, fn = 0x80000100 <main>, name = 0x80001103, matrix = {{1, 2, 3}, {4, 5, 6}}, secret = 0x0, weight = 1.5, tgid = 43, wide = BIG, data = 0x800012a0}"
                ),
                ("$t->pid = 7", "7"), ("$copy.pid", "42"), ("$copy.tasks.next", "(struct list_head *) 0x80001220"),
                ("$copy.matrix[1][0]", "4"), ("$copy.parent->pid", "1"), ("$copy.low", "-2"),
                ("$c = $t->color", "GREEN"), ("$c", "GREEN"), ("$n = &$t->tasks", "(struct list_head *) 0x80001220"),
                ("$n->next", "(struct list_head *) 0x80001220"), ("$s = $t->comm", "\"init\""), ("$s[0]", "105 'i'"),
            ], in: try context())
    }

    func testAssignment() throws {
        let context = try context()
        check(
            [
                ("((struct task *)$p)->pid = 7", "7"), ("((struct task *)$p)->pid", "7"),
                ("((struct task *)$p)->pid += 2", "9"), ("((struct task *)$p)->state", "1026"),
                ("((struct task *)$p)->low = 3", "3"), ("((struct task *)$p)->high", "21"),
                ("((struct task *)$p)->high = 0x25", "5"), ("((struct task *)$p)->low", "3"),
                ("((struct task *)$p)->alive = 0", "false"), ("((struct task *)$p)->alive = 9", "true"),
                ("((struct task *)$p)->color = BLUE", "BLUE"), ("((struct task *)$p)->comm[0] = 'I'", "73 'I'"),
                ("((struct task *)$p)->comm", "\"Init\""),
                ("((struct task *)$p)->parent = $p", "(struct task *) 0x80001200"),
                ("((struct task *)$p)->parent->parent->pid", "9"), ("((struct task *)$p)->weight = 3", "3"),
                ("((struct task *)$p)->matrix[0][1] = -1", "-1"), ("((struct task *)$p)->usage.counter -= 1", "1"),
                ("{pid_t}$p = 3", "3"), ("((struct task *)$p)->tgid = 0x1ffffffff", "-1"),
            ], in: context)
        // Only the bits of a bit-field are written.
        XCTAssertEqual(
            try context.readBytes(at: .virtual(GuestVirtualAddress(0x8000_1240)), count: 2), [0b00101_011, 0])
    }

    func testSizes() throws {
        check(
            [
                ("sizeof(struct task)", "160"), ("sizeof(struct task *)", "8"), ("sizeof(u32)", "4"),
                ("sizeof(unsigned long)", "8"), ("sizeof(pid_t)", "4"), ("sizeof(atomic_t *)", "8"),
                ("sizeof(enum wide)", "8"), ("sizeof ((struct task *)0)->comm", "16"),
                ("sizeof(((struct task *)0)->matrix)", "24"),
                ("sizeof(counter)", "4"), ("sizeof counter + 1", "5"), ("sizeof(1)", "8"), ("sizeof(table)", "32"),
                ("sizeof $v0", "16"), ("sizeof \"abc\"", "4"), ("sizeof(struct task) * 2", "320"),
            ], in: try context())
    }

    func testOnlyWhatIsShownIsRead() throws {
        let context = try context()
        _ = try Expression(parsing: "((struct task *)$p)->parent->pid").evaluate(in: context)
        XCTAssertEqual(context.memoryReads, 2)
    }

    func testErrors() throws {
        func message(_ text: String, _ types: Bool = true) throws -> String {
            let context = try context()
            if !types { context.types = nil }
            do { return "value " + (try shown(text, in: context)) } catch { return error.message }
        }
        XCTAssertEqual(try message("(struct task *)1", false), "No type information: here is none.")
        XCTAssertEqual(
            try message("(struct tusk *)1"),
            "There is no struct `tusk` in the guest's type information. Did you mean `struct task`?")
        XCTAssertEqual(try message("(union task *)1"), "There is no union `task` in the guest's type information.")
        XCTAssertEqual(
            try message("(pid_r)1"), "There is no type `pid_r` in the guest's type information. Did you mean `pid_t`?")
        XCTAssertEqual(
            try message("((struct task *)$p)->pit"),
            "`struct task` has no member `pit`. Did you mean `pid`?")
        XCTAssertEqual(
            try message("$p->pid"),
            "The type of this is `u64`, which has no members; write a cast, as in `((struct NAME *)ADDRESS)->pid`.")
        XCTAssertEqual(
            try message("counter.pid"),
            "The type of this is `u32`, which has no members; write a cast, as in `((struct NAME *)ADDRESS)->pid`.")
        XCTAssertEqual(
            try message("(pid_t)-1"),
            "There is no symbol `pid_t`; a number with a sign is cast in brackets, as in `(pid_t)(-1)`.")
        XCTAssertEqual(try message("nobody.pid"), "There is no symbol `nobody.pid`.")
        XCTAssertEqual(
            try message("*((struct task *)$p)->secret"),
            "`struct opaque` is only declared in the guest's type information: what is in it is not known.")
        XCTAssertEqual(
            try message("((struct task *)$p)->secret->x"),
            "`struct opaque` is only declared in the guest's type information: what is in it is not known.")
        XCTAssertEqual(
            try message("(struct task)$p"),
            "A value cannot be cast to `struct task`; cast an address to a pointer, as in `*(struct task *)ADDRESS`.")
        XCTAssertEqual(
            try message("*(struct task *)$p + 1"),
            "A `struct task` cannot be computed with as a whole; name a member of it, as in `x.MEMBER`.")
        XCTAssertEqual(
            try message("*(struct task *)$p = 1"),
            "`struct task` is no number or pointer that could be set; set its parts one by one.")
        XCTAssertEqual(try message("&((struct task *)$p)->low"), "A bit-field has no address.")
        XCTAssertEqual(
            try message("sizeof(struct opaque)"),
            "`struct opaque` is only declared in the guest's type information: what is in it is not known.")
        XCTAssertEqual(
            try message("($c = *(struct task *)$p).pid = 1").prefix(27), "This is part of a value tha")
        XCTAssertTrue(try message("((struct task *)8)->pid").hasPrefix("Cannot reach"))
    }

    func testTypeNames() throws {
        let context = try context()
        func whatis(_ text: String) throws -> String { try TypeSubject(parsing: text).name(in: context) }
        context.variables["t"] = .pointer(
            GuestVirtualAddress(Self.task),
            to: .described(try XCTUnwrap(context.types?.type(.structure, named: "task"))))
        for (text, expected) in [
            ("struct task", "struct task"), ("struct task *", "struct task *"), ("pid_t", "int"),
            ("pid_t *", "pid_t *"),
            ("$t", "struct task *"), ("*$t", "struct task"), ("$t->tgid", "pid_t"), ("$t->comm", "char [16]"),
            ("$t->fn", "void (*)(struct task *, int)"), ("&$t->comm", "char (*)[16]"), ("$t->matrix[0]", "int [3]"),
            ("&$t->matrix[0]", "int (*)[3]"), ("$t->usage", "atomic_t"), ("$t->color", "enum color"),
            ("$t->low", "int"),
            ("counter", "u32"), ("main", "code"), ("&counter", "u32 *"), ("1", "i64"), ("1.5", "f64"),
            ("unsigned long", "u64"),
            ("$t->pid + 1", "i64"), ("\"abc\"", "char [4]"), ("$v0", "u32 [4]"), ("$nobody", "void"),
            ("(enum color)1", "enum color"), ("$t->name", "const char *"), ("u8 **", "u8 **"), ("$t.tgid", "pid_t"),
        ] { XCTAssertEqual(try whatis(text), expected, text) }
        XCTAssertThrowsError(try TypeSubject(parsing: "$t->pid = 1"))
        XCTAssertThrowsError(try TypeSubject(parsing: "struct task x"))
    }

    func testListing() throws {
        let context = try context()
        func ptype(_ text: String, offsets: Bool = false) throws -> String {
            try TypeSubject(parsing: text).listing(in: context, hasOffsets: offsets).joined(separator: "\n")
        }
        XCTAssertEqual(
            try ptype("struct list_head"),
            "type = struct list_head {\n    struct list_head *next;\n    struct list_head *prev;\n}")
        XCTAssertEqual(try ptype("enum color"), "type = enum color {RED, GREEN, BLUE = 5}")
        XCTAssertEqual(try ptype("pid_t"), "type = int")
        XCTAssertEqual(try ptype("unsigned long"), "type = u64")
        XCTAssertEqual(try ptype("atomic_t *"), "type = struct {...} {\n    int counter;\n} *")
        XCTAssertEqual(try ptype("((struct task *)0)->matrix"), "type = int [2][3]")
        XCTAssertEqual(try ptype("((struct task *)0)->fn"), "type = void (*)(struct task *, int)")
        XCTAssertEqual(
            try ptype("struct task", offsets: true),
            """
            /* offset      |    size */  type = struct task {
            /*      0      |       4 */    int pid;
            /* XXX 4-byte hole       */
            /*      8      |       8 */    unsigned long state;
            /*     16      |      16 */    char comm[16];
            /*     32      |      16 */    struct list_head tasks;
            /*     48      |       8 */    struct task *parent;
            /*     56      |       4 */    enum color color;
            /*     60      |       4 */    enum flags flags;
            /*     64: 0   |       4 */    int low : 3;
            /*     64: 3   |       8 */    unsigned long high : 5;
            /* XXX 1-byte hole       */
            /*     66      |       1 */    _Bool alive;
            /* XXX 5-byte hole       */
            /*     72      |       8 */    union {
            /*                     4 */        int one;
            /*                     8 */        unsigned long two;
                                           };
            /*     80      |       4 */    atomic_t usage;
            /* XXX 4-byte hole       */
            /*     88      |       8 */    void (*fn)(struct task *, int);
            /*     96      |       8 */    const char *name;
            /*    104      |      24 */    int matrix[2][3];
            /*    128      |       8 */    struct opaque *secret;
            /*    136      |       8 */    double weight;
            /*    144      |       4 */    pid_t tgid;
            /* XXX 4-byte hole       */
            /*    152      |       8 */    enum wide wide;
            /*    160      |       0 */    unsigned long data[];

                                           /* total size (bytes):  160 */
                                         }
            """)
    }
}

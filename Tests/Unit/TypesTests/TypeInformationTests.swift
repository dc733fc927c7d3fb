import Testing
import Types

@testable import Support

private func sample() throws -> TypeInformation { try TypeInformation(sampleBTF(), origin: "the sample") }

@Test func typesAreFoundByKeywordAndName() throws {
    let types = try sample()
    #expect(types.type(.structure, named: "task")?.declaration() == "struct task")
    #expect(types.type(.union, named: "task") == nil)
    #expect(types.type(nil, named: "task") == nil)
    #expect(types.type(nil, named: "pid_t")?.declaration() == "pid_t")
    #expect(types.type(nil, named: "unsigned long")?.byteCount == 8)
    #expect(types.type(.enumeration, named: "wide")?.byteCount == 8)
    #expect(types.type(.structure, named: "opaque")?.byteCount == nil)
    #expect(types.names(.structure).sorted() == ["list_head", "task"])
}

@Test func declarationsReadAsInC() throws {
    let task = try #require(try sample().type(.structure, named: "task"))
    let lines = task.members.map { $0.type.declaration(of: $0.name) }
    #expect(
        lines == [
            "int pid", "unsigned long state", "char comm[16]", "struct list_head tasks", "struct task *parent",
            "enum color color", "enum flags flags", "int low", "unsigned long high", "_Bool alive", "union {...}",
            "atomic_t usage", "void (*fn)(struct task *, int)", "const char *name", "int matrix[2][3]",
            "struct opaque *secret", "double weight", "pid_t tgid", "enum wide wide", "unsigned long data[]",
        ])
    #expect(task.member(named: "comm")?.type.declaration() == "char [16]")
    #expect(task.member(named: "fn")?.type.declaration() == "void (*)(struct task *, int)")
    #expect(task.declaration(of: "**") == "struct task **")
}

@Test func membersHaveTheirBits() throws {
    let task = try #require(try sample().type(.structure, named: "task"))
    #expect(task.byteCount == 160)
    #expect(task.member(named: "parent")?.bitOffset == 384)
    #expect(task.member(named: "high")?.bitOffset == 515)
    #expect(task.member(named: "high")?.bitCount == 5)
    #expect(task.member(named: "pid")?.bitCount == nil)
    // A member of the union without a name.
    #expect(task.member(named: "two")?.bitOffset == 576)
    #expect(task.member(named: "nobody") == nil)
}

@Test func aTypeIsSeenThroughItsNames() throws {
    let types = try sample()
    let atomic = try #require(types.type(nil, named: "atomic_t"))
    guard case .composite(isUnion: false) = atomic.shape else {
        Issue.record("no structure")
        return
    }
    #expect(atomic.member(named: "counter")?.bitOffset == 0)
    let color = try #require(types.type(.enumeration, named: "color"))
    #expect(color.enumerators.map { $0.name } == ["RED", "GREEN", "BLUE"])
    #expect(types.type(.enumeration, named: "wide")?.enumerators.first?.bits == 1 << 40)
}

@Test func whatIsNoBTFIsRefusedWithASentence() {
    func message(_ bytes: [UInt8]) -> String {
        do {
            _ = try TypeInformation(bytes, origin: "the file \"x\"")
            return "taken"
        } catch { return error.message }
    }
    let good = sampleBTF()
    #expect(message([]) == "The file \"x\" is no BTF: that begins with the bytes 9f eb.")
    #expect(message(Array("hello, world".utf8)).contains("is no BTF"))
    #expect(message(Array(good.prefix(10))).contains("it ends in its header, after 10 bytes"))
    #expect(message(Array(good.dropLast())).contains("it ends after \(good.count - 1) bytes"))
    #expect(message([0xEB, 0x9F] + good.dropFirst(2)).contains("big-endian"))
    // libbpf says what it makes of a header that is in itself whole.
    var broken = good
    broken[12] = 1
    #expect(message(broken).contains("is damaged BTF; libbpf says: "))
    #expect(message(good + [1, 2, 3]) == "taken")
}

/// What is damaged is refused, or answers with what it has; it never takes long, and never reads outside of the bytes.
@Test(arguments: 0..<4000) func damagedBTFDoesNoHarm(seed: Int) {
    var random = Seeded(state: UInt64(seed))
    var bytes = sampleBTF()
    // Half of them keep their header, so that libbpf gets to see the rest.
    let first = seed % 2 == 0 ? 0 : 24
    for _ in 0..<Int.random(in: 1...8, using: &random) {
        let value =
            Bool.random(using: &random)
            ? UInt8.random(in: 0...40, using: &random) : .random(in: 0...255, using: &random)
        bytes[Int.random(in: first..<bytes.count, using: &random)] = value
    }
    guard let types = try? TypeInformation(bytes, origin: "damaged") else { return }
    for keyword in [TypeKeyword.structure, .union, .enumeration, nil] {
        for name in types.names(keyword) {
            guard let type = types.type(keyword, named: name) else { continue }
            _ = type.declaration(of: "x")
            _ = type.byteCount
            _ = type.shape
            _ = type.member(named: "nobody")
            for member in type.members { _ = member.type.declaration(of: member.name) }
            _ = type.enumerators
        }
    }
}

/// A structure that contains itself, many times, and a typedef of itself.
@Test func whatContainsItselfEnds() throws {
    let builder = BTFBuilder()
    let own = builder.next
    builder.structure("loop", 8, (0..<40).map { _ in ("", own, 0, 0) })
    builder.typedef("endless", builder.next)
    let function = builder.next
    _ = builder.function(returning: builder.void, [Int32](repeating: function + 1, count: 20))
    builder.typedef("pointer", builder.pointer(function))
    let types = try TypeInformation(builder.bytes, origin: "loops")
    #expect(types.type(.structure, named: "loop")?.member(named: "nobody") == nil)
    let endless = try #require(types.type(nil, named: "endless"))
    #expect(endless.declaration() == "endless")
    #expect(endless.byteCount == nil)
    let pointer = try #require(types.type(nil, named: "pointer")?.renamed)
    #expect(pointer.declaration().contains("..."))
}

@Test func structuresWithoutANameAreListedWithTheirMembers() throws {
    let builder = BTFBuilder()
    let time = builder.structure(
        "", 16, [("user", builder.unsignedLong, 0, 0), ("system", builder.unsignedLong, 64, 0)])
    builder.structure(
        "task", 40, [("time", builder.array(time, 2), 0, 0), ("last", builder.pointer(time), 256, 0)])
    let types = try TypeInformation(builder.bytes, origin: "times")
    let lines = TypeListing(try #require(types.type(.structure, named: "task"))).lines
    let members = ["        unsigned long user;", "        unsigned long system;"]
    #expect(
        lines == ["type = struct task {", "    struct {"] + members + ["    } time[2];", "    struct {"] + members
            + ["    } *last;", "}"])
}

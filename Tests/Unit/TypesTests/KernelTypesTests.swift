import Foundation
import Testing
import Types

/// Debian's kernel, where it was fetched for the lab.
private let image: String? = {
    let cache = ProcessInfo.processInfo.environment["XDG_CACHE_HOME"] ?? NSHomeDirectory() + "/.cache"
    let folder = cache + "/kvmdbg/trixie/lab/boot"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.first { $0.hasPrefix("vmlinux-") }.map { folder + "/" + $0 }
}()

@Test(.enabled(if: image != nil)) func theTypesOfDebiansKernel() throws {
    let types = try TypeInformation(path: try #require(image))
    #expect(types.count > 10000)
    let task = try #require(types.type(.structure, named: "task_struct"))
    #expect(try #require(task.byteCount) > 1000)
    #expect(task.member(named: "pid")?.type.declaration(of: "pid") == "pid_t pid")
    #expect(task.member(named: "comm")?.type.declaration(of: "comm") == "char comm[16]")
    #expect(task.member(named: "real_parent")?.type.declaration() == "struct task_struct *")
    #expect(task.member(named: "tasks")?.type.declaration() == "struct list_head")
    #expect(types.type(nil, named: "pid_t")?.shape != nil)
    // A member of a structure without a name in a structure without a name.
    #expect(types.type(.structure, named: "page")?.member(named: "compound_head") != nil)
    #expect(types.enumerator(named: "PIDTYPE_TGID")?.bits == 1)
    for name in types.names(.structure).prefix(5000) {
        let type = try #require(types.type(.structure, named: name))
        #expect(TypeListing(type, hasOffsets: true).lines.count >= 2)
    }
}

import Guest
import RISCV

/// What a Linux guest knows of itself, by the kernel's symbols and the types of its BTF.
extension Session {
    /// The version, `linux_banner`, without the line's end. Throws `.linux`.
    public func linuxBanner() throws(DebuggerError) -> String {
        let text = try linuxText("&linux_banner", "the kernel's version")
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }

    /// The command line as the kernel got it, `saved_command_line`. Throws `.linux`.
    public func linuxCommandLine() throws(DebuggerError) -> String {
        try linuxText("*(u64 *)&saved_command_line", "the command line")
    }

    /// The task that the current vCPU executes: by `tp` in S-mode, where the kernel keeps it, and by `sscratch` in U-mode
    /// (`arch/riscv/kernel/entry.S`). Throws `.linux` and `.target`.
    public func linuxCurrentTask() throws(DebuggerError) -> LinuxTask {
        let isUser = try registerValue(.mode) == PrivilegeMode.user.rawValue
        // In the first instructions of a trap from U-mode the two are not yet exchanged; tp is then the user's.
        let pointer = isUser ? try registerValue(.sscratch) : try integerRegister(4)
        return try linuxTask(GuestVirtualAddress(pointer))
    }

    /// All tasks: each process's first thread, in the kernel's order, `limit` at most, and whether there are more. Throws `.linux`.
    public func linuxTasks(limit: Int) throws(DebuggerError) -> (tasks: [LinuxTask], isCut: Bool) {
        let what = "the list of tasks"
        let offset = try linuxNumber("(u64)&((struct task_struct *)0)->tasks", what)
        let head = try linuxNumber("(u64)&init_task", what)
        var tasks = [try linuxTask(GuestVirtualAddress(head))]
        var next = try linuxNumber("(u64)((struct task_struct *)\(head))->tasks.next", what)
        while next != head &+ offset {
            if tasks.count == limit { return (tasks, true) }
            let task = next &- offset
            tasks.append(try linuxTask(GuestVirtualAddress(task)))
            next = try linuxNumber("(u64)((struct task_struct *)\(task))->tasks.next", what)
        }
        return (tasks, false)
    }

    /// The task whose `task_struct` is at `address`. Throws `.linux`.
    private func linuxTask(_ address: GuestVirtualAddress) throws(DebuggerError) -> LinuxTask {
        let task = "((struct task_struct *)\(address.value))"
        let what = "the task at \(address.description)"
        let place = GuestVirtualAddress(try linuxNumber("(u64)&\(task)->comm", what))
        let name: [UInt8]
        do throws(EvaluationFailure) { name = try GuestString.read(at: .virtual(place), limit: 16, in: self) } catch {
            throw .linux(what, error.message)
        }
        return LinuxTask(
            address: address, thread: try linuxNumber("\(task)->pid", what),
            process: try linuxNumber("\(task)->tgid", what), name: String(decoding: name, as: UTF8.self),
            state: try linuxNumber("\(task)->__state", what))
    }

    private func linuxText(_ address: String, _ what: String) throws(DebuggerError) -> String {
        let place = GuestVirtualAddress(try linuxNumber("(u64)(" + address + ")", what))
        do throws(EvaluationFailure) {
            return String(decoding: try GuestString.read(at: .virtual(place), in: self), as: UTF8.self)
        } catch { throw .linux(what, error.message) }
    }

    /// The number that `text`, an expression, is. Throws `.linux`.
    private func linuxNumber(_ text: String, _ what: String) throws(DebuggerError) -> UInt64 {
        do throws(ExpressionError) {
            guard let bits = try Expression(parsing: text).evaluate(in: self).bits else {
                throw ExpressionError("`\(text)` is no number.", at: SourceSpan(0, text.utf8.count))
            }
            return bits
        } catch { throw .linux(what, error.message) }
    }
}

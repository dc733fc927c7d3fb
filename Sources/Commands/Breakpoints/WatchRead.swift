import Debugger

/// `rwatch EXPR [if COND]`: watch for reads.
enum WatchRead {
    static var command: Command {
        Watch.command(
            .read, "Stop the guest when a value in memory is read",
            """
            Stops the guest when an instruction reads the value in memory that the expression stands for; its own writing does not
            count. All as with "watch", but for the cost: loads from the page cost an exit and some registers, and code that
            lies in the same page is stepped. Each vector load and store that touches the page stops the guest: which bytes
            of it they touch is not found out.
            """)
    }
}

/// `awatch EXPR [if COND]`: watch for reads and writes.
enum WatchAccess {
    static var command: Command {
        Watch.command(
            .access, "Stop the guest when a value in memory is read or written",
            """
            Stops the guest when an instruction reads or writes the value in memory that the expression stands for, be it with the
            value that is there already. All as with "watch", but for the cost, which is that of "rwatch".
            """)
    }
}

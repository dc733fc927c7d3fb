import CHost

/// Ends the process with an exit status; what a byte sink holds must have been flushed.
public func endProcess(with code: Int32) -> Never { exit(code) }

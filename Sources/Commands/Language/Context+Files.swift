import Debugger
import Host

extension Context {
    /// Brings the files of traces, and the one of the console, up to date; tells of one that could not be written.
    public func flushFiles() {
        if let failure = tracer.flush() {
            session.observe(tracer.kinds, by: tracer)
            line("Warning: \(failure.message) Nothing is traced there any more.")
        }
        if let failure = console.flush() {
            line("Warning: \(failure.message) The console is not written there any more.")
        }
    }
}

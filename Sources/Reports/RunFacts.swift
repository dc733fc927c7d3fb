/// What a run is, for the reports that say it.
public struct RunFacts {
    /// What is run: the script's file name.
    public var name: String
    /// The program and its version: "kvmdbg 0.1.0".
    public var program: String
    /// The host's name.
    public var hostName: String
    /// When it began, in UTC: "2026-11-25T14:30:00".
    public var timestamp: String
    /// What the host is and can do, by name.
    public var properties: [(name: String, value: String)]
    /// Nanoseconds since some time in the past.
    public var clock: () -> UInt64

    /// A run of `name`.
    public init(
        name: String, program: String, hostName: String, timestamp: String,
        properties: [(name: String, value: String)], clock: @escaping () -> UInt64
    ) {
        self.name = name
        self.program = program
        self.hostName = hostName
        self.timestamp = timestamp
        self.properties = properties
        self.clock = clock
    }
}

/// A time that passes from when it is made.
struct Stopwatch {
    private let clock: () -> UInt64
    private let start: UInt64

    init(_ clock: @escaping () -> UInt64) {
        self.clock = clock
        start = clock()
    }

    /// The seconds that have passed, to the microsecond: "0.001250".
    var seconds: String {
        let microseconds = (clock() &- start) / 1000
        let fraction = "\(microseconds % 1_000_000)"
        return "\(microseconds / 1_000_000)." + String(repeating: "0", count: 6 - fraction.utf8.count) + fraction
    }

    /// The same to the millisecond, which is all that Jenkins takes: "0.001".
    var roughly: String { String(decoding: seconds.utf8.dropLast(3), as: UTF8.self) }
}

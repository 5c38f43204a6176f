#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

#if canImport(Glibc)
    private let openFiles = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
#else
    private let openFiles = RLIMIT_NOFILE
#endif

/// The limit of open files of the process, and what it leaves for connections.
///
/// Sockets, event loops and files share one limit. The network library ends the process when there is none left for an
/// event loop, so that has to be known before.
package struct OpenFiles: Sendable, Hashable {
    /// How many files the process may have open.
    package var limit: Int
    /// How many it has open.
    package var used: Int

    /// A process with that limit and so many open files.
    package init(limit: Int, used: Int) {
        self.limit = limit
        self.used = used
    }

    /// Those of this process now.
    package static var current: OpenFiles {
        let limit = Int(clamping: limits?.rlim_cur ?? 256)
        // An exact count does not matter where thousands are allowed.
        let probed = min(limit, 1_024)
        return OpenFiles(limit: limit, used: (0..<Int32(probed)).count { fcntl($0, F_GETFD) >= 0 })
    }

    /// Raises the limit to what the system allows without privileges.
    package static func raiseLimit() {
        guard var limits, limits.rlim_cur < limits.rlim_max else { return }
        limits.rlim_cur = min(limits.rlim_max, 65_536)
        _ = setrlimit(openFiles, &limits)
    }

    private static var limits: rlimit? {
        var limits = rlimit()
        return getrlimit(openFiles, &limits) == 0 ? limits : nil
    }

    /// The most connections of a run with `jobs` scenarios at a time on a machine with so many `cores`.
    ///
    /// - Parameter isMock: Whether the server is in the same process, so that a connection takes two files.
    /// - Returns: 0 when not even one is possible.
    package func connections(jobs: Int, cores: Int, isMock: Bool) -> Int {
        let left = limit - used - Self.needed(cores: cores, lanes: min(jobs, cores))
        return max(0, min(jobs, left / (isMock ? 2 : 1)))
    }

    /// What a server in this process needs on a machine with so many `cores`, with a first connection.
    package static func neededToServe(cores: Int) -> Int { needed(cores: cores, lanes: 0) + 1 }

    /// Three files for each event loop, those of the process and of the lanes, and two for each lane to itself; others
    /// for the journal, reports and names of hosts.
    private static func needed(cores: Int, lanes: Int) -> Int { 3 * cores + 5 * lanes + 12 }

    /// What is said when the limit is too low to begin.
    static func tooFew(_ files: OpenFiles, needed: Int) -> HarnessError {
        .notPossible(
            "process.open-files",
            "only \(files.limit) files may be open at a time, but at least \(needed) are needed",
            help: "raise the limit: ulimit -n 1024")
    }
}

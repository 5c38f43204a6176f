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

/// The process's limit of open files, from which the number of possible connections follows.
///
/// Sockets, event loops and files share one limit. The network library ends the process when no file is left for an
/// event loop, so the limit has to be checked before.
package struct OpenFiles: Sendable, Hashable {
    /// The maximum number of open files.
    package var limit: Int
    /// The number of files that are open.
    package var used: Int

    /// A process with this limit and this number of open files.
    package init(limit: Int, used: Int) {
        self.limit = limit
        self.used = used
    }

    /// The limit and number of open files of this process now.
    package static var current: OpenFiles {
        let limit = Int(clamping: limits?.rlim_cur ?? 256)
        // The exact count is not needed where thousands are allowed.
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

    /// The maximum number of connections of a run with `jobs` scenarios at a time on a machine with `cores` cores.
    ///
    /// - Parameter isMock: Whether the server is in the same process; a connection takes two files then.
    /// - Returns: 0 when no connection is possible.
    package func connections(jobs: Int, cores: Int, isMock: Bool) -> Int {
        let left = limit - used - Self.needed(cores: cores, lanes: min(jobs, cores))
        return max(0, min(jobs, left / (isMock ? 2 : 1)))
    }

    /// The files that a server in this process needs on a machine with `cores` cores, including a first connection.
    package static func neededToServe(cores: Int) -> Int { needed(cores: cores, lanes: 0) + 1 }

    /// Each event loop takes three files. The process has one event loop per core, and each lane has one more. Each
    /// lane takes two files of its own. The rest is for the journal, reports and host name lookups.
    private static func needed(cores: Int, lanes: Int) -> Int { 3 * cores + 5 * lanes + 12 }

    /// The error when the limit is too low to start.
    static func tooFew(_ files: OpenFiles, needed: Int) -> HarnessError {
        .notPossible(
            "process.open-files",
            "only \(files.limit) files may be open at a time, but at least \(needed) are needed",
            help: "raise the limit: ulimit -n 1024")
    }
}

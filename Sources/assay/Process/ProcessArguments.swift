#if canImport(Glibc)
    @preconcurrency import Glibc
#elseif canImport(Musl)
    @preconcurrency import Musl
#elseif canImport(Darwin)
    @preconcurrency import Darwin
#endif

/// The arguments of the process.
///
/// The runtime of Swift reads them from `/proc/self/cmdline`. Where `/proc` is not mounted (a chroot, some sandboxes) it
/// has none, and the command would run as if it had been called without any.
enum ProcessArguments {
    /// The arguments, the name of the program first; empty where they cannot be read.
    static let all = read() ?? []

    /// The arguments, the name of the program first; `nil` where they cannot be read.
    static func read() -> [String]? {
        let arguments = CommandLine.arguments
        return arguments.isEmpty ? besideEnvironment() : arguments
    }

    /// The arguments as the kernel has put them in front of the environment (System V ABI, section "Initial process
    /// stack"): their count, a pointer to each, a null pointer, and then the environment.
    ///
    /// A count that matches the number of pointers shows that the environment has not been moved since.
    private static func besideEnvironment() -> [String]? {
        #if os(Linux)
            let words = UnsafeRawPointer(environ)
            let size = MemoryLayout<UInt>.size
            func word(_ place: Int) -> UInt { words.load(fromByteOffset: -place * size, as: UInt.self) }
            guard word(1) == 0 else { return nil }
            for count in 1...4_096 where word(count + 2) == UInt(count) {
                return (0..<count).reversed().compactMap { place in
                    UnsafePointer<CChar>(bitPattern: word(place + 2)).map { String(cString: $0) }
                }
            }
            return nil
        #else
            return nil
        #endif
    }
}

/// The three standard streams, which whoever starts the process may have closed.
enum StandardStreams {
    /// Makes a failing write an error that is reported, instead of a signal or a write into another file.
    static func prepare() {
        // A reader that has gone away fails the write and does not end the process.
        signal(SIGPIPE, SIG_IGN)
        // A file that grows beyond the limit of the process is a write that fails, as on a full disk.
        signal(SIGXFSZ, SIG_IGN)
        // A file that is opened later must not get the number of a stream that is closed. Writing to the replacement
        // of standard output fails, as it would have.
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) < 0 {
            _ = open("/dev/null", descriptor == STDERR_FILENO ? O_WRONLY : O_RDONLY)
        }
    }
}

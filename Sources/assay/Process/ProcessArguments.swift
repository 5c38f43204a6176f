#if canImport(Glibc)
    @preconcurrency import Glibc
#elseif canImport(Musl)
    @preconcurrency import Musl
#elseif canImport(Darwin)
    @preconcurrency import Darwin
#endif

/// The arguments of the process.
///
/// The Swift runtime reads them from `/proc/self/cmdline`. Where `/proc` is not mounted (a chroot, some sandboxes), the
/// runtime returns none, and the command would run without its arguments.
enum ProcessArguments {
    /// The arguments, starting with the name of the program; empty where they cannot be read.
    static let all = read() ?? []

    /// The arguments, starting with the name of the program; `nil` where they cannot be read.
    static func read() -> [String]? {
        let arguments = CommandLine.arguments
        return arguments.isEmpty ? besideEnvironment() : arguments
    }

    /// The arguments that the kernel puts in front of the environment (System V ABI, section "Initial process stack"):
    /// their count, a pointer to each, a null pointer, and then the environment.
    ///
    /// If the count matches the number of pointers, the environment has not been moved.
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

/// The three standard streams. The parent process may have closed some of them.
enum StandardStreams {
    /// Makes a failing write an error that is reported, instead of a signal or a write into another file.
    static func prepare() {
        // A closed pipe makes the write fail and does not end the process.
        signal(SIGPIPE, SIG_IGN)
        // A file that exceeds the size limit of the process makes the write fail, as on a full disk.
        signal(SIGXFSZ, SIG_IGN)
        // A file that is opened later must not get the number of a closed stream. Writing to the replacement of
        // standard output fails, as it would without it.
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) < 0 {
            _ = open("/dev/null", descriptor == STDERR_FILENO ? O_WRONLY : O_RDONLY)
        }
    }
}

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The three standard streams, which whoever starts the process may have closed.
enum StandardStreams {
    /// Makes a failing write an error that is reported, instead of a signal or a write into another file.
    static func prepare() {
        // A reader that has gone away fails the write and does not end the process.
        signal(SIGPIPE, SIG_IGN)
        // A file that grows beyond the limit of the process is a write that fails, as on a full disk.
        signal(SIGXFSZ, SIG_IGN)
        // A file that is opened later must not get the number of a stream that is closed. Writing to what stands in
        // for standard output fails, as it would have.
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) < 0 {
            _ = open("/dev/null", descriptor == STDERR_FILENO ? O_WRONLY : O_RDONLY)
        }
    }
}

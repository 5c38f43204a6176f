#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Inputs that a user names on the command line, wherever they lie.
package enum InputFile {
    /// The largest input that is read, in bytes.
    static let limit = 256 << 20

    /// The bytes of a file, or of standard input for `-`.
    ///
    /// - Throws: `HarnessError` (exit 2) when it cannot be read, or is too large.
    package static func bytes(of path: String) throws(HarnessError) -> [UInt8] {
        guard !path.utf8.elementsEqual("-".utf8) else { return try content(of: STDIN_FILENO, path) }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable(path, String(cString: strerror(errno))) }
        defer { close(descriptor) }
        return try content(of: descriptor, path)
    }

    private static func content(of descriptor: Int32, _ path: String) throws(HarnessError) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw unreadable(path, String(cString: strerror(errno))) }
            guard count > 0 else { return bytes }
            bytes.append(contentsOf: chunk[..<count])
            guard bytes.count <= limit else { throw unreadable(path, "it has more than \(limit) bytes") }
        }
    }

    private static func unreadable(_ path: String, _ reason: String) -> HarnessError {
        let name = path.utf8.elementsEqual("-".utf8) ? "standard input" : path
        return .wrongInput("validate.input", "\(name) cannot be read: \(reason)")
    }
}

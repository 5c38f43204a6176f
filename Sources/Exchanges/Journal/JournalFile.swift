internal import Diagnostics
internal import Primitives
internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// An open, locked file to which complete lines are appended.
struct JournalFile: Sendable {
    private let descriptor: FileDescriptor
    private let path: String

    /// Opens `path` exclusively and empties it. With `keeping`, the file must exist, and only an incomplete last line
    /// is removed.
    init(path: String, keeping: Bool = false) throws(JournalError) {
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw JournalError(
                Diagnostic(
                    "journal.open", .error, "the path of the journal is empty or contains a NUL character",
                    help: "name a file")
            )
        }
        let descriptor: FileDescriptor
        do {
            let options: FileDescriptor.OpenOptions =
                keeping ? [.append, .nonBlocking] : [.append, .nonBlocking, .create]
            descriptor = try FileDescriptor.opened(path, .readWrite, options: options)
        } catch {
            throw Self.failure("opened", path, error)
        }
        guard flock(descriptor.rawValue, LOCK_EX | LOCK_NB) == 0 else {
            let reason = Errno(rawValue: errno)
            try? descriptor.close()
            guard reason == .wouldBlock else { throw Self.failure("locked", path, reason) }
            throw JournalError(
                Diagnostic(
                    "journal.locked", .error,
                    "another run is writing the journal '\(path)'",
                    help: "wait for that run to end, or name another file with --journal"
                )
            )
        }
        if let size = Self.size(of: descriptor),
            let reason = Self.cut(descriptor, to: keeping ? Self.endOfLastLine(descriptor, size: size) : 0)
        {
            try? descriptor.close()
            throw Self.failure("emptied", path, reason)
        }
        self.descriptor = descriptor
        self.path = path
    }

    /// The size in bytes; `nil` for a pipe or device, which cannot be cut.
    private static func size(of descriptor: FileDescriptor) -> Int64? {
        var status = stat()
        guard fstat(descriptor.rawValue, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int64(status.st_size)
    }

    /// Removes everything after `size` bytes; returns the reason if that fails.
    private static func cut(_ descriptor: FileDescriptor, to size: Int64) -> Errno? {
        do { try descriptor.resize(to: size) } catch { return error as? Errno ?? .ioError }
        return nil
    }

    /// The end of the last complete line; 0 if there is none.
    private static func endOfLastLine(_ descriptor: FileDescriptor, size: Int64) -> Int64 {
        var end = size
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while end > 0 {
            let start = max(0, end - Int64(piece.count))
            let count = piece.withUnsafeMutableBytes { buffer in
                let wanted = UnsafeMutableRawBufferPointer(rebasing: buffer[..<Int(end - start)])
                return (try? descriptor.read(fromAbsoluteOffset: start, into: wanted)) ?? 0
            }
            guard count > 0 else { return size }
            if let feed = piece[..<count].lastIndex(of: 0x0A) { return start + Int64(feed) + 1 }
            end = start
        }
        return 0
    }

    /// Appends a line that ends in a line feed. A line that cannot be written completely is removed again.
    func append(_ line: [UInt8]) throws(JournalError) {
        let (written, failure) = descriptor.writeAll(line)
        guard let failure else { return }
        if written > 0, let size = Self.size(of: descriptor) {
            // If this fails as well, readers ignore the incomplete line.
            _ = Self.cut(descriptor, to: size - Int64(written))
        }
        throw Self.failure("written", path, failure)
    }

    /// Closes the file, which releases the lock.
    func close() {
        try? descriptor.close()
    }

    private static func failure(_ action: String, _ path: String, _ reason: Errno) -> JournalError {
        let help =
            switch reason {
            case .noSpace, .diskQuotaExceeded:
                "free disk space, or name a file on another disk with --journal; the exchanges written so far are kept"
            case .noSuchFileOrDirectory: "create the folder, or name another file with --journal"
            case .permissionDenied, .notPermitted, .readOnlyFileSystem:
                "name a file in a writable folder with --journal"
            case .isDirectory: "name a file, not a folder, with --journal"
            default: "name another file with --journal"
            }
        return JournalError(
            Diagnostic(
                "journal.\(action == "written" ? "write" : "open")", .error,
                "the journal '\(path)' cannot be \(action): \(reason)", help: help)
        )
    }
}

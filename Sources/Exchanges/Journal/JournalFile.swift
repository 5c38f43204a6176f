internal import Diagnostics

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// An open, locked file to which complete lines are appended.
struct JournalFile: Sendable {
    private let descriptor: Int32
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
        let flags = O_RDWR | O_APPEND | O_CLOEXEC | O_NONBLOCK
        let descriptor = open(path, keeping ? flags : flags | O_CREAT, 0o600)
        guard descriptor >= 0 else { throw Self.failure("opened", path, errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            _ = closeDescriptor(descriptor)
            guard code == EWOULDBLOCK else { throw Self.failure("locked", path, code) }
            throw JournalError(
                Diagnostic(
                    "journal.locked", .error,
                    "another run is writing the journal '\(path)'",
                    help: "wait for that run to end, or name another file with --journal"
                )
            )
        }
        var status = stat()
        if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            ftruncate(descriptor, keeping ? Self.endOfLastLine(descriptor, size: status.st_size) : 0) != 0
        {
            let code = errno
            _ = closeDescriptor(descriptor)
            throw Self.failure("emptied", path, code)
        }
        self.descriptor = descriptor
        self.path = path
    }

    /// The end of the last complete line; 0 if there is none.
    private static func endOfLastLine(_ descriptor: Int32, size: off_t) -> off_t {
        var end = size
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while end > 0 {
            let start = max(0, end - off_t(chunk.count))
            let count = pread(descriptor, &chunk, Int(end - start), start)
            guard count > 0 else { return size }
            if let feed = chunk[..<count].lastIndex(of: 0x0A) { return start + off_t(feed) + 1 }
            end = start
        }
        return 0
    }

    /// Appends a line that ends in a line feed. A line that cannot be written completely is removed again.
    func append(_ line: [UInt8]) throws(JournalError) {
        var written = 0
        let code = line.withUnsafeBytes { buffer -> Int32? in
            while written < buffer.count {
                let count = write(descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
                if count > 0 {
                    written += count
                } else if count < 0, errno == EINTR {
                    continue
                } else {
                    return count < 0 ? errno : EIO
                }
            }
            return nil
        }
        guard let code else { return }
        var status = stat()
        if written > 0, fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG {
            // If this fails as well, readers ignore the incomplete line.
            _ = ftruncate(descriptor, status.st_size - off_t(written))
        }
        throw Self.failure("written", path, code)
    }

    /// Closes the file, which releases the lock.
    func close() {
        _ = closeDescriptor(descriptor)
    }

    private static func failure(_ action: String, _ path: String, _ code: Int32) -> JournalError {
        let help =
            switch code {
            case ENOSPC, EDQUOT:
                "free disk space, or name a file on another disk with --journal; the exchanges written so far are kept"
            case ENOENT: "create the folder, or name another file with --journal"
            case EACCES, EPERM, EROFS: "name a file in a writable folder with --journal"
            case EISDIR: "name a file, not a folder, with --journal"
            default: "name another file with --journal"
            }
        let reason = String(cString: strerror(code))
        return JournalError(
            Diagnostic(
                "journal.\(action == "written" ? "write" : "open")", .error,
                "the journal '\(path)' cannot be \(action): \(reason)", help: help)
        )
    }
}

/// The system's `close`, which a method with that name would hide.
private func closeDescriptor(_ descriptor: Int32) -> Int32 {
    close(descriptor)
}

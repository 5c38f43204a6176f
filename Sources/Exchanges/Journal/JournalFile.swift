internal import Diagnostics

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// An open, locked file that whole lines are appended to.
struct JournalFile: Sendable {
    private let descriptor: Int32
    private let path: String

    /// Opens `path` for this process alone and empties it.
    init(path: String) throws(JournalError) {
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw JournalError(
                Diagnostic(
                    "journal.open", .error, "The path of the journal is empty or holds a NUL.", help: "Name a file.")
            )
        }
        let descriptor = open(path, O_CREAT | O_RDWR | O_APPEND | O_CLOEXEC | O_NONBLOCK, 0o600)
        guard descriptor >= 0 else { throw Self.failure("opened", path, errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            _ = closeDescriptor(descriptor)
            guard code == EWOULDBLOCK else { throw Self.failure("locked", path, code) }
            throw JournalError(
                Diagnostic(
                    "journal.locked", .error,
                    "The journal \(path) is being written by another run.",
                    help: "Wait for that run to end, or name another file with --journal."
                )
            )
        }
        var status = stat()
        if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, ftruncate(descriptor, 0) != 0 {
            let code = errno
            _ = closeDescriptor(descriptor)
            throw Self.failure("emptied", path, code)
        }
        self.descriptor = descriptor
        self.path = path
    }

    /// Appends `line` and a line feed.
    func append(_ line: String) throws(JournalError) {
        var bytes = Array(line.utf8)
        bytes.append(0x0A)
        let code = bytes.withUnsafeBytes { buffer -> Int32? in
            var written = 0
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
        if let code { throw Self.failure("written", path, code) }
    }

    /// Closes the file, which gives the lock back.
    func close() {
        _ = closeDescriptor(descriptor)
    }

    private static func failure(_ action: String, _ path: String, _ code: Int32) -> JournalError {
        let help =
            switch code {
            case ENOSPC, EDQUOT:
                "Make room, or name a file on another disk with --journal. What was written before is kept."
            case ENOENT: "Create the folder, or name another file with --journal."
            case EACCES, EPERM, EROFS: "Name a file in a folder that can be written with --journal."
            case EISDIR: "Name a file, not a folder, with --journal."
            default: "Name another file with --journal."
            }
        let reason = String(cString: strerror(code))
        return JournalError(
            Diagnostic(
                "journal.\(action == "written" ? "write" : "open")", .error,
                "The journal \(path) cannot be \(action): \(reason).", help: help)
        )
    }
}

/// The system's `close`, which a method of that name would hide.
private func closeDescriptor(_ descriptor: Int32) -> Int32 {
    close(descriptor)
}

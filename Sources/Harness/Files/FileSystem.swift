import Primitives
import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The few reads and writes that a run needs of the file system.
enum FileSystem {
    /// Whether `path` exists below `folder`.
    static func exists(_ path: String, in folder: String) -> Bool {
        access(joined(folder, path), F_OK) == 0
    }

    /// Whether `path` below `folder` is a folder.
    static func isFolder(_ path: String, in folder: String) -> Bool {
        var status = stat()
        return stat(joined(folder, path), &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Whether there is a file at `path` that is neither link, folder nor device.
    static func isRegularFile(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// The path with links and dots resolved; `nil` when it does not exist.
    static func realPath(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(validatingCString: resolved)
    }

    /// `path` below `folder`; an absolute path is returned as it is.
    static func joined(_ folder: String, _ path: String) -> String {
        path.utf8.first == UInt8(ascii: "/") ? path : folder + "/" + path
    }

    /// Makes a folder and those above it; existing ones are left alone.
    ///
    /// - Returns: the reason when it cannot be made.
    static func makeFolder(_ path: String) -> String? {
        var made = path.utf8.first == UInt8(ascii: "/") ? "/" : ""
        for part in path.split(separator: "/") {
            made += (made.isEmpty || made == "/" ? "" : "/") + part
            if mkdir(made, 0o777) != 0, errno != EEXIST {
                return reason()
            }
        }
        return nil
    }

    /// Writes a file as a whole: readers see the old one or the new one, never half of it.
    ///
    /// - Parameter isNamedByUser: Whether links are followed and what is not a file, such as `/dev/null` or a pipe, is
    ///   written to. Elsewhere all of them are replaced, so that nothing in a project leads out of it or makes a run wait.
    /// - Returns: the reason when it cannot be written.
    static func write(
        _ text: String, to path: String, isNamedByUser: Bool = false, isPrivate: Bool = false
    ) -> String? {
        write(to: path, isNamedByUser: isNamedByUser, isPrivate: isPrivate) { $0.write(Array(text.utf8)) }
    }

    /// Writes a file as a whole, as ``write(_:to:isNamedByUser:)`` does, with what `content` writes piece by piece.
    ///
    /// - Returns: the reason when it cannot be written.
    static func write(
        to path: String, isNamedByUser: Bool = false, isPrivate: Bool = false, _ content: (OpenFile) -> Void
    ) -> String? {
        var target = path
        if isNamedByUser {
            // `/dev/stdout` may lead to a file that others write as well.
            if path.utf8.starts(with: "/dev/".utf8) || isSpecial(path) {
                return fill(path, with: content, options: .append)
            }
            target = realPath(path) ?? path
        }
        // A name of its own for each writing: two runs may end in one folder at the same time.
        let temporary = "\(target).\(String(UInt64.random(in: .min ... .max), radix: 36)).new"
        let everybody: FilePermissions = [.ownerReadWrite, .groupReadWrite, .otherReadWrite]
        var failure = fill(
            temporary, with: content, options: [.create, .exclusiveCreate],
            permissions: isPrivate ? .ownerReadWrite : everybody)
        if failure == nil, !isPrivate { keepMode(of: target, on: temporary) }
        if failure == nil, rename(temporary, target) != 0 { failure = reason() }
        if failure != nil { unlink(temporary) }
        return failure
    }

    /// Gives the file that replaces another one its permissions.
    private static func keepMode(of replaced: String, on path: String) {
        var status = stat()
        guard lstat(replaced, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return }
        _ = chmod(path, status.st_mode & 0o777)
    }

    /// Why a file that a user names cannot be written, as far as can be known without changing anything.
    static func obstacle(to path: String) -> String? {
        if path.utf8.starts(with: "/dev/".utf8) || isSpecial(path) { return access(path, W_OK) == 0 ? nil : reason() }
        let target = realPath(path) ?? path
        if isFolder(target, in: ".") { return describe(EISDIR) }
        // The file is written under another name first, and renamed.
        let parts = target.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let folder = target.utf8.dropLast(parts.last?.count ?? 0)
        let parent = folder.isEmpty ? "." : String(Substring(folder))
        return access(parent, W_OK | X_OK) == 0 ? nil : reason()
    }

    /// Moves a file; an existing one is replaced.
    ///
    /// - Returns: whether it existed and was moved.
    static func move(_ path: String, to other: String) -> Bool {
        rename(path, other) == 0
    }

    /// Removes a file, if it exists.
    static func remove(_ path: String) {
        unlink(path)
    }

    /// Whether files can be made in an existing folder.
    static func isWritable(_ folder: String) -> Bool {
        access(folder, W_OK | X_OK) == 0
    }

    /// Writes all of `bytes` to standard output.
    ///
    /// - Returns: the reason when that fails.
    static func writeToStandardOutput(_ bytes: [UInt8]) -> String? {
        let file = OpenFile(.standardOutput)
        file.write(bytes)
        return file.failure
    }

    /// Whether a path leads to something that is neither file nor folder.
    private static func isSpecial(_ path: String) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else { return false }
        return status.st_mode & S_IFMT != S_IFREG && status.st_mode & S_IFMT != S_IFDIR
    }

    /// Opens a file, writes everything, and closes it.
    private static func fill(
        _ path: String, with content: (OpenFile) -> Void, options: FileDescriptor.OpenOptions,
        permissions: FilePermissions = .ownerReadWrite
    ) -> String? {
        do throws(Errno) {
            let descriptor = try FileDescriptor.opened(path, .writeOnly, options: options, permissions: permissions)
            let file = OpenFile(descriptor)
            content(file)
            let failure = file.failure
            do { try descriptor.close() } catch { return failure ?? reason() }
            return failure
        } catch {
            return error.description
        }
    }

    /// A file that is being written. What comes after a failure is left out.
    final class OpenFile {
        private let descriptor: FileDescriptor
        /// Why it cannot be written; `nil` as long as it can.
        private(set) var failure: String?

        fileprivate init(_ descriptor: FileDescriptor) {
            self.descriptor = descriptor
        }

        /// Appends `bytes`.
        func write(_ bytes: [UInt8]) {
            var rest = bytes
            while failure == nil {
                let (written, reason) = descriptor.writeAll(rest)
                guard let reason else { return }
                rest.removeFirst(written)
                if reason == .wouldBlock {
                    // Another process made the stream non-blocking.
                    var waiting = pollfd(fd: descriptor.rawValue, events: Int16(POLLOUT), revents: 0)
                    poll(&waiting, 1, 1_000)
                } else {
                    failure = reason.description
                }
            }
        }
    }

    /// Why a file cannot be read.
    struct ReadProblem: Error {
        var reason: String
    }

    /// The content of a file of at most `limit` bytes.
    static func read(_ path: String, limit: Int) -> Result<[UInt8], ReadProblem> {
        do throws(Errno) {
            guard let bytes = try FileDescriptor.bytes(of: path, options: .nonBlocking, limit: limit) else {
                return .failure(ReadProblem(reason: "it has more than \(limit) bytes"))
            }
            return .success(bytes)
        } catch {
            return .failure(ReadProblem(reason: error.description))
        }
    }

    /// The files below `folder` whose names end in `suffix`, in code unit order, as paths relative to `root`.
    ///
    /// Hidden files, links and anything deeper than eight folders are left out.
    static func files(in folder: String, of root: String, suffix: String, depth: Int = 0) -> [String] {
        guard depth <= 8, let stream = opendir(joined(root, folder)) else { return [] }
        defer { closedir(stream) }
        var found: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
            }
            guard name.utf8.first != UInt8(ascii: ".") else { continue }
            let path = folder == "." ? name : folder + "/" + name
            var status = stat()
            guard lstat(joined(root, path), &status) == 0 else { continue }
            switch status.st_mode & S_IFMT {
            case S_IFDIR: found += files(in: path, of: root, suffix: suffix, depth: depth + 1)
            case S_IFREG where name.utf8.reversed().starts(with: suffix.utf8.reversed()): found.append(path)
            default: break
            }
        }
        return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private static func reason() -> String {
        describe(errno)
    }

    private static func describe(_ code: Int32) -> String {
        String(cString: strerror(code))
    }
}

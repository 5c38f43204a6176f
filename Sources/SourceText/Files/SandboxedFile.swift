#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Opens files safely: neither the path nor the file found there can lead outside the root or block the process.
enum SandboxedFile {
    /// Returns the bytes of a regular file inside `root`. When `folders` is given, the file must be inside one of them.
    static func bytes(
        of path: String,
        below root: String,
        folders: [String]? = nil,
        limit: Int
    ) throws(FileRefusal) -> [UInt8] {
        guard !path.utf8.contains(0) else { throw .malformedPath }
        guard let realRoot = realPath(root) else { throw .noRoot(root) }
        guard let lexical = relativePath(of: path, below: root) else { throw .outside }
        let absolute = root + "/" + lexical
        guard let real = realPath(absolute) else {
            throw .unreadable(code: errno)
        }
        guard let inside = components(of: real, inside: realRoot) else { throw .outside }
        if let folders {
            let isAllowed = folders.contains { folder in
                realPath(root + "/" + folder).map { components(of: real, inside: $0) != nil } ?? false
            }
            guard isAllowed else { throw .outside }
        }
        let descriptor = try open(inside, below: realRoot)
        defer { close(descriptor) }
        return try content(of: descriptor, limit: limit)
    }

    /// Returns `path` relative to `root`, computed from the text alone; `nil` if the path leaves the root.
    static func relativePath(of path: String, below root: String) -> String? {
        var parts = normalised(path)
        if path.utf8.first == UInt8(ascii: "/") {
            let isAbsolute = root.utf8.first == UInt8(ascii: "/")
            let bases = [isAbsolute ? root : nil, realPath(root)].compactMap { $0.map { normalised($0) } }
            guard let base = bases.first(where: { starts(parts, with: $0) }) else { return nil }
            parts = Array(parts.dropFirst(base.count))
        }
        if parts.first?.elementsEqual("..".utf8) == true {
            // A path may leave the root and come back through the root's own name.
            guard let real = realPath(root) else { return nil }
            let (whole, base) = (normalised(real + "/" + path), normalised(real))
            guard starts(whole, with: base) else { return nil }
            parts = Array(whole.dropFirst(base.count))
        }
        return parts.map { String(Substring($0)) }.joined(separator: "/")
    }

    private static func normalised(_ path: String) -> [Substring.UTF8View] {
        var parts: [Substring.UTF8View] = []
        for part in path.utf8.split(separator: UInt8(ascii: "/")) where !part.elementsEqual(".".utf8) {
            if part.elementsEqual("..".utf8), let last = parts.last, !last.elementsEqual("..".utf8) {
                parts.removeLast()
            } else {
                parts.append(part)
            }
        }
        return parts
    }

    private static func starts(_ path: [Substring.UTF8View], with base: [Substring.UTF8View]) -> Bool {
        path.count >= base.count && zip(path, base).allSatisfy { $0.elementsEqual($1) }
    }

    private static func components(of real: String, inside root: String) -> [String]? {
        let path = normalised(real)
        let base = normalised(root)
        guard starts(path, with: base), path.count > base.count else { return nil }
        return path.dropFirst(base.count).map { String(Substring($0)) }
    }

    private static func realPath(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(validatingCString: resolved)
    }

    /// Walks down from the root one folder at a time. It follows no links: they have been resolved already, so a link
    /// found now was added in the meantime and is refused.
    private static func open(_ components: [String], below root: String) throws(FileRefusal) -> Int32 {
        var folder = Self.open(root, flags: O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw .unreadable(code: errno) }
        for (index, name) in components.enumerated() {
            let isLast = index == components.count - 1
            var status = stat()
            guard fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
                let code = errno
                close(folder)
                throw .unreadable(code: code)
            }
            // The kind is checked before opening: opening a pipe may block, and opening a device may have side effects.
            if isLast, status.st_mode & S_IFMT != S_IFREG {
                close(folder)
                throw .notRegular(FileKind(mode: status.st_mode))
            }
            let flags = isLast ? O_RDONLY | O_NONBLOCK : O_RDONLY | O_DIRECTORY
            let next = openat(folder, name, flags | O_NOFOLLOW | O_CLOEXEC)
            let code = errno
            close(folder)
            guard next >= 0 else { throw .unreadable(code: code) }
            folder = next
        }
        return folder
    }

    private static func open(_ path: String, flags: Int32) -> Int32 {
        #if canImport(Glibc)
            Glibc.open(path, flags)
        #elseif canImport(Musl)
            Musl.open(path, flags)
        #else
            Darwin.open(path, flags)
        #endif
    }

    private static func content(of descriptor: Int32, limit: Int) throws(FileRefusal) -> [UInt8] {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .unreadable(code: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegular(FileKind(mode: status.st_mode)) }
        guard Int(status.st_size) <= limit else { throw .tooLarge(limit: limit) }
        // Reads one byte more than expected, so that a file that has grown is noticed and read further in pieces.
        var failure: Int32?
        var bytes = [UInt8](unsafeUninitializedCapacity: Int(status.st_size) + 1) { buffer, filled in
            while filled < buffer.count {
                let count = read(descriptor, buffer.baseAddress.map { $0 + filled }, buffer.count - filled)
                if count < 0, errno == EINTR { continue }
                if count < 0 { failure = errno }
                guard count > 0 else { return }
                filled += count
            }
        }
        if let failure { throw .unreadable(code: failure) }
        guard bytes.count > Int(status.st_size) else { return bytes }
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .unreadable(code: errno) }
            guard count > 0 else { return bytes }
            bytes.append(contentsOf: chunk[..<count])
            guard bytes.count <= limit else { throw .tooLarge(limit: limit) }
        }
    }
}

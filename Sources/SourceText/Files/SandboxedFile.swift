internal import Primitives
internal import SystemPackage

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
        let file = try open(inside, below: realRoot)
        defer { try? file.close() }
        return try content(of: file, limit: limit)
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
    private static func open(_ components: [String], below root: String) throws(FileRefusal) -> FileDescriptor {
        var folder: FileDescriptor
        do { folder = try .opened(root, .readOnly, options: .directory) } catch {
            throw .unreadable(code: error.rawValue)
        }
        for (index, name) in components.enumerated() {
            let parent = folder
            defer { try? parent.close() }
            folder = try child(name, of: parent, isFile: index == components.count - 1)
        }
        return folder
    }

    private static func child(
        _ name: String, of folder: FileDescriptor, isFile: Bool
    ) throws(FileRefusal) -> FileDescriptor {
        var status = stat()
        guard fstatat(folder.rawValue, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
            throw .unreadable(code: errno)
        }
        // The kind is checked before opening: opening a pipe may block, and opening a device may have side effects.
        if isFile, status.st_mode & S_IFMT != S_IFREG { throw .notRegular(FileKind(mode: status.st_mode)) }
        let flags = isFile ? O_RDONLY | O_NONBLOCK : O_RDONLY | O_DIRECTORY
        let descriptor = openat(folder.rawValue, name, flags | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(code: errno) }
        return FileDescriptor(rawValue: descriptor)
    }

    private static func content(of file: FileDescriptor, limit: Int) throws(FileRefusal) -> [UInt8] {
        var status = stat()
        guard fstat(file.rawValue, &status) == 0 else { throw .unreadable(code: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegular(FileKind(mode: status.st_mode)) }
        guard Int(status.st_size) <= limit else { throw .tooLarge(limit: limit) }
        let bytes: [UInt8]?
        do { bytes = try file.bytes(limit: limit, expected: Int(status.st_size)) } catch {
            throw .unreadable(code: error.rawValue)
        }
        // The file may have grown since its size was read.
        guard let bytes else { throw .tooLarge(limit: limit) }
        return bytes
    }
}

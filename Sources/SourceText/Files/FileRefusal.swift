internal import Diagnostics

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// The kind of file found where a regular file was expected.
enum FileKind: String {
    case folder
    case pipe = "named pipe"
    case socket
    case device
    case link = "symbolic link"
    case other = "special file"

    init(mode: mode_t) {
        self =
            switch mode & S_IFMT {
            case S_IFDIR: .folder
            case S_IFIFO: .pipe
            case S_IFSOCK: .socket
            case S_IFCHR, S_IFBLK: .device
            case S_IFLNK: .link
            default: .other
            }
    }
}

/// Why a file is not read.
enum FileRefusal: Error {
    case malformedPath
    case noRoot(String)
    case outside
    case notRegular(FileKind)
    case tooLarge(limit: Int)
    case unreadable(code: Int32)

    /// The refusal as a diagnostic for the file at `path`.
    func diagnostic(for path: String) -> Diagnostic {
        let location = SourceLocation(file: path, line: 1, column: 1)
        return switch self {
        case .malformedPath:
            Diagnostic("source.path", .error, "the path contains a NUL character", at: location)
        case .noRoot(let root):
            Diagnostic("source.not-found", .error, "the project folder '\(root)' does not exist or is not accessible")
        case .outside:
            Diagnostic(
                "source.outside",
                .error,
                "'\(path)' is outside the project folder",
                at: location,
                help: "move the file into the folder, or allow its folder with --allow-path"
            )
        case .notRegular(let kind):
            Diagnostic(
                "source.not-a-file", .error, "'\(path)' is a \(kind.rawValue), not a regular file", at: location,
                help: kind == .folder ? "name a file in it" : nil)
        case .tooLarge(let limit):
            Diagnostic(
                "source.too-large", .error, "'\(path)' is larger than the limit of \(limit) bytes", at: location)
        case .unreadable(let code) where code == ENOENT || code == ENOTDIR:
            missing(path, at: location)
        case .unreadable(let code):
            Diagnostic(
                "source.unreadable",
                .error,
                "'\(path)' cannot be read: \(String(cString: strerror(code)))",
                at: location
            )
        }
    }

    /// The diagnostic for a file that does not exist. A URL is read as a path, in which `//` is the same as `/`.
    private func missing(_ path: String, at location: SourceLocation) -> Diagnostic {
        for scheme in ["https:/", "http:/"] where path.hasPrefix(scheme) {
            return Diagnostic(
                "source.not-found", .error, "'\(scheme)/\(path.dropFirst(scheme.count))' is a URL, not a file",
                at: location, help: "download it and name the file: documents and tables are only read from files")
        }
        return Diagnostic(
            "source.not-found", .error, "'\(path)' does not exist", at: location,
            help: "check the path; it is relative to the project folder")
    }
}

internal import Diagnostics

/// Reads files below one folder and nothing else.
///
/// A document may contain any path. This reader opens a path only if it is a regular file of bounded size whose
/// location, after following symbolic links, is inside the folder.
public struct SourceReader: Sendable {
    /// The folder, as it was given.
    public let root: String
    /// The bounds on each file.
    public let limits: SourceLimits
    /// The folders, relative to the root, that files must be in; `nil` allows the whole root.
    public let folders: [String]?
    /// The prefix that is added to paths relative to the root when they are shown.
    public let prefix: String
    /// Whether reading continues after recoverable mistakes, such as a duplicate name.
    ///
    /// The mistakes are then listed in ``SourceFile/diagnostics``. Without it, the file is refused.
    public private(set) var recovers = false

    /// Creates a reader for files below `root`.
    ///
    /// - Parameters:
    ///   - folders: Folders below the root to which reading is limited.
    ///   - prefix: The user's path for the root. Shown paths are this prefix followed by the path below the root.
    public init(
        root: String,
        limits: SourceLimits = SourceLimits(),
        folders: [String]? = nil,
        prefix: String = ""
    ) {
        self.root = root.isEmpty ? "." : root
        self.limits = limits
        self.folders = folders
        self.prefix = prefix
    }

    /// The same reader with recovery. Use it to find all mistakes in a file, not to use its content.
    public var recovering: SourceReader {
        var copy = self
        copy.recovers = true
        return copy
    }

    /// The content of a file.
    ///
    /// - Parameter path: Relative to the root, or absolute and inside it.
    public func bytes(_ path: String) throws(SourceError) -> [UInt8] {
        do {
            return try SandboxedFile.bytes(of: path, below: root, folders: folders, limit: limits.maximumBytes)
        } catch {
            throw SourceError(error.diagnostic(for: displayPath(path)))
        }
    }

    /// Reads a YAML or JSON file as a located tree; the content decides the syntax.
    ///
    /// - Parameters:
    ///   - path: Relative to the root, or absolute and inside it.
    ///   - cutsDeepValues: Whether to remove values of a JSON text that are nested too deeply and list them in
    ///     ``SourceFile/diagnostics``, so that the rest of the file can be used.
    public func read(_ path: String, cutsDeepValues: Bool = false) throws(SourceError) -> SourceFile {
        let bytes = try bytes(path)
        do {
            return try parse(bytes, displayPath(path))
        } catch  where cutsDeepValues && error.diagnostics.first?.rule == "source.too-deep" {
            let (rest, diagnostics) = DeepValues.cut(bytes, limit: limits.maximumDepth / 2, path: displayPath(path))
            guard !diagnostics.isEmpty else { throw error }
            let file = try parse(rest, displayPath(path))
            return SourceFile(
                path: file.path,
                document: file.document,
                bytes: file.bytes,
                diagnostics: diagnostics + file.diagnostics
            )
        }
    }

    private func parse(_ bytes: [UInt8], _ path: String) throws(SourceError) -> SourceFile {
        let file = try SourceParser.parse(bytes, path: path, limits: limits)
        guard recovers || !Diagnostics(file.diagnostics).hasErrors else { throw SourceError(file.diagnostics) }
        return file
    }

    /// Reads a YAML or JSON text as a located tree.
    ///
    /// A text whose first visible character is `{` or `[` is read as JSON first. If that fails, and for any other text,
    /// YAML 1.2 with the core schema is used.
    ///
    /// - Parameter path: The name of the text in messages.
    public static func parse(
        _ bytes: [UInt8],
        path: String,
        limits: SourceLimits = SourceLimits()
    ) throws(SourceError) -> SourceFile {
        let file = try SourceParser.parse(bytes, path: path, limits: limits)
        guard !Diagnostics(file.diagnostics).hasErrors else { throw SourceError(file.diagnostics) }
        return file
    }

    /// The path relative to the root, without `.` and `..` where they cancel out.
    public func relativePath(_ path: String) -> String {
        SandboxedFile.relativePath(of: path, below: root) ?? path
    }

    /// Returns the path below the root of a file that is shown as `path`.
    public func path(shownAs path: String) -> String {
        path.utf8.starts(with: prefix.utf8) ? String(path.utf8.dropFirst(prefix.utf8.count)) ?? path : path
    }

    /// Returns the path for messages: as users would write it, where possible.
    public func displayPath(_ path: String) -> String {
        SandboxedFile.relativePath(of: path, below: root).map { prefix + $0 } ?? path
    }
}

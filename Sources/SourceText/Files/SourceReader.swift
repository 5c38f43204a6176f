internal import Diagnostics

/// Reads files below one folder and nothing else.
///
/// A description may name any path it likes; this reader follows it only to a regular file of bounded size whose
/// real place, all symbolic links followed, is inside the folder.
public struct SourceReader: Sendable {
    /// The folder, as it was given.
    public let root: String
    /// The bounds on each file.
    public let limits: SourceLimits
    /// The folders, relative to the root, in which a file has to lie; `nil` allows the whole root.
    public let folders: [String]?
    /// What stands before paths relative to the root when they are shown.
    public let prefix: String
    /// Whether mistakes that do not end the reading, such as a name that stands twice, are told in
    /// ``SourceFile/diagnostics`` and the file is read on, instead of being refused for them.
    public private(set) var recovers = false

    /// Reads below `root`.
    ///
    /// - Parameters:
    ///   - folders: Folders below the root to which reading is limited.
    ///   - prefix: How users call the root; a path as they would write it is this and the path below the root.
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

    /// The same reader, which reads on where it can: for finding all mistakes of a file, not for using it.
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

    /// A YAML or JSON file as a located tree; which of the two it is, its content decides.
    ///
    /// - Parameters:
    ///   - path: Relative to the root, or absolute and inside it.
    ///   - cutsDeepValues: Whether values of a JSON text that are nested too deeply are left out and told in
    ///     ``SourceFile/diagnostics``, so that the rest can be used.
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

    /// A YAML or JSON text as a located tree.
    ///
    /// A text whose first visible character is `{` or `[` is read as JSON; one that is no JSON after all, and any
    /// other, as YAML 1.2 with the core schema.
    ///
    /// - Parameter path: How messages name the text.
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

    /// The path below the root of a file that is shown as `path`.
    public func path(shownAs path: String) -> String {
        path.utf8.starts(with: prefix.utf8) ? String(path.utf8.dropFirst(prefix.utf8.count)) ?? path : path
    }

    /// The path as it is shown: as users would write it, where possible.
    public func displayPath(_ path: String) -> String {
        SandboxedFile.relativePath(of: path, below: root).map { prefix + $0 } ?? path
    }
}

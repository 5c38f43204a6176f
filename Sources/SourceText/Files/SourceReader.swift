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

    /// Reads below `root`.
    public init(root: String, limits: SourceLimits = SourceLimits()) {
        self.root = root.isEmpty ? "." : root
        self.limits = limits
    }

    /// The content of a file.
    ///
    /// - Parameter path: Relative to the root, or absolute and inside it.
    public func bytes(_ path: String) throws(SourceError) -> [UInt8] {
        do {
            return try SandboxedFile.bytes(of: path, below: root, limit: limits.maximumBytes)
        } catch {
            throw SourceError(error.diagnostic(for: displayPath(path)))
        }
    }

    /// A YAML or JSON file as a located tree; which of the two it is, its content decides.
    ///
    /// - Parameter path: Relative to the root, or absolute and inside it.
    public func read(_ path: String) throws(SourceError) -> SourceFile {
        try Self.parse(try bytes(path), path: displayPath(path), limits: limits)
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
        try SourceParser.parse(bytes, path: path, limits: limits)
    }

    /// The path relative to the root, without `.` and `..` where they cancel out.
    public func displayPath(_ path: String) -> String {
        SandboxedFile.relativePath(of: path, below: root) ?? path
    }
}

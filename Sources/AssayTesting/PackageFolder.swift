import Foundation

/// Finds the files that a test names.
enum PackageFolder {
    /// An absolute path, or one relative to the package of a source file: the nearest folder above it with a
    /// `Package.swift`. If there is none, as in an Xcode project, it is relative to the source file's own folder.
    static func resolve(_ path: String, from sourceFile: String) -> String {
        let path = path.isEmpty ? "." : path
        guard path.utf8.first != UInt8(ascii: "/") else { return standardized(path) }
        let own = URL(fileURLWithPath: sourceFile).deletingLastPathComponent()
        return standardized(root(above: own).appendingPathComponent(path).path)
    }

    /// The folder that a file is in.
    static func folder(of path: String) -> String {
        URL(fileURLWithPath: path).deletingLastPathComponent().path
    }

    private static func root(above folder: URL) -> URL {
        var candidate = folder
        // A path has at most this many folders, regardless of links.
        for _ in 0..<256 {
            if FileManager.default.fileExists(atPath: candidate.appendingPathComponent("Package.swift").path) {
                return candidate
            }
            let parent = candidate.deletingLastPathComponent()
            guard parent.path != candidate.path else { break }
            candidate = parent
        }
        return folder
    }

    private static func standardized(_ path: String) -> String {
        URL(fileURLWithPath: path).standardized.path
    }
}

public import Foundation

/// A folder that only one test uses. It is removed together with the value.
public final class TemporaryFolder: Sendable {
    /// The place of the folder, without symbolic links.
    public let url: URL

    /// Makes the folder and writes `files`, texts by their paths inside it.
    public init(_ files: [String: String] = [:]) throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("assay-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        for (path, text) in files { try write(text, to: path) }
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    /// The path of the folder.
    public var path: String { url.path }

    /// The path of a file of the folder, whether or not it exists.
    public func file(_ path: String) -> String { url.appendingPathComponent(path).path }

    /// Writes a file, and the folders above it.
    public func write(_ text: String, to path: String) throws { try write(Array(text.utf8), to: path) }

    /// Writes a file, and the folders above it.
    public func write(_ bytes: [UInt8], to path: String) throws {
        let file = url.appendingPathComponent(path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    /// The text of a file.
    public func read(_ path: String) throws -> String {
        try String(contentsOf: url.appendingPathComponent(path), encoding: .utf8)
    }

    /// Whether there is a file or folder at `path`.
    public func contains(_ path: String) -> Bool { FileManager.default.fileExists(atPath: file(path)) }

    /// Copies a file or folder into this folder by contents: an ordinary user may read a checkout that belongs to root,
    /// but cannot copy its owner.
    public func copy(_ source: URL, to path: String) throws {
        try Self.copy(source, to: url.appendingPathComponent(path))
    }

    /// Copies a file or folder by contents.
    public static func copy(_ source: URL, to target: URL) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: source.path, isDirectory: &isFolder), isFolder.boolValue else {
            return try Data(contentsOf: source).write(to: target)
        }
        try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
        for name in try FileManager.default.contentsOfDirectory(atPath: source.path) {
            try copy(source.appendingPathComponent(name), to: target.appendingPathComponent(name))
        }
    }
}

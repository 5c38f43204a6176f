public import Foundation

/// The checkout from which the tests were built.
public enum Repository {
    /// The folder that contains `Package.swift`.
    public static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The text of a file of the repository.
    public static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }

    /// The paths below a folder of the repository that end in `suffix`, sorted, relative to that folder.
    ///
    /// A folder without such files is an error, so that no test passes because it has found nothing to check.
    public static func files(in folder: String, endingIn suffix: String) throws -> [String] {
        let path = root.appendingPathComponent(folder).path
        let found = try FileManager.default.subpathsOfDirectory(atPath: path).filter { $0.hasSuffix(suffix) }.sorted()
        guard !found.isEmpty else { throw NothingToTest(what: "\(folder) contains no file ending in '\(suffix)'") }
        return found
    }
}

/// A loop that would check nothing.
public struct NothingToTest: Error, CustomStringConvertible {
    let what: String

    /// States what was missing.
    public init(what: String) { self.what = what }

    /// The sentence that a failure shows.
    public var description: String { "nothing to test: \(what)" }
}

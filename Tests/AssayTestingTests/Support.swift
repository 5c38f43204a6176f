import Foundation
import TestKit

/// The repository this test was built from.
let repository = Repository.root

/// A project of one contract and one table in a folder of its own, which a test may change.
struct LendingLibrary {
    let root: URL

    /// A copy of `Examples/SwiftPackage`.
    init() throws {
        root = FileManager.default.temporaryDirectory.appendingPathComponent("assay-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        for name in ["assay.yaml", "openapi.yaml", "scenarios"] {
            try FileManager.default.copyItem(
                at: repository.appendingPathComponent("Examples/SwiftPackage/\(name)"),
                to: root.appendingPathComponent(name))
        }
    }

    /// The folder, as the library spells it.
    var path: String { root.standardized.path }

    func remove() { try? FileManager.default.removeItem(at: root) }

    /// Replaces the first `old`, which must be there, in a file of the project.
    func replace(_ old: String, with new: String, in path: String) throws {
        let text = try read(path)
        guard let range = text.range(of: old) else { throw Missing(text: old) }
        try write(text.replacingCharacters(in: range, with: new), to: path)
    }

    func write(_ text: String, to path: String) throws {
        let file = root.appendingPathComponent(path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: file, atomically: true, encoding: .utf8)
    }

    func read(_ path: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }

    struct Missing: Error { var text: String }
}

/// Runs `body` on a project of its own and removes it afterwards.
func withLendingLibrary(_ body: (LendingLibrary) async throws -> Void) async throws {
    let project = try LendingLibrary()
    defer { project.remove() }
    try await body(project)
}

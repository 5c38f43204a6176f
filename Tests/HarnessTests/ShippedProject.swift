import Foundation
import Harness
import Sockets
import TestKit
import Testing

/// The repository this test was built from.
let repository = Repository.root

/// A copy of the shipped example in a folder of its own, which a test may change.
struct ShippedProject {
    let root: URL

    init() throws {
        root = FileManager.default.temporaryDirectory.appendingPathComponent("assay-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        for name in ["assay.yaml", "specs", "scenarios"] {
            try FileManager.default.copyItem(
                at: repository.appendingPathComponent(name), to: root.appendingPathComponent(name))
        }
    }

    func remove() {
        try? FileManager.default.removeItem(at: root)
    }

    /// Replaces `old`, which must be there, in a file of the project.
    func replace(_ old: String, with new: String, in path: String) throws {
        let file = root.appendingPathComponent(path)
        let text = try String(contentsOf: file, encoding: .utf8)
        try #require(text.contains(old), "\(path) has no \(old)")
        try text.replacingOccurrences(of: old, with: new).write(to: file, atomically: true, encoding: .utf8)
    }

    func write(_ text: String, to path: String) throws {
        try text.write(to: root.appendingPathComponent(path), atomically: true, encoding: .utf8)
    }

    func read(_ path: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }

    /// Keeps one scenario table and version 2022-09-01, so that a test concerns few rows and one contract.
    func keepOnly(_ table: String) throws {
        let folder = root.appendingPathComponent("scenarios")
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path)
        where name.hasSuffix(".csv") && name != table {
            try FileManager.default.removeItem(at: folder.appendingPathComponent(name))
        }
        // The data of the other tables would belong to no scenario.
        try FileManager.default.removeItem(at: folder.appendingPathComponent("data"))
        try replace(
            "run-versions: ['2022-09-01', '2023-08-01']", with: "run-versions: ['2022-09-01']", in: "assay.yaml")
    }

    /// Plans and runs.
    func run(_ change: (inout RunRequest) -> Void = { _ in }) async throws -> RunResult {
        var request = RunRequest()
        request.keepsMessages = true
        change(&request)
        let session = try RunSession(try Workspace.openWithProblems(root.path), request)
        return try await session.execute { _ in }
    }
}

/// Runs `body` on a copy of the shipped example and removes it afterwards.
func withShippedProject<Result>(_ body: (ShippedProject) async throws -> Result) async throws -> Result {
    let project = try ShippedProject()
    do {
        let result = try await body(project)
        project.remove()
        return result
    } catch {
        project.remove()
        throw error
    }
}

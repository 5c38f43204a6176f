import Diagnostics
import Foundation
import Harness
import Synchronization

/// Files of git revisions, copied into temporary folders with the files that they refer to.
final class GitFiles: RevisionSource {
    /// Files that one document may refer to.
    private static let maximumFiles = 200
    private static let maximumBytes = 64 << 20
    private static let seconds = 20.0

    private let folders = Mutex<[String]>([])

    /// Removes what was copied.
    func removeCopies() {
        let made = folders.withLock { folders in
            defer { folders = [] }
            return folders
        }
        for folder in made { try? FileManager.default.removeItem(atPath: folder) }
    }

    func copy(_ path: String, of revision: String) throws(HarnessError) -> (folder: String, file: String) {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("assay-diff-\(UUID().uuidString)")
        folders.withLock { $0.append(folder.path) }
        var pending = [path]
        var known: Set<String> = []
        while let next = pending.popLast(), known.count < Self.maximumFiles {
            guard known.insert(next).inserted else { continue }
            guard let bytes = try content(of: next, revision, isRequired: next == path) else { continue }
            let file = folder.appendingPathComponent(next)
            do {
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true,
                    attributes: [.posixPermissions: 0o700])
                try bytes.write(to: file)
            } catch {
                throw .notPossible(
                    "diff.copy", "the file '\(next)' of \(revision) cannot be copied to \(folder.path)",
                    help: "set TMPDIR to a writable folder")
            }
            pending += Self.references(in: bytes, of: next)
        }
        return (folder.path, path)
    }

    /// The files that a document refers to, found in its text: a file too many does no harm.
    private static func references(in bytes: Data, of path: String) -> [String] {
        let folder = path.split(separator: "/").dropLast()
        let text = String(decoding: bytes, as: UTF8.self)
        return text.split(separator: "$ref").dropFirst().compactMap { rest in
            let start = rest.drop { "\"': \t".contains($0) }
            let name = start.prefix { !"\"'#,}\n\r \t".contains($0) }
            guard !name.isEmpty, !name.contains(":"), name.utf8.count < 500 else { return nil }
            var steps = folder.map { String($0) }
            for step in name.split(separator: "/") where step != "." {
                if step == ".." {
                    guard steps.popLast() != nil else { return nil }
                } else {
                    steps.append(String(step))
                }
            }
            return steps.joined(separator: "/")
        }
    }

    /// The bytes of a file; `nil` when there is none and it is not required.
    ///
    /// `cat-file` runs no filter and no program of the repository's configuration.
    private func content(of path: String, _ revision: String, isRequired: Bool) throws(HarnessError) -> Data? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["git", "--no-pager", "cat-file", "blob", "\(revision):\(path)"]
        var environment = ProcessInfo.processInfo.environment
        environment["GIT_TERMINAL_PROMPT"] = "0"
        environment["GIT_NO_LAZY_FETCH"] = "1"
        environment["GIT_OPTIONAL_LOCKS"] = "0"
        process.environment = environment
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        do {
            try process.run()
        } catch {
            throw .notPossible("diff.git", "git cannot be started", help: "install git, or name two files")
        }
        let timer = DispatchSource.makeTimerSource()
        timer.schedule(deadline: .now() + Self.seconds)
        timer.setEventHandler { process.terminate() }
        timer.resume()
        defer { timer.cancel() }
        var bytes = Data()
        while true {
            let chunk = output.fileHandleForReading.availableData
            guard !chunk.isEmpty else { break }
            bytes.append(chunk)
            guard bytes.count <= Self.maximumBytes else {
                process.terminate()
                throw .wrongInput("diff.git", "the file \(path) of \(revision) is larger than 64 MB")
            }
        }
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            guard isRequired else { return nil }
            throw .wrongInput(
                "diff.git", "git has no file '\(path)' in '\(revision)'",
                help: "write the path from the root of the repository: main:specs/api.yaml")
        }
        return bytes
    }
}

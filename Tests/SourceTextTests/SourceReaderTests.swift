import Diagnostics
import Foundation
import JSONDocument
import SourceText
import Testing

@Suite("Reading files")
struct SourceReaderTests {
    /// A project folder with a file, and a file next to it that must not be read.
    private static func folder() throws -> URL {
        let base = FileManager.default.temporaryDirectory.appendingPathComponent("source-\(UUID().uuidString)")
        let root = base.appendingPathComponent("project/specs")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        try Data("a: 1\n".utf8).write(to: root.appendingPathComponent("a.yaml"))
        try Data("secret: canary\n".utf8).write(to: base.appendingPathComponent("outside.yaml"))
        return base
    }

    private static func refusal(_ path: String, below root: URL, limit: Int = 1_000) -> String {
        let reader = SourceReader(root: root.path, limits: SourceLimits(maximumBytes: limit))
        do {
            _ = try reader.bytes(path)
            return "read"
        } catch {
            return error.diagnostics.map { "\($0.rule): \($0.message)" }.joined(separator: "\n")
        }
    }

    @Test("a file is found by relative and absolute paths and shown relative to the project")
    func paths() throws {
        let base = try Self.folder()
        defer { try? FileManager.default.removeItem(at: base) }
        let root = base.appendingPathComponent("project")
        let reader = SourceReader(root: root.path)
        for path in ["specs/a.yaml", "./specs/../specs//a.yaml", root.path + "/specs/a.yaml"] {
            let file = try reader.read(path)
            #expect(file.path == "specs/a.yaml")
            #expect(file.document.root["a"]?.spelling == "1")
        }
    }

    @Test("nothing outside the project folder is read")
    func outside() throws {
        let base = try Self.folder()
        defer { try? FileManager.default.removeItem(at: base) }
        let root = base.appendingPathComponent("project")
        let link = root.appendingPathComponent("link.yaml").path
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "../outside.yaml")
        try FileManager.default.createSymbolicLink(
            atPath: root.appendingPathComponent("up").path,
            withDestinationPath: ".."
        )
        for path in ["../outside.yaml", "link.yaml", "up/outside.yaml", "specs/../../outside.yaml", "/etc/passwd"] {
            #expect(
                Self.refusal(path, below: root)
                    == "source.outside: '\(path)' is outside the project folder"
                    || path == "specs/../../outside.yaml"
            )
        }
        let text = Self.refusal("specs/../../outside.yaml", below: root)
        #expect(text.utf8.starts(with: "source.outside".utf8))
    }

    @Test("a link that stays inside is followed")
    func inside() throws {
        let base = try Self.folder()
        defer { try? FileManager.default.removeItem(at: base) }
        let root = base.appendingPathComponent("project")
        try FileManager.default.createSymbolicLink(
            atPath: root.appendingPathComponent("b.yaml").path,
            withDestinationPath: "specs/a.yaml"
        )
        #expect(try SourceReader(root: root.path).bytes("b.yaml") == Array("a: 1\n".utf8))
    }

    @Test("pipes, devices and folders are rejected without being opened")
    func special() throws {
        let base = try Self.folder()
        defer { try? FileManager.default.removeItem(at: base) }
        let root = base.appendingPathComponent("project")
        #expect(mkfifo(root.appendingPathComponent("pipe.yaml").path, 0o600) == 0)
        #expect(
            Self.refusal("pipe.yaml", below: root)
                == "source.not-a-file: 'pipe.yaml' is a named pipe, not a regular file"
        )
        #expect(
            Self.refusal("specs", below: root) == "source.not-a-file: 'specs' is a folder, not a regular file"
        )
        #expect(
            Self.refusal("null", below: URL(fileURLWithPath: "/dev"))
                == "source.not-a-file: 'null' is a device, not a regular file"
        )
    }

    @Test("a missing or too large file is rejected")
    func missing() throws {
        let base = try Self.folder()
        defer { try? FileManager.default.removeItem(at: base) }
        let root = base.appendingPathComponent("project")
        #expect(
            Self.refusal("nope.yaml", below: root) == "source.not-found: 'nope.yaml' does not exist"
        )
        #expect(
            Self.refusal("specs/a.yaml", below: root, limit: 4)
                == "source.too-large: 'specs/a.yaml' is larger than the limit of 4 bytes"
        )
        #expect(Self.refusal("a\u{0}b", below: root) == "source.path: the path contains a NUL character")
    }
}

import Diagnostics
import Foundation
import Harness
import TestKit
import Testing

@Suite(.inTurn) struct OutputFileTests {
    private static func inFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("assay-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }

    @Test("a file is replaced as a whole, and nothing else stays behind")
    func replaced() throws {
        try Self.inFolder { folder in
            let file = folder.appendingPathComponent("report.json")
            try OutputFile.write("a longer text", to: file.path)
            try OutputFile.write("short", to: file.path)
            #expect(try String(contentsOf: file, encoding: .utf8) == "short")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["report.json"])
        }
    }

    @Test("a link keeps leading to its file")
    func links() throws {
        try Self.inFolder { folder in
            let file = folder.appendingPathComponent("file")
            let link = folder.appendingPathComponent("link")
            try Data("old".utf8).write(to: file)
            try FileManager.default.createSymbolicLink(at: link, withDestinationURL: file)
            try OutputFile.write("new", to: link.path)
            #expect(try String(contentsOf: file, encoding: .utf8) == "new")
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link.path) == file.path)
        }
    }

    @Test("a pipe is written to and not replaced")
    func pipes() async throws {
        let pipe = Pipe()
        let path = "/dev/fd/\(pipe.fileHandleForWriting.fileDescriptor)"
        try OutputFile.write("text", to: path)
        try pipe.fileHandleForWriting.close()
        #expect(try pipe.fileHandleForReading.readToEnd() == Data("text".utf8))
    }

    @Test("a file that cannot be written is reported with its path and the reason")
    func refused() throws {
        try Self.inFolder { folder in
            let path = folder.appendingPathComponent("none/report.json").path
            let error = try #require(throws: HarnessError.self) { try OutputFile.write("text", to: path) }
            #expect(error.exit == .notPossible)
            #expect(
                error.diagnostics.entries.map(\.message) == ["\(path) cannot be written: No such file or directory"])
        }
    }

    @Test("many writers of one file leave one whole text")
    func together() throws {
        try Self.inFolder { folder in
            let path = folder.appendingPathComponent("report.json").path
            DispatchQueue.concurrentPerform(iterations: 8) { number in
                try? OutputFile.write(String(repeating: "\(number)", count: 100_000), to: path)
            }
            let text = try String(contentsOfFile: path, encoding: .utf8)
            #expect(text.count == 100_000)
            #expect(Set(text).count == 1)
        }
    }
}

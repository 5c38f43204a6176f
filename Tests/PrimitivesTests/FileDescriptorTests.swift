import Foundation
import Primitives
import SystemPackage
import Testing

@Suite struct FileDescriptorTests {
    /// A pipe; what is written to `write` can be read from `read`.
    private func piped(_ bytes: [UInt8]) throws -> FileDescriptor {
        let ends = try FileDescriptor.pipe()
        #expect(ends.writeEnd.writeAll(bytes).written == bytes.count)
        try ends.writeEnd.close()
        return ends.readEnd
    }

    @Test("Contents are read completely, whatever size was expected", arguments: [0, 1, 4, 5, 6, 60_000])
    func expectedSize(expected: Int) throws {
        let bytes: [UInt8] = [1, 2, 3, 4, 5]
        let descriptor = try piped(bytes)
        defer { try? descriptor.close() }
        #expect(try descriptor.bytes(limit: 100_000, expected: expected) == bytes)
    }

    @Test("Contents of exactly the limit are read, and one byte more is rejected", arguments: [0, 5, 9])
    func limit(expected: Int) throws {
        for (limit, isAllowed) in [(5, true), (4, false), (0, false)] {
            let descriptor = try piped([1, 2, 3, 4, 5])
            defer { try? descriptor.close() }
            #expect((try descriptor.bytes(limit: limit, expected: expected) != nil) == isAllowed, "limit \(limit)")
        }
    }

    @Test("An empty file has no bytes and no pieces")
    func empty() throws {
        let descriptor = try piped([])
        defer { try? descriptor.close() }
        #expect(try descriptor.bytes(limit: 0) == [])
        var pieces = 0
        let failure = descriptor.readPieces { _ in
            pieces += 1
            return true
        }
        #expect(failure == nil)
        #expect(pieces == 0)
    }

    @Test("Reading pieces ends when a piece is refused")
    func refused() throws {
        let descriptor = try piped(Array(repeating: 7, count: 60_000))
        defer { try? descriptor.close() }
        var pieces = 0
        let failure = descriptor.readPieces { piece in
            pieces += 1
            return piece.isEmpty
        }
        #expect(failure == nil)
        #expect(pieces == 1)
    }

    @Test("A descriptor of the other direction gives the reason for reading and writing")
    func wrongDirection() throws {
        let ends = try FileDescriptor.pipe()
        defer {
            try? ends.readEnd.close()
            try? ends.writeEnd.close()
        }
        #expect(throws: Errno.badFileDescriptor) { try ends.writeEnd.bytes(limit: 1) }
        #expect(ends.writeEnd.readPieces { _ in true } == .badFileDescriptor)
        let result = ends.readEnd.writeAll([1])
        #expect(result.written == 0)
        #expect(result.failure == .badFileDescriptor)
    }

    @Test("the end of a file", arguments: [("", nil), ("a", "a"), ("line\n", "\n"), ("line\nhalf", "f")])
    func end(text: String, last: String?) throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        let file = try FileDescriptor.opened(path, .readWrite, options: [.append, .create])
        defer {
            try? file.close()
            try? FileManager.default.removeItem(atPath: path)
        }
        #expect(file.writeAll(Array(text.utf8)).failure == nil)
        let end = try file.end()
        #expect(end.size == text.utf8.count)
        #expect(end.lastByte == last?.utf8.first)
        // The file is read from its start, and written at its end.
        #expect(try file.bytes(limit: 100) == Array(text.utf8))
        #expect(file.writeAll(Array("+".utf8)).failure == nil)
        #expect(try FileDescriptor.bytes(of: path, limit: 100) == Array((text + "+").utf8))
    }

    @Test("a pipe has no end that can be read first")
    func endOfPipe() throws {
        let pipe = try piped([1, 2])
        defer { try? pipe.close() }
        #expect(throws: Errno.illegalSeek) { try pipe.end() }
    }
}

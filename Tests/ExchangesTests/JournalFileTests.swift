import Diagnostics
import Foundation
import Primitives
import TestKit
import Testing

@testable import Exchanges

@Suite("Journal files")
struct JournalFileTests {
    let header = JournalHeader(
        seed: "s", startedAt: Instant(microsecondsSinceEpoch: 0), target: "mock", baseURL: "http://h")

    @Test("two runs cannot write one journal at the same time")
    func locking() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("j")
        let first = try JournalWriter(path: path, header: header, redactor: .none)
        let error = #expect(throws: JournalError.self) {
            try JournalWriter(path: path, header: header, redactor: .none)
        }
        #expect(error?.diagnostic.message == "another run is writing the journal '\(path)'")
        // The attempt must not have emptied the file.
        #expect(try JournalReader.read(path: path).header == header)
        first.close()
        try JournalWriter(path: path, header: header, redactor: .none).close()
    }

    @Test("an old journal is replaced")
    func replacing() throws {
        let folder = try TemporaryFolder()
        var random = SplitMix(seed: 1)
        for _ in 0..<2 {
            let writer = try JournalWriter(path: folder.file("j"), header: header, redactor: .none)
            try writer.sent(Samples.pending(Samples.exchange(1, &random)))
            writer.close()
        }
        #expect(try JournalReader.read(path: folder.file("j")).unanswered.count == 1)
    }

    @Test("only the owner can read a journal")
    func permissions() throws {
        let folder = try TemporaryFolder()
        try JournalWriter(path: folder.file("j"), header: header, redactor: .none).close()
        let mode = try FileManager.default.attributesOfItem(atPath: folder.file("j"))[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test(
        "a full disk is reported",
        .enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "needs /dev/full"))
    func fullDisk() {
        let error = #expect(throws: JournalError.self) {
            try JournalWriter(path: "/dev/full", header: header, redactor: .none)
        }
        #expect(error?.diagnostic.message == "the journal '/dev/full' cannot be written: No space left on device")
        #expect(error?.diagnostic.help?.hasPrefix("free disk space") == true)
    }

    @Test("after a failed write no line follows, and the earlier lines are readable")
    func limitedFile() async {
        // In a process of its own, since a limit on files holds for all of one.
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            let path = folder.file("j")
            signal(SIGXFSZ, SIG_IGN)
            let writer = try JournalWriter(
                path: path,
                header: JournalHeader(seed: "s", startedAt: .now, target: "mock", baseURL: "http://h"),
                redactor: .none
            )
            let long = String(repeating: "x", count: 400)
            limitFiles(to: 1_000)
            try writer.notRun(NotRun(scenario: "a", step: long, reason: .stopped))
            for step in [long, ""] {
                let error = #expect(throws: JournalError.self) {
                    try writer.notRun(NotRun(scenario: "b", step: step, reason: .stopped))
                }
                #expect(error?.diagnostic.message == "the journal '\(path)' cannot be written: File too large")
                // There is room again, and nothing is written all the same.
                limitFiles(to: 100_000)
            }
            writer.close()
            #expect(try JournalReader.read(path: path).notRun.map(\.scenario) == ["a"])
        }
    }

    @Test("a missing folder, or a file in its place, is reported")
    func badPlaces() throws {
        let folder = try TemporaryFolder()
        for (path, reason) in [
            (folder.file("none/j"), "No such file or directory"), (folder.path, "Is a directory"),
        ] {
            let error = #expect(throws: JournalError.self) {
                try JournalWriter(path: path, header: header, redactor: .none)
            }
            #expect(error?.diagnostic.message == "the journal '\(path)' cannot be opened: \(reason)")
        }
        for path in ["", "a\0b"] {
            #expect(throws: JournalError.self) { try JournalWriter(path: path, header: header, redactor: .none) }
            #expect(throws: JournalError.self) { try JournalReader.read(path: path) }
        }
    }

    @Test("a closed journal accepts no more lines")
    func closed() throws {
        let folder = try TemporaryFolder()
        let writer = try JournalWriter(path: folder.file("j"), header: header, redactor: .none)
        writer.close()
        writer.close()
        let error = #expect(throws: JournalError.self) {
            try writer.notRun(NotRun(scenario: "a", step: "b", reason: .stopped))
        }
        #expect(error?.diagnostic.rule == "journal.closed")
    }

    @Test("a missing journal is reported, and an overlong line is not kept in memory")
    func reading() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("j")
        var error = #expect(throws: JournalError.self) { try JournalReader.read(path: path) }
        #expect(error?.diagnostic.message == "the journal '\(path)' cannot be read: No such file or directory")
        try JournalWriter(path: path, header: header, redactor: .none).close()
        error = #expect(throws: JournalError.self) { try JournalReader.read(path: path, lineLimit: 20) }
        #expect(error?.diagnostic.message == "line 1 of the journal is longer than 20 bytes")
        #expect(error?.diagnostic.location?.line == 1)
    }

    @Test("a journal can be far longer than the longest line")
    func long() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("j")
        let writer = try JournalWriter(path: path, header: header, redactor: .none)
        for step in 0..<500 { try writer.notRun(NotRun(scenario: "a", step: "step \(step)", reason: .stopped)) }
        writer.close()
        let size = try #require(FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
        #expect(size > 100 * 300)
        #expect(try JournalReader.read(path: path, lineLimit: 300).notRun.count == 500)
    }

    @Test("a journal contains the judging options of its run")
    func judging() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("j")
        var header = header
        header.judging.isStrict = true
        header.judging.baseline = "baseline.yaml"
        header.judging.minCoverage = "operations=80"
        header.judging.spec = "a.yaml"
        header.judging.version = "1"
        header.judging.withoutOverlays = true
        try JournalWriter(path: path, header: header, redactor: .none).close()
        #expect(try JournalReader.read(path: path).header == header)
    }
}

/// Lets this process write no file beyond so many bytes.
private func limitFiles(to bytes: UInt64) {
    #if canImport(Glibc)
        let resource = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
    #else
        let resource = RLIMIT_FSIZE
    #endif
    var limit = rlimit()
    getrlimit(resource, &limit)
    limit.rlim_cur = rlim_t(bytes)
    setrlimit(resource, &limit)
}

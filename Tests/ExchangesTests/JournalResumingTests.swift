import Diagnostics
import Exchanges
import Foundation
import Primitives
import TestKit
import Testing

@Suite("Resuming journals")
struct JournalResumingTests {
    let header = JournalHeader(
        seed: "s", startedAt: Instant(microsecondsSinceEpoch: 0), target: "mock", baseURL: "http://h",
        tables: ["a.csv"], scenarios: ["done", "half", "new"], shard: JournalShard(index: 2, count: 3))
    let origin = JournalOrigin(seed: "s2", startedAt: Instant(microsecondsSinceEpoch: 5_000_000))

    private func exchange(_ sequence: Int, _ scenario: String) -> Exchange {
        var random = SplitMix(seed: UInt64(sequence))
        var exchange = Samples.exchange(sequence, &random)
        exchange.scenario = scenario
        return exchange
    }

    /// One scenario at its end, one in the middle, one request without an answer, and half a line.
    private func cutOff(_ path: String) throws {
        let writer = try JournalWriter(path: path, header: header, redactor: .none)
        for (sequence, scenario) in [(1, "done"), (2, "half")] {
            try writer.sent(Samples.pending(exchange(sequence, scenario)))
            try writer.finished(exchange(sequence, scenario))
        }
        try writer.notRun(NotRun(scenario: "half", step: "x", reason: .stopped))
        try writer.ended("done")
        try writer.sent(Samples.pending(exchange(3, "half")))
        writer.close()
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(#"{"event":"received","sequ"#.utf8))
        try handle.close()
    }

    @Test("finished scenarios are kept, unfinished ones are dropped, and requests without a response are listed")
    func resuming() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("j")
        try cutOff(path)
        let (writer, stored) = try JournalWriter.resuming(path: path, redactor: .none)
        let journal = try JournalReader.read(path: path)
        #expect(journal.header == header && stored.survey.header == header)
        #expect(stored.survey.ended == ["done"] && stored.survey.lastSequence == 3)
        #expect(journal.ended == ["done"])
        #expect(journal.exchanges.map(\.sequence) == [1, 2])
        #expect(journal.lastSequence == 3)
        try writer.resumed(origin)
        try writer.sent(Samples.pending(exchange(4, "half")))
        try writer.finished(exchange(4, "half"))
        try writer.ended("half")
        writer.close()
        let whole = try JournalReader.read(path: path)
        #expect(whole.exchanges.map(\.sequence) == [1, 4])
        #expect(whole.superseded.map(\.sequence) == [2])
        #expect(whole.unanswered.map(\.sequence) == [3])
        #expect(whole.notRun.isEmpty)
        #expect(whole.ended == ["done", "half"])
        #expect(whole.header(for: "done").seed == "s")
        #expect(whole.header(for: "half").seed == "s2")
        #expect(whole.header(for: "half").startedAt == origin.startedAt)
    }

    @Test("a journal in use can be neither resumed nor emptied")
    func locked() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("j")
        let writer = try JournalWriter(path: path, header: header, redactor: .none)
        let error = #expect(throws: JournalError.self) { try JournalWriter.resuming(path: path, redactor: .none) }
        #expect(error?.diagnostic.rule == "journal.locked")
        writer.close()
        #expect(try JournalReader.read(path: path).header == header)
    }

    @Test("a missing journal cannot be resumed and is not created")
    func missing() throws {
        let folder = try TemporaryFolder()
        let error = #expect(throws: JournalError.self) {
            try JournalWriter.resuming(path: folder.file("j"), redactor: .none)
        }
        #expect(error?.diagnostic.rule == "journal.open")
        #expect(!FileManager.default.fileExists(atPath: folder.file("j")))
    }
}

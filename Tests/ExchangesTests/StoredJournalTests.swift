import Diagnostics
import Foundation
import Primitives
import TestKit
import Testing

@testable import Exchanges

/// Journals that are read from front to back, compared with a model that keeps everything.
struct StoredJournalTests {
    @Test("a whole journal has the content that its lines describe", arguments: 0..<300 as Range<UInt64>)
    func whole(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        let history = JournalHistory.random(&random)
        let folder = try TemporaryFolder()
        try history.write(to: folder.file("j"))
        #expect(try JournalReader.read(path: folder.file("j")) == history.journal)
    }

    @Test("scenarios together are the whole journal", arguments: 0..<300 as Range<UInt64>)
    func scenarios(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        let history = JournalHistory.random(&random)
        let expected = history.journal
        let folder = try TemporaryFolder()
        try history.write(to: folder.file("j"))
        let stored = try StoredJournal(path: folder.file("j"))
        var found: [JournalledScenario] = []
        var superseded: [Exchange] = []
        let unanswered = try stored.forEachScenario(superseded: { superseded.append($0) }, { found.append($0) })
        #expect(unanswered == expected.unanswered)
        #expect(superseded.sorted { $0.sequence < $1.sequence } == expected.superseded)
        #expect(Set(found.map(\.name)).count == found.count)
        for scenario in found {
            #expect(scenario.exchanges == expected.exchanges.filter { $0.scenario == scenario.name })
            #expect(scenario.notRun == expected.notRun.filter { $0.scenario == scenario.name })
            #expect(scenario.origin == expected.origins[scenario.name])
        }
        #expect(found.reduce(0) { $0 + $1.exchanges.count } == expected.exchanges.count)
        #expect(found.reduce(0) { $0 + $1.notRun.count } == expected.notRun.count)
        #expect(stored.survey.ended == expected.ended)
        #expect(stored.survey.lastSequence == expected.lastSequence)
        let failed = expected.notRun.compactMap { entry in
            if case .sessionFailed(let session) = entry.reason { session } else { nil }
        }
        #expect(stored.survey.failedSessions == Set(failed))
        #expect(stored.survey.mentioned.isSuperset(of: expected.exchanges.map(\.scenario)))
    }

    /// Scenarios `0..<count`, of which `together` are under way at a time; a run before it was killed in the first ones.
    private func steady(_ count: Int, together: Int) -> JournalHistory {
        var random = SplitMix(seed: 1)
        var history = JournalHistory()
        var sequence = 0
        func add(_ scenario: Int) {
            sequence += 1
            var exchange = Samples.exchange(sequence, &random)
            exchange.scenario = "s\(scenario)"
            history.lines += [.sent(Samples.pending(exchange)), .finished(exchange)]
        }
        for scenario in 0..<together { add(scenario) }
        history.lines.append(.resumed(JournalOrigin(seed: "x", startedAt: Instant(microsecondsSinceEpoch: 9))))
        for step in 0..<count + together - 1 {
            for scenario in max(0, step - together + 1)...min(step, count - 1) { add(scenario) }
            if step >= together - 1 { history.lines.append(.ended("s\(step - together + 1)")) }
        }
        return history
    }

    @Test("only scenarios under way are in memory", arguments: [1, 2, 5])
    func memory(together: Int) throws {
        let folder = try TemporaryFolder()
        try steady(40, together: together).write(to: folder.file("j"))
        let lines = JournalLines(path: folder.file("j"))
        let survey = try lines.survey()
        #expect(survey.lastMentions.isEmpty && survey.restarts.count == together)
        var pairing = JournalPairing(survey, path: "j")
        var scenarios = JournalledScenarios(survey)
        var most = 0
        var released: [JournalledScenario] = []
        try lines.forEach { line, isCut throws(JournalError) in
            if let event = try pairing.take(line, isCut: isCut),
                let scenario = scenarios.take(event, at: pairing.line, pairing.origin)
            {
                released.append(scenario)
            }
            most = max(most, scenarios.rest.count)
            return true
        }
        #expect(most == together && scenarios.rest.isEmpty)
        #expect(released.map(\.name) == (0..<40).map { "s\($0)" })
        #expect(released.allSatisfy { $0.exchanges.count == together && $0.origin?.seed == "x" })
    }

    // MARK: Mistakes

    private static let sent = HostileJournalTests.sent
    private static let received = HostileJournalTests.received

    private func error(_ lines: [String]) -> Diagnostic? {
        let bytes = Array(([HostileJournalTests.header] + lines).map { $0 + "\n" }.joined().utf8)
        do throws(JournalError) {
            let stored = try StoredJournal(JournalLines(path: "j", text: bytes))
            try stored.forEachScenario { _ in }
            return nil
        } catch {
            return error.diagnostic
        }
    }

    @Test("the first mistake is reported, also if only a later one is needed for the survey")
    func first() {
        let broken = Self.received.replacing("200", with: "99")
        let odd = #"{"event":"notRun","scenario":"a","step":"b","reason":{"kind":"odd"}}"#
        #expect(error([Self.sent, Self.received, odd])?.location?.line == 4)
        #expect(error([Self.sent, broken, odd])?.location?.line == 3)
        #expect(error([Self.sent, Self.sent, odd])?.message == "line 3 of the journal sends exchange 1 a second time")
        #expect(error([odd, Self.received])?.location?.line == 2)
    }

    @Test("lines that are added while a journal is read are ignored, and a line that disappears is an error")
    func changes() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("j")
        let history = steady(3, together: 1)
        try history.write(to: path)
        let stored = try StoredJournal(path: path)
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data((Self.sent + "\n").utf8))
        #expect(try stored.journal() == history.journal)
        try handle.truncate(atOffset: 600)
        try handle.close()
        let error = #expect(throws: JournalError.self) { try stored.forEachScenario { _ in } }
        #expect(error?.diagnostic.message == "the journal '\(path)' changed while it was read")
    }

    // MARK: Parts

    @Test("the beginning of a line has the members of the parsed line", arguments: 0..<100 as Range<UInt64>)
    func starts(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        let writer = JournalLineWriter(redactor: .none, bodyLimit: 100)
        let exchange = Samples.exchange(Int.random(in: 1...(1 << 62), using: &random), &random)
        let pending = Samples.pending(exchange)
        let isPlain = exchange.scenario.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C }
        for line in [writer.sent(pending), writer.finished(exchange), writer.ended(exchange.scenario)] {
            let bytes = Array(line.bytes.dropLast())
            switch JournalLineStart(bytes) {
            case .sent(let sequence, let scenario):
                #expect(
                    sequence == exchange.sequence && scenario == exchange.scenario && bytes[10] == UInt8(ascii: "s"))
            case .ended(let scenario): #expect(scenario == exchange.scenario && bytes[10] == UInt8(ascii: "e"))
            case .finished: #expect([UInt8(ascii: "r"), UInt8(ascii: "f")].contains(bytes[10]))
            case nil: #expect(!isPlain || exchange.sequence >= 1_000_000_000_000_000_000)
            }
        }
        #expect(JournalLineStart(Array(writer.notRun(Samples.notRun(&random)).bytes)) == nil)
    }

    @Test(
        "a line that the writer would write differently is parsed",
        arguments: [
            "", "{", #"{"event":"sent""#, #"{"event":"sent","sequence":01,"scenario":"a""#,
            #"{"event":"sent","sequence":-1,"scenario":"a""#, #"{"event":"sent","sequence":1,"scenario":"a"#,
            #"{"event":"sent","sequence":1,"scenario":"\u0061""#, #"{"event":"sent","sequence":1e2,"scenario":"a""#,
            #"{"event":"ended","scenario":"a","scenario":"b"}"#, #"{"event":"ended","scenario":"a"} "#,
            #"{"event": "ended","scenario":"a"}"#, #"{"later":1,"event":"ended","scenario":"a"}"#,
        ])
    func otherStarts(line: String) {
        #expect(JournalLineStart(Array(line.utf8)) == nil)
    }

    @Test("numbers are found once they were added", arguments: 0..<20 as Range<UInt64>)
    func numbers(seed: UInt64) {
        var random = SplitMix(seed: seed)
        var set = SequenceSet()
        var model: Set<Int> = []
        for _ in 0..<500 {
            let number = Int.random(in: 1...(seed % 2 == 0 ? 300 : Int.max), using: &random)
            #expect(set.contains(number) == model.contains(number))
            #expect(set.insert(number) == model.insert(number).inserted)
        }
        #expect((1...300).allSatisfy { set.contains($0) == model.contains($0) })
    }
}

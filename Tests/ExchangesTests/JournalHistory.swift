import Exchanges
import Primitives
import TestKit

/// The lines of a journal, and what they mean: a model that keeps everything and goes back where scenarios begin again.
struct JournalHistory {
    enum Line {
        case sent(PendingExchange)
        case finished(Exchange)
        case late(LateDefect)
        case notRun(NotRun)
        case ended(String)
        case resumed(JournalOrigin)
    }

    static let header = JournalHeader(
        seed: "s", startedAt: Instant(microsecondsSinceEpoch: 0), target: "mock", baseURL: "http://h")
    static let names = ["a", "b[1]", "quoted \"c\"", "é", "long name of a scenario that has many letters"]

    var lines: [Line] = []

    /// Lines in any order in which each outcome follows its request.
    static func random(_ random: inout SplitMix) -> JournalHistory {
        var history = JournalHistory()
        var open: [Exchange] = []
        var done: [Exchange] = []
        var sequence = 0
        for _ in 0..<Int.random(in: 1...90, using: &random) {
            let name = names.randomElement(using: &random) ?? ""
            switch Int.random(in: 0..<20, using: &random) {
            case 0...6:
                sequence += Int.random(in: 1...20, using: &random) == 1 ? 200 : 1
                var exchange = Samples.exchange(sequence, &random)
                exchange.scenario = name
                open.append(exchange)
                history.lines.append(.sent(Samples.pending(exchange)))
            case 7...13:
                guard let exchange = open.randomElement(using: &random) else { continue }
                open.removeAll { $0.sequence == exchange.sequence }
                done.append(exchange)
                history.lines.append(.finished(exchange))
            case 14:
                guard let exchange = (done + open).randomElement(using: &random) else { continue }
                let defect = TransportDefect(.surplus, Samples.text(&random))
                history.lines.append(.late(LateDefect(Samples.pending(exchange).name, defect)))
            case 15, 16:
                var entry = Samples.notRun(&random)
                entry.scenario = name
                history.lines.append(.notRun(entry))
            case 17, 18: history.lines.append(.ended(name))
            default:
                let start = Instant(microsecondsSinceEpoch: Int64(sequence) * 1_000_000)
                history.lines.append(.resumed(JournalOrigin(seed: "s\(sequence)", startedAt: start)))
            }
        }
        return history
    }

    func write(to path: String) throws {
        let writer = try JournalWriter(path: path, header: Self.header, redactor: .none)
        defer { writer.close() }
        for line in lines {
            switch line {
            case .sent(let pending): try writer.sent(pending)
            case .finished(let exchange): try writer.finished(exchange)
            case .late(let defect): try writer.late(defect)
            case .notRun(let entry): try writer.notRun(entry)
            case .ended(let scenario): try writer.ended(scenario)
            case .resumed(let origin): try writer.resumed(origin)
            }
        }
    }

    /// They are not judged, so their late defects are not needed.
    private static func withoutLateDefects(_ exchange: Exchange) -> Exchange {
        guard var response = exchange.response else { return exchange }
        var exchange = exchange
        response.defects.removeAll(where: \.isLate)
        exchange.outcome = .response(response)
        return exchange
    }

    /// The journal that the lines describe.
    var journal: Journal {
        var journal = Journal(header: Self.header)
        var origin: JournalOrigin?
        func beginAgain(_ begins: (String) -> Bool) {
            journal.superseded += journal.exchanges.filter { begins($0.scenario) }.map(Self.withoutLateDefects)
            journal.exchanges.removeAll { begins($0.scenario) }
            journal.notRun.removeAll { begins($0.scenario) }
        }
        func mention(_ scenario: String) {
            if let origin { journal.origins[scenario] = origin }
        }
        for line in lines {
            switch line {
            case .sent(let pending):
                if journal.ended.remove(pending.scenario) != nil { beginAgain { $0 == pending.scenario } }
                mention(pending.scenario)
                journal.unanswered.append(pending)
            case .finished(let exchange):
                journal.unanswered.removeAll { $0.sequence == exchange.sequence }
                journal.exchanges.append(exchange)
            case .late(let late):
                guard let index = journal.exchanges.firstIndex(where: { $0.sequence == late.exchange.sequence }),
                    var response = journal.exchanges[index].response
                else { continue }
                response.defects.append(TransportDefect(late.defect.kind, late.defect.message, isLate: true))
                journal.exchanges[index].outcome = .response(response)
            case .notRun(let entry):
                mention(entry.scenario)
                journal.notRun.append(entry)
            case .ended(let scenario):
                mention(scenario)
                journal.ended.insert(scenario)
            case .resumed(let new):
                origin = new
                let ended = journal.ended
                beginAgain { !ended.contains($0) }
            }
        }
        journal.exchanges.sort { $0.sequence < $1.sequence }
        journal.superseded.sort { $0.sequence < $1.sequence }
        journal.unanswered.sort { $0.sequence < $1.sequence }
        return journal
    }
}

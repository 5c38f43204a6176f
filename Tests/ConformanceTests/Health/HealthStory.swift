import Conformance
import Exchanges
import Primitives
import Scenarios

/// Exchanges of several scenarios in the order of time, written on one line, and the run that they make.
///
/// `a.fetch=503@7` is the request `fetch` of scenario `a`, sent 7 s after the start of the run, and its response. `+9`
/// behind it is its duration in seconds, otherwise 1. `!` says that its row expects status 404, and `?503` that its row
/// expects 503. `*` says that the exchange belongs to an earlier run of the scenario.
struct HealthStory {
    private struct Event {
        var scenario: String
        var operation: String
        var outcome: String
        var start: Double
        var length: Double
        var expected: String
        var isSuperseded: Bool
    }

    private static let calls = [
        "fetch": ("fetchParcel", "200", "id=P-1"), "label": ("readLabel", "200", "id=P-1"),
        "list": ("listDepots", "200", ""), "drop": ("dropParcel", "204", "id=P-1"),
    ]

    /// Every operation succeeds before the first second.
    static let healthy = "h.fetch=ok@0+0.1 i.list=ok@0+0.2 j.label=ok@0+0.3 k.drop=ok@0+0.4 "

    private var events: [Event] = []
    var target = "shelf"
    var promise: RateLimitPromise?

    init(_ text: String) {
        events = text.split(separator: " ").map { part in
            let isSuperseded = part.hasSuffix("*")
            let part = isSuperseded ? part.dropLast() : part
            let pair = part.split(separator: "=")
            let name = pair[0].split(separator: ".")
            let time = pair[1].split(separator: "@")
            let span = time[1].split(separator: "+")
            var outcome = String(time[0])
            var expected = Self.calls[String(name[1])]?.1 ?? "200"
            if outcome.hasSuffix("!") {
                outcome.removeLast()
                expected = "404"
            } else if let mark = outcome.firstIndex(of: "?") {
                expected = String(outcome[outcome.index(after: mark)...])
                outcome = String(outcome[..<mark])
            }
            return Event(
                scenario: String(name[0]), operation: String(name[1]), outcome: outcome,
                start: Double(span[0]) ?? 0, length: span.count > 1 ? Double(span[1]) ?? 1 : 1, expected: expected,
                isSuperseded: isSuperseded)
        }
    }

    /// The verdict on the run, which is the same for its journal and while it sends.
    func verdict() throws -> (verdict: Verdict, whileSending: Verdict) {
        let (bench, journal) = try run()
        let policy = Policy(promises: Promises(rateLimit: promise))
        let judge = Judge(plan: bench.plan, contracts: bench.contracts, policy: policy)
        let sending = RunJudge(judge, run: journal.header)
        for (scenario, step, views) in bench.stepsInOrder(journal).joined() { sending.take(scenario, step, views) }
        for scenario in bench.plan.scenarios { sending.finish(scenario, notRun: []) }
        var rest = journal
        rest.exchanges = []
        return (judge.verdict(journal), sending.verdict(rest))
    }

    /// One letter for each step, in the order of the text: passed, failed, unjudged, skipped or not run.
    func letters() throws -> String {
        let (verdict, whileSending) = try verdict()
        let letters = letters(verdict)
        return letters == self.letters(whileSending)
            ? letters
            : "\(letters), but while sending "
                + self.letters(whileSending)
    }

    private func letters(_ verdict: Verdict) -> String {
        events.enumerated().filter { !$0.element.isSuperseded }.map { index, event in
            let scenario = verdict.scenarios.first { $0.name == event.scenario }
            guard let step = scenario?.steps.first(where: { $0.name == name(index) }) else { return "-" }
            if case .unjudged? = step.reason { return "u" }
            return String(step.outcome.rawValue.prefix(1))
        }
        .joined()
    }

    /// The name of a step. The events of one operation in one scenario before and after a new run share their step.
    private func name(_ index: Int) -> String {
        let event = events[index]
        let same = events[..<index].filter {
            $0.scenario == event.scenario && $0.operation == event.operation && $0.isSuperseded == event.isSuperseded
        }
        return "\(event.operation)-\(event.scenario)-\(same.count)"
    }

    /// The plan of the run, and its journal.
    func run() throws -> (bench: Bench, journal: Journal) {
        var rows = ["scenario,step,call,set,expect"]
        let places = events.indices.filter { !events[$0].isSuperseded }
        for scenario in Set(places.map { events[$0].scenario }).sorted() {
            for (number, index) in places.filter({ events[$0].scenario == scenario }).enumerated() {
                let event = events[index]
                let call = Self.calls[event.operation] ?? ("", "", "")
                rows.append(
                    "\(number == 0 ? scenario : ""),\(name(index)),\(call.0),\(call.2),\(event.expected)")
            }
        }
        let bench = try Bench(tables: [("t.csv", rows.joined(separator: "\n") + "\n")])
        var answers: [String: [ExchangeOutcome]] = [:]
        for index in events.indices where !events[index].isSuperseded {
            answers[name(index)] = [outcome(events[index])]
        }
        var journal = try bench.journal(answers)
        journal.header.target = target
        var last = events.count * 2
        for number in journal.exchanges.indices {
            let step = journal.exchanges[number].step
            guard let index = places.first(where: { name($0) == step }) else { continue }
            place(&journal.exchanges[number], index)
            journal.exchanges[number].sequence = index + 1
        }
        for index in events.indices where events[index].isSuperseded {
            guard var exchange = journal.exchanges.first(where: { $0.step == name(index) }) else { continue }
            last += 1
            exchange.sequence = last
            exchange.outcome = outcome(events[index])
            place(&exchange, index)
            journal.superseded.append(exchange)
        }
        return (bench, journal)
    }

    private func place(_ exchange: inout Exchange, _ index: Int) {
        exchange.startedAt = Bench.header.startedAt.advanced(by: .milliseconds(Int(events[index].start * 1_000)))
        exchange.duration = .milliseconds(Int(events[index].length * 1_000))
    }

    private func outcome(_ event: Event) -> ExchangeOutcome {
        switch (event.outcome, event.operation) {
        case ("ok", "fetch"): .answer(200, Parcels.parcel)
        case ("ok", "label"): .answer(200, "a label", [("content-type", "text/plain")])
        case ("ok", "drop"): .answer(204, "", [])
        case ("ok", _): .answer(200, #"[{"city": "Riga"}]"#)
        case ("refused", _): .fault(.connectionRefused, "nothing listens")
        case ("timeout", _): .fault(.timedOut, "no response in time")
        case ("reset", _): .fault(.reset, "the connection was closed")
        case ("tls", _): .fault(.tls, "no TLS")
        case ("429left", _):
            .answer(429, "", [("x-left", "0"), ("content-type", "application/json")])
        case (let status, _): .answer(Int(status) ?? 500, #"{"message": "no"}"#)
        }
    }
}

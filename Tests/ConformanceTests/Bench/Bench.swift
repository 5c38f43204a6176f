import Conformance
import Diagnostics
import Exchanges
import Foundation
import JSONDocument
import OpenAPI
import Primitives
import Scenarios
import SourceText
import TestKit
import Testing

/// A contract and its tables, planned, with responses given by the test.
struct Bench {
    /// Why a bench could not be built: the mistakes in contract or tables.
    struct Unusable: Error { var problems: [String] }

    var contracts: Contracts
    var plan: Plan
    var policy = Policy()
    static let baseURL = "https://parcels.example/v1"

    /// Plans `tables` by the document `spec`.
    init(spec: String = Parcels.document, tables: [(String, String)], files: [String: String] = [:]) throws {
        let contract = try Self.contract(spec)
        contracts = Contracts([contract])
        let settings = PlanSettings(
            profiles: ["porter"],
            readFile: { (path: String) throws(SourceError) in
                guard let text = files[path] else { throw SourceError([]) }
                return Array(text.utf8)
            }
        )
        let sources = tables.map { TableSource(path: $0.0, bytes: Array($0.1.utf8)) }
        let (plan, diagnostics) = Planner.plan(tables: sources, contracts: contracts, settings: settings)
        guard !Diagnostics(diagnostics).hasErrors else {
            throw Unusable(problems: diagnostics.map { "\($0.location?.description ?? "") \($0.message)" })
        }
        self.plan = plan
    }

    /// The contract that a document describes.
    static func contract(_ text: String) throws -> Contract {
        try Contract.load(text: text, name: "v1", file: "parcels.yaml")
    }

    static let header = JournalHeader(
        seed: "seed", startedAt: Instant(microsecondsSinceEpoch: 1_767_225_600_000_000), target: "shelf",
        baseURL: baseURL)

    /// What every step would have sent, with the outcomes in `answers` under its name: one for each attempt.
    ///
    /// A step without outcomes is not run; its reason is a missing value, else `stopped`.
    func journal(_ answers: [String: [ExchangeOutcome]]) throws -> Journal {
        var journal = Journal(header: Self.header)
        for scenario in plan.scenarios {
            var scope = ValueScope(
                seed: "seed", table: scenario.file, scenario: scenario.name, dataCase: scenario.dataCase,
                now: Self.header.startedAt, row: scenario.row,
                firstCases: ValueScope.firstCases(of: scenario.steps))
            for step in scenario.steps {
                if case .wait = step.call { continue }
                let request: RequestMessage
                switch self.request(step, scope) {
                case .success(let message):
                    request = message
                case .failure(let reason):
                    journal.notRun.append(NotRun(scenario: scenario.id, step: step.name, reason: reason.reason))
                    continue
                }
                guard let outcomes = answers[step.name] else {
                    journal.notRun.append(NotRun(scenario: scenario.id, step: step.name, reason: .stopped))
                    continue
                }
                for (index, outcome) in outcomes.enumerated() {
                    let exchange = Exchange(
                        sequence: journal.exchanges.count + 1, scenario: scenario.id, step: step.name,
                        attempt: index + 1,
                        isConcurrent: step.options.burst != nil || step.options.race != nil,
                        operation: step.call.operation?.name, contract: step.contract, request: request,
                        outcome: outcome,
                        startedAt: Self.header.startedAt, duration: .milliseconds(12))
                    journal.exchanges.append(exchange)
                    let saves = Dictionary(
                        step.saves.map { ($0.name, $0.path) }, uniquingKeysWith: { first, _ in first })
                    scope.exchanges[step.name] = ExchangeView.parsing(
                        exchange, operation: step.call.operation, saves: saves)
                }
            }
        }
        return journal
    }

    private struct LeftOut: Error { var reason: NotRun.Reason }

    private func request(_ step: Step, _ scope: ValueScope) -> Result<RequestMessage, LeftOut> {
        let schemes = Dictionary(
            contracts.all.map { ($0.name, $0.securitySchemes) }, uniquingKeysWith: { first, _ in first })
        let set = CredentialSet(
            profiles: ["porter": ["Key": "porter-key", "Pin": "porter-pin"]], targetProfile: "porter", schemes: schemes)
        do {
            let credentials = try set.credentials(for: step).get()
            return .success(
                try RequestBuilder.build(step, scope: scope, credentials: credentials, baseURL: Self.baseURL).message)
        } catch let failure as ValueFailure {
            if case .missing(let giving, let path) = failure {
                return .failure(LeftOut(reason: .missingValue(step: giving, path: path)))
            }
            return .failure(LeftOut(reason: .unbuildable("\(failure)")))
        } catch {
            return .failure(LeftOut(reason: .skipped("\(error)")))
        }
    }

    /// The verdict on `answers`, which is the same for a journal and for a run that is judged while it sends.
    func verdict(_ answers: [String: [ExchangeOutcome]]) throws -> Verdict {
        let journal = try journal(answers)
        let verdict = Judge(plan: plan, contracts: contracts, policy: policy).verdict(journal)
        let made = verdictOnTheWay(journal)
        #expect(made.allFindings == verdict.allFindings)
        #expect(made.outcomes == verdict.outcomes)
        #expect(made.scenarios.flatMap(\.steps).map(\.reason) == verdict.scenarios.flatMap(\.steps).map(\.reason))
        #expect(made.coverage == verdict.coverage)
        let stored = try verdictOnStored(journal)
        #expect(stored.allFindings == verdict.allFindings)
        #expect(stored.outcomes == verdict.outcomes)
        #expect(stored.scenarios.flatMap(\.steps).map(\.reason) == verdict.scenarios.flatMap(\.steps).map(\.reason))
        #expect(stored.coverage == verdict.coverage)
        return verdict
    }

    /// The verdict on a journal file in which the lines of all scenarios are mixed.
    func verdictOnStored(_ journal: Journal) throws -> Verdict {
        let folder = try TemporaryFolder()
        let path = folder.file("journal.ndjson")
        let writer = try JournalWriter(path: path, header: journal.header, redactor: .none, bodyLimit: .max)
        var open = Dictionary(grouping: journal.exchanges, by: \.scenario).values
            .map { $0[...] }.sorted { ($0.first?.sequence ?? 0) < ($1.first?.sequence ?? 0) }
        for entry in journal.notRun { try writer.notRun(entry) }
        while !open.isEmpty {
            for index in open.indices {
                let exchange = open[index].removeFirst()
                try writer.sent(
                    PendingExchange(
                        sequence: exchange.sequence, scenario: exchange.scenario, step: exchange.step,
                        attempt: exchange.attempt, hop: exchange.hop, isConcurrent: exchange.position.isConcurrent,
                        operation: exchange.operation, contract: exchange.contract, request: exchange.request,
                        startedAt: exchange.startedAt))
                try writer.finished(exchange)
                if open[index].isEmpty { try writer.ended(exchange.scenario) }
            }
            open.removeAll { $0.isEmpty }
        }
        writer.close()
        let judge = RunJudge(
            Judge(plan: plan, contracts: contracts, policy: policy), run: journal.header, keepsMessages: true)
        var rest = Journal(header: journal.header)
        try StoredJournal(path: path).forEachScenario { scenario in
            rest.exchanges += judge.judge(scenario, run: journal.header)
        }
        return judge.verdict(rest)
    }

    /// The verdict on a run whose scenarios end one after the other, the last of the plan first.
    func verdictOnTheWay(_ journal: Journal) -> Verdict {
        let steps = Array(stepsInOrder(journal).reversed()).flatMap { $0 }
        return verdict(folding: steps, of: journal, peeks: true)
    }

    /// A step with its attempts.
    typealias Attempts = (scenario: Scenario, step: Step, views: [ExchangeView])

    /// For each scenario its steps with their attempts, in the order of sending.
    func stepsInOrder(_ journal: Journal) -> [[Attempts]] {
        plan.scenarios.map { scenario in
            let own = journal.exchanges.filter { $0.scenario == scenario.id }
            var names: [String] = []
            for exchange in own where !names.contains(exchange.step) { names.append(exchange.step) }
            return names.compactMap { name in
                guard let step = scenario.steps.first(where: { $0.name == name }) else { return nil }
                return (scenario, step, own.filter { $0.step == name }.map { .parsing($0, of: step) })
            }
        }
    }

    /// The verdict on a run that judges steps in this order; scenarios end after their last step.
    ///
    /// - Parameter peeks: Whether the state of each step is asked for after each of its attempts, too.
    func verdict(folding steps: [Attempts], of journal: Journal, peeks: Bool) -> Verdict {
        let judge = RunJudge(Judge(plan: plan, contracts: contracts, policy: policy), run: journal.header)
        func notRun(_ scenario: Scenario) -> [NotRun] { journal.notRun.filter { $0.scenario == scenario.id } }
        for (scenario, step, views) in steps {
            let isCutOff = notRun(scenario).contains { $0.step == step.name && $0.reason == .stopped }
            let peeked = peeks ? views.indices.map { judge.peek(scenario, step, Array(views[...$0])) } : []
            let state = judge.take(scenario, step, views, isCutOff: isCutOff)
            // Unless a redirect or a page was not followed, or several requests were sent at once, `take` returns the state that `peek` has shown.
            if let last = peeked.last, !isCutOff, step.options.follow == nil, step.options.paging == nil,
                !scenario.steps.contains(where: { $0.options.series != nil })
            {
                #expect(state == (last == .pending ? .failed : last))
            }
        }
        for scenario in plan.scenarios.reversed() { judge.finish(scenario, notRun: notRun(scenario)) }
        var rest = journal
        rest.exchanges = []
        return judge.verdict(rest)
    }

    /// The verdict on one response to the only step.
    func verdict(_ answer: ExchangeOutcome) throws -> Verdict {
        let step = plan.scenarios.first?.steps.first?.name ?? ""
        return try verdict([step: [answer]])
    }
}

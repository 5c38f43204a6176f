import Conformance
import Diagnostics
import Exchanges
import Foundation
import JSONDocument
import OpenAPI
import Scenarios
import SourceText
import TestKit
import Testing

/// A contract and its tables, planned, with answers given by hand.
struct Bench {
    /// Why a bench could not be built: the problems of contract or tables.
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

    /// What every step would have sent, answered by `answers` under its name: one outcome for each attempt.
    ///
    /// A step without answers is not run; its reason is the value that it could not be given, else `stopped`.
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

    /// The verdict on `answers`, which is the same for a journal and for a run that is judged while it is made.
    func verdict(_ answers: [String: [ExchangeOutcome]]) throws -> Verdict {
        let journal = try journal(answers)
        let verdict = Judge(plan: plan, contracts: contracts, policy: policy).verdict(journal)
        let made = verdictOnTheWay(journal)
        #expect(made.allFindings == verdict.allFindings)
        #expect(made.outcomes == verdict.outcomes)
        #expect(made.scenarios.flatMap(\.steps).map(\.reason) == verdict.scenarios.flatMap(\.steps).map(\.reason))
        #expect(made.coverage == verdict.coverage)
        return verdict
    }

    /// The verdict on a run whose scenarios end one after the other, the last of the plan first.
    func verdictOnTheWay(_ journal: Journal) -> Verdict {
        let judging = RunJudging(Judge(plan: plan, contracts: contracts, policy: policy), run: journal.header)
        for scenario in plan.scenarios.reversed() {
            var views: [ExchangeView] = []
            for exchange in journal.exchanges where exchange.scenario == scenario.id {
                guard let step = scenario.steps.first(where: { $0.name == exchange.step }) else { continue }
                views.append(.parsing(exchange, of: step))
                _ = judging.state(of: step, in: scenario, views.suffix(1))
            }
            judging.end(scenario, views, notRun: journal.notRun.filter { $0.scenario == scenario.id })
        }
        var rest = journal
        rest.exchanges = []
        return judging.verdict(rest)
    }

    /// The verdict on one answer to the only step.
    func verdict(_ answer: ExchangeOutcome) throws -> Verdict {
        let step = plan.scenarios.first?.steps.first?.name ?? ""
        return try verdict([step: [answer]])
    }
}

import Diagnostics
import JSONDocument
import OpenAPI
import Scenarios
import SourceText
import TestKit
import Testing

@testable import Drafting

/// Properties of drafted tables, tested with random services.
struct RandomServiceTests {
    private func contract(_ number: Int) throws -> Contract {
        var random = RandomService(number)
        return try Contract.load(text: random.document(collections: 1 + number % 3).text)
    }

    private func draft(_ number: Int) throws -> Draft {
        Drafter.draft(try contract(number), profiles: ["main"]) { _ in nil }
    }

    @Test("no row is removed because it cannot be planned", arguments: 0..<6)
    func planned(number: Int) throws {
        let draft = try draft(number)
        let dropped = draft.leftOut.filter { $0.what == Draft.LeftOut.whole || $0.what.hasPrefix("the step") }
        #expect(dropped.isEmpty, "\(dropped)")
        #expect(draft.files.contains { $0.path.hasSuffix(".csv") })
    }

    @Test("a draft is planned without a diagnostic", arguments: 0..<6)
    func plans(number: Int) throws {
        let contract = try contract(number)
        let draft = try draft(number)
        let files = Dictionary(uniqueKeysWithValues: draft.files.map { ($0.path, Array($0.text.utf8)) })
        let settings = PlanSettings(
            profiles: ["main"], variables: Dictionary(uniqueKeysWithValues: draft.variables.map { ($0.name, $0.value) })
        ) { (path: String) throws(SourceError) in
            guard let bytes = files[path] else { throw SourceError([]) }
            return bytes
        }
        let tables = draft.files.filter { $0.path.hasSuffix(".csv") }
            .map { TableSource(path: $0.path, bytes: Array($0.text.utf8)) }
        let (plan, diagnostics) = Planner.plan(
            tables: tables, contracts: Contracts([contract], default: contract.name), settings: settings)
        #expect(diagnostics.filter { $0.severity != .note }.map(\.testLine) == [])
        let called = Set(plan.scenarios.flatMap(\.steps).map { "\($0.call)" })
        #expect(!called.isEmpty)
    }

    @Test(
        "the same document gives the same bytes, and every step of a scenario has its own name", arguments: 0..<4)
    func stable(number: Int) throws {
        let first = try draft(number)
        #expect(try draft(number).files.map(\.text) == first.files.map(\.text))
        for file in first.files where file.path.hasSuffix(".csv") {
            var seen: Set<String> = []
            var scenario = ""
            for cells in Cells.rows(file.text).dropFirst() {
                if !cells[0].isEmpty { (scenario, seen) = (cells[0], []) }
                #expect(seen.insert(cells[1]).inserted, "\(scenario) has two steps \(cells[1])")
            }
        }
    }

    @Test("every operation is called, or the draft reports why it is not", arguments: 0..<6)
    func complete(number: Int) throws {
        let contract = try contract(number)
        let draft = try draft(number)
        for operation in contract.operations {
            let isCalled = draft.lines.contains { $0.contains(",\(operation.name),") }
            #expect(isCalled || draft.leftOut.contains { $0.operation == operation.name }, "\(operation.name)")
        }
    }
}

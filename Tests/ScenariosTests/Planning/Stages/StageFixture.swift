import Diagnostics
import OpenAPI
import Testing

@testable import Scenarios

/// The inputs of single stages, read from small tables of the library.
struct StageFixture {
    let settings: PlanSettings
    let store: PlanningStore

    init(files: [String: String] = [:], secrets: [String]? = ["TOKEN"]) {
        settings = Library.settings(files: files, secrets: secrets)
        store = PlanningStore([], settings)
    }

    var input: ResolverInput {
        ResolverInput(
            contracts: Library.contracts, profiles: settings.profiles, lookups: store.lookups,
            bodyFiles: store.bodyFiles)
    }

    /// The scenarios of a table, `scenarios/t.csv`.
    func groups(_ csv: String) -> [ScenarioRows] {
        var problems: [Diagnostic] = []
        let source = TableSource(path: "scenarios/t.csv", bytes: Array(csv.utf8))
        return Array(ScenarioRows.groups(of: store.tables.add(source, &problems)))
    }

    /// The first scenario of a table, read.
    func draft(_ csv: String) throws -> ScenarioDraft {
        var reader = ScenarioReader(try #require(groups(csv).first))
        return reader.run()
    }

    /// A row with one step, whose cells are given by column; read and resolved as far as its call.
    func row(_ cells: KeyValuePairs<String, String>) throws -> CalledRow {
        let names = cells.map(\.key).joined(separator: ",")
        let values = cells.map { "\"\($0.value.replacing("\"", with: "\"\""))\"" }.joined(separator: ",")
        let draft = try draft("step,\(names)\na,\(values)\n")
        var resolver = CallResolver(
            draft: try #require(draft.rows.first), contracts: Library.contracts, lookups: store.lookups)
        let row = resolver.run()
        return try #require(row)
    }

    /// The first scenario of a table, read, expanded and resolved.
    func resolved(_ csv: String) throws -> ResolvedScenario {
        let draft = try draft(csv)
        var parts: [ExpandedScenario.Part] = []
        for row in draft.rows where !row.isDefaults { parts.append(.row(row)) }
        var resolver = ScenarioResolver(
            scenario: ExpandedScenario(draft: draft, parts: parts, isSound: draft.isSound), input: input,
            dataFiles: store.dataFiles, settings: settings)
        return resolver.run()
    }

    /// The first scenario of a table, built.
    func built(_ csv: String) throws -> BuiltScenario {
        var builder = ScenarioBuilder(
            rows: try #require(groups(csv).first), resolved: try resolved(csv), isCI: false)
        return builder.run()
    }

    var checkInput: RequestCheckInput {
        RequestCheckInput(
            settings: settings, lookups: store.lookups, bodyFiles: store.bodyFiles, dataFiles: store.dataFiles,
            valid: store.validRequests)
    }
}

extension PlanningStage {
    /// The output of the stage and its diagnostics as people read them.
    func result() -> (Output, [String]) {
        var stage = self
        let output = stage.run()
        return (output, stage.diagnostics.map(Library.text))
    }
}

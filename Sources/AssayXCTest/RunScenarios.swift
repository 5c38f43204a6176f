public import AssayTesting
public import XCTest

extension XCTestCase {
    /// Runs the scenarios of a project and judges every response: the function for tests that use XCTest.
    ///
    /// Each finding fails the test at the table row or cell that it belongs to; its message is followed by all requests
    /// and responses of the scenario. Warnings are printed. A mistake in the input and a selection without scenarios
    /// fail the test.
    ///
    /// - Parameters:
    ///   - folder: The folder of `assay.yaml`, or of the tables and bodies; relative to the package of the test.
    ///   - tables: Tables in the folder; empty for all tables of the project.
    ///   - tags: A condition on tags, such as `smoke and not slow`; `nil` for all scenarios.
    ///   - spec: An OpenAPI document in the folder, for a folder without `assay.yaml`.
    ///   - target: The target of the requests.
    ///   - sourceFile: The file of the test; relative folders are searched from there.
    /// - Throws: The errors of the server's closure, `ScenariosError` for a mistake in the input, and `XCTSkip` if
    ///   every scenario is skipped.
    nonisolated(nonsending) public func runScenarios(
        in folder: String,
        tables: [String] = [],
        tags: String? = nil,
        spec: String? = nil,
        on target: Target = .mock,
        sourceFile: String = #filePath
    ) async throws {
        let scenarios = try Scenarios(
            in: folder, tables: tables, tags: tags, spec: spec, on: target, sourceFile: sourceFile)
        let outcomes = try await Self.outcomes(of: scenarios)
        // If nothing was sent, nothing was tested.
        if outcomes.allSatisfy({ $0.skipReason != nil && $0.issues.allSatisfy(\.isWarning) }) {
            throw XCTSkip(outcomes.first?.skipReason ?? "")
        }
        for outcome in outcomes {
            for issue in outcome.issues {
                if issue.isWarning {
                    print("\(issue.file):\(issue.line):\(issue.column): warning: \(issue.message)")
                } else {
                    report(issue, outcome.report)
                }
            }
        }
    }

    /// Runs up to eight scenarios at a time; the results are in the order of the tables.
    private static func outcomes(of scenarios: Scenarios) async throws -> [ScenarioOutcome] {
        try await withThrowingTaskGroup(of: (Int, ScenarioOutcome).self) { group in
            var found: [Int: ScenarioOutcome] = [:]
            for (index, scenario) in scenarios.enumerated() {
                if index >= 8, let (index, outcome) = try await group.next() { found[index] = outcome }
                group.addTask { (index, try await scenario.outcome()) }
            }
            for try await (index, outcome) in group { found[index] = outcome }
            return found.sorted { $0.key < $1.key }.map(\.value)
        }
    }

    private func report(_ issue: ScenarioIssue, _ exchanges: String) {
        #if canImport(Darwin)
            let context = XCTSourceCodeContext(
                location: XCTSourceCodeLocation(filePath: issue.file, lineNumber: issue.line))
            record(
                XCTIssue(
                    type: .assertionFailure, compactDescription: issue.message, detailedDescription: nil,
                    sourceCodeContext: context, associatedError: nil,
                    attachments: [XCTAttachment(string: exchanges)]))
        #else
            recordFailure(
                withDescription: issue.message + "\n" + exchanges, inFile: issue.file, atLine: issue.line,
                expected: true)
        #endif
    }
}

import Foundation
import Testing

/// Runs a scenario against the target of its collection and judges every response.
///
/// Each finding is an issue at the table row or cell that it belongs to. An attachment contains all requests and
/// responses of the scenario, and the difference between values that should be equal. Warnings are reported as
/// warnings. A scenario that cannot finish fails. A scenario whose steps are all skipped, such as one for live targets
/// on the mock, is reported as skipped.
///
/// - Parameter scenario: An element of ``Scenarios``.
/// - Throws: The errors of the server's closure, ``ScenariosError``, or the cancellation of the test case.
public func verify(_ scenario: Scenario) async throws {
    try await report(scenario.suite.outcome(of: scenario.name), of: scenario)
}

extension Scenario {
    /// Runs the scenario against another target than that of its collection, and judges it like ``verify(_:)``.
    ///
    /// Store a target with a server in a constant: each instance starts its own server.
    ///
    /// - Throws: ``ScenariosError`` if the project cannot be run against the target, and the errors of ``verify(_:)``.
    public func verify(on target: Target) async throws {
        try await report(suite.planned(for: target).outcome(of: name), of: self)
    }
}

private func report(_ outcome: ScenarioOutcome, of scenario: Scenario) throws {
    for issue in outcome.issues {
        Issue.record(
            Comment(rawValue: issue.message), severity: issue.isWarning ? .warning : .error,
            sourceLocation: issue.sourceLocation)
    }
    let location = SourceLocation(inFile: scenario.file, line: scenario.line, column: 1)
    if let first = outcome.issues.first {
        Attachment.record(
            outcome.report, named: scenario.attachmentName, sourceLocation: first.sourceLocation)
    }
    if let reason = outcome.skipReason, outcome.issues.allSatisfy(\.isWarning) {
        try Test.cancel(Comment(rawValue: reason), sourceLocation: location)
    }
}

extension Scenario {
    /// A file name: letters, digits and hyphens of the scenario's name.
    fileprivate var attachmentName: String {
        let safe = name.unicodeScalars.prefix(100).map { scalar in
            scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
                ? Character(scalar) : "-"
        }
        return String(safe) + ".txt"
    }
}

extension ScenarioIssue {
    var sourceLocation: SourceLocation {
        SourceLocation(inFile: file, line: line, column: column)
    }
}

extension SourceLocation {
    /// A location in a file that is not Swift: editors open the path, and reports show folder and name.
    init(inFile path: String, line: Int, column: Int) {
        let url = URL(fileURLWithPath: path)
        let folder = url.deletingLastPathComponent().lastPathComponent
        let module = folder.isEmpty || folder == "/" ? "tables" : folder
        self.init(
            fileID: "\(module)/\(url.lastPathComponent)", filePath: path, line: max(1, line), column: max(1, column))
    }
}

extension Scenario {
    /// Runs the scenario and returns its outcome, for test libraries other than Swift Testing.
    package func outcome() async throws -> ScenarioOutcome {
        try await suite.outcome(of: name)
    }
}

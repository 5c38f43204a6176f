import Diagnostics
import Harness
import Primitives
import Reporting
import Scenarios
public import Testing

/// The scenarios of a project, as arguments of a parameterised test.
///
/// ```swift
/// @Test(arguments: try Scenarios(in: "api"))
/// func scenario(_ scenario: Scenario) async throws { try await verify(scenario) }
/// ```
///
/// Loading performs all checks that `assay run` performs before it sends the first request. A mistake in a contract, a
/// table or the configuration, a missing recording, and a selection without scenarios are errors. The test then fails
/// with every mistake and its location; it never passes because it has no arguments.
public struct Scenarios: RandomAccessCollection, Sendable {
    private let elements: [Scenario]

    /// Loads the scenarios of a folder.
    ///
    /// - Parameters:
    ///   - folder: The folder of `assay.yaml`, or of the tables and bodies; relative to the package of the test.
    ///   - tables: Tables in the folder; empty for all tables of the project.
    ///   - tags: A condition on tags, such as `smoke and not slow`; `nil` for all scenarios.
    ///   - spec: An OpenAPI document in the folder, for a folder without `assay.yaml`.
    ///   - version: A version of `assay.yaml`; `nil` for those that `assay run` uses.
    ///   - target: The target of the requests.
    ///   - environment: Secrets and variables in addition to the environment of the process; these take precedence.
    ///   - sourceFile: The file of the test; relative folders are searched from there.
    /// - Throws: ``ScenariosError`` with every mistake.
    public init(
        in folder: String,
        tables: [String] = [],
        tags: String? = nil,
        spec: String? = nil,
        version: String? = nil,
        on target: Target = .mock,
        environment: [String: String] = [:],
        sourceFile: String = #filePath
    ) throws(ScenariosError) {
        var request = RunRequest()
        request.tables.tables = tables
        request.tables.tags = tags
        request.contracts.spec = spec
        request.contracts.version = version
        let suite = try ScenarioSuite(
            PackageFolder.resolve(folder, from: sourceFile), request, environment: environment, on: target)
        elements = suite.plan.scenarios.map { planned in
            Scenario(
                name: planned.id, tags: planned.tags, file: suite.path(of: planned.file), line: planned.line,
                suite: suite)
        }
    }

    /// The first position.
    public var startIndex: Int { elements.startIndex }
    /// The position after the last scenario.
    public var endIndex: Int { elements.endIndex }
    /// The scenario at a position, in the order of the tables.
    public subscript(position: Int) -> Scenario { elements[position] }
}

/// Why scenarios or a contract cannot be loaded: every mistake with its file, line and column.
public struct ScenariosError: Error, Sendable, CustomStringConvertible {
    /// The mistakes as text for people.
    public let description: String

    init(_ diagnostics: Diagnostics, in folder: String) {
        let text = DiagnosticText(style: TextStyle(isColoured: false)).render(diagnostics)
        description = "in \(visibleText(folder)):\n" + text
    }

    init(_ error: HarnessError, in folder: String) {
        self.init(error.diagnostics, in: folder)
    }
}

/// One scenario of a table: an argument of a parameterised test, named after the scenario.
public struct Scenario: Sendable, Identifiable {
    /// The name, with `[case]` for a row of its data and `@version` for a second version; unique in the project.
    public let name: String
    /// The tags of its first row.
    public let tags: [String]
    /// The table, as an absolute path.
    public let file: String
    /// The line of its first row.
    public let line: Int

    let suite: ScenarioSuite

    /// The name.
    public var id: String { name }
}

extension Scenario: CustomTestStringConvertible, CustomStringConvertible {
    /// The name.
    public var description: String { name }
    /// The name.
    public var testDescription: String { name }
}

extension Scenario: CustomTestArgumentEncodable {
    /// Encodes the name, by which a test runner can select one argument to run again.
    public func encodeTestArgument(to encoder: some Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(name)
    }
}

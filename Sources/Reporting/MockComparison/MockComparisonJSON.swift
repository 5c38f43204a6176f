package import Diagnostics
package import Exchanges
package import JSONDocument
import Primitives

/// A comparison of server and mock as JSON for programs.
package struct MockComparisonJSON: Sendable {
    private let values: MaskedJSON
    private let envelope: JSONEnvelope

    /// `redactor` masks secrets in every text.
    package init(redactor: Redactor) {
        values = MaskedJSON(redactor: redactor)
        envelope = JSONEnvelope("compare-mock", redactor: redactor)
    }

    /// The report as pretty-printed JSON.
    ///
    /// - Parameter exit: The exit code of the process.
    package func render(_ comparison: MockComparison, exit: Int, diagnostics: [Diagnostic] = []) -> String {
        envelope.render(
            exit: exit,
            [
                ("source", string(comparison.source)), ("target", string(comparison.target)),
                ("compared", .integer(comparison.compared)), ("equal", .integer(comparison.equal)),
                ("differences", .array(comparison.differences.map(difference))),
                (
                    "notCompared",
                    .array(
                        comparison.notCompared.map {
                            .members([
                                ("reason", string($0.reason)), ("count", .integer($0.count)),
                                ("first", string($0.first)),
                            ])
                        })
                ),
                ("proposals", .array(comparison.proposals.map(proposal))),
            ], diagnostics: diagnostics)
    }

    /// The members of the report of a command that compared nothing.
    package static let membersOfNothing: [(String, JSONValue?)] = [
        ("source", .null), ("target", .null), ("compared", 0), ("equal", 0), ("differences", []), ("notCompared", []),
        ("proposals", []),
    ]

    private func difference(_ difference: MockComparison.Difference) -> JSONValue {
        .members([
            ("contract", string(difference.contract)), ("operation", string(difference.operation)),
            ("status", .integer(difference.status)), ("place", string(difference.place)),
            ("document", string(difference.document)), ("sandbox", string(difference.sandbox)),
            ("mock", string(difference.mock)), ("count", .integer(difference.count)),
            ("first", string(difference.first)),
        ])
    }

    private func proposal(_ proposal: MockComparison.Proposal) -> JSONValue {
        .members([
            ("contract", string(proposal.contract)), ("file", proposal.file.map(string) ?? .null),
            ("lines", string(proposal.lines)),
            (
                "unexpressed",
                .array(
                    proposal.unexpressed.map {
                        .members([("place", string($0.place)), ("reason", string($0.reason))])
                    })
            ),
        ])
    }

    private func string(_ text: String) -> JSONValue { values.string(text) }
}

import Conformance
import Diagnostics
import JSONDocument

/// The number of requirements in each state.
struct RequirementCount {
    /// The states in the order of reports: first those that require attention.
    static let order: [RequirementVerdict.State] = [.failed, .notExercised, .shown, .notApplicable, .notSelected]

    private let counts: [RequirementVerdict.State: Int]

    init(_ verdicts: [RequirementVerdict]) {
        counts = Dictionary(grouping: verdicts, by: \.state).mapValues(\.count)
    }

    /// `2 failed, 20 shown`.
    var text: String { text(failed: "") }

    /// The counts with the names of failed requirements after their number.
    func text(failed names: String) -> String {
        Self.order.compactMap { state in
            counts[state].map { "\($0) \(state.words)" + (state == .failed ? names : "") }
        }.joined(separator: ", ")
    }
}

extension RequirementVerdict.State {
    /// The state as reports name it.
    var words: String {
        switch self {
        case .shown: "shown"
        case .failed: "failed"
        case .notExercised: "not exercised"
        case .notSelected: "not selected"
        case .notApplicable: "not applicable"
        }
    }
}

extension RequirementVerdict {
    /// The level as tables have it.
    var level: String { isMandatory ? "mandatory" : "conditional" }
}

extension VerdictJSON {
    /// A requirement with its result and the rows that name it.
    func requirement(_ verdict: RequirementVerdict) -> JSONValue {
        .members([
            ("id", string(verdict.id)),
            ("title", verdict.title.isEmpty ? nil : string(verdict.title)),
            ("link", verdict.link.map { string($0) }),
            ("level", .string(verdict.level)),
            ("versions", verdict.versions.map { string($0) }),
            ("result", .string(verdict.state.rawValue)),
            (
                "rows",
                .array(
                    verdict.rows.map { row in
                        .members([
                            ("scenario", string(row.scenario)), ("step", string(row.step)),
                            ("outcome", .string(row.outcome.rawValue)), ("file", string(row.location.file)),
                            ("line", .integer(row.location.line)),
                        ])
                    })
            ),
        ])
    }
}

extension PageData {
    /// The most rows of a requirement that a page lists.
    private static let mostRows = 50

    /// A requirement with its result and the first rows that name it.
    func requirement(_ verdict: RequirementVerdict) -> JSONValue {
        .members([
            ("id", text(verdict.id)), ("title", text(verdict.title)),
            ("link", verdict.link.map { text($0) }), ("level", .string(verdict.level)),
            ("result", .string(verdict.state.rawValue)), ("words", .string(verdict.state.words)),
            (
                "rows",
                .array(
                    verdict.rows.prefix(Self.mostRows).map { row in
                        .array([text("\(row.scenario) › \(row.step)"), .string(row.outcome.rawValue)])
                    })
            ),
            ("count", .integer(verdict.rows.count)),
        ])
    }
}

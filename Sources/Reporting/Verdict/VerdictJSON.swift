package import Conformance
package import Diagnostics
package import Exchanges
package import JSONDocument
import Primitives

/// A verdict as JSON for programs: the shape `assay/1`, whose members are never removed.
///
/// `docs/report.schema.json` describes it.
package struct VerdictJSON: Sendable {
    private let envelope: JSONEnvelope
    let values: MaskedJSON
    let detail: CoverageDetail

    /// `redactor` masks secrets in every text.
    ///
    /// - Parameters:
    ///   - command: The command that judged: `run`, `record`, `report` or `replay`.
    ///   - coverage: Which points of coverage are listed.
    package init(command: String = "run", coverage: CoverageDetail = .summary, redactor: Redactor) {
        detail = coverage
        envelope = JSONEnvelope(command, redactor: redactor)
        values = MaskedJSON(redactor: redactor)
    }

    /// The report of a run as pretty-printed JSON with a line break at its end.
    ///
    /// - Parameter exit: The exit code of the process.
    package func render(_ verdict: Verdict, exit: Int, diagnostics: [Diagnostic] = []) -> String {
        var bytes: [UInt8] = []
        write(verdict, exit: exit, diagnostics: diagnostics) { bytes += $0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Writes the report of a run piece by piece, so a long one is never completely in memory.
    ///
    /// - Parameter sink: Receives the bytes that ``render(_:exit:diagnostics:)`` would return.
    package func write(
        _ verdict: Verdict, exit: Int, diagnostics: [Diagnostic] = [], to sink: @escaping ([UInt8]) -> Void
    ) {
        let lines = ReproductionLine(verdict.run, redactor: values.redactor)
        envelope.write(exit: exit, diagnostics: diagnostics, to: sink) { text in
            text.add("seed", string(verdict.run.seed))
            text.add("startedAt", .string(verdict.run.startedAt.description))
            text.add("target", string(verdict.run.target))
            text.add("baseURL", string(lines.baseURL))
            text.add("versions", .array(verdict.run.contracts.map { string($0.name) }))
            text.add("summary", summary(Summary(verdict)))
            text.addElements("scenarios") { add in
                for verdict in verdict.scenarios { add(scenario(verdict, lines)) }
            }
            text.addElements("findings") { add in
                for finding in verdict.findings { add(self.finding(finding, [], lines)) }
            }
            text.addElements("groups") { add in
                for group in verdict.groups { add(self.group(group, of: verdict)) }
            }
            text.add("hints", .array(verdict.hints.map(values.diagnostic)))
            text.addMembers("coverage") { coverage in
                for (name, share) in shares(verdict.coverage) { coverage.add(name, share) }
                coverage.addElements("byOperation") { forEachOperation(verdict.coverage, $0) }
            }
            if !verdict.requirements.isEmpty {
                text.add("requirements", .array(verdict.requirements.map(requirement)))
            }
            if let illness = verdict.illness { text.add("illness", self.illness(illness)) }
        }
    }

    /// The members of the report of a command that judged nothing, because its input is wrong or nothing responded.
    package var membersOfNothing: [(String, JSONValue?)] {
        [
            ("seed", .null), ("startedAt", .null), ("target", .null), ("baseURL", .null), ("versions", []),
            ("summary", summary(Summary())), ("scenarios", []), ("findings", []),
            ("groups", []), ("hints", []),
            ("coverage", coverage(Coverage(operations: []))),
        ]
    }

    private func summary(_ summary: Summary) -> JSONValue {
        .members([
            ("scenarios", .integer(summary.scenarios)),
            ("passed", .integer(summary.passed)),
            ("failed", .integer(summary.failed)),
            ("notRun", .integer(summary.notRun)),
            ("skipped", .integer(summary.skipped)),
            ("steps", .integer(summary.steps)),
            ("skippedSteps", .integer(summary.skippedSteps)),
            ("exchanges", .integer(summary.exchanges)),
            (
                "findings",
                .members([
                    ("error", .integer(summary.errors)), ("warning", .integer(summary.warnings)),
                    ("note", .integer(summary.notes)),
                ])
            ),
        ])
    }

    private func illness(_ illness: TargetIllness) -> JSONValue {
        .members([
            ("unjudged", .integer(illness.unjudged)),
            ("steps", .integer(illness.steps)),
            (
                "periods",
                .array(
                    illness.periods.map { period in
                        .members([
                            ("first", .string(period.first.description)),
                            ("last", .string(period.last.description)),
                            ("exchanges", .integer(period.exchanges)),
                            ("operations", .array(period.operations.map { string($0) })),
                            (
                                "symptoms",
                                .array(
                                    period.symptoms.map {
                                        .members([("name", .string($0.name)), ("count", .integer($0.count))])
                                    })
                            ),
                        ])
                    })
            ),
        ])
    }

    private func scenario(_ scenario: ScenarioVerdict, _ lines: ReproductionLine) -> JSONValue {
        .members([
            ("name", string(scenario.name)),
            ("file", string(scenario.file)),
            ("line", .integer(scenario.line)),
            ("outcome", .string(scenario.outcome.rawValue)),
            ("steps", .array(scenario.steps.map { step($0, of: scenario, lines) })),
        ])
    }

    private func step(_ step: StepVerdict, of scenario: ScenarioVerdict, _ lines: ReproductionLine) -> JSONValue {
        let isElsewhere = !step.location.file.isSame(as: scenario.file)
        return .members([
            ("name", string(step.name)),
            ("operation", string(step.call)),
            ("contract", string(step.contract)),
            ("file", isElsewhere ? string(step.location.file) : nil),
            ("line", .integer(step.location.line)),
            ("outcome", .string(step.outcome.rawValue)),
            ("reason", step.reason.map { string($0.sentence) }),
            ("note", step.note.isEmpty ? nil : string(step.note)),
            ("attempts", .integer(step.exchanges.count)),
            ("milliseconds", milliseconds(step.duration)),
            ("status", step.exchanges.last?.response.map { .integer($0.status) }),
            ("findings", .array(step.findings.map { finding($0, step.exchanges, lines) })),
        ])
    }

    private func milliseconds(_ duration: Duration) -> JSONValue {
        let tenths = Int((duration / .microseconds(100)).rounded())
        return JSONNumber("\(tenths / 10).\(tenths % 10)").map { .number($0) } ?? .null
    }

    /// A text from outside with secrets masked.
    func string(_ text: String) -> JSONValue {
        values.string(text)
    }
}

package import Conformance
import Diagnostics
package import Exchanges
import Primitives

/// A verdict in the JUnit format of CI servers: a suite for each scenario, and a test case for each step.
///
/// A failing step has properties `rule` and `place` for each of its errors. Its output contains the differences, the
/// response, and the curl line.
package struct JUnitReport: Sendable {
    /// The most characters of the output of one step.
    private static let longestOutput = 16_000

    private let redactor: Redactor
    private let findings: VerdictText
    private let scenarios: ScenarioText

    /// Masks secrets with `redactor`.
    package init(redactor: Redactor) {
        self.redactor = redactor
        findings = VerdictText(style: TextStyle(isColoured: false), redactor: redactor)
        scenarios = ScenarioText(redactor: redactor)
    }

    /// The report of a run; `elapsed` is its duration.
    package func render(_ verdict: Verdict, elapsed: Duration) -> String {
        let lines = ReproductionLine(verdict.run, redactor: redactor)
        let suites = verdict.scenarios.map { suite($0, lines) } + ofRun(verdict.findings)
        let root = XMLElement(
            name: "testsuites",
            attributes: [("name", "assay \(verdict.run.target)")] + Counts(suites.flatMap(\.cases)).attributes
                + [("time", Self.seconds(elapsed))],
            children: suites.map { $0.element(verdict.run) })
        return Self.declaration + root.render()
    }

    static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

    // MARK: Suites

    private func suite(_ scenario: ScenarioVerdict, _ lines: ReproductionLine) -> Suite {
        Suite(
            name: shown(scenario.name), file: shown(scenario.file),
            cases: scenario.steps.map { testCase($0, of: scenario, lines) })
    }

    /// The errors about no step, as test cases of a suite of their own.
    private func ofRun(_ found: [Finding]) -> [Suite] {
        let errors = found.filter { $0.severity == .error }
        guard !errors.isEmpty else { return [] }
        let cases = errors.map { finding in
            let name = [finding.scenario, finding.step].filter { !$0.isEmpty }.joined(separator: " › ")
            return Case(
                name: shown(name.isEmpty ? finding.rule : name), suite: "run", location: finding.table,
                result: .failure, children: properties([finding]) + [failure([finding])])
        }
        return [Suite(name: "run", file: nil, cases: cases)]
    }

    private func testCase(_ step: StepVerdict, of scenario: ScenarioVerdict, _ lines: ReproductionLine) -> Case {
        let errors = step.findings.filter { $0.severity == .error }
        var result = Case(
            name: shown(step.name), suite: shown(scenario.name), location: step.location, duration: step.duration)
        switch step.outcome {
        case .passed: break
        case .skipped, .notRun:
            result.result = .skipped
            let reason = step.reason.map { shown($0.sentence) } ?? ""
            result.children = [XMLElement(name: "skipped", attributes: [("message", reason)])]
        case .failed:
            result.result = errors.allSatisfy { $0.blame == .transport } ? .error : .failure
            result.children = properties(errors) + [failure(errors), output(errors, of: step, lines)]
        }
        return result
    }

    // MARK: Parts of a test case

    private func properties(_ errors: [Finding]) -> [XMLElement] {
        func property(_ name: String, _ value: String) -> XMLElement {
            XMLElement(name: "property", attributes: [("name", name), ("value", value)])
        }
        let properties = errors.flatMap { finding in
            [property("rule", shown(finding.rule))]
                + (finding.response.map { [property("place", shown($0.description))] } ?? [])
        }
        return [XMLElement(name: "properties", children: properties)]
    }

    private func failure(_ errors: [Finding]) -> XMLElement {
        let isTransport = errors.allSatisfy { $0.blame == .transport }
        return XMLElement(
            name: isTransport ? "error" : "failure",
            attributes: [
                ("message", errors.first.map { shown($0.message) } ?? ""),
                ("type", errors.first.map { shown($0.rule) } ?? ""),
            ],
            text: errors.flatMap { findings.lines(of: $0) }.joined(separator: "\n"))
    }

    private func output(_ errors: [Finding], of step: StepVerdict, _ lines: ReproductionLine) -> XMLElement {
        var text = errors.map { scenarios.message($0, in: step) }
        let exchange = step.exchanges.first { $0.sequence == errors.first?.exchange } ?? step.exchanges.last
        if let exchange {
            if let response = exchange.response { text.append(scenarios.text(of: response)) }
            text.append(lines.text(exchange.request))
        }
        return XMLElement(name: "system-out", text: truncated(text.joined(separator: "\n\n"), to: Self.longestOutput))
    }

    private func shown(_ text: String) -> String { findings.shown(text) }

    /// Seconds with three decimals.
    fileprivate static func seconds(_ duration: Duration) -> String {
        let milliseconds = Int(duration / .milliseconds(1))
        let rest = String(milliseconds % 1_000)
        return "\(milliseconds / 1_000)." + String(repeating: "0", count: 3 - rest.utf8.count) + rest
    }
}

extension JUnitReport {
    /// The result of a step as the format names it.
    fileprivate enum Result {
        case passed, failure, error, skipped
    }

    fileprivate struct Case {
        var name: String
        var suite: String
        var location: SourceLocation?
        var duration = Duration.zero
        var result = Result.passed
        var children: [XMLElement] = []

        var element: XMLElement {
            let place = location.map { [("file", $0.file), ("line", String($0.line))] } ?? []
            return XMLElement(
                name: "testcase",
                attributes: [("name", name), ("classname", suite)] + place + [("time", seconds(duration))],
                children: children)
        }
    }

    fileprivate struct Suite {
        var name: String
        var file: String?
        var cases: [Case]

        func element(_ run: JournalHeader) -> XMLElement {
            let time = cases.reduce(Duration.zero) { $0 + $1.duration }
            // The format has no time zone; the time is UTC.
            let timestamp = String(run.startedAt.description.prefix(19))
            return XMLElement(
                name: "testsuite",
                attributes: [("name", name)] + Counts(cases).attributes
                    + [("time", seconds(time)), ("timestamp", timestamp)] + (file.map { [("file", $0)] } ?? []),
                children: cases.map(\.element))
        }
    }

    fileprivate struct Counts {
        private let cases: [Case]

        init(_ cases: [Case]) {
            self.cases = cases
        }

        var attributes: [(name: String, value: String)] {
            func count(_ result: Result) -> String { String(cases.count { $0.result == result }) }
            return [
                ("tests", String(cases.count)), ("failures", count(.failure)), ("errors", count(.error)),
                ("skipped", count(.skipped)),
            ]
        }
    }
}

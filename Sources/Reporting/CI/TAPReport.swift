import Conformance
import Diagnostics
import JSONDocument
import Primitives

/// A run in the Test Anything Protocol, version 14: a test point for each scenario, with its steps as a subtest.
///
/// A failing step has a YAML block with rule, message, place and the lines of the text report.
package struct TAPReport: Sendable, WrittenReport {
    /// The most lines of the text report in a YAML block.
    private static let mostLines = 40

    private let report: RunReport
    private let text: VerdictText

    /// The report of a run.
    package init(_ report: RunReport) {
        self.report = report
        text = report.plain
    }

    package func write(to sink: @escaping ([UInt8]) -> Void) {
        var pieces = TextPieces(handingOn: sink)
        let suites = report.suites
        pieces.add("TAP version 14\n1..\(suites.count)\(suites.isEmpty ? " # SKIP no scenario" : "")\n")
        for (index, suite) in suites.enumerated() {
            let end = point(index + 1, suite.name, isFailing: Self.fails(suite), reason: Self.reason(of: suite))
            let lines = ["# Subtest: \(Self.name(suite.name))"] + subtest(suite).map { "    " + $0 } + [end]
            pieces.add(lines.joined(separator: "\n") + "\n")
        }
        pieces.end()
    }

    private func subtest(_ suite: ReportedSuite) -> [String] {
        ["1..\(suite.cases.count)"]
            + suite.cases.enumerated().flatMap { index, item in
                let isFailing = item.result == .failed || item.result == .error
                return [point(index + 1, item.name, isFailing: isFailing, reason: item.reason)]
                    + (isFailing ? block(item) : [])
            }
    }

    private static func fails(_ suite: ReportedSuite) -> Bool {
        suite.cases.contains { $0.result == .failed || $0.result == .error }
    }

    /// Why a scenario was skipped: the reason of its first step, if no step was run.
    private static func reason(of suite: ReportedSuite) -> String? {
        guard suite.cases.allSatisfy({ $0.result == .skipped }) else { return nil }
        return suite.cases.first?.reason
    }

    private func point(_ number: Int, _ name: String, isFailing: Bool, reason: String?) -> String {
        "\(isFailing ? "not ok" : "ok") \(number) - \(Self.name(name))"
            + (reason.map { " # SKIP \($0)" } ?? "")
    }

    /// The details of a failing step as YAML. Every value is a JSON string, which YAML 1.2 contains.
    private func block(_ item: ReportedCase) -> [String] {
        func member(_ name: String, _ value: String) -> String {
            "  \(name): \(JSONValue.string(value).text)"
        }
        guard let first = item.errors.first else { return [] }
        let details = report.failureText(of: item).split(separator: "\n")
        var lines = [
            "  ---", member("rule", text.shown(first.rule)), member("message", text.shown(item.message)),
            member("severity", item.result == .error ? "error" : "fail"),
        ]
        if let place = first.response { lines.append(member("place", text.shown(place.description))) }
        if let location = item.location { lines.append(member("at", text.shown(location.description))) }
        lines.append(member("help", text.shown(first.remedy)))
        lines.append(member("explain", text.shown(first.explainCommand)))
        if let exchange = item.exchange {
            lines.append(member("curl", visibleText(report.curl(exchange))))
        }
        lines.append("  details:")
        lines += details.prefix(Self.mostLines).map {
            "    - " + JSONValue.string(visibleText(String($0))).text
        }
        return lines + ["  ..."]
    }

    /// A description without the characters that begin a directive.
    private static func name(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("#", with: "\\#")
    }

    /// The document of a command that failed because of `diagnostics`: nothing was tested.
    static func failure(_ diagnostics: Diagnostics) -> String {
        let reason = diagnostics.sorted.first { $0.severity == .error }?.message ?? "the command failed"
        let comments = diagnostics.sorted.map { diagnostic in
            let location = diagnostic.location.map { "\($0): " } ?? ""
            return "# \(visibleText(location + diagnostic.message))\n"
        }
        return "TAP version 14\n" + comments.joined() + "Bail out! \(visibleText(reason))\n"
    }
}

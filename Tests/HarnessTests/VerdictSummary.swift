import Conformance

extension Verdict {
    /// A summary of the verdict, without times, addresses and seeds.
    var summary: [String] { summary(countsExchanges: true) }

    /// The text of the summary. The number of polls depends on the fraction of a second at which a run starts.
    func summary(countsExchanges: Bool) -> [String] {
        scenarios.flatMap { scenario in
            ["\(scenario.name) \(scenario.outcome)"]
                + scenario.steps.flatMap { step in
                    ["  \(step.name) \(step.outcome) \(countsExchanges ? step.exchanges.count : 0)"]
                        + step.findings.map { finding in
                            let place = finding.response.map { "\($0)" } ?? "-"
                            return "    \(finding.rule) \(finding.severity) \(place) \(finding.actual ?? "-")"
                        }
                }
        } + findings.map { "\($0.rule) \($0.severity) \($0.operation ?? "-")" }
    }
}

import Conformance

extension Verdict {
    /// What the verdict says, without times, addresses and seeds.
    var summary: [String] { summary(countsExchanges: true) }

    /// What the verdict says; how often a step polls depends on the part of a second that a run begins in.
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

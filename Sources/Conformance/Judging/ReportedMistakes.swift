import Diagnostics

/// The mistakes of the document that were reported before, so that each is reported once and not for every response.
public struct ReportedMistakes: Sendable {
    private var known: Set<String> = []

    /// No mistake was reported yet.
    public init() {}

    /// The findings without mistakes of the document that were reported before.
    public mutating func withoutRepeats(_ findings: [Finding]) -> [Finding] {
        findings.filter { finding in
            let rules = [Rule.documentSchema, .documentUnjudged]
            guard rules.contains(where: { $0.id.utf8.elementsEqual(finding.rule.utf8) }) else { return true }
            let place = finding.contractLocation?.description ?? ""
            return known.insert("\(finding.contract)\n\(place)\n\(finding.clause ?? "")\n\(finding.message)").inserted
        }
    }
}

import Diagnostics

extension Verdict {
    /// The verdict by published documents that are known to be wrong: the document is blamed for deviations that the
    /// corrected ones do not have.
    ///
    /// - Parameter corrected: The verdict on the same exchanges by the documents with their overlays.
    package func blamingDocuments(besides corrected: Verdict) -> Verdict {
        let broken = Set(corrected.allFindings.map(FindingIdentity.init))
        var verdict = self
        verdict.findings = findings.map { $0.blamingDocument(unlessIn: broken) }
        verdict.scenarios.changeFindings { $0.map { $0.blamingDocument(unlessIn: broken) } }
        return verdict
    }
}

/// A finding without its message.
private struct FindingIdentity: Hashable {
    let exchange: Int?
    let fingerprint: String

    init(_ finding: Finding) {
        exchange = finding.exchange
        fingerprint = finding.fingerprint
    }
}

extension Finding {
    fileprivate func blamingDocument(unlessIn broken: Set<FindingIdentity>) -> Finding {
        guard exchange != nil, blame != .document, !broken.contains(FindingIdentity(self)) else { return self }
        var finding = self
        finding.blame = .document
        finding.details.append("an overlay changes the document here")
        return finding
    }
}

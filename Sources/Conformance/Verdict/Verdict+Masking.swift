import Diagnostics
package import Exchanges
import JSONDocument

extension Verdict {
    /// The verdict with secrets masked in every finding. Its fingerprints then reveal nothing about the secrets, and are
    /// those of the verdict on its journal, in which the secrets are masked too.
    ///
    /// Exchanges and differences are masked where they are written out.
    package func masked(by redactor: Redactor) -> Verdict {
        var verdict = self
        verdict.scenarios.changeFindings { $0.map { $0.masked(by: redactor) } }
        verdict.findings = verdict.findings.map { $0.masked(by: redactor) }
        verdict.hints = redactor.redact(Diagnostics(hints)).entries
        return verdict
    }
}

extension Finding {
    fileprivate func masked(by redactor: Redactor) -> Finding {
        var finding = self
        finding.message = redactor.redact(message)
        finding.operation = operation.map { redactor.redact($0) }
        finding.response = response.map { $0.masked(by: redactor) }
        finding.clause = clause.map { redactor.redact($0) }
        finding.expected = expected.map { redactor.redact($0) }
        finding.actual = actual.map { redactor.redact($0) }
        finding.details = details.map { redactor.redact($0) }
        return finding
    }
}

extension ResponsePlace {
    fileprivate func masked(by redactor: Redactor) -> ResponsePlace {
        switch self {
        case .status: self
        case .header(let name): .header(redactor.redact(name))
        case .body(let pointer, let position): .body(JSONPointer(pointer.tokens.map { redactor.redact($0) }), position)
        }
    }
}

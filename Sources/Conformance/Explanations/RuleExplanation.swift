package import Diagnostics
import Primitives

/// The explanation of a rule for people: its meaning, the text on which it is based, an example, and what to do.
package struct RuleExplanation: Sendable, Equatable {
    /// The id, as findings have it: `body.type`.
    package let id: String
    /// The severity of its findings, unless a policy changes it.
    package let severity: Severity
    /// A description of the mistake, in one line.
    package let summary: String
    /// The meaning of the rule, in sentences.
    package let meaning: String
    /// The specification or file on which it is based.
    package let source: String
    /// The relevant statement of the source, in our words.
    package let basis: String
    /// Lines of a request, response, contract or table that violate the rule.
    package let example: [String]
    /// Remedies as imperative clauses; the most likely one is first.
    package let remedies: [String]
}

/// The parts of an explanation that a rule itself does not have.
struct RuleText: Sendable {
    let meaning: String
    let basis: String
    let example: String
    let remedies: [String]

    init(_ meaning: String, basis: String, example: String, _ remedies: String...) {
        self.meaning = meaning
        self.basis = basis
        self.example = example
        self.remedies = remedies
    }
}

extension RuleExplanation {
    private static let texts: [String: RuleText] = [
        RuleText.statuses, RuleText.mediaTypes, RuleText.bodies, RuleText.documents, RuleText.headers,
        RuleText.requests, RuleText.promises, RuleText.money, RuleText.races, RuleText.rows, RuleText.pages,
        RuleText.runs, RuleText.webhooks, RuleText.receivers, RuleText.deliveries,
    ].reduce(into: [:]) { $0.merge($1) { first, _ in first } }

    /// The explanation of the rule with this id.
    ///
    /// - Returns: `nil` for an unknown id, also for an unknown keyword at the end of `body.…`, `header.…` or
    ///   `request.…`.
    package static func of(_ id: String) -> RuleExplanation? {
        guard let rule = Rule.named(id) else { return nil }
        if let text = texts[id] { return RuleExplanation(id, rule, text) }
        guard rule.id.hasSuffix(".*"), let dot = id.utf8.firstIndex(of: UInt8(ascii: ".")) else { return nil }
        let end = String(id[id.utf8.index(after: dot)...])
        if rule == .transport { return transport(end) }
        return KeywordText.all.first { $0.keyword.isSame(as: end) }?.explanation(id, rule)
    }

    /// Every id that can be explained: rules, and the ends of the ids with `*`.
    package static let ids: [String] = Rule.all.flatMap { rule -> [String] in
        guard rule.id.hasSuffix(".*") else { return [rule.id] }
        let stem = String(rule.id.dropLast())
        let ends =
            rule == .transport ? TransportText.all.map(\.end) : KeywordText.all.map(\.keyword)
        let own = (Array(RuleText.requests.keys) + RuleText.webhooks.keys).filter {
            $0.hasPrefix(stem) && Rule.named($0) == rule
        }
        return [rule.id] + ends.map { stem + $0 } + own.sorted().filter { $0 != rule.id }
    }

    init(_ id: String, _ rule: Rule, _ text: RuleText, source: String? = nil, summary: String? = nil) {
        self.init(
            id: id, severity: rule.severity, summary: summary ?? rule.summary, meaning: text.meaning,
            source: source ?? rule.source, basis: text.basis,
            example: text.example.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) },
            remedies: text.remedies)
    }

    private static func transport(_ end: String) -> RuleExplanation? {
        TransportText.all.first { $0.end.isSame(as: end) }.map { text in
            RuleExplanation(
                id: "transport.\(end)", severity: text.severity, summary: text.summary, meaning: text.meaning,
                source: text.source, basis: TransportText.basis, example: [text.example], remedies: text.remedies)
        }
    }
}

extension Finding {
    /// The command that explains the rule of the finding.
    package var explainCommand: String { "assay explain \(rule)" }

    /// The most likely remedy of the finding, as an imperative clause.
    package var remedy: String {
        // A finding of the body that the document itself causes: its own example violates the same keyword.
        if blame == .document, !rule.utf8.starts(with: "document.".utf8) {
            return "correct the document, or add an overlay: its own example has the same deviation"
        }
        return RuleExplanation.of(rule)?.remedies.first ?? "see docs/rules.md"
    }
}

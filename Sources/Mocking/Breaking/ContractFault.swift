package import Diagnostics
import Generation
import JSONDocument

/// A fault: one rule of a contract that a mock breaks on purpose, with its operation and place.
package struct ContractFault: Sendable, Hashable, CustomStringConvertible {
    /// The rule that the judge should report, such as `body.type`, or the name of a defect that several rules report,
    /// such as `money.rounded`.
    package let rule: String
    /// The name of the contract.
    package let contract: String
    /// `Operation.name`.
    package let operation: String
    /// The documented response that is broken: `200`, `4XX`; `nil` for rules about accepted requests.
    package let answer: String?
    /// A JSON pointer with `*` for indexes, a header, a parameter or security schemes; empty for the whole message.
    package let place: String
    /// Where the contract states the rule.
    package let location: SourceLocation?

    let way: Way

    /// The way in which the rule is broken.
    enum Way: Sendable, Hashable {
        case body(ValueBreaker.Break)
        case bodyText(BodyFault)
        case header(text: String?)
        case status(Int)
        case contentType([String])
        case accepts(parameter: String)
        case ignores(scheme: String)
        case refuses(schemes: [String])
        case delivery(DeliveryFault)
        case rounds(amounts: [[String]])
        /// Idempotency keys are looked up some time before they are recorded.
        case keyGap
    }

    /// A defect in the bytes of a body.
    enum BodyFault: Sendable, Hashable {
        case missing, notJSON, notUTF8, duplicateName
    }

    /// Whether it affects a callback or webhook, whose name is then ``operation``.
    package var isOfDelivery: Bool {
        if case .delivery = way { true } else { false }
    }

    /// `body.type@getParcel 200 /to/city`.
    package var description: String {
        "\(rule)@\(operation)" + (answer.map { " \($0)" } ?? "") + (place.isEmpty ? "" : " \(place)")
    }

    /// Whether a user's `RULE`, `RULE@OPERATION` or either with ` PLACE` selects this fault. `RULE` may end in `*`.
    package func isSelected(by text: String) -> Bool {
        let words = text.split(separator: " ", maxSplits: 1)
        guard let first = words.first else { return false }
        let parts = first.split(separator: "@", maxSplits: 1)
        guard let rule = parts.first else { return false }
        let isRule = rule.last == "*" ? self.rule.utf8.starts(with: rule.dropLast().utf8) : self.rule == rule
        guard isRule, parts.count == 1 || operation == parts[1] else { return false }
        guard words.count == 2 else { return true }
        return words[1] == place || words[1] == answer.map { "\($0) \(place)" } ?? place || words[1] == answer ?? ""
    }
}

import Exchanges
import JSONDocument
import JSONSchema
import Scenarios

/// The right-hand side of a check, with its templates expanded. Received values are compared with it.
struct Expectation {
    private enum Kind {
        /// `=`, `!=`, `<` …: text that the contract types.
        case text(String, isQuoted: Bool)
        /// A value with a type of its own: `:=`, or a template that is the whole value.
        case value(JSONValue)
        /// `2xx`: any status of a class.
        case statuses(hundred: Int)
        case matcher(Matcher)
        case pattern(ItemPattern)
    }

    /// The received value, and information about its place.
    struct Received {
        var value: JSONValue
        /// The text on the wire, where it differs from the value's own spelling.
        var wire: String?
        /// The contract's declaration of the place, which types plain text.
        var view: SchemaView?
        /// Whether the value is JSON of a body, and not the text of a header or parameter.
        var isInBody: Bool
    }

    /// The result of a comparison.
    enum Outcome {
        case passed
        /// The expected value, if it says more than the item, and a remark on the received one.
        case failed(expected: String? = nil, remark: String? = nil)
        case undecided(String)
    }

    private let op: ItemOperator
    private let kind: Kind
    private let scope: ValueScope
    private let site: ValueSite
    /// The expectation in words: `100.50`, `not "ACTIVE"`, `>= 1`.
    let text: String
    /// The right-hand side with its templates expanded.
    private let shown: String

    /// Expands the templates of an item.
    ///
    /// - Throws: `ValueFailure` when a template refers to a value that was never received.
    init(_ item: Item, scope: ValueScope) throws(ValueFailure) {
        op = item.op
        self.scope = scope
        site = ValueSite(step: scope.current?.exchange.step ?? "", column: item.column, place: item.place)
        switch item.value {
        case nil:
            kind = .value(.null)
            shown = "absent"
        case .text(let template) where template.keepsType:
            let value = try template.expand(scope, at: site)
            kind = .value(value)
            shown = value.shown
        case .text(let template):
            let text = try template.expandText(scope, at: site)
            if case .status = item.path.root, let hundred = Self.hundred(text) {
                kind = .statuses(hundred: hundred)
            } else {
                kind = .text(text, isQuoted: false)
            }
            shown = text
        case .quoted(let template):
            let text = try template.expandText(scope, at: site)
            kind = .text(text, isQuoted: true)
            shown = JSONValue.string(text).shown
        case .json(let value):
            kind = .value(value)
            shown = value.shown
        case .matcher(let matcher):
            kind = .matcher(matcher)
            shown = Self.rightHandSide(of: item)
        case .pattern(let pattern):
            kind = .pattern(pattern)
            shown = Self.rightHandSide(of: item)
        }
        switch op {
        case .equal, .literal, .absent: text = shown
        case .notEqual: text = "not \(shown)"
        case .match: text = shown
        case .noMatch: text = "not \(shown)"
        case .less, .lessOrEqual, .greater, .greaterOrEqual: text = "\(op.rawValue) \(shown)"
        }
    }

    /// `2xx` in either case.
    private static func hundred(_ text: String) -> Int? {
        let bytes = Array(text.utf8)
        guard bytes.count == 3, (UInt8(ascii: "1")...UInt8(ascii: "5")).contains(bytes[0]),
            bytes.dropFirst().allSatisfy({ $0 | 0x20 == UInt8(ascii: "x") })
        else { return nil }
        return Int(bytes[0] - UInt8(ascii: "0"))
    }

    /// The text after the operator: `uuid`, `/a+/`.
    private static func rightHandSide(of item: Item) -> String {
        let scalars = Array(item.text.unicodeScalars)
        let rest = scalars[ItemPath.end(of: scalars)...].drop { $0 == " " }
        let value = rest.dropFirst(item.op.rawValue.unicodeScalars.count).drop { $0 == " " }
        return String(String.UnicodeScalarView(value))
    }

    /// The expectation as a phrase after the value's name: "to be 5", "to be less than 5", "not to match `uuid`".
    ///
    /// - Parameters:
    ///   - wanted: The noun of a matcher that did not match, such as "a UUID".
    ///   - received: The value, if there is one. If it is a string, plain text is shown as a string too.
    func phrase(wanted: String? = nil, beside received: JSONValue? = nil) -> String {
        let value = spelled(beside: received)
        return switch op {
        case .equal, .literal: "to be \(value)"
        case .notEqual: "not to be \(value)"
        case .less: "to be less than \(value)"
        case .lessOrEqual: "to be at most \(value)"
        case .greater: "to be greater than \(value)"
        case .greaterOrEqual: "to be at least \(value)"
        case .match: wanted.map { "to be \($0)" } ?? "to match \(value)"
        case .noMatch: "not to match \(value)"
        case .absent: "to be absent"
        }
    }

    /// The right-hand side as a message shows it: JSON, a matcher in backticks, or a pattern.
    private func spelled(beside received: JSONValue?) -> String {
        switch kind {
        case .text(let text, false):
            let isScalar = JSONNumber(text) != nil || ["true", "false", "null"].contains(text)
            return isScalar && received?.kind != .string ? text : JSONValue.string(text).shown
        case .matcher: return "`\(shown)`"
        case .text, .value, .statuses, .pattern: return shown
        }
    }

    /// Compares a received value.
    ///
    /// - Throws: `ValueFailure` when an argument of a matcher is missing.
    func judge(_ received: Received, _ subject: StepSubject) throws(ValueFailure) -> Outcome {
        switch op {
        case .equal, .literal:
            return isEqual(received)
                ? .passed : .failed(expected: asTyped(received))
        case .notEqual:
            return isEqual(received) ? .failed() : .passed
        case .match, .noMatch:
            return try match(received, subject)
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            return order(received)
        case .absent:
            return .passed
        }
    }

    /// Whether `value` equals the expected value everywhere but at the places for which `except` is true.
    func isMet(by value: JSONValue, except: @escaping (JSONPointer) -> Bool, below base: JSONPointer) -> Bool {
        guard op == .equal || op == .literal, case .value(let expected) = kind else { return false }
        return JSONDifference.between(expected: expected, actual: value) { pointer in
            except(JSONPointer(base.tokens + pointer.tokens))
        }.isEmpty
    }

    /// Plain text as a JSON string next to a string of a body, so that both sides look alike.
    private func asTyped(_ received: Received) -> String? {
        guard case .text(let text, false) = kind, received.isInBody, received.value.kind == .string else { return nil }
        return JSONValue.string(text).shown
    }

    private func match(_ received: Received, _ subject: StepSubject) throws(ValueFailure) -> Outcome {
        let outcome: MatchOutcome
        switch kind {
        case .matcher(let matcher):
            outcome = try matcher.matches(
                received.value,
                wire: received.wire,
                time: scope.time.time(at: subject.exchange.startedAt),
                contract: subject.response.contract
            ) { (template) throws(ValueFailure) in try template.expandText(scope, at: site) }
        case .pattern(let pattern):
            outcome = try pattern.matches(received.value) { (template) throws(ValueFailure) in
                try template.expandPattern(scope, at: site)
            }
        case .text, .value, .statuses:
            return .passed
        }
        switch outcome {
        case .match where op == .match: return .passed
        case .match: return .failed()
        case .noMatch where op == .noMatch: return .passed
        case .noMatch(let wanted): return .failed(expected: wanted)
        case .undecided(let reason): return .undecided(reason)
        }
    }

    private func isEqual(_ received: Received) -> Bool {
        switch kind {
        case .text(let text, let isQuoted): TextComparison.isEqual(text, isQuoted: isQuoted, received)
        case .value(let expected): TextComparison.isEqual(expected, isLiteral: op == .literal, received)
        case .statuses(let hundred): received.value.number?.int.map { $0 / 100 == hundred } ?? false
        case .matcher, .pattern: false
        }
    }

    private func order(_ received: Received) -> Outcome {
        let expected: JSONValue =
            switch kind {
            case .text(let text, _): .string(text)
            case .value(let value): value
            case .matcher, .pattern, .statuses: .null
            }
        guard let order = TextComparison.order(received, expected) else {
            return .failed(remark: "only two numbers or two times can be compared")
        }
        let holds =
            switch op {
            case .less: order < 0
            case .lessOrEqual: order <= 0
            case .greater: order > 0
            default: order >= 0
            }
        return holds ? .passed : .failed()
    }
}

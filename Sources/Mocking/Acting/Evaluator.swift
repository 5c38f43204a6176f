import ECMAPattern
import Exchanges
import JSONDocument
import Primitives

/// The values that the references of a template can refer to.
struct EvaluationScope {
    var request: IncomingRequest?
    /// The stored entity, or the finished part of a new one.
    var entity: JSONObject?
    /// The entity that the operation belongs to.
    var owner: JSONValue?
    /// The finished part of a new element of a sub-collection.
    var item: JSONValue?
    /// The inputs of an event.
    var input: JSONObject?
    /// The entities that a listing operation found.
    var list: [JSONValue]?
    var topic = Topic()
    let now: Instant
    /// Minutes east of UTC in which times are written; `nil` writes `Z`.
    var offset: Int?

    /// The subject of the response.
    struct Topic {
        var field: String?
        var received: String?
        var reason: String?
        var id: String?
        var state: String?
    }
}

/// Turns value templates into values.
struct Evaluator {
    var scope: EvaluationScope
    /// The next number of each counter.
    var counters: [String: Int]
    var tokens: TokenSource

    /// The value, or `nil` when it refers to an absent value.
    mutating func value(_ template: ValueTemplate) -> JSONValue? {
        switch template {
        case .constant(let value): return value
        case .text(let parts): return text(parts)
        case .object(let members): return .object(object(members))
        case .array(let elements):
            var values: [JSONValue] = []
            for element in elements {
                if let value = value(element) { values.append(value) }
            }
            return .array(values)
        case .choice(let first, let pattern, let otherwise):
            if let found = value(first), !found.isNull, fits(found, pattern) { return found }
            return otherwise.flatMap { value($0) }
        case .conditional(let conditions, let first, let otherwise):
            for condition in conditions where !holds(condition) { return otherwise.flatMap { value($0) } }
            return value(first)
        case .first(let candidates):
            for candidate in candidates {
                if let found = value(candidate), !found.isNull { return found }
            }
            return nil
        case .asText(let inner): return value(inner).map { .string(plainText($0)) }
        case .sum(let terms): return total(terms) { $0.adding($1) }
        case .difference(let terms): return total(terms) { $0.subtracting($1) }
        }
    }

    /// The members that have a value, in order.
    mutating func object(_ members: [ValueTemplate.Member]) -> JSONObject {
        var object = JSONObject()
        for member in members {
            if let value = value(member.value) { object[member.name] = value }
        }
        return object
    }

    /// The value as text: strings as they are, everything else as JSON.
    mutating func text(of template: ValueTemplate) -> String? {
        value(template).map { plainText($0) }
    }

    // MARK: Conditions

    /// Whether the value passes every test of the condition. An absent value passes only `present: false`.
    mutating func holds(_ condition: Condition) -> Bool {
        let subject = value(condition.value)
        for test in condition.tests {
            guard holds(test, subject) else { return false }
        }
        return true
    }

    private mutating func holds(_ test: Condition.Test, _ subject: JSONValue?) -> Bool {
        if case .present(let isPresent) = test { return (subject != nil) == isPresent }
        guard let subject else { return false }
        switch test {
        case .equal(let other): return value(other) == subject
        case .notEqual(let other): return value(other) != subject
        case .less(let other): return compare(subject, value(other)) == .before
        case .atMost(let other): return [.before, .same].contains(compare(subject, value(other)))
        case .more(let other): return compare(subject, value(other)) == .after
        case .atLeast(let other): return [.after, .same].contains(compare(subject, value(other)))
        case .matching(let pattern): return fits(subject, pattern)
        case .oneOf(let values): return values.contains(subject)
        case .present: return false
        }
    }

    private enum Order { case before, same, after }

    /// Compares two numbers or two times; `nil` when they are neither.
    private func compare(_ left: JSONValue, _ right: JSONValue?) -> Order? {
        switch (left, right) {
        case (.number(let left), .number(let right)): order(left, right)
        case (.string(let left), .string(let right)):
            if let left = Instant(left), let right = Instant(right) { order(left, right) } else { nil }
        default: nil
        }
    }

    private func order<Value: Comparable>(_ left: Value, _ right: Value) -> Order {
        left < right ? .before : right < left ? .after : .same
    }

    private func fits(_ value: JSONValue, _ pattern: ECMAPattern?) -> Bool {
        guard let pattern else { return true }
        return pattern.matchesWhole(plainText(value)) == .match
    }

    // MARK: References

    private mutating func text(_ parts: [ValueTemplate.TextPart]) -> JSONValue? {
        if parts.count == 1, case .reference(let reference) = parts[0] { return find(reference) }
        var text = ""
        for part in parts {
            switch part {
            case .literal(let literal): text += literal
            case .reference(let reference): text += find(reference).map { plainText($0) } ?? ""
            }
        }
        return .string(text)
    }

    private mutating func find(_ reference: ValueReference) -> JSONValue? {
        switch reference {
        case .body(let path): return scope.request?.document.flatMap { member(path, of: $0.root) }
        case .pathValue(let name): return scope.request?.pathValue(name).map { .string($0) }
        case .query(let name): return scope.request?.query(name).map { .string($0) }
        case .header(let name): return scope.request?.header(name).map { .string($0) }
        case .method: return scope.request.map { .string($0.method) }
        case .entity(let path):
            guard let name = path.first else { return scope.entity.map { .object($0) } }
            return member(path.dropFirst(), of: scope.entity?[name])
        case .owner(let path): return member(path, of: scope.owner)
        case .item(let path): return member(path, of: scope.item)
        case .input(let path): return member(path, of: scope.input.map { .object($0) })
        case .list: return scope.list.map { .array($0) }
        case .now(let seconds):
            let time = scope.now.advanced(by: .seconds(seconds))
            return .string(time.text(fractionDigits: 0, offsetMinutes: scope.offset))
        case .counter(let name):
            let number = counters[name] ?? 1
            counters[name] = number &+ 1
            return .number(JSONNumber(number))
        case .token(let length): return .string(tokens.token(length))
        case .digits(let length): return .number(JSONNumber(tokens.number(digits: length)))
        case .field: return scope.topic.field.map { .string($0) }
        case .received: return scope.topic.received.map { .string($0) }
        case .reason: return scope.topic.reason.map { .string($0) }
        case .id: return scope.topic.id.map { .string($0) }
        case .state: return scope.topic.state.map { .string($0) }
        case .version: return scope.request?.choice.version.map { .string($0) }
        }
    }

    private func member(_ path: some Sequence<String>, of value: JSONValue?) -> JSONValue? {
        var value = value
        for name in path { value = value?[name] }
        return value
    }

    private func member(_ path: [String], of node: JSONNode) -> JSONValue? {
        var node: JSONNode? = node
        for name in path { node = node?[name] }
        return node?.value
    }

    private mutating func total(
        _ terms: [ValueTemplate], _ combine: (JSONNumber, JSONNumber) -> JSONNumber?
    ) -> JSONValue? {
        var total: JSONNumber?
        for term in terms {
            guard case .number(let number)? = value(term) else { return nil }
            guard let sum = total else {
                total = number
                continue
            }
            guard let next = combine(sum, number) else { return nil }
            total = next
        }
        return total.map { .number($0) }
    }
}

/// Strings as they are, everything else as JSON.
func plainText(_ value: JSONValue) -> String {
    if case .string(let text) = value { text } else { value.text }
}

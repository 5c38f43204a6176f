import Diagnostics
import Exchanges
import JSONDocument
import OpenAPI
import Primitives
import Scenarios

/// `same_as`: the response has the same body as that of another step, and for the same operation the same status.
enum SameAsRules {
    /// At most one finding, with every field that differs.
    ///
    /// - Parameters:
    ///   - earlierBroken: The places of the earlier response that have a finding of their own.
    static func findings(_ evaluator: CheckEvaluator, earlierBroken: BrokenPlaces, volatile: [ItemPath]) -> [Finding] {
        let subject = evaluator.subject
        guard let sameAs = subject.step.expected.sameAs, let earlier = evaluator.scope.exchange(of: sameAs.step),
            let response = earlier.exchange.response
        else { return [] }
        func finding(
            _ rule: Rule, _ message: String, at place: ResponsePlace, _ expected: String, _ actual: String
        ) -> Finding {
            subject.finding(
                rule,
                message,
                at: place,
                table: sameAs.location,
                clause: sameAs.step,
                expected: expected,
                actual: actual
            )
        }
        // A response with a wrong status cannot be compared with another one.
        if earlierBroken.hasStatus { return [] }
        guard response.status == subject.message.status || !comparesStatus(subject, earlier) else {
            let expected = String(response.status)
            let message = "the status differs from that of step '\(sameAs.step)'"
            return [finding(.sameAs, message, at: .status, expected, String(subject.message.status))]
        }
        if let expected = earlier.body, let actual = subject.view.body {
            return differences(expected, actual, evaluator, sameAs, earlierBroken, volatile)
        }
        // A body that cannot be read has a finding of its own.
        if evaluator.broken.covers(.root) || earlierBroken.covers(.root) { return [] }
        let (one, other) = (response, subject.message)
        if one.cut != nil || other.cut != nil {
            guard one.cut == nil || other.cut == nil || one.cut != other.cut else { return [] }
            let message = "the bodies were not stored completely, so they cannot be compared with step '\(sameAs.step)'"
            return [finding(.sameAsUndecided, message, at: .body(.root, nil), size(one), size(other))]
        }
        guard one.body != other.body else { return [] }
        let message = "the body differs from that of step '\(sameAs.step)'"
        return [finding(.sameAs, message, at: .body(.root, nil), size(one), size(other))]
    }

    /// Whether the two responses must have the same status.
    ///
    /// A creation returns 201 and a read 200 (RFC 9110, sections 9.3.3 and 15.3.2), so statuses of different operations
    /// belong to `expect`. A repeated call of the same operation must have the same status, unless the row itself names a
    /// status that the earlier response does not have.
    private static func comparesStatus(_ subject: StepSubject, _ earlier: ExchangeView) -> Bool {
        guard let status = earlier.exchange.response?.status, isSameCall(subject, earlier) else { return false }
        let expect = subject.step.expected.status
        return expect.isDefault || expect.accepts(status) || !expect.names(subject.message.status)
    }

    private static func isSameCall(_ subject: StepSubject, _ earlier: ExchangeView) -> Bool {
        let (one, other) = (subject.exchange, earlier.exchange)
        switch (subject.operation, earlier.operation) {
        case (let operation?, let other?): return operation.key.isSame(as: other.key)
        case (nil, nil):
            return one.request.method.isSame(as: other.request.method)
                && one.request.path.isSame(as: other.request.path)
        default: return false
        }
    }

    private static func size(_ message: ResponseMessage) -> String {
        let count = message.cut?.length ?? message.body.count
        return count == 0 ? "no body" : "\(count) bytes"
    }

    /// Whether only one of two responses has a member, and the contract does not declare it.
    static func isExplained(_ difference: JSONDifference, _ one: BrokenPlaces, _ other: BrokenPlaces) -> Bool {
        guard difference.expected == nil || difference.actual == nil else { return false }
        return one.explains(difference.pointer) || other.explains(difference.pointer)
    }

    private static func differences(
        _ expected: JSONDocument,
        _ actual: JSONDocument,
        _ evaluator: CheckEvaluator,
        _ sameAs: SameAs,
        _ earlierBroken: BrokenPlaces,
        _ volatile: [ItemPath]
    ) -> [Finding] {
        // Equal bytes have no differences.
        guard expected.bytes != actual.bytes || expected.bytes.isEmpty else { return [] }
        let ignored = sameAs.except + volatile
        let differences = JSONDifference.between(expected: expected.root.value, actual: actual.root.value) { pointer in
            ignored.contains { $0.leads(to: pointer) } || evaluator.broken.covers(pointer)
                || earlierBroken.covers(pointer)
        }
        .filter { !Self.isExplained($0, evaluator.broken, earlierBroken) }
        guard let first = differences.first else { return [] }
        let count = differences.count
        return [
            evaluator.subject.finding(
                .sameAs,
                count == 1
                    ? "one field differs from the response to step '\(sameAs.step)'"
                    : "\(count) fields differ from the response to step '\(sameAs.step)'",
                at: .body(first.pointer, actual.root.nearestPosition(to: first.pointer)),
                table: sameAs.location,
                clause: sameAs.step,
                expected: first.expected?.shown ?? "absent",
                actual: first.actual?.shown ?? "absent",
                differences: differences
            )
        ]
    }
}

extension ItemPath {
    /// Whether the path, read as a pattern, leads to the value at `pointer`.
    func leads(to pointer: JSONPointer) -> Bool {
        guard case .body = root, segments.count == pointer.tokens.count else { return false }
        return zip(segments, pointer.tokens).allSatisfy { segment, token in
            switch segment {
            case .name(let name): name.isSame(as: token)
            case .index(let index): token.isSame(as: String(index))
            case .every, .some: Int(token) != nil
            }
        }
    }
}

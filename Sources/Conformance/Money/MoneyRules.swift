import JSONDocument
import Primitives
import Scenarios

/// The rules about the amounts of one response. All numbers are exact decimals.
struct MoneyRules {
    let subject: StepSubject
    let body: BodyObjects
    let finder: AmountFinder
    /// The places of the response that have a finding already.
    let broken: BrokenPlaces

    /// The findings, and the groups that were judged, as indices.
    struct Result {
        var findings: [Finding] = []
        var judged: Set<Int> = []
    }

    /// Judges the decimals of every amount, and the sums inside of each object.
    func judge() -> Result {
        var result = Result()
        for amount in finder.amounts(in: body) {
            let pointer = body.pointer(to: amount.object, amount.name)
            guard let number = amount.number, !broken.covers(pointer) else { continue }
            guard let allowed = allowedDecimals(of: amount, &result) else { continue }
            result.judged.insert(amount.group)
            if let finding = decimals(number, amount, allowed, at: pointer) { result.findings.append(finding) }
        }
        for (index, group) in finder.groups.enumerated() {
            for sum in group.sums where sum.across == nil {
                for object in body.objects {
                    guard let judged = self.sum(sum, index, in: object) else { continue }
                    result.judged.insert(index)
                    result.findings += judged.map { [$0] } ?? []
                }
            }
        }
        return result
    }

    // MARK: Decimals

    private struct Allowed {
        /// The number of decimals.
        var count: Int
        /// Its source, for reports.
        var source: String
    }

    /// The decimals that an amount may have; `nil` if that is unknown, or any number of them.
    private func allowedDecimals(of amount: BodyAmount, _ result: inout Result) -> Allowed? {
        if finder.groups[amount.group].isMinor { return Allowed(count: 0, source: "minor units") }
        guard let currency = finder.currency(of: amount.group, in: body, amount.object) else { return nil }
        switch Currency.decimals(of: currency) {
        case .upTo(let count)?: return Allowed(count: count, source: "\(currency), ISO 4217")
        case .any?: return nil
        case nil:
            let finding = subject.finding(
                .moneyUnjudged,
                "ISO 4217 does not have the currency \(JSONValue.string(currency).shown), so decimals were not judged",
                at: .body(body.pointer(to: amount.object, amount.name), amount.node.position),
                clause: finder.groups[amount.group].name)
            // One note is enough for all amounts in a currency.
            if !result.findings.contains(where: { $0.rule == finding.rule && $0.message == finding.message }) {
                result.findings.append(finding)
            }
            return nil
        }
    }

    private func decimals(
        _ number: JSONNumber, _ amount: BodyAmount, _ allowed: Allowed, at pointer: JSONPointer
    ) -> Finding? {
        let smallest = JSONNumber(allowed.count == 0 ? "1" : "1e-\(allowed.count)")
        guard let smallest, number.isMultiple(of: smallest) == false else { return nil }
        let expected =
            allowed.count == 0
            ? "a whole number (\(allowed.source))" : "at most \(allowed.count) decimals (\(allowed.source))"
        return subject.finding(
            .moneyDecimals, "the amount has more decimals than its currency allows",
            at: .body(pointer, amount.node.position), contract: subject.schemaLocation(at: pointer),
            expected: expected, actual: amount.node.value.shown)
    }

    // MARK: Sums

    /// The finding about a sum whose whole is in an object; `.some(nil)` if the sum is right, and `nil` if it was not
    /// judged: the object is another one, or a part of a total is missing.
    private func sum(_ sum: MoneySum, _ group: Int, in object: Int) -> Finding?? {
        guard let whole = body[object][sum.whole.last], let limit = whole.amount, body.isBelow(sum.whole, object) else {
            return nil
        }
        let pointer = body.pointer(to: object, sum.whole.last)
        guard !broken.covers(pointer) else { return nil }
        var parts: [JSONNumber] = []
        var isComplete = true
        for path in sum.parts {
            let values = AmountParts(path, of: body[object])
            isComplete = isComplete && values.isComplete
            parts += values.numbers
        }
        guard !parts.isEmpty, sum.kind == .limit || isComplete, !hasBrokenParts(sum, object),
            let all = JSONNumber.sum(of: parts)
        else { return nil }
        guard sum.isViolated(by: all, whole: limit) else { return .some(nil) }
        return subject.sumFinding(sum, whole: limit, parts: all, at: pointer, whole.position)
    }

    private func hasBrokenParts(_ sum: MoneySum, _ object: Int) -> Bool {
        sum.parts.contains { path in
            let pointer = body.pointer(to: object, path.names[0])
            return broken.covers(pointer) || broken.liesBelow(pointer)
        }
    }
}

/// The values of a member below an object: several if the path leads through arrays.
struct AmountParts {
    private(set) var numbers: [JSONNumber] = []
    /// Whether every object on the path has the member, with an amount.
    private(set) var isComplete = true

    init(_ path: MemberPath, of object: JSONNode) {
        var open = [object]
        for name in path.names {
            var next: [JSONNode] = []
            for node in open {
                guard let value = node[name], !value.isNull else {
                    isComplete = false
                    continue
                }
                next += value.kind == .array ? Array(value.elements) : [value]
            }
            open = next
        }
        for node in open {
            guard let number = node.amount else {
                isComplete = false
                continue
            }
            numbers.append(number)
        }
        if numbers.isEmpty { isComplete = false }
    }
}

extension JSONNumber {
    /// The exact sum; `nil` if it needs too many digits.
    static func sum(of numbers: [JSONNumber]) -> JSONNumber? {
        numbers.reduce(JSONNumber(0) as JSONNumber?) { $0?.adding($1) }
    }
}

extension MoneySum {
    /// Whether parts with the sum `all` contradict the whole.
    func isViolated(by all: JSONNumber, whole: JSONNumber) -> Bool {
        kind == .total ? all != whole : all > whole
    }
}

extension StepSubject {
    /// A finding about a sum.
    func sumFinding(
        _ sum: MoneySum, whole: JSONNumber, parts: JSONNumber, at pointer: JSONPointer, _ position: TextPosition
    ) -> Finding {
        let names = sum.parts.map { "`\($0.text)`" }.joined(separator: " and ")
        let message =
            sum.kind == .total
            ? "\(names) \(sum.parts.count == 1 ? "does" : "do") not add up to `\(sum.whole.text)`"
            : "\(names) \(sum.parts.count == 1 ? "is" : "are together") more than `\(sum.whole.text)`"
        return finding(
            .moneySum, message, at: .body(pointer, position), contract: schemaLocation(at: pointer),
            clause: sum.whole.text, expected: sum.kind == .total ? whole.lexeme : "at most \(whole.lexeme)",
            actual: parts.lexeme)
    }
}

import JSONDocument
import Primitives
import Scenarios

/// The limits over the parts of several responses, such as the refunds of an order.
struct MoneyLimits {
    /// A limit, and everything that the responses so far showed of it.
    fileprivate struct State {
        let group: Int
        let sum: MoneySum
        let across: MoneySum.Across
        /// The wholes by their id.
        var wholes: [String: JSONNumber] = [:]
        /// The parts by the id of their whole, and by their own.
        var parts: [String: [String: JSONNumber]] = [:]
        /// The sums that were reported already, by the id of the whole.
        var reported: [String: JSONNumber] = [:]
    }

    private var states: [State] = []

    init(_ groups: [MoneyGroup]) {
        for (index, group) in groups.enumerated() {
            for sum in group.sums {
                guard let across = sum.across else { continue }
                states.append(State(group: index, sum: sum, across: across))
            }
        }
    }

    /// The findings about the limits that a successful response exceeds, with the parts of earlier responses.
    mutating func findings(_ subject: StepSubject, _ body: BodyObjects, broken: BrokenPlaces) -> MoneyRules.Result {
        var result = MoneyRules.Result()
        for index in states.indices {
            var touched: [(id: String, pointer: JSONPointer, node: JSONNode)] = []
            for object in body.objects { states[index].take(object, of: body, subject, broken, &touched) }
            var known: Set<String> = []
            for place in touched.reversed() where known.insert(place.id).inserted {
                guard let judged = states[index].judge(place.id) else { continue }
                result.judged.insert(states[index].group)
                guard let (whole, parts) = judged else { continue }
                result.findings.append(
                    subject.sumFinding(
                        states[index].sum, whole: whole, parts: parts, at: place.pointer, place.node.position))
            }
        }
        return result
    }
}

extension MoneyLimits.State {
    /// Takes the whole or the part that an object contains.
    mutating func take(
        _ object: Int, of body: BodyObjects, _ subject: StepSubject, _ broken: BrokenPlaces,
        _ touched: inout [(id: String, pointer: JSONPointer, node: JSONNode)]
    ) {
        let node = body[object]
        guard let id = wholeID(of: object, in: body, subject) else { return }
        if let whole = node[sum.whole.last], let number = whole.amount, body.isBelow(sum.whole, object) {
            let pointer = body.pointer(to: object, sum.whole.last)
            if !broken.covers(pointer) {
                wholes[id] = number
                touched.append((id, pointer, whole))
            }
        }
        guard let part = ResourceID(node[across.each.last]), body.isBelow(across.each, object) else { return }
        for path in sum.parts {
            guard let value = node[path.last], let number = value.amount, body.isBelow(path, object) else { continue }
            let pointer = body.pointer(to: object, path.last)
            guard !broken.covers(pointer) else { continue }
            parts[id, default: [:]]["\(path.text)\n\(part.key)"] = isExcluded(node) ? JSONNumber(0) : number
            touched.append((id, pointer, value))
        }
    }

    /// The id of the whole: a member of the object, otherwise of an object around it, otherwise a parameter of the path.
    private func wholeID(of object: Int, in body: BodyObjects, _ subject: StepSubject) -> String? {
        if let id = ResourceID(body.nearest(across.per, to: object)) { return id.key }
        let value = subject.pathValues.first { $0.name.isSame(as: across.per.last) }
        return value.map { PercentEncoding.decodedLeniently($0.text) }
    }

    private func isExcluded(_ part: JSONNode) -> Bool {
        guard let unless = across.unless, let text = part[unless.member.last]?.string else { return false }
        return unless.values.contains { $0.isSame(as: text) }
    }

    /// The whole and its parts if they exceed it; `.some(nil)` if they do not, and `nil` if one of them is unknown.
    mutating func judge(_ id: String) -> (whole: JSONNumber, parts: JSONNumber)?? {
        guard let whole = wholes[id], let parts = parts[id], let all = JSONNumber.sum(of: Array(parts.values)) else {
            return nil
        }
        guard sum.isViolated(by: all, whole: whole), reported[id] != all else { return .some(nil) }
        reported[id] = all
        return (whole, all)
    }
}

import JSONDocument

/// Members of a request body that come back in the answer.
enum CarriedMembers {
    /// Where the answer differs from what was sent: members that both know, objects member by member.
    ///
    /// - Parameter isLeftOut: Whether nothing is promised of a place, such as one that the answer does not declare.
    static func differences(
        sent: JSONNode, received: JSONNode, isLeftOut: (JSONPointer) -> Bool
    ) -> [JSONDifference] {
        var differences: [JSONDifference] = []
        var open: [(sent: JSONNode, received: JSONNode, pointer: JSONPointer)] = [(sent, received, .root)]
        var next = 0
        while next < open.count, differences.count < 50, open.count < 10_000 {
            let (sent, received, pointer) = open[next]
            next += 1
            for member in sent.members {
                let place = pointer.appending(member.name)
                guard !isLeftOut(place), member.value.kind != .null else { continue }
                guard let other = received[member.name] else {
                    differences.append(JSONDifference(pointer: place, expected: member.value.value, actual: nil))
                    continue
                }
                if member.value.kind == .object, other.kind == .object {
                    open.append((member.value, other, place))
                } else if !JSONDifference.between(expected: member.value.value, actual: other.value).isEmpty {
                    differences.append(
                        JSONDifference(pointer: place, expected: member.value.value, actual: other.value))
                }
            }
        }
        return differences
    }
}

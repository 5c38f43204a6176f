import Conformance
import JSONDocument

/// The body that a finding expected, as far as it can be derived from the received one.
enum ReceivedDifference {
    /// Expected and received body; `nil` where the finding does not compare with a value.
    static func bodies(of finding: Finding, received: JSONValue) -> (expected: JSONValue, actual: JSONValue)? {
        if !finding.differences.isEmpty { return compared(finding.differences, received) }
        return checked(finding, received)
    }

    /// Undoes every difference, and checks that these are the differences of the two bodies.
    private static func compared(
        _ differences: [JSONDifference], _ received: JSONValue
    ) -> (expected: JSONValue, actual: JSONValue)? {
        var expected = received
        // The last element that was added is removed first, so that places before it stay the same.
        for difference in differences.reversed() {
            if let value = difference.expected {
                guard expected.set(value, at: difference.pointer) else { return nil }
            } else if expected.remove(at: difference.pointer) == nil {
                return nil
            }
        }
        let found = JSONDifference.between(expected: expected, actual: received)
        return Set(found) == Set(differences) ? (expected, received) : nil
    }

    /// Inserts the value that a check with `=` expects.
    private static func checked(
        _ finding: Finding, _ received: JSONValue
    ) -> (expected: JSONValue, actual: JSONValue)? {
        guard finding.rule == "check", let clause = finding.clause, case .body(let pointer, _)? = finding.response,
            let sign = clause.utf8.firstIndex(where: { "=!<>~".utf8.contains($0) }),
            clause.utf8[sign] == UInt8(ascii: "="),
            let text = finding.expected, let wanted = try? JSONDocument(parsing: text).root.value,
            let actual = received.value(at: pointer), actual != wanted
        else { return nil }
        var expected = received
        return expected.set(wanted, at: pointer) ? (expected, received) : nil
    }
}

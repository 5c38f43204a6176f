import Exchanges
import JSONDocument
import TestKit
import Testing

@testable import Conformance
@testable import Reporting

/// The expected body that reports derive from the received one.
@Suite("Expected bodies")
struct ReceivedDifferenceTests {
    private static func value(_ text: String) throws -> JSONValue { try JSONDocument(parsing: text).root.value }

    @Test(
        "the differences of two bodies lead back to the expected one",
        arguments: [
            (#"{"a":1,"b":2}"#, #"{"a":1,"b":3}"#), (#"{"a":1}"#, #"{"a":1,"b":{"c":[]}}"#),
            (#"{"a":1,"b":2}"#, #"{"a":1}"#), ("[1,2,3]", "[1,2,3,4,5]"), ("[1,2,3]", "[1]"), ("[1,2]", "[2,1]"),
            (#"{"a":[{"b":1},{"b":2}]}"#, #"{"a":[{"b":1},{"b":"2"}]}"#), ("1", "\"1\""), (#"{"a":1.50}"#, #"{"a":2}"#),
            ("[]", #"{"a":1}"#), (#"{"a":null}"#, "{}"),
        ])
    func compared(expected: String, received: String) throws {
        let (expected, received) = (try Self.value(expected), try Self.value(received))
        let finding = Samples.finding(.sameAs, "differs") {
            $0.differences = JSONDifference.between(expected: expected, actual: received)
        }
        // A body that cannot be derived is not shown at all.
        guard let bodies = ReceivedDifference.bodies(of: finding, received: received) else { return }
        #expect(bodies.actual == received)
        let found = JSONDifference.between(expected: bodies.expected, actual: received)
        #expect(Set(found) == Set(finding.differences))
    }

    @Test("members that changed, were added or are missing are derived")
    func derived() throws {
        let finding = Samples.finding(.sameAs, "differs") {
            $0.differences = [
                JSONDifference(pointer: JSONPointer(["a"]), expected: 1, actual: 2),
                JSONDifference(pointer: JSONPointer(["b"]), expected: nil, actual: 3),
                JSONDifference(pointer: JSONPointer(["c"]), expected: 4, actual: nil),
            ]
        }
        let bodies = ReceivedDifference.bodies(of: finding, received: try Self.value(#"{"a":2,"b":3,"d":5}"#))
        #expect(bodies?.expected.text == #"{"a":1,"d":5,"c":4}"#)
    }

    @Test("a difference that is not one of the body gives no body")
    func foreign() throws {
        for (pointer, expected) in [(["x", "y"], JSONValue?.some(1)), (["none"], nil), (["a"], 2)] {
            let finding = Samples.finding(.sameAs, "differs") {
                $0.differences = [JSONDifference(pointer: JSONPointer(pointer), expected: expected, actual: 9)]
            }
            #expect(ReceivedDifference.bodies(of: finding, received: try Self.value(#"{"a":2}"#)) == nil, "\(pointer)")
        }
    }

    @Test(
        "a check with an equals sign expects a value, other checks do not",
        arguments: [
            ("state=sent", "\"sent\"", #"{"state":"sent"}"#), ("state!=lost", "\"sent\"", nil),
            ("state~re", "\"sent\"", nil),
            ("state>=1", "1", nil), ("state", "\"sent\"", nil), ("state=lost", "\"lost\"", nil),
            ("state=x", "not JSON", nil),
        ] as [(String, String, String?)])
    func checked(clause: String, expected: String, body: String?) throws {
        let finding = Samples.finding(.check, "x") {
            $0.clause = clause
            $0.expected = expected
            $0.response = .body(JSONPointer(["state"]), nil)
        }
        let bodies = ReceivedDifference.bodies(of: finding, received: try Self.value(#"{"state":"lost"}"#))
        #expect(bodies?.expected.text == body)
    }

    @Test("a finding of another rule, or of another place than the body, has no expected body")
    func others() throws {
        let received = try Self.value(#"{"state":"lost"}"#)
        let header = Samples.finding(.check, "x") {
            $0.clause = "header.x=1"
            $0.expected = "1"
            $0.response = .header("x")
        }
        let rule = Samples.finding(.bodyKeyword, id: "body.enum", "x") {
            $0.clause = "state=sent"
            $0.expected = "\"sent\""
            $0.response = .body(JSONPointer(["state"]), nil)
        }
        for finding in [header, rule] {
            #expect(ReceivedDifference.bodies(of: finding, received: received) == nil)
        }
    }

    @Test("random bodies: a derived body has exactly the differences of the finding")
    func random() throws {
        var random = SplitMix(seed: 21)
        func value(_ depth: Int) -> JSONValue {
            switch random.number(below: depth > 2 ? 3 : 5) {
            case 0: .number(JSONNumber(random.number(below: 3)))
            case 1: .string(random.pick(["a", "b"]))
            case 2: .null
            case 3: .array((0..<random.number(below: 4)).map { _ in value(depth + 1) })
            default:
                .members((0..<random.number(below: 4)).map { _ in (random.pick(["a", "b", "c/d"]), value(depth + 1)) })
            }
        }
        var derived = 0
        for _ in 0..<400 {
            let (expected, received) = (value(0), value(0))
            let finding = Samples.finding(.sameAs, "differs") {
                $0.differences = JSONDifference.between(expected: expected, actual: received)
            }
            guard !finding.differences.isEmpty,
                let bodies = ReceivedDifference.bodies(of: finding, received: received)
            else { continue }
            derived += 1
            let found = JSONDifference.between(expected: bodies.expected, actual: bodies.actual)
            #expect(Set(found) == Set(finding.differences) && bodies.actual == received)
        }
        #expect(derived > 100, "\(derived)")
    }
}

import JSONDocument
import TestKit
import Testing

@Suite("Differences")
struct DifferenceTests {
    /// Each difference as `kind pointer expected actual`.
    private func differences(_ expected: JSONValue, _ actual: JSONValue) -> [String] {
        JSONDifference.between(expected: expected, actual: actual).map { difference in
            "\(difference.kind) \(difference.pointer) \(difference.expected?.text ?? "-") \(difference.actual?.text ?? "-")"
        }
    }

    @Test("equal values have no differences, in any spelling")
    func none() throws {
        let one = try JSONDocument(parsing: #"{"a":[1.0,{"b":1e2}],"c":"\u0061"}"#).root.value
        let other = try JSONDocument(parsing: #"{"c":"a","a":[1,{"b":100}]}"#).root.value
        #expect(differences(one, other).isEmpty)
    }

    @Test("every kind is reported in the reading order of the expected value, extras last")
    func kinds() {
        let expected: JSONValue = ["z": 1, "b": ["c": "x", "d": true], "a": [1, 2]]
        let actual: JSONValue = ["new": 5, "a": [1, 3], "b": ["e": .null, "c": "y"], "z": "1"]
        #expect(
            differences(expected, actual) == [
                "typeChanged /z 1 \"1\"", "changed /b/c \"x\" \"y\"", "missing /b/d true -", "extra /b/e - null",
                "changed /a/1 2 3", "extra /new - 5",
            ]
        )
    }

    @Test("the root value can differ")
    func root() {
        #expect(differences(1, "a") == ["typeChanged  1 \"a\""])
        #expect(differences([], [:]) == ["typeChanged  [] {}"])
        #expect(differences("\u{E9}", "e\u{301}").count == 1)
    }

    @Test(
        "a removed or added element is one difference, at any position",
        arguments: [
            ([1, 2, 3, 4], [2, 3, 4], ["missing /0 1 -"]), ([1, 2, 3, 4], [1, 2, 4], ["missing /2 3 -"]),
            ([1, 2, 3], [1, 2], ["missing /2 3 -"]), ([2, 3], [1, 2, 3], ["extra /0 - 1"]),
            ([1, 1, 1], [1, 1], ["missing /2 1 -"]), ([], [1], ["extra /0 - 1"]), ([1], [], ["missing /0 1 -"]),
            ([1, 2, 3, 4, 5], [2, 3, 9, 5], ["missing /0 1 -", "changed /3 4 9"]),
            ([1, 2], [2, 1], ["changed /0 1 2", "changed /1 2 1"]),
            ([["a": 1], ["a": 2], ["a": 3]], [["a": 1], ["a": 3]], ["missing /1 {\"a\":2} -"]),
        ] as [(JSONValue, JSONValue, [String])]
    )
    func alignment(_ expected: JSONValue, _ actual: JSONValue, _ result: [String]) {
        #expect(differences(expected, actual) == result)
    }

    @Test("long arrays without a common end are compared quickly")
    func longArrays() {
        let expected = JSONValue.array((0..<20_000).map(JSONValue.integer))
        let actual = JSONValue.array((0..<19_999).map { .integer(-$0 - 1) })
        let result = JSONDifference.between(expected: expected, actual: actual)
        #expect(result.count == 20_000)
        #expect(result.last?.kind == .missing)
    }

    @Test("ignored places are not compared, on either side")
    func ignoring() {
        let expected: JSONValue = ["id": 1, "at": ["x": 1], "list": [["t": 1]]]
        let actual: JSONValue = ["id": 2, "at": 7, "list": [["t": 2]], "trace": 1]
        let ignored = ["/at", "/list/0/t", "/trace"]
        let result = JSONDifference.between(expected: expected, actual: actual) { ignored.contains($0.description) }
        #expect(result.map(\.pointer.description) == ["/id"])
        #expect(result.first?.expected == 1)
        #expect(result.first?.actual == 2)
    }

    @Test("applying the differences of random values to the actual value gives the expected one")
    func random() {
        var random = SplitMix(seed: 21)
        for _ in 0..<500 {
            let expected = JSONValue.random(depth: 3, using: &random)
            let actual = expected.changed(using: &random)
            let result = JSONDifference.between(expected: expected, actual: actual)
            #expect(result.isEmpty == (expected == actual))
            for difference in result {
                if difference.kind != .extra {
                    #expect(expected.value(at: difference.pointer) == difference.expected)
                } else {
                    #expect(actual.value(at: difference.pointer) == difference.actual)
                }
            }
        }
    }
}

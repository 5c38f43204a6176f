import JSONDocument
import Testing

@testable import Versions

/// Differences of two responses to the same step.
@Suite struct ResponseComparerTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let before: String
        let after: String
        let differences: [String]

        init(_ before: String, _ after: String, _ differences: String...) {
            self.before = before
            self.after = after
            self.differences = differences
        }

        var testDescription: String { "\(before) and \(after)" }
    }

    static let bodies = [
        Row("1", "1"), Row("1", "1.0"), Row("1", "2", "the body changed from 1 to 2"),
        Row("1", #""1""#, "the type of the body changed from number to string"),
        Row("null", "0", "the type of the body changed from null to number"),
        Row("true", "false", "the body changed from true to false"), Row(#""é""#, #""é""#),
        Row("\"\u{E9}\"", "\"e\u{301}\"", "the body changed from \"\u{E9}\" to \"e\u{301}\""), Row("{}", "{}"),
        Row(#"{"a":1,"b":2}"#, #"{"b":2,"a":1}"#), Row(#"{"a":1}"#, #"{"a":2}"#, "a changed from 1 to 2"),
        Row(#"{"a":1}"#, "{}", "a disappeared: it was 1"), Row("{}", #"{"a":null}"#, "a appeared: null"),
        Row(#"{"a":{"b":1}}"#, #"{"a":{"b":"x"}}"#, "the type of a.b changed from number to string"),
        Row(#"{"a":[1,2]}"#, #"{"a":[1,2,3]}"#, "the number of elements of a changed from 2 to 3"),
        Row("[1]", "[2]", "* changed from 1 to 2"), Row("[1,2]", "[3,4]", "* changed from 1 to 3"),
        Row("[]", "[1]", "the number of elements of the body changed from 0 to 1"),
        Row(#"[{"a":1},{"a":2}]"#, #"[{"a":1},{}]"#, "*.a disappeared: it was 2"),
        Row(#"[{"a":1},{"b":1}]"#, #"[{"b":1},{"a":1}]"#, "*.a disappeared: it was 1", "*.b appeared: 1"),
        Row("[]", "{}", "the type of the body changed from array to object"),
        Row(#"{"a":[]}"#, #"{"a":{}}"#, "the type of a changed from array to object"),
        Row(#"{"a":1,"b":1}"#, #"{"a":2,"b":2}"#, "a changed from 1 to 2", "b changed from 1 to 2"),
        Row(#"{"":1}"#, #"{"":2}"#, " changed from 1 to 2"),
    ]

    private func response(
        _ body: String, status: Int = 200, type: String? = "application/json", headers: [String: String] = [:]
    ) throws -> ObservedResponse {
        ObservedResponse(
            status: status, mediaType: type, headers: headers, body: .json(try JSONDocument(parsing: body).root.value))
    }

    private func differences(_ before: ObservedResponse, _ after: ObservedResponse) -> [String] {
        var comparer = ResponseComparer()
        return comparer.differences(before, after).map(\.text)
    }

    @Test("JSON bodies", arguments: bodies)
    func json(row: Row) throws {
        #expect(differences(try response(row.before), try response(row.after)) == row.differences)
    }

    @Test("in reverse, members that appeared have disappeared, at the same places", arguments: bodies)
    func backwards(row: Row) throws {
        var (one, other) = (ResponseComparer(), ResponseComparer())
        let forwards = one.differences(try response(row.before), try response(row.after))
        let backwards = other.differences(try response(row.after), try response(row.before))
        let opposite: [ResponseDifference.Kind: ResponseDifference.Kind] = [
            .appeared: .disappeared, .disappeared: .appeared,
        ]
        #expect(
            Set(forwards.map { "\($0.place.text) \(opposite[$0.kind] ?? $0.kind)" })
                == Set(backwards.map { "\($0.place.text) \($0.kind)" }))
    }

    @Test("without values, only presence and types count", arguments: bodies)
    func shapes(row: Row) throws {
        var comparer = ResponseComparer(comparesValues: false)
        let found = comparer.differences(try response(row.before), try response(row.after))
        #expect(!found.contains { $0.kind == .valueChanged })
        #expect(
            found.count == row.differences.filter { !$0.contains(" changed from ") || $0.hasPrefix("the type") }.count)
    }

    @Test("differences learned from two runs of one version are not reported", arguments: bodies)
    func volatile(row: Row) throws {
        var places = VolatilePlaces()
        places.learn(try response(row.before), try response(row.after))
        var comparer = ResponseComparer(volatile: places)
        #expect(comparer.differences(try response(row.before), try response(row.after)).isEmpty)
    }

    @Test("another status is the only difference")
    func status() throws {
        #expect(differences(try response("1"), try response("2", status: 404)) == ["status changed from 200 to 404"])
    }

    @Test(
        "header fields",
        arguments: [
            (["etag": "1"], ["etag": "2"], ["header.etag changed from 1 to 2"]),
            (["x-a": "1"], [:], ["header.x-a disappeared: it was 1"]), ([:], ["x-a": "1"], ["header.x-a appeared: 1"]),
            (["date": "a", "content-length": "1"], ["date": "b"], []),
            (["set-cookie": "a=1"], ["set-cookie": "a=2"], []),
            (["set-cookie": "a=1"], [:], ["header.set-cookie disappeared: it was a cookie"]),
            ([:], ["set-cookie": "secret=1"], ["header.set-cookie appeared: a cookie"]),
            (
                ["b": "1", "a": "1"], ["b": "2", "a": "2"],
                ["header.a changed from 1 to 2", "header.b changed from 1 to 2"]
            ), (["connection": "close"], ["transfer-encoding": "chunked"], []),
        ] as [([String: String], [String: String], [String])])
    func headers(before: [String: String], after: [String: String], expected: [String]) throws {
        #expect(differences(try response("1", headers: before), try response("1", headers: after)) == expected)
    }

    @Test("media types and bodies that are not JSON")
    func otherBodies() throws {
        let (text, other) = (
            ObservedResponse(status: 200, mediaType: "text/plain", body: .other("a")),
            ObservedResponse(status: 200, mediaType: "text/plain", body: .other("b"))
        )
        #expect(differences(text, text) == [])
        #expect(differences(text, other) == ["the body changed from a to b"])
        #expect(
            differences(text, try response("1")) == [
                "header.content-type changed from text/plain to application/json",
                "the type of the body changed from text to number",
            ])
        let none = ObservedResponse(status: 200)
        #expect(differences(none, try response("{}", type: nil)) == ["the body appeared: object"])
        #expect(
            differences(text, ObservedResponse(status: 200, mediaType: "text/plain")) == [
                "the body disappeared: it was text"
            ])
        #expect(differences(none, none) == [])
    }

    @Test("values that are compared are cut for a report, lists of differences are bounded, and depth is bounded")
    func bounds() throws {
        let long = "\"" + String(repeating: "x", count: 500) + "\""
        #expect(differences(try response(long), try response("\"y\"")).first?.unicodeScalars.count ?? 0 < 100)
        let wide = { (value: Int) in "{" + (0..<3_000).map { "\"m\($0)\":\(value)" }.joined(separator: ",") + "}" }
        #expect(differences(try response(wide(1)), try response(wide(2))).count <= 1_001)
        let deep = { (value: Int) in
            String(repeating: "[", count: 200) + "\(value)" + String(repeating: "]", count: 200)
        }
        #expect(differences(try response(deep(1)), try response(deep(2))).count == 1)
        #expect(differences(try response(deep(1)), try response(deep(1))) == [])
    }
}

import JSONDocument
import OpenAPI
import TestKit
import Testing

@testable import Mocking

@Suite("The end of generated lists")
struct ListEndTests {
    private static func ended(_ text: String, fits: @escaping (JSONValue) -> Bool = { _ in true }) throws -> String {
        ListEnd(fits: fits).ended(try JSONDocument(parsing: Array(text.utf8)).root.value).text
    }

    @Test(
        "next to a list, the members of a next page say that there is none",
        arguments: [
            (#"{"data":[1],"has_more":true}"#, #"{"data":[1],"has_more":false}"#),
            (#"{"items":[],"isLast":false,"n":1}"#, #"{"items":[],"isLast":true,"n":1}"#),
            (#"{"items":[],"nextPageToken":"x"}"#, #"{"items":[]}"#),
            (#"{"items":[],"next":2,"links":{"next":"/x","self":"/y"}}"#, #"{"items":[],"links":{"self":"/y"}}"#),
            (
                #"{"items":[],"page":{"hasNextPage":true,"end-cursor":"x"}}"#,
                #"{"items":[],"page":{"hasNextPage":false}}"#
            ),
        ])
    func lists(given: String, expected: String) throws {
        #expect(try Self.ended(given) == expected)
    }

    @Test(
        "everything else stays as it is",
        arguments: [
            #"{"next":"x","has_more":true}"#, #"[{"next":"x"}]"#, #"{"items":[{"next":"x"}],"more":"yes"}"#,
            #"{"items":[],"a":{"b":{"next":"x"}}}"#, #"{"items":[],"nextStep":"pay","last":"Smith"}"#, #""next""#,
        ])
    func unchanged(given: String) throws {
        #expect(try Self.ended(given) == given)
    }

    @Test("a member changes only as far as the schema allows")
    func allowed() throws {
        let given = #"{"items":[],"next":"x","has_more":true}"#
        #expect(try Self.ended(given) { $0["next"] != nil } == #"{"items":[],"next":null,"has_more":false}"#)
        #expect(
            try Self.ended(given) { $0["next"]?.string != nil } == #"{"items":[],"next":"","has_more":false}"#)
        #expect(try Self.ended(given) { $0["next"]?.string == "x" } == #"{"items":[],"next":"x","has_more":false}"#)
        #expect(try Self.ended(given) { _ in false } == given)
    }
}

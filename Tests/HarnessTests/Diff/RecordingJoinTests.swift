import Diagnostics
import Exchanges
import Primitives
import Recordings
import Testing
import Versions

@testable import Harness

/// Changes and the entries of recordings that they break or touch.
@Suite struct RecordingJoinTests {
    private static func entry(_ request: String, _ status: Int, _ response: String) -> RecordedExchange {
        let type = HeaderField(name: "content-type", value: "application/json")
        return RecordedExchange(
            request: RequestMessage(
                method: "POST", url: "https://api.example/things", headers: [type], body: Array(request.utf8)),
            outcome: .response(ResponseMessage(status: status, headers: [type], body: Array(response.utf8))),
            startedAt: .now, location: .init(file: "r.har", line: 1, column: 1))
    }

    private static func hits(
        _ entries: [RecordedExchange], _ change: (inout JoinCase.Document) -> Void
    ) throws -> [String] {
        let before = JoinCase.Document()
        var after = before
        change(&after)
        let (old, new) = (try JoinCase.contract(before.text), try JoinCase.contract(after.text))
        let changes = ContractDiff.compare(old, new).changes
        let hits = ChangeJoin(changes, from: old, to: new).recordings([Recording(path: "r.har", entries: entries)])
        return changes.flatMap { change in
            hits.entries(of: change).map {
                "\(change.rule.id) | \($0.effect.rawValue) \($0.entry): \($0.reason)"
            }
        }
    }

    @Test("a response whose value the new contract does not allow breaks; one without the member is not listed")
    func responses() throws {
        let entries = [
            Self.entry("{}", 200, #"{"id": 1}"#), Self.entry("{}", 200, #"{"state": "NEW"}"#),
            Self.entry("{}", 400, #"{"id": 1}"#),
        ]
        let hits = try Self.hits(entries) {
            $0.response = "{type: object, properties: {id: {type: string}, state: {type: string, enum: [NEW, OLD]}}}"
        }
        #expect(
            hits == [
                "response.property.type-changed | breaks 1: the response: /id: is a number, but the schema allows only string"
            ])
    }

    @Test("a response that lacks what is required now breaks, and one that has it is touched")
    func required() throws {
        let entries = [Self.entry("{}", 200, #"{"id": 1}"#), Self.entry("{}", 200, #"{"id": 1, "state": "NEW"}"#)]
        let hits = try Self.hits(entries) {
            $0.response =
                "{type: object, properties: {id: {type: integer}, state: {type: string, enum: [NEW, OLD]}}, required: [state]}"
        }
        #expect(hits.count == 2 && hits[0].contains("breaks 1: the response: "), "\(hits)")
        #expect(hits.last == "response.property.became-required | touches 2: has `state`, which became required")
    }

    @Test("a request that was accepted and no longer fits breaks; one that was refused does not")
    func requests() throws {
        let entries = [
            Self.entry(#"{"name": "abcdef"}"#, 200, "{}"), Self.entry(#"{"name": "abcdef"}"#, 400, "{}"),
            Self.entry(#"{"name": "abc"}"#, 200, "{}"), Self.entry("{}", 200, "{}"),
        ]
        let hits = try Self.hits(entries) {
            $0.request = "{type: object, properties: {name: {type: string, maxLength: 5}}}"
        }
        #expect(
            hits.map { $0.split(separator: ":")[0] } == [
                "request.property.max-length-added | breaks 1", "request.property.max-length-added | touches 2",
                "request.property.max-length-added | touches 3",
            ], "\(hits)")
    }

    @Test("a recorded status that was removed breaks")
    func statuses() throws {
        let hits = try Self.hits([Self.entry("{}", 200, "{}"), Self.entry("{}", 400, "")]) { $0.status = "201" }
        #expect(hits.count == 1 && hits[0].hasPrefix("response.status.success-removed | breaks 1"), "\(hits)")
    }

    @Test("entries of equal contracts, and of changes that they do not use, are not listed")
    func unused() throws {
        let entries = [Self.entry(#"{"name": "a"}"#, 200, #"{"id": 1}"#)]
        #expect(try Self.hits(entries) { _ in }.isEmpty)
        #expect(
            try Self.hits(entries) {
                $0.response = "{type: object, properties: {id: {type: integer}, state: {type: string, enum: [NEW]}}}"
            }.isEmpty)
    }
}

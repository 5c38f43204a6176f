import Diagnostics
import JSONDocument
import OpenAPI
import Testing

@testable import Versions

/// How differences between two runs are explained by the changes between two contracts.
@Suite struct UpgradeComparerTests {
    private static let book = Change.Subject(name: "readBook", method: "GET", path: "/books/{id}")
    private static let create = Change.Subject(name: "addBook", method: "POST", path: "/books")

    private static let old = """
        openapi: 3.0.3
        info: {title: Books, version: '1'}
        paths:
          /books:
            post:
              operationId: addBook
              requestBody:
                content:
                  application/json:
                    schema: {type: object, properties: {title: {type: string}, note: {type: string, nullable: true}}}
              responses:
                '201': {description: made}
                '400': {description: wrong}
          /books/{id}:
            get:
              operationId: readBook
              parameters: [{name: id, in: path, required: true, schema: {type: string}}]
              responses:
                '200':
                  description: ok
                  content:
                    application/json:
                      schema:
                        type: object
                        properties:
                          pages: {type: integer}
                          lent: {type: string, nullable: true}
                          tags: {type: array, items: {type: object, properties: {name: {type: string}}}}
                '404': {description: unknown}
        """

    /// The changes between the document and the one in which `parts` are replaced.
    private static func changes(_ parts: [(String, String)]) throws -> [Change] {
        try ContractSource.with { source in
            let before = try source.load(text: old, "old.yaml")
            var text = old
            for (part, other) in parts {
                try #require(text.contains(part), "no \(part)")
                text = text.replacing(part, with: other)
            }
            return ContractDiff.compare(before, try source.load(text: text, "new.yaml")).changes
        }
    }

    private static func step(
        _ operation: Change.Subject = book, _ name: String = "read", negative: Bool = false
    )
        -> UpgradeStep
    {
        UpgradeStep(
            scenario: "books", step: name, location: SourceLocation(file: "books.csv", line: 2, column: 1),
            operation: operation, isNegative: negative)
    }

    private static func received(
        _ body: JSONValue, status: Int = 200, headers: [String: String] = [:], sent: JSONValue? = nil,
        wrong: [RequestIssue.Place] = [], broken: [ObservedStep.Deviation] = [],
        undeclared: Set<ResponseDifference.Place> = [], failures: [ObservedStep.Failure] = []
    ) -> ObservedStep {
        ObservedStep(
            .response(
                ObservedResponse(status: status, mediaType: "application/json", headers: headers, body: .json(body))),
            sent: sent, wrongPlaces: wrong, brokenPlaces: broken, undeclaredPlaces: undeclared, failures: failures)
    }

    private static func compare(
        _ before: ObservedStep, again: ObservedStep? = nil, _ after: ObservedStep,
        by parts: [(String, String)] = [], step: UpgradeStep = step()
    ) throws -> Upgrade {
        UpgradeComparer.compare(
            [StepPair(step, before: before, again: again ?? before, after: after)],
            by: try changes(parts), from: "v1", to: "v2")
    }

    @Test("equal responses have no differences")
    func equal() throws {
        let upgrade = try Self.compare(Self.received(["pages": 1]), Self.received(["pages": 1]))
        #expect(upgrade.comparedSteps == 1)
        #expect(upgrade.announced.isEmpty && upgrade.unannounced.isEmpty && upgrade.unexercised.isEmpty)
        #expect(!upgrade.hasUnannounced && !upgrade.breaksRows)
    }

    @Test("a changed type that the contracts announce is announced")
    func announcedType() throws {
        let upgrade = try Self.compare(
            Self.received(["pages": 1]), Self.received(["pages": "1"]),
            by: [("pages: {type: integer}", "pages: {type: string}")])
        #expect(upgrade.announced.map(\.change.first.rule.id) == ["response.property.type-changed"])
        #expect(upgrade.announced.first?.difference?.text == "the type of pages changed from number to string")
        #expect(upgrade.unannounced.isEmpty)
    }

    @Test("an unannounced type change is only in the third list")
    func unannouncedType() throws {
        let upgrade = try Self.compare(Self.received(["pages": 1]), Self.received(["pages": "1"]))
        #expect(upgrade.unannounced.map(\.difference.text) == ["the type of pages changed from number to string"])
        #expect(upgrade.unannounced.map(\.severity) == [.error])
        #expect(upgrade.announced.isEmpty && upgrade.unexercised.isEmpty)
        #expect(upgrade.hasUnannounced)
    }

    @Test("a change of another place or kind announces nothing")
    func otherChange() throws {
        let upgrade = try Self.compare(
            Self.received(["pages": 1, "lent": "today"]), Self.received(["pages": "1", "lent": "today"]),
            by: [("lent: {type: string, nullable: true}", "lent: {type: integer}")])
        #expect(upgrade.unannounced.count == 1)
        let bounds = try Self.compare(
            Self.received(["pages": 1]), Self.received(["pages": "1"]),
            by: [("pages: {type: integer}", "pages: {type: integer, maximum: 9}")])
        #expect(bounds.unannounced.count == 1)
    }

    @Test("a change of `default` announces nothing for a status with its own description")
    func otherStatusKey() throws {
        let change = try #require(
            try Self.changes([("pages: {type: integer}", "pages: {type: string}")]).first)
        var ofDefault = change
        ofDefault.place = .response(status: "default", mediaType: "application/json")
        func received(_ pages: JSONValue) -> ObservedStep {
            ObservedStep(
                .response(ObservedResponse(status: 200, statusKey: "200", body: .json(["pages": pages]))))
        }
        let pair = StepPair(Self.step(), before: received(1), again: received(1), after: received("1"))
        #expect(UpgradeComparer.compare([pair], by: [change], from: "v1", to: "v2").unannounced.isEmpty)
        #expect(UpgradeComparer.compare([pair], by: [ofDefault], from: "v1", to: "v2").unannounced.count == 1)
    }

    @Test("a value that violates the new contract was not announced by the change")
    func brokenAnnouncement() throws {
        let place = ResponseDifference.Place.body(JSONPointer(["pages"]))
        let upgrade = try Self.compare(
            Self.received(["pages": 1]),
            Self.received(
                ["pages": true], broken: [.init(rule: "body.type", place: place, message: "is a boolean")]),
            by: [("pages: {type: integer}", "pages: {type: string}")])
        #expect(upgrade.unannounced.map(\.deviation) == ["is a boolean"])
        #expect(upgrade.announced.allSatisfy { $0.difference == nil })
    }

    @Test("a server without the announced behaviour is in the third list")
    func missingChange() throws {
        let place = ResponseDifference.Place.body(JSONPointer(["pages"]))
        let upgrade = try Self.compare(
            Self.received(["pages": 1]),
            Self.received(["pages": 1], broken: [.init(rule: "body.type", place: place, message: "is a number")]),
            by: [("pages: {type: integer}", "pages: {type: string}")])
        #expect(upgrade.unannounced.map(\.deviation) == ["is a number"])
        #expect(upgrade.unannounced.map(\.severity) == [.error])
    }

    @Test("an unannounced status is in the third list, and the bodies are not compared")
    func unannouncedStatus() throws {
        let upgrade = try Self.compare(
            Self.received(["pages": 1]), Self.received(["message": "gone"], status: 404))
        #expect(upgrade.unannounced.map(\.difference.text) == ["status changed from 200 to 404"])
        #expect(upgrade.announced.isEmpty)
    }

    @Test("a request that became invalid announces its rejection, and the row breaks")
    func refusedRequest() throws {
        let wrong = RequestIssue.Place.body(.root)
        let upgrade = try Self.compare(
            Self.received([:], status: 201, sent: ["note": "x"]),
            Self.received(
                [:], status: 400, sent: ["note": "x"], wrong: [wrong],
                failures: [.init("the status is 400", at: .status)]),
            by: [
                (
                    "schema: {type: object, properties: {title",
                    "schema: {type: object, required: [title], properties: {title"
                )
            ],
            step: Self.step(Self.create, "add"))
        #expect(upgrade.announced.map(\.change.first.rule.id) == ["request.property.became-required"])
        #expect(upgrade.broken.map(\.rules) == [["request.property.became-required"]])
        #expect(upgrade.breaksRows)
        #expect(upgrade.unannounced.isEmpty)
    }

    @Test("a request that is invalid under both versions announces no other rejection")
    func wrongInBoth() throws {
        let wrong = RequestIssue.Place.body(.root)
        let upgrade = try Self.compare(
            Self.received([:], status: 400, sent: ["note": "x"], wrong: [wrong]),
            Self.received([:], status: 404, sent: ["note": "x"], wrong: [wrong]),
            by: [
                (
                    "schema: {type: object, properties: {title",
                    "schema: {type: object, required: [title], properties: {title"
                )
            ],
            step: Self.step(Self.create, "add", negative: true))
        #expect(upgrade.unannounced.map(\.difference.text) == ["status changed from 400 to 404"])
    }

    @Test("the rejection of a valid request was not announced")
    func wrongRefusal() throws {
        let upgrade = try Self.compare(
            Self.received([:], status: 201, sent: ["title": "x"]),
            Self.received([:], status: 400, sent: ["title": "x"]),
            by: [
                (
                    "schema: {type: object, properties: {title",
                    "schema: {type: object, required: [title], properties: {title"
                )
            ],
            step: Self.step(Self.create, "add"))
        #expect(upgrade.unannounced.map(\.difference.place) == [.status])
    }

    @Test("a row that fails without an announced change is not broken by one")
    func unexplainedFailure() throws {
        let upgrade = try Self.compare(
            Self.received(["pages": 1]),
            Self.received(["pages": 2], failures: [.init("expected 1", at: .body(JSONPointer(["pages"])))]))
        #expect(upgrade.broken.map(\.rules) == [[]])
        #expect(!upgrade.breaksRows && upgrade.hasUnannounced)
        let failedBefore = try Self.compare(
            Self.received(["pages": 1], failures: [.init("a")]), Self.received(["pages": 1], failures: [.init("a")]))
        #expect(failedBefore.broken.isEmpty)
    }

    @Test("values that differ between two runs of one version do not count, but their type does")
    func volatileValue() throws {
        let first = Self.received(["pages": 1], headers: ["etag": "a"])
        let again = Self.received(["pages": 2], headers: ["etag": "b"])
        let value = try Self.compare(first, again: again, Self.received(["pages": 3], headers: ["etag": "c"]))
        #expect(value.unannounced.isEmpty)
        #expect(value.volatile?.values == [.body(JSONPointer(["pages"])), .header("etag")])
        let type = try Self.compare(first, again: again, Self.received(["pages": "3"], headers: ["etag": "c"]))
        #expect(type.unannounced.map(\.difference.kind) == [.typeChanged])
        let lost = try Self.compare(first, again: again, Self.received([:], headers: [:]))
        #expect(lost.unannounced.map(\.difference.kind) == [.disappeared, .disappeared])
    }

    @Test("members that vary within one version are not compared; a varying status excludes the step")
    func unstable() throws {
        let member = try Self.compare(
            Self.received(["pages": 1, "lent": "x"]), again: Self.received(["pages": 1]),
            Self.received(["pages": 1, "lent": 4]))
        #expect(member.unannounced.isEmpty)
        let status = try Self.compare(
            Self.received(["pages": 1]), again: Self.received([:], status: 404), Self.received([:], status: 404))
        #expect(status.comparedSteps == 0)
        #expect(status.notCompared.map(\.reason) == ["two runs of v1 received 200 and 404"])
    }

    @Test("without a second run, only presence and types are compared")
    func recordings() throws {
        let pair = StepPair(
            Self.step(), before: Self.received(["pages": 1, "lent": "a"]), again: nil,
            after: Self.received(["pages": 2, "lent": 1]))
        let upgrade = UpgradeComparer.compare([pair], by: [], from: "v1", to: "v2")
        #expect(upgrade.volatile == nil)
        #expect(upgrade.unannounced.map(\.difference.place) == [.body(JSONPointer(["lent"]))])
    }

    @Test("a second run without a response gives no information, so values are not compared")
    func failedSecondRun() throws {
        let upgrade = try Self.compare(
            Self.received(["pages": 1]), again: ObservedStep(.nothing("closed")), Self.received(["pages": 2]))
        #expect(upgrade.unannounced.isEmpty)
    }

    @Test("cookies are compared by their presence, and never shown")
    func cookies() throws {
        let changed = try Self.compare(
            Self.received([:], headers: ["set-cookie": "id=one"]), Self.received([:], headers: ["set-cookie": "id=two"])
        )
        #expect(changed.unannounced.isEmpty)
        let lost = try Self.compare(Self.received([:], headers: ["set-cookie": "id=one"]), Self.received([:]))
        #expect(lost.unannounced.map(\.difference.text) == ["header.set-cookie disappeared: it was a cookie"])
    }

    @Test("all elements of an array have the same place")
    func elements() throws {
        let upgrade = try Self.compare(
            Self.received(["tags": [["name": "a"], ["name": "b"]]]),
            Self.received(["tags": [["name": 1], ["name": 2]]]),
            by: [("{name: {type: string}}", "{name: {type: integer}}")])
        #expect(upgrade.announced.map(\.difference?.place) == [.body(JSONPointer(["tags", "*", "name"]))])
        #expect(upgrade.unannounced.isEmpty)
        let count = try Self.compare(Self.received(["tags": [1, 2]]), Self.received(["tags": [1]]))
        #expect(count.unannounced.map(\.difference.place) == [.count(JSONPointer(["tags"]))])
    }

    @Test("an undeclared member is an error, and one that both contracts allow is a warning")
    func appeared() throws {
        let place = ResponseDifference.Place.body(JSONPointer(["extra"]))
        let undeclared = try Self.compare(
            Self.received(["pages": 1]), Self.received(["pages": 1, "extra": 1], undeclared: [place]))
        #expect(undeclared.unannounced.map(\.severity) == [.error])
        let declared = try Self.compare(Self.received(["pages": 1]), Self.received(["pages": 1, "lent": "x"]))
        #expect(declared.unannounced.map(\.severity) == [.warning])
        #expect(!declared.hasUnannounced)
    }

    @Test("the content of an announced member is announced with it")
    func insideOfAnnounced() throws {
        let upgrade = try Self.compare(
            Self.received(["pages": 1]), Self.received(["pages": 1, "owner": ["name": "x"]]),
            by: [
                (
                    "pages: {type: integer}",
                    "pages: {type: integer}\n                  "
                        + "owner: {type: object, properties: {name: {type: string}}}"
                )
            ])
        #expect(upgrade.unannounced.isEmpty)
        #expect(upgrade.announced.map(\.change.first.itemText) == ["owner"])
    }

    @Test("a value that changes from the old to the new version name is not a difference")
    func versionNames() throws {
        let upgrade = try Self.compare(
            Self.received(["pages": "books of v1"], headers: ["api-version": "v1"]),
            Self.received(["pages": "books of v2"], headers: ["api-version": "v2"]))
        #expect(upgrade.unannounced.isEmpty)
        let other = try Self.compare(
            Self.received([:], headers: ["api-version": "v1"]), Self.received([:], headers: ["api-version": "v3"]))
        #expect(other.unannounced.count == 1)
    }

    @Test("an accepted negative row is reported")
    func acceptedRow() throws {
        let step = Self.step(Self.create, "wrong", negative: true)
        let upgrade = try Self.compare(
            Self.received([:], status: 400, sent: [:]), Self.received([:], status: 201, sent: [:]), step: step)
        #expect(upgrade.accepted == [step])
        let plain = try Self.compare(
            Self.received([:], status: 400, sent: [:]), Self.received([:], status: 201, sent: [:]),
            step: Self.step(Self.create, "right"))
        #expect(plain.accepted.isEmpty)
    }

    @Test(
        "a change that no row shows is reported with what is missing and a row that would show it",
        arguments: [
            (
                "{type: object, properties: {title: {type: string}, note: {type: string, nullable: true}}}",
                "{type: object, properties: {title: {type: string}, note: {type: string}}}",
                "no row calls addBook", "call addBook, set note"
            ),
            (
                "lent: {type: string, nullable: true}", "lent: {type: integer}",
                "no response of readBook contains lent",
                "call readBook, set lent"
            ),
            (
                "parameters: [{name: id, in: path, required: true, schema: {type: string}}]",
                "parameters: [{name: id, in: path, required: true, schema: {type: string}}, "
                    + "{name: full, in: query, schema: {type: boolean}}]",
                "no row sends query.full to readBook", "call readBook, set query.full"
            ),
        ])
    func unexercised(part: String, other: String, reason: String, row: String) throws {
        let pair = StepPair(
            Self.step(), before: Self.received(["pages": 1]), again: nil, after: Self.received(["pages": 1]))
        let upgrade = UpgradeComparer.compare(
            [pair], by: try Self.changes([(part, other)]), from: "v1", to: "v2",
            suggestion: { Upgrade.SuggestedRow(call: $0.subject?.name ?? "", set: $0.itemText) })
        #expect(upgrade.unexercised.map(\.reason).contains(reason), "\(upgrade.unexercised.map(\.reason))")
        #expect(upgrade.unexercised.compactMap(\.row?.text).contains(row), "\(upgrade.unexercised.map(\.row))")
    }

    @Test("changes of descriptions and tags are not reported")
    func quiet() throws {
        let upgrade = try Self.compare(
            Self.received(["pages": 1]), Self.received(["pages": 1]),
            by: [("pages: {type: integer}", "pages: {type: integer, description: counted, deprecated: true}")])
        #expect(upgrade.announced.isEmpty && upgrade.unexercised.isEmpty)
        #expect(upgrade.quietChanges > 0)
    }

    @Test("a step without a response is not compared, with the reason")
    func noResponse() throws {
        let upgrade = try Self.compare(
            Self.received(["pages": 1]),
            ObservedStep(.nothing("the connection was closed"), failures: [.init("no response")]))
        #expect(upgrade.notCompared.map(\.reason) == ["under v2: the connection was closed"])
        #expect(upgrade.broken.map(\.rules) == [[]])
        #expect(upgrade.comparedSteps == 0)
    }
}

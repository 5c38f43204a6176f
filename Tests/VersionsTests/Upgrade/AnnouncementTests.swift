import Diagnostics
import JSONDocument
import OpenAPI
import Testing

@testable import Versions

/// Which change of a contract announces which difference between two responses, and which requests show a change.
@Suite struct AnnouncementTests {
    private static let read = Change.Subject(name: "readBook", method: "GET", path: "/books/{id}")

    private static func change(
        _ id: String, _ place: Change.Place, _ pointer: String = "", from: String? = nil, to: String? = nil
    ) throws -> Change {
        let rule = try #require(ChangeRule.named(id), "\(id) is not a rule")
        return Change(
            rule: rule, severity: .error, subject: read, place: place, pointer: try #require(JSONPointer(pointer)),
            base: Change.Side(text: from), revision: Change.Side(text: to), message: "it changed")
    }

    private static func observed(
        _ body: String = "{}", status: Int = 200, key: String? = nil, headers: [String: String] = [:],
        sent: String? = nil, parameters: Set<String> = [], wrong: [RequestIssue.Place] = [],
        broken: [ResponseDifference.Place] = []
    ) throws -> ObservedStep {
        ObservedStep(
            .response(
                ObservedResponse(
                    status: status, statusKey: key, mediaType: "application/json", headers: headers,
                    body: .json(try JSONDocument(parsing: body).root.value))),
            sent: try sent.map { try JSONDocument(parsing: $0).root.value }, parameters: parameters, wrongPlaces: wrong,
            brokenPlaces: broken.map { ObservedStep.Deviation(rule: "body.type", place: $0, message: "wrong") })
    }

    private static func body(_ pointer: String) -> ResponseDifference.Place { .body(JSONPointer(pointer) ?? .root) }

    private func announces(
        _ change: Change, _ difference: ResponseDifference, _ before: ObservedStep, _ after: ObservedStep
    ) -> Bool {
        Announcement([(7, change)]).indexes(for: difference, before, after) == [7]
    }

    @Test(
        "a status key covers its status, its range or every status",
        arguments: [
            ("200", 200, true), ("200", 201, false), ("2XX", 204, true), ("2XX", 300, false), ("2xx", 204, true),
            ("default", 500, true), ("5XX", 500, true), ("404", 40, false),
        ])
    func covers(key: String, status: Int, isCovered: Bool) {
        #expect(Announcement.covers(key, status) == isCovered)
    }

    @Test("a response that its own key describes is not covered by another key")
    func described() {
        #expect(ObservedResponse(status: 200).isCovered(by: "default"))
        #expect(!ObservedResponse(status: 200, statusKey: "200").isCovered(by: "default"))
        #expect(ObservedResponse(status: 200, statusKey: "2XX").isCovered(by: "2XX"))
    }

    @Test(
        "two pointers are one place if `*` is every element",
        arguments: [
            ("", "", true), ("/a", "/a", true), ("/a", "/b", false), ("/a", "/a/b", false), ("/*/a", "/0/a", true),
            ("/0/a", "/*/a", true), ("/*", "/*", true), ("/*", "/name", true), ("/name", "/*", false),
            ("/a", "/A", false),
        ])
    func matches(one: String, other: String, isSame: Bool) throws {
        #expect(try Announcement.matches(#require(JSONPointer(one)), #require(JSONPointer(other))) == isSame)
    }

    @Test(
        "a change of a body announces differences of its kind at its place",
        arguments: [
            ("response.property.type-changed", "/a", "/a", ResponseDifference.Kind.typeChanged, true),
            ("response.property.type-changed", "/a", "/b", .typeChanged, false),
            ("response.property.type-changed", "/a", "/a", .appeared, false),
            ("response.property.optional-added", "/a", "/a", .appeared, true),
            ("response.property.optional-added", "/a", "/a", .typeChanged, false),
            ("response.property.nullable-added", "/a", "/a", .disappeared, true),
            ("response.property.enum-value-added", "/a", "/a", .valueChanged, true),
            ("response.property.max-length-increased", "/a", "/a", .valueChanged, true),
            ("response.property.max-length-increased", "/a", "/a", .appeared, false),
            ("response.property.default-changed", "/a", "/a", .valueChanged, true),
            ("response.property.deprecation-added", "/a", "/a", .disappeared, false),
            // A change of a whole object announces differences inside of it, a change of a text does not.
            ("response.property.optional-added", "/a", "/a/b", .appeared, true),
            ("response.property.type-changed", "/a", "/a/b", .valueChanged, true),
            ("response.property.max-length-increased", "/a", "/a/b", .valueChanged, false),
            ("response.property.optional-added", "/a/b", "/a", .appeared, false),
            ("response.property.type-changed", "/*/a", "/*/a", .typeChanged, true),
        ] as [(String, String, String, ResponseDifference.Kind, Bool)])
    func bodies(
        rule: String, at pointer: String, place: String, kind: ResponseDifference.Kind, isAnnounced: Bool
    )
        throws
    {
        let change = try Self.change(rule, .response(status: "200", mediaType: "application/json"), pointer)
        let difference = ResponseDifference(Self.body(place), kind, from: "1", to: "2")
        #expect(try announces(change, difference, Self.observed(), Self.observed()) == isAnnounced)
        // A change of another status announces nothing.
        let other = try Self.change(rule, .response(status: "404", mediaType: "application/json"), pointer)
        #expect(try !announces(other, difference, Self.observed(), Self.observed()))
        // A response that violates the new contract at the place was not announced.
        #expect(
            try !announces(change, difference, Self.observed(), Self.observed(broken: [Self.body(place)])))
    }

    @Test(
        "a change of a header announces differences of this header",
        arguments: [
            ("X-Total", "x-total", ResponseDifference.Kind.disappeared, true),
            ("X-Total", "x-other", .disappeared, false),
            ("X-Total", "x-total", .typeChanged, false),
        ] as [(String, String, ResponseDifference.Kind, Bool)])
    func headers(name: String, other: String, kind: ResponseDifference.Kind, isAnnounced: Bool) throws {
        let change = try Self.change("response.header.optional-removed", .header(status: "2XX", name: name))
        let difference = ResponseDifference(.header(other), kind, from: "1", to: nil)
        #expect(try announces(change, difference, Self.observed(), Self.observed()) == isAnnounced)
    }

    @Test("a media type announces another media type, and a difference of the whole body")
    func mediaTypes() throws {
        let change = try Self.change("response.media-type.added", .response(status: "200", mediaType: "text/csv"))
        let step = try Self.observed()
        #expect(announces(change, ResponseDifference(.mediaType, .valueChanged, from: "a", to: "b"), step, step))
        #expect(announces(change, ResponseDifference(Self.body(""), .typeChanged, from: "a", to: "b"), step, step))
        #expect(!announces(change, ResponseDifference(Self.body("/a"), .typeChanged, from: "a", to: "b"), step, step))
        let schema = try Self.change(
            "response.media-type.schema-added", .response(status: "200", mediaType: "text/csv"))
        #expect(announces(schema, ResponseDifference(Self.body("/a"), .typeChanged, from: "a", to: "b"), step, step))
    }

    @Test("an added status announces the new status, a removed one the old status")
    func statuses() throws {
        let difference = ResponseDifference(.status, .valueChanged, from: "200", to: "202")
        let (before, after) = (try Self.observed(status: 200), try Self.observed(status: 202))
        for (rule, key, isAnnounced) in [
            ("response.status.success-added", "202", true), ("response.status.success-added", "200", false),
            ("response.status.success-removed", "200", true), ("response.status.success-removed", "202", false),
            ("response.body.type-changed", "202", false),
        ] {
            let change = try Self.change(rule, .response(status: key, mediaType: nil))
            #expect(announces(change, difference, before, after) == isAnnounced, "\(rule) of \(key)")
        }
    }

    @Test("a change of the request announces another status if the request is wrong there under one version only")
    func requests() throws {
        let difference = ResponseDifference(.status, .valueChanged, from: "200", to: "400")
        for (rule, place, pointer, wrong, isAnnounced) in [
            (
                "request.property.max-length-decreased", Change.Place.requestBody(mediaType: nil), "/a",
                RequestIssue.Place.body(JSONPointer(["a"])), true
            ),
            (
                "request.property.max-length-decreased", .requestBody(mediaType: nil), "/a",
                .body(JSONPointer(["b"])), false
            ),
            // A missing member is reported at the object that should contain it.
            ("request.property.required-added", .requestBody(mediaType: nil), "/a/b", .body(JSONPointer(["a"])), true),
            ("request.property.optional-added", .requestBody(mediaType: nil), "/a/b", .body(JSONPointer(["a"])), false),
            ("request.media-type.removed", .requestBody(mediaType: "text/csv"), "", .mediaType, true),
            ("request.parameter.required-added", .parameter(in: "query", name: "q"), "", .query("q"), true),
            ("request.parameter.required-added", .parameter(in: "query", name: "q"), "", .query("Q"), false),
            ("request.parameter.required-added", .parameter(in: "header", name: "X-A"), "", .header("x-a"), true),
            ("request.parameter.required-added", .parameter(in: "query", name: "q"), "", .cookie("q"), false),
            ("request.parameter.required-added", .parameter(in: "path", name: "q"), "", .method, false),
        ] as [(String, Change.Place, String, RequestIssue.Place, Bool)] {
            let change = try Self.change(rule, place, pointer)
            let (before, after) = (try Self.observed(), try Self.observed(status: 400, wrong: [wrong]))
            #expect(announces(change, difference, before, after) == isAnnounced, "\(rule) and \(wrong)")
            let both = try Self.observed(wrong: [wrong])
            #expect(!announces(change, difference, both, after), "it was wrong under both versions")
        }
    }

    @Test("a change of security announces 401 and 403 only")
    func security() throws {
        let change = try Self.change("security.protection-added", .operation)
        for (status, isAnnounced) in [(401, true), (403, true), (404, false), (500, false)] {
            let difference = ResponseDifference(.status, .valueChanged, from: "200", to: "\(status)")
            #expect(
                try announces(change, difference, Self.observed(), Self.observed(status: status)) == isAnnounced)
        }
        let other = try Self.change("operation.id-changed", .operation)
        let difference = ResponseDifference(.status, .valueChanged, from: "200", to: "401")
        #expect(try !announces(other, difference, Self.observed(), Self.observed(status: 401)))
    }

    @Test("a step without a response announces nothing")
    func nothing() throws {
        let change = try Self.change("security.protection-added", .operation)
        let difference = ResponseDifference(.status, .valueChanged, from: "200", to: "401")
        #expect(try !announces(change, difference, Self.observed(), ObservedStep(.nothing("refused"))))
    }

    // MARK: Rows that show a change

    private func isShown(_ change: Change, _ before: ObservedStep, _ after: ObservedStep) -> Bool {
        let step = UpgradeStep(
            scenario: "books", step: "read", location: SourceLocation(file: "books.csv", line: 2, column: 1),
            operation: Self.read)
        return ChangeExercise(change).isShown(by: StepPair(step, before: before, again: nil, after: after))
    }

    @Test(
        "a change of a response is shown by a response with the place",
        arguments: [
            ("response.property.type-changed", "/a", #"{"a": 1}"#, true),
            ("response.property.type-changed", "/a", "{}", false),
            ("response.property.type-changed", "/a/b", #"{"a": [{"b": 1}]}"#, false),
            ("response.property.type-changed", "/*/b", #"[{"b": 1}]"#, true),
            ("response.property.type-changed", "/*/b", "[]", false),
            ("response.property.type-changed", "/*/b", #"{"x": {"b": 1}}"#, true),
            // A change about null or one value is shown by this value only.
            ("response.property.nullable-removed", "/a", #"{"a": null}"#, true),
            ("response.property.nullable-removed", "/a", #"{"a": 1}"#, false),
            ("response.property.enum-value-added", "/a", #"{"a": "x"}"#, true),
            ("response.property.enum-value-added", "/a", #"{"a": "y"}"#, false),
            ("response.body.type-changed", "", "[]", true),
        ])
    func shownByResponse(rule: String, pointer: String, body: String, isShown: Bool) throws {
        let change = try Self.change(
            rule, .response(status: "200", mediaType: "application/json"), pointer, to: "\"x\"")
        let (with, without) = (try Self.observed(body), try Self.observed("7", status: 404))
        #expect(self.isShown(change, with, without) == isShown)
        #expect(self.isShown(change, without, with) == isShown)
        #expect(!self.isShown(change, without, without))
    }

    @Test(
        "a change of a request is shown by a request with the part, or by any request for a requirement",
        arguments: [
            ("request.property.type-changed", "/a", #"{"a": 1}"#, true),
            ("request.property.type-changed", "/a", "{}", false), ("request.property.required-added", "/a", "{}", true),
            ("request.property.required-added", "/a/b", "{}", false),
            ("request.property.required-added", "/a/b", #"{"a": {}}"#, true),
            ("request.property.became-required", "/a", "{}", true),
            ("request.property.became-required", "/a", "[]", false),
        ])
    func shownByRequest(rule: String, pointer: String, sent: String, isShown: Bool) throws {
        let change = try Self.change(rule, .requestBody(mediaType: nil), pointer)
        let step = try Self.observed(sent: sent)
        #expect(self.isShown(change, step, step) == isShown)
        #expect(try !self.isShown(change, Self.observed(), Self.observed()), "no request has a body")
    }

    @Test(
        "a change of a parameter or header is shown by a request or response that has it",
        arguments: [
            ("request.parameter.type-changed", Change.Place.parameter(in: "query", name: "q"), true),
            ("request.parameter.type-changed", .parameter(in: "query", name: "other"), false),
            ("request.parameter.type-changed", .parameter(in: "header", name: "X-A"), true),
            ("request.parameter.type-changed", .parameter(in: "cookie", name: "q"), false),
            ("request.parameter.type-changed", .parameter(in: "path", name: "id"), true),
            ("request.parameter.required-added", .parameter(in: "query", name: "other"), true),
            ("response.header.type-changed", .header(status: "200", name: "ETag"), true),
            ("response.header.type-changed", .header(status: "200", name: "Age"), false),
            ("response.header.type-changed", .header(status: "404", name: "ETag"), false),
            ("operation.id-changed", .operation, true), ("security.scheme-changed", .contract("Key"), true),
        ] as [(String, Change.Place, Bool)])
    func shownByParameter(rule: String, place: Change.Place, isShown: Bool) throws {
        let step = try Self.observed(headers: ["etag": "1"], parameters: ["query.q", "header.x-a"])
        #expect(try self.isShown(Self.change(rule, place), step, step) == isShown)
    }

    @Test(
        "the missing part of a change is named",
        arguments: [
            (
                "response.property.type-changed", Change.Place.response(status: "200", mediaType: nil), "/a",
                "no response of readBook contains a"
            ),
            (
                "response.property.type-changed", .response(status: "404", mediaType: nil), "/a",
                "no row receives 404 from readBook"
            ),
            (
                "response.property.nullable-removed", .response(status: "200", mediaType: nil), "/a",
                "no response of readBook has null at a"
            ),
            (
                "response.property.enum-value-added", .response(status: "200", mediaType: nil), "/*/a",
                "no response of readBook has \"x\" at [*].a"
            ),
            (
                "response.header.type-changed", .header(status: "200", name: "Age"), "",
                "no response 200 of readBook has the header Age"
            ),
            ("request.property.type-changed", .requestBody(mediaType: nil), "/a/b", "no row sends a.b to readBook"),
            (
                "request.property.nullable-removed", .requestBody(mediaType: nil), "/a",
                "no row sends null as a to readBook"
            ),
            (
                "request.property.required-added", .requestBody(mediaType: nil), "/a/b",
                "no row sends the object around a.b to readBook"
            ),
            (
                "request.parameter.type-changed", .parameter(in: "query", name: "q"), "",
                "no row sends query.q to readBook"
            ),
        ])
    func missing(rule: String, place: Change.Place, pointer: String, expected: String) throws {
        let change = try Self.change(rule, place, pointer, to: "\"x\"")
        let step = UpgradeStep(
            scenario: "books", step: "read", location: SourceLocation(file: "books.csv", line: 2, column: 1),
            operation: Self.read)
        let pair = StepPair(step, before: try Self.observed("7"), again: nil, after: try Self.observed("7"))
        #expect(ChangeExercise(change).missing(in: [pair]) == expected)
        #expect(ChangeExercise(change).missing(in: []) == "no row calls readBook")
    }
}

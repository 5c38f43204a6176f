import Diagnostics
import JSONDocument
import OpenAPI
import Testing

@Suite("Judging requests by their operation")
struct RequestIssueTests {
    private let contract: Contract

    init() throws {
        contract = try BookContract.load()
    }

    private let right: [(name: String, value: String)] = [
        ("content-type", "application/json"), ("x-copies", "3"), ("Cookie", "session=abcd"), ("x-anything", "1"),
    ]

    /// A request that follows the contract, but for what is given.
    private func request(
        path: String = "/books/978",
        query: String? = nil,
        without header: String? = nil,
        with headers: [(name: String, value: String)] = [],
        body: String? = #"{"title":"T","pages":3}"#
    ) -> WireRequest {
        WireRequest(
            method: "PUT",
            path: path,
            query: query,
            headers: right.filter { $0.name != header } + headers,
            body: body.map { Array($0.utf8) }
        )
    }

    /// The issues, one `place keyword: message` each.
    private func issues(_ request: WireRequest) -> [String] {
        contract.issues(in: request).map { issue in
            "\(issue.place) \(issue.keyword)\(issue.isUndecided ? " undecided" : ""): \(issue.message)"
        }
    }

    @Test("a conforming request has no issues; undeclared parts are ignored")
    func valid() {
        #expect(issues(request()) == [])
        #expect(issues(request(query: "shelf=a&shelf=b&more=1")) == [])
        #expect(issues(request(body: #"{"title":"T","pages":3.0,"tags":[]}"#)) == [])
    }

    @Test("credentials and headers defined by HTTP are ignored")
    func credentials() throws {
        // `x-key` and `authorization` are declared as required parameters and are not there.
        #expect(issues(request()) == [])
        let operation = try #require(contract.operation("PutBook"))
        let strict = operation.issues(in: request(), pathValues: [("isbn", "978")])
        #expect(strict.map(\.place) == [.header("x-key")])
    }

    @Test("parameters are judged in their place")
    func parameters() {
        #expect(
            issues(request(without: "x-copies")) == [
                "header.X-Copies required: is missing, but the contract requires it"
            ]
        )
        #expect(
            issues(request(without: "Cookie")) == ["cookie.session required: is missing, but the contract requires it"]
        )
        #expect(issues(request(path: "/books/97x")).map { $0.prefix(18) } == ["path.isbn pattern:"])
        #expect(issues(request(path: "/books/9%378")) == [])
        #expect(
            issues(request(without: "x-copies", with: [("X-COPIES", "10")])).map { $0.prefix(25) }
                == ["header.X-Copies maximum: "]
        )
        #expect(
            issues(request(without: "Cookie", with: [("cookie", "session=abc")])).map { $0.prefix(25) }
                == ["cookie.session minLength:"]
        )
        let shelves = issues(request(query: "shelf=a&shelf=c&shelf=b"))
        #expect(shelves.count == 2)
        #expect(shelves.contains { $0.hasPrefix("query.shelf maxItems: ") })
        #expect(shelves.contains { $0.hasPrefix("query.shelf enum: /1 ") })
    }

    @Test("text that does not have the type of its parameter is an issue with its place in the contract")
    func mistyped() throws {
        let issue = try #require(
            contract.issues(in: request(without: "x-copies", with: [("x-copies", "many")])).first
        )
        #expect(issue.place == .header("X-Copies"))
        #expect(!issue.isUndecided)
        #expect(issue.location.file == "books.yaml")
        #expect(issue.location.line == 12)
    }

    @Test("the media type must be documented")
    func mediaType() throws {
        #expect(
            issues(request(without: "content-type"))
                == ["header.content-type mediaType: is missing, so the type of the body is unknown"]
        )
        let xml = contract.issues(in: request(without: "content-type", with: [("Content-Type", "application/xml")]))
        #expect(xml.map(\.message) == ["is not one of the documented media types"])
        #expect(
            xml.first?.expected
                == "application/json, application/x-www-form-urlencoded, text/plain, image/*"
        )
        #expect(xml.first?.actual == "application/xml")
        #expect(
            issues(request(without: "content-type", with: [("content-type", "json")]))
                == ["header.content-type mediaType: is not a valid media type"]
        )
        #expect(
            issues(request(without: "content-type", with: [("content-type", "APPLICATION/JSON; charset=UTF-8")])) == []
        )
    }

    @Test("a body is judged in the direction of requests")
    func body() {
        #expect(issues(request(body: nil)) == ["body required: is missing, but the contract requires a body"])
        #expect(issues(request(body: "")) == ["body required: is missing, but the contract requires a body"])
        func short(_ body: String) -> [String] {
            contract.issues(in: request(body: body)).map { "\($0.place) \($0.keyword)" }
        }
        #expect(short("{\"title\":") == ["body json"])
        #expect(short(#"{"title":"T"}"#) == ["body required"])
        #expect(short(#"{"title":"","pages":"3"}"#).sorted() == ["body/pages type", "body/title minLength"])
        #expect(short(#"{"title":"T","pages":1.5}"#) == ["body/pages type"])
        #expect(short(#"{"title":"T","pages":1,"tags":["a",1]}"#) == ["body/tags/1 type"])
        #expect(short(#"{"title":"T","pages":1,"zzz":1}"#) == ["body additionalProperties"])
        #expect(short("[]") == ["body type"])
    }

    @Test("a body that is not JSON is reported with the place where it fails")
    func notJSON() throws {
        let issue = try #require(contract.issues(in: request(body: "{\n \"title\": x}")).first)
        #expect(issue.message.hasSuffix("(line 2, column 11)"))
        #expect(issue.message.hasPrefix("is not JSON: "))
        #expect(issues(request(body: "\u{0}" + String(repeating: "[", count: 1_000_000))).count == 1)
    }

    @Test("forms and plain text are judged against their schemas too")
    func otherMedia() {
        func issues(_ type: String, _ body: String) -> [String] {
            contract.issues(in: request(without: "content-type", with: [("content-type", type)], body: body))
                .map { "\($0.place) \($0.keyword)" }
        }
        let form = "application/x-www-form-urlencoded"
        #expect(issues(form, "title=a+b%20c&pages=3&price=2.50&tags=x") == [])
        #expect(issues(form, "title=a&pages=3&tags=x&tags=y") == [])
        #expect(issues(form, "title=a&pages=many") == ["body/pages type"])
        #expect(issues(form, "title=%zz") == ["body form"])
        #expect(issues("text/plain", "abc") == [])
        #expect(issues("text/plain", "abcd") == ["body maxLength"])
    }

    @Test("undecidable parts are reported as undecided")
    func undecided() throws {
        let picture = issues(request(without: "content-type", with: [("content-type", "image/png")], body: "\u{1}"))
        #expect(
            issues(request(query: "blob%5Bx%5D=1"))
                == ["query.blob style undecided: cannot be judged: the style deepObject supports only objects"]
        )
        // Octets of which the schema says nothing more.
        #expect(picture == [])
    }

    @Test("an unusable keyword is ignored, and the others are checked")
    func unusableKeyword() throws {
        func note(_ body: String) -> WireRequest {
            WireRequest(
                method: "POST", path: "/notes", headers: [("content-type", "application/json")],
                body: Array(body.utf8))
        }
        let open =
            "body schema undecided: cannot be judged, because the schema is unusable: the pattern ( cannot be used: "
            + "this '(' is never closed (at character 1)"
        #expect(issues(note(#""x""#)) == [open])
        #expect(issues(note("1")) == [open, "body type: is a number, but the schema allows only string"])
        #expect(contract.check().map(\.rule).filter { $0.hasPrefix("schema.") } == ["schema.pattern"])
    }

    @Test("an undeclared method or path is an issue of its own")
    func route() {
        let patch = WireRequest(method: "PATCH", path: "/books/1")
        #expect(issues(patch) == ["method method: is not declared for this path"])
        #expect(contract.issues(in: patch).first?.expected == "PUT, GET")
        #expect(issues(WireRequest(method: "GET", path: "/shelves")) == ["path path: is not declared"])
        #expect(
            issues(WireRequest(method: "get", path: "/books/1")) == [
                "method method: is not the method of the operation"
            ])
    }

    @Test("values of path expressions are found at the end of a path")
    func tail() throws {
        let operation = try #require(contract.operation("GetBook"))
        #expect(operation.pathValues(inTailOf: "/a/b/books/9%2F7")?.map(\.text) == ["9%2F7"])
        #expect(operation.pathValues(inTailOf: "/books/1")?.map(\.name) == ["isbn"])
        #expect(operation.pathValues(inTailOf: "/shelves/1") == nil)
        #expect(operation.pathValues(inTailOf: "/1") == nil)
        #expect(operation.pathValues(inTailOf: "") == nil)
    }
}

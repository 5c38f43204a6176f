import Exchanges
import JSONDocument
import Primitives
import Testing

@testable import Scenarios

@Suite("Pages of a list")
struct PageWalkTests {
    /// A page: the URL that was requested, and its response.
    private static func page(
        _ body: String, status: Int = 200, url: String = "https://shop.example/items?page=1", link: String? = nil
    ) -> ExchangeView {
        let exchange = Exchange(
            sequence: 1, scenario: "s", step: "list", operation: nil, contract: "1",
            request: RequestMessage(method: "GET", url: url),
            outcome: .response(
                ResponseMessage(
                    status: status, headers: link.map { [HeaderField(name: "Link", value: $0)] } ?? [],
                    body: Array(body.utf8))),
            startedAt: Instant(microsecondsSinceEpoch: 0), duration: .zero)
        return ExchangeView.parsing(exchange, operation: nil)
    }

    private static func paging(_ source: String, while condition: String? = nil, limit: Int = 10) throws -> Paging {
        let query = try ItemPath.parse("query.page")
        let read: Paging.Source =
            source.hasPrefix("+")
            ? .number(query, by: Int(source) ?? 0)
            : source.hasPrefix(">")
                ? .url(try ItemPath.parse(String(source.dropFirst())))
                : .value(try ItemPath.parse(source), into: query)
        let isNegated = condition?.hasPrefix("!") ?? false
        let path = try condition.map { try ItemPath.parse(String($0.drop { $0 == "!" })) }
        return Paging(read, while: path.map { .init($0, isNegated: isNegated) }, limit: limit)
    }

    /// The move after one page, as text.
    private static func move(_ source: String, while condition: String? = nil, _ page: ExchangeView) throws -> String {
        var walk = PageWalk(try paging(source, while: condition))
        return told(walk.move(after: page))
    }

    private static func told(_ move: PageWalk.Move) -> String {
        switch move {
        case .end: "end"
        case .value(let value, let path): "\(path.text)=\(value.text)"
        case .url(let url): url
        case .stop(.limit): "limit"
        case .stop(.repeated(let text)): "repeated \(text)"
        case .stop(.unusable(let reason)): reason
        }
    }

    @Test(
        "the value for the next page comes from the response",
        arguments: [
            ("next", nil, #"{"next":"b"}"#, #"query.page="b""#),
            ("next", nil, #"{"next":7}"#, "query.page=7"),
            ("next", nil, #"{"next":12345678901234567890}"#, "query.page=12345678901234567890"),
            ("next", nil, #"{"next":null}"#, "end"), ("next", nil, #"{"next":""}"#, "end"), ("next", nil, "{}", "end"),
            ("next", nil, "not JSON", "end"),
            ("next", "more", #"{"next":"b","more":true}"#, #"query.page="b""#),
            ("next", "more", #"{"next":"b","more":false}"#, "end"),
            ("next", "!last", #"{"next":"b","last":false}"#, #"query.page="b""#),
            ("next", "!last", #"{"next":"b","last":true}"#, "end"),
            ("next", "more", #"{"more":true}"#, "`more` says that there are more pages, but `next` has no value"),
            ("next", nil, #"{"next":{"a":1}}"#, "`next` is neither text nor a number"),
            ("items[*].id", "more", #"{"items":[{"id":"a"},{"id":"b"}],"more":true}"#, #"query.page="b""#),
            ("items[*].id", nil, #"{"items":[]}"#, "end"),
            ("items[*].id", nil, #"{"items":[{"id":"a"},{}]}"#, "end"),
            ("+1", "items[0]", #"{"items":[1]}"#, "query.page=2"), ("+1", "items[0]", #"{"items":[]}"#, "end"),
            ("+20", "items", #"{"items":[1]}"#, "query.page=21"), ("+20", "items", #"{"items":[]}"#, "end"),
        ] as [(String, String?, String, String)])
    func values(source: String, condition: String?, body: String, expected: String) throws {
        #expect(try Self.move(source, while: condition, Self.page(body)) == expected)
    }

    @Test(
        "a condition is met unless the value is absent, null, false, 0 or empty",
        arguments: [
            ("true", true), ("false", false), ("null", false), ("0", false), ("0.0", false), ("1", true),
            (#""""#, false), (#""x""#, true), (#""false""#, false), ("[]", false), ("[0]", true), ("{}", false),
        ])
    func conditions(value: String, isMet: Bool) throws {
        let moved = try Self.move("next", while: "more", Self.page(#"{"next":"b","more":\#(value)}"#))
        #expect((moved != "end") == isMet)
    }

    @Test(
        "a URL is followed only to the same origin",
        arguments: [
            ("/items?page=2", "https://shop.example/items?page=2"), ("?page=3", "https://shop.example/items?page=3"),
            ("https://shop.example:443/items?c=x#top", "https://shop.example:443/items?c=x"),
            ("https://other.example/items", "`next` leads to another origin, https://other.example"),
            ("http://shop.example/items", "`next` leads to another origin, http://shop.example"),
            ("https://shop.example:8443/", "`next` leads to another origin, https://shop.example:8443"),
            ("//evil.example/", "`next` leads to another origin, https://evil.example"),
            ("https://user@shop.example/", "`next` is not a valid URL"),
            ("ftp://shop.example/", "`next` is not a valid URL"),
            ("/a b", "`next` is not a valid URL"), ("/a\\r\\nx: y", "`next` is not a valid URL"), ("", "end"),
        ])
    func urls(written: String, expected: String) throws {
        #expect(try Self.move(">next", Self.page(#"{"next":"\#(written)"}"#)) == expected)
    }

    @Test("the `link` header is followed by its relation, and ends the list without one")
    func links() throws {
        let link = #"</items?page=1>; rel="prev", </items?page=3>; rel="next""#
        #expect(try Self.move(">header.link", Self.page("[]", link: link)) == "https://shop.example/items?page=3")
        #expect(try Self.move(">header.link", Self.page("[]", link: #"</items>; rel="last""#)) == "end")
        #expect(try Self.move(">header.link", Self.page("[]")) == "end")
    }

    @Test("a value that was returned before stops the walk, and so does the first URL", arguments: ["next", ">next"])
    func repeated(source: String) throws {
        var walk = PageWalk(try Self.paging(source))
        let moves = ["/b", "/c", "/b"].map { walk.move(after: Self.page(#"{"next":"\#($0)"}"#)) }
        #expect(Self.told(moves[1]).hasSuffix(source == "next" ? #"="/c""# : "/c"))
        #expect(Self.told(moves[2]).hasPrefix("repeated "))
        if source == ">next" {
            #expect(try Self.move(source, Self.page(#"{"next":"/items?page=1"}"#)).hasPrefix("repeated "))
        }
    }

    @Test("the limit stops a walk only if there is another page")
    func limit() throws {
        var walk = PageWalk(try Self.paging("next", limit: 2))
        #expect(Self.told(walk.move(after: Self.page(#"{"next":"b"}"#))) == #"query.page="b""#)
        #expect(Self.told(walk.move(after: Self.page(#"{"next":"c"}"#))) == "limit")
        var other = PageWalk(try Self.paging("next", limit: 2))
        _ = other.move(after: Self.page(#"{"next":"b"}"#))
        #expect(other.move(after: Self.page("{}")) == .end)
    }

    @Test("values that cannot be sent, and numbers that cannot be read, stop the walk")
    func unusable() throws {
        let long = String(repeating: "x", count: 8_000)
        #expect(try Self.move("next", Self.page(#"{"next":"\#(long)"}"#)).contains("longer than 8000 bytes"))
        let text = Self.page("[1]", url: "https://shop.example/items?page=one")
        #expect(try Self.move("+1", text) == "the request has no integer at `query.page`")
        let large = Self.page("[1]", url: "https://shop.example/items?page=\(Int.max)")
        #expect(try Self.move("+1", large) == "`query.page` is too large")
    }

    @Test("only a 2xx response has a next page", arguments: [199, 206, 302, 404, 429, 503])
    func statuses(status: Int) throws {
        let moved = try Self.move("next", Self.page(#"{"next":"b"}"#, status: status))
        #expect((moved == "end") == (status != 206))
    }
}

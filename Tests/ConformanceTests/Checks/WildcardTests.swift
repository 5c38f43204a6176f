import Conformance
import Exchanges
import Testing

/// `[*]` is every element, at least one; `[?]` is some element.
@Suite("Checks of elements")
struct WildcardTests {
    private static let document = """
        openapi: 3.1.1
        info: { title: T, version: '1' }
        paths:
          /x:
            get:
              operationId: x
              responses:
                '200':
                  description: d
                  content:
                    application/json:
                      schema:
                        type: object
                        properties:
                          list: { type: array, items: { type: object, properties: { n: { type: integer, maximum: 9 }, s: { type: string } } } }
        """

    private static func findings(_ item: String, _ list: String) throws -> [Finding] {
        let bench = try Bench(
            spec: document, tables: [("t.csv", "scenario,step,call,expect,check\ns,x,x,200,\"\(item)\"\n")])
        return try bench.verdict(.answer(200, #"{"list":\#(list)}"#)).allFindings
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var list: String
        /// The rule of a check of every element, and of some element; `nil` if it passes.
        var every: String?
        var some: String?
        var testDescription: String { list }

        init(_ list: String, every: String?, some: String?) {
            (self.list, self.every, self.some) = (list, every, some)
        }
    }

    static let cases = [
        Case("[]", every: "check", some: "check"), Case(#"[{"n":1}]"#, every: nil, some: nil),
        Case(#"[{"n":2}]"#, every: "check", some: "check"), Case(#"[{"n":1},{"n":2}]"#, every: "check", some: nil),
        Case(#"[{"n":2},{"n":1}]"#, every: "check", some: nil), Case(#"[{"n":1},{"n":1}]"#, every: nil, some: nil),
        // An element without the member does not match.
        Case("[{}]", every: "check", some: "check"), Case(#"[{"n":1},{}]"#, every: "check", some: nil),
        // A place with a finding of its own is not judged again, and may be the element that would have matched.
        Case(#"[{"n":11}]"#, every: "body.maximum", some: "body.maximum"),
        Case(#"[{"n":1},{"n":11}]"#, every: "body.maximum", some: "body.maximum"),
        Case(#"[{"n":2},{"n":11}]"#, every: "check", some: "body.maximum"),
    ]

    @Test("every and some element", arguments: cases)
    func elements(one: Case) throws {
        let own = one.list.contains("11") ? ["body.maximum"] : []
        func expected(_ rule: String?) -> [String] { own + (rule == "check" ? ["check"] : []) }
        #expect(try Self.findings("list[*].n=1", one.list).map(\.rule) == expected(one.every))
        #expect(try Self.findings("list[?].n=1", one.list).map(\.rule) == expected(one.some))
    }

    @Test("a finding about elements is at the first one that fails, and counts the others")
    func places() throws {
        func told(_ item: String, _ list: String) throws -> [String] {
            try Self.findings(item, list).map { "\($0.response?.description ?? "-"): \($0.message)" }
        }
        #expect(
            try told("list[*].n=1", #"[{"n":1},{"n":2},{"s":"a"},{"n":3}]"#)
                == ["/list/1/n: expected `list[*].n` to be 1, received 2; 3 of 4 elements fail"])
        #expect(
            try told("list[*].n=1", #"[{"s":"a"}]"#) == ["/list/0/n: expected `list[*].n` to be 1, but it is absent"])
        #expect(
            try told("list[?].n=1", #"[{"n":2},{"n":3}]"#)
                == ["/list: no element matches; first element: expected `list[?].n` to be 1, received 2"])
        #expect(
            try told("list[*].n=1", "[]") == ["/list: expected `list[*].n` to be 1, but the list is empty"])
        #expect(
            try told("list[1].n=1", #"[{"n":1}]"#) == ["/list/1/n: expected `list[1].n` to be 1, but it is absent"])
    }

    @Test("a member that must be absent is absent in every element")
    func absence() throws {
        #expect(try Self.findings("!list[*].s", #"[{"n":1},{"n":2}]"#) == [])
        #expect(try Self.findings("!list[*].s", "[]") == [])
        let found = try Self.findings("!list[*].s", #"[{"n":1},{"s":"a"}]"#)
        #expect(found.map(\.message) == [#"expected `list[*].s` to be absent, received "a""#])
        #expect(found.map { $0.response?.description } == ["/list/1/s"])
    }

    @Test("the negation of a comparison applies to every element as well")
    func negation() throws {
        #expect(try Self.findings("list[*].n!=1", #"[{"n":2},{"n":3}]"#) == [])
        #expect(try Self.findings("list[*].n!=1", #"[{"n":2},{"n":1}]"#).map(\.rule) == ["check"])
        #expect(try Self.findings("list[?].n!=1", #"[{"n":2},{"n":1}]"#) == [])
        #expect(try Self.findings("list[?].n!=1", #"[{"n":1},{"n":1}]"#).map(\.rule) == ["check"])
    }
}

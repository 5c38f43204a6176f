import Conformance
import Exchanges
import Testing

/// How a cell of `check` is compared with a received value: typed by the contract, otherwise read as the received type.
@Suite("Comparing cells with values")
struct ComparisonTests {
    /// A step with one check, or with a law in its place, of a response whose member `v` has a schema.
    private static func bench(_ item: String, schema: String, isLaw: Bool = false) throws -> Bench {
        let document = """
            openapi: 3.1.1
            info: { title: T, version: '1' }
            paths:
              /x:
                get:
                  operationId: x
                  parameters: [{ name: q, in: query, schema: { type: number } }, { name: X-Sent, in: header, schema: {} }]
                  responses:
                    '200':
                      description: d
                      headers: { X-N: { schema: { type: number } }, X-T: { schema: { type: string } }, X-U: { schema: {} } }
                      content: { application/json: { schema: { type: object, properties: { v: \(schema), w: {} } } } }
            """
        let quoted = item.replacing("\"", with: "\"\"")
        let row = "scenario,step,call,set,expect,check\ns,x,x,q=1.50; header.x-sent=07,200,"
        return try Bench(
            spec: document,
            tables: isLaw
                ? [("t.csv", row + "\n"), ("laws.csv", "law,when,check\nlaw,,\"\(quoted)\"\n")]
                : [("t.csv", row + "\"\(quoted)\"\n")])
    }

    /// The rules of the findings about a response with a value of `v`.
    private static func rules(_ bench: Bench, _ value: String) throws -> [String] {
        try bench.verdict(
            .answer(
                200, #"{"v":\#(value)}"#,
                [("content-type", "application/json"), ("x-n", "1.50"), ("x-t", "1.50"), ("x-u", "true")])
        ).errors
    }

    private static func rules(
        _ item: String, schema: String, _ value: String, isLaw: Bool = false
    ) throws -> [String] {
        try rules(bench(item, schema: schema, isLaw: isLaw), value)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var item: String
        var schema: String
        var value: String
        var passes: Bool
        var testDescription: String { "\(item) \(schema) \(value)" }

        init(_ item: String, _ schema: String, _ value: String, _ passes: Bool) {
            (self.item, self.schema, self.value, self.passes) = (item, schema, value, passes)
        }
    }

    static let any = "{}"
    static let string = "{ type: string }"
    static let number = "{ type: number }"
    static let either = "{ type: [string, number, boolean, 'null'] }"

    static let equality = [
        // The contract types plain text.
        Case("v=7", string, #""7""#, true), Case("v=07", string, #""7""#, false), Case("v=7.0", string, #""7""#, false),
        Case("v=7.0", number, "7", true), Case("v=7", number, "7.00", true), Case("v=7e0", number, "7", true),
        Case("v=7.0000000000000001", number, "7", false), Case("v=true", string, #""true""#, true),
        Case("v=null", string, #""null""#, true), Case("v=true", "{ type: boolean }", "true", true),
        Case("v=false", "{ type: boolean }", "true", false),
        Case("v=null", "{ type: [string, 'null'] }", "null", true),
        Case("v=2026-01-01", "{ type: string, format: date }", #""2026-01-01""#, true),
        // Where several types are allowed, or none is named, text is read as the received type.
        Case("v=7", either, "7", true), Case("v=7", either, #""7""#, true), Case("v=7.0", either, #""7""#, false),
        Case("v=true", either, "true", true), Case("v=true", either, #""true""#, true),
        Case("v=null", either, "null", true),
        Case("v=7", any, "7.0", true), Case("v=7", any, #""7""#, true), Case("v=true", any, "false", false),
        Case("v=x", any, "[]", false), Case("v=x", any, "{}", false), Case("v=1", any, "true", false),
        // Quotes make it a string.
        Case("v='7'", any, #""7""#, true), Case("v='7'", any, "7", false), Case("v='null'", either, "null", false),
        Case("v='true'", either, "true", false), Case("v=''", string, #""""#, true),
        Case("v=''", either, "null", false),
        // A literal has the type that JSON gives it.
        Case("v:=7", any, "7.0", true), Case("v:=7", any, #""7""#, false), Case(#"v:="7""#, any, #""7""#, true),
        Case(#"v:="7""#, any, "7", false), Case("v:=null", any, "null", true), Case("v:=[1,2]", any, "[1.0,2]", true),
        Case("v:=[1,2]", any, "[2,1]", false), Case(#"v:={"a":1,"b":2}"#, any, #"{"b":2,"a":1}"#, true),
        Case(#"v:={"a":1}"#, any, #"{"a":1,"b":2}"#, false), Case("v:=[]", any, "{}", false),
        // Text is compared by code point, without normalisation or case folding.
        Case("v=A", string, #""a""#, false), Case("v=\u{E9}", string, #""e\u0301""#, false),
        Case("v=a ", string, #""a""#, true),
        Case("v='a '", string, #""a""#, false), Case("v=😀", string, #""\ud83d\ude00""#, true),
        // Big numbers are exact.
        Case("v=9007199254740993", number, "9007199254740993", true),
        Case("v=9007199254740993", number, "9007199254740992", false), Case("v=1e400", number, "1e400", true),
        Case("v=0", number, "-0", true), Case("v=1e-400", number, "0", false),
        // The opposite of each.
        Case("v!=7", string, #""7""#, false), Case("v!=7.0", string, #""7""#, true), Case("v!=7.0", number, "7", false),
        Case("v!='7'", any, "7", true), Case("v!=null", either, "null", false), Case("v!=x", any, "[]", true),
    ]

    @Test("cells equal values by the types of the contract", arguments: equality)
    func equals(one: Case) throws {
        #expect(try Self.rules(one.item, schema: one.schema, one.value) == (one.passes ? [] : ["check"]))
    }

    static let orders = [
        Case("v<2", number, "1.99", true), Case("v<2", number, "2", false), Case("v<=2", number, "2.000", true),
        Case("v>2", number, "2", false), Case("v>=2", number, "2", true), Case("v>-1", number, "-0.5", true),
        Case("v<1e400", number, "9e399", true), Case("v<9007199254740993", number, "9007199254740992", true),
        // Times are compared as instants, and a date is its first instant in UTC.
        Case("v<2026-01-01T00:00:00Z", any, #""2025-12-31T23:59:59.999Z""#, true),
        Case("v<2026-01-01T01:00:00+01:00", any, #""2026-01-01T00:00:00Z""#, false),
        Case("v<=2026-01-01T01:00:00+01:00", any, #""2026-01-01T00:00:00Z""#, true),
        Case("v>=2026-01-01T00:00:00Z", any, #""2026-01-01""#, true),
        Case("v>2026-01-01T00:00:00Z", any, #""2026-01-01""#, false),
        Case("v>2026-01-01T00:00:00Z", any, #""2026-01-02""#, true),
        Case("v>2026-01-01T00:00:00Z", any, #""2026-01-01T00:00:00.000001Z""#, true),
        // A text of a body is not a number, and neither is anything else.
        Case("v>1", any, #""2""#, false), Case("v<1", any, #""2""#, false),
        Case("v>=0", any, "true", false), Case("v>=0", any, "null", false), Case("v>=0", any, "[1]", false),
        Case("v<2027-01-01T00:00:00Z", any, #""2026-13-01""#, false),
    ]

    @Test("numbers and times have an order, and other values have none", arguments: orders)
    func order(one: Case) throws {
        #expect(try Self.rules(one.item, schema: one.schema, one.value) == (one.passes ? [] : ["check"]))
    }

    @Test(
        "a header or parameter is text, in which numbers can be spelled",
        arguments: [
            ("header.x-n=1.5", true), ("header.x-n=1.50", true), ("header.x-n>1.4", true), ("header.x-n<1.5", false),
            ("header.x-n:=1.5", true), ("header.x-n~text:1.5", false), ("header.x-n~text:1.50", true),
            ("header.x-t=1.5", false), ("header.x-t=1.50", true), ("header.x-t>1.4", true),
            ("header.x-u=true", true), ("header.x-u:=true", true), ("header.x-u:=1", false), ("header.x-u=True", false),
            ("status:=200", true), ("status=200", true), ("status<300", true), ("status>=201", false),
        ])
    func text(item: String, passes: Bool) throws {
        #expect(try Self.rules(item, schema: Self.any, "0") == (passes ? [] : ["check"]))
    }

    @Test(
        "a law can use the request, whose parameters are text as well",
        arguments: [
            ("req.query.q=1.5", true), ("req.query.q=1.50", true), ("req.query.q>1", true), ("req.query.q:=1.5", true),
            ("req.query.q<1.5", false), ("req.header.x-sent=07", true), ("req.header.x-sent:=7", false),
            ("req.method=GET", true), ("req.method=get", false), ("req.path~ends:/x", true), ("req.path=/y", false),
            ("operation=x", true), ("!req.header.x-none", true), ("!req.query.q", false),
        ])
    func requests(item: String, passes: Bool) throws {
        #expect(try Self.rules(item, schema: Self.any, "0", isLaw: true) == (passes ? [] : ["law"]))
    }

    @Test(
        "each matcher accepts its kind of values only",
        arguments: [
            ("v~uuid", #""6b1c3f4e-8a55-4c8e-9d0f-2b7f8a1e6c11""#, #""6b1c3f4e""#),
            ("v~url", #""https://a.example/x""#, #""/x""#), ("v~email", #""a@b.example""#, #""a b""#),
            ("v~date", #""2028-02-29""#, #""2027-02-29""#),
            ("v~datetime", #""2026-01-01T00:00:00Z""#, #""2026-01-01T00:00:00""#), ("v~number", "1.5", #""1.5""#),
            ("v~integer", "2.0", "2.5"), ("v~string", #""""#, "0"), ("v~boolean", "false", "0"),
            ("v~null", "null", "0"),
            ("v~nonempty", "0", "null"), ("v~nonempty", #""a""#, #""""#), ("v~nonempty", "[0]", "[]"),
            ("v~nonempty", "false", "{}"), ("v~contains:b", #""abc""#, #""ac""#),
            ("v~contains:b", #"["b"]"#, #"["abc"]"#),
            ("v~starts:a", #""ab""#, #""ba""#), ("v~ends:a", #""ba""#, #""ab""#), ("v~len:2", #""😀é""#, #""é""#),
            ("v~len:2", "[1,2]", "[1]"), ("v~len:1..2", #"{"a":1}"#, "{}"), ("v~oneof:1|2", "2.0", "3"),
            ("v~text:1.50", "1.50", "1.5"), ("v~/a.c/", #""abc""#, #""ac""#), ("v~/a/", #""a""#, "1"),
        ])
    func matchers(item: String, right: String, wrong: String) throws {
        let plain = try Self.bench(item, schema: Self.any)
        #expect(try Self.rules(plain, right) == [])
        #expect(try Self.rules(plain, wrong) == ["check"])
        let negated = try Self.bench(item.replacing("v~", with: "v!~"), schema: Self.any)
        #expect(try Self.rules(negated, right) == ["check"])
        #expect(try Self.rules(negated, wrong) == [])
    }

    @Test("every value is present, and no matcher accepts an absent one")
    func presence() throws {
        let present = try Self.bench("v~present", schema: Self.any)
        let absent = try Self.bench("!v", schema: Self.any)
        for value in ["null", "0", "false", #""""#, "[]", "{}"] {
            #expect(try Self.rules(present, value) == [])
            #expect(try Self.rules(absent, value) == ["check"])
        }
        for item in ["w~present", "w~null", "w=null", "w!=1", "w!~uuid", "w>0", "w:=null"] {
            #expect(try Self.rules(item, schema: Self.any, "0") == ["check"], "\(item)")
        }
        #expect(try Self.rules("!w", schema: Self.any, "0") == [])
    }
}

import Foundation
import JSONDocument
import OpenAPI
import TestKit
import Testing

/// Every style, exploded and not, with every kind of value, in both directions (OpenAPI 3.1.1, section 4.8.12, and
/// RFC 6570).
@Suite("Styles and kinds")
struct StyleMatrixTests {
    enum Kind: String, Sendable {
        case text = #"{"type":"string"}"#
        case whole = #"{"type":"integer"}"#
        case number = #"{"type":"number"}"#
        case flag = #"{"type":"boolean"}"#
        case texts = #"{"type":"array","items":{"type":"string"}}"#
        case wholes = #"{"type":"array","items":{"type":"integer"}}"#
        case object =
            #"{"type":"object","properties":{"x":{"type":"integer"},"y":{"type":"string"}},"additionalProperties":false}"#
    }

    enum Place: String, Sendable { case path, query, header, cookie }

    struct Row: Sendable, CustomTestStringConvertible {
        let place: Place
        let style: String
        let explode: Bool
        let kind: Kind
        let value: String
        let wire: String

        init(_ place: Place, _ style: String, _ explode: Bool, _ kind: Kind, _ value: String, _ wire: String) {
            self.place = place
            self.style = style
            self.explode = explode
            self.kind = kind
            self.value = value
            self.wire = wire
        }

        var testDescription: String { "\(place) \(style)\(explode ? "*" : "") \(value) as \(wire)" }
    }

    static let paths = [
        Row(.path, "simple", false, .text, #""a""#, "a"), Row(.path, "simple", false, .text, #""a b""#, "a%20b"),
        Row(.path, "simple", false, .text, #""é""#, "%C3%A9"), Row(.path, "simple", false, .text, #""a/b""#, "a%2Fb"),
        Row(.path, "simple", false, .text, #""a?b#c""#, "a%3Fb%23c"),
        Row(.path, "simple", false, .text, #""100%""#, "100%25"),
        Row(.path, "simple", false, .text, #""a-b_c.d~e""#, "a-b_c.d~e"),
        Row(.path, "simple", false, .text, #""😀""#, "%F0%9F%98%80"),
        Row(.path, "simple", false, .text, #""\u0000""#, "%00"),
        Row(.path, "simple", false, .text, #""a%2Fb""#, "a%252Fb"),
        Row(.path, "simple", false, .whole, "7", "7"), Row(.path, "simple", false, .whole, "-7", "-7"),
        Row(.path, "simple", false, .whole, "0", "0"),
        Row(.path, "simple", false, .whole, "123456789012345678901234567890", "123456789012345678901234567890"),
        Row(.path, "simple", false, .number, "1.50", "1.50"), Row(.path, "simple", false, .number, "-0.001", "-0.001"),
        Row(.path, "simple", false, .flag, "true", "true"),
        Row(.path, "simple", false, .texts, #"["a"]"#, "a"),
        Row(.path, "simple", false, .texts, #"["a","b","c"]"#, "a,b,c"),
        Row(.path, "simple", true, .texts, #"["a","b"]"#, "a,b"),
        Row(.path, "simple", false, .texts, #"["a,b","c"]"#, "a%2Cb,c"),
        Row(.path, "simple", false, .wholes, "[1,-2,3]", "1,-2,3"),
        Row(.path, "simple", false, .object, #"{"x":1,"y":"b"}"#, "x,1,y,b"),
        Row(.path, "simple", true, .object, #"{"x":1,"y":"b"}"#, "x=1,y=b"),
        Row(.path, "simple", true, .object, #"{"y":"a=b"}"#, "y=a%3Db"),
        Row(.path, "simple", true, .object, #"{"x":1}"#, "x=1"),
        Row(.path, "simple", false, .object, #"{"y":"é,ü"}"#, "y,%C3%A9%2C%C3%BC"),
        Row(.path, "label", false, .text, #""a""#, ".a"), Row(.path, "label", false, .whole, "7", ".7"),
        Row(.path, "label", false, .texts, #"["a","b"]"#, ".a,b"),
        Row(.path, "label", true, .texts, #"["a","b"]"#, ".a.b"), Row(.path, "label", true, .wholes, "[1,2]", ".1.2"),
        Row(.path, "label", false, .object, #"{"x":1,"y":"b"}"#, ".x,1,y,b"),
        Row(.path, "label", true, .object, #"{"x":1,"y":"b"}"#, ".x=1.y=b"),
        Row(.path, "label", false, .text, #""a/b""#, ".a%2Fb"), Row(.path, "label", true, .texts, #"["a"]"#, ".a"),
        Row(.path, "matrix", false, .text, #""a""#, ";p=a"), Row(.path, "matrix", true, .text, #""a""#, ";p=a"),
        Row(.path, "matrix", false, .whole, "-7", ";p=-7"),
        Row(.path, "matrix", false, .texts, #"["a","b"]"#, ";p=a,b"),
        Row(.path, "matrix", true, .texts, #"["a","b"]"#, ";p=a;p=b"),
        Row(.path, "matrix", true, .wholes, "[1,2]", ";p=1;p=2"),
        Row(.path, "matrix", false, .object, #"{"x":1,"y":"b"}"#, ";p=x,1,y,b"),
        Row(.path, "matrix", true, .object, #"{"x":1,"y":"b"}"#, ";x=1;y=b"),
        Row(.path, "matrix", false, .text, #""a;b=c""#, ";p=a%3Bb%3Dc"),
        Row(.path, "matrix", true, .texts, #"["a;b","c"]"#, ";p=a%3Bb;p=c"),
    ]

    static let queries = [
        Row(.query, "form", true, .text, #""a""#, "p=a"), Row(.query, "form", true, .text, #""""#, "p="),
        Row(.query, "form", false, .text, #""a""#, "p=a"),
        Row(.query, "form", true, .text, #""a b""#, "p=a%20b"), Row(.query, "form", true, .text, #""a+b""#, "p=a%2Bb"),
        Row(.query, "form", true, .text, #""a&b=c""#, "p=a%26b%3Dc"),
        Row(.query, "form", true, .text, #""é日""#, "p=%C3%A9%E6%97%A5"),
        Row(.query, "form", true, .text, #""a,b""#, "p=a%2Cb"), Row(.query, "form", true, .text, #""50%""#, "p=50%25"),
        Row(.query, "form", true, .whole, "0", "p=0"), Row(.query, "form", true, .whole, "-12", "p=-12"),
        Row(.query, "form", true, .number, "1e2", "p=1e2"),
        Row(.query, "form", true, .number, "12345678901234567890.5", "p=12345678901234567890.5"),
        Row(.query, "form", true, .flag, "false", "p=false"),
        Row(.query, "form", true, .texts, #"["a"]"#, "p=a"),
        Row(.query, "form", true, .texts, #"["a","b"]"#, "p=a&p=b"),
        Row(.query, "form", true, .texts, #"["a,b","c"]"#, "p=a%2Cb&p=c"),
        Row(.query, "form", true, .texts, #"["",""]"#, "p=&p="),
        Row(.query, "form", true, .wholes, "[3,1,2]", "p=3&p=1&p=2"),
        Row(.query, "form", false, .texts, #"["a","b"]"#, "p=a,b"),
        Row(.query, "form", false, .texts, #"["a,b","c"]"#, "p=a%2Cb,c"),
        Row(.query, "form", false, .texts, #"["a","","b"]"#, "p=a,,b"),
        Row(.query, "form", false, .wholes, "[1,-2]", "p=1,-2"),
        Row(.query, "form", true, .object, #"{"x":1,"y":"b"}"#, "x=1&y=b"),
        Row(.query, "form", false, .object, #"{"x":1,"y":"b"}"#, "p=x,1,y,b"),
        Row(.query, "form", true, .object, #"{"y":"a&b"}"#, "y=a%26b"),
        Row(.query, "form", false, .object, #"{"y":"a,b"}"#, "p=y,a%2Cb"),
        Row(.query, "spaceDelimited", false, .texts, #"["a","b"]"#, "p=a%20b"),
        Row(.query, "spaceDelimited", false, .wholes, "[1,2,3]", "p=1%202%203"),
        Row(.query, "spaceDelimited", false, .texts, #"["a"]"#, "p=a"),
        Row(.query, "pipeDelimited", false, .texts, #"["a","b"]"#, "p=a%7Cb"),
        Row(.query, "pipeDelimited", false, .wholes, "[1,2]", "p=1%7C2"),
        Row(.query, "pipeDelimited", false, .texts, #"["a,b","c d"]"#, "p=a%2Cb%7Cc%20d"),
        Row(.query, "deepObject", true, .object, #"{"x":1,"y":"b"}"#, "p%5Bx%5D=1&p%5By%5D=b"),
        Row(.query, "deepObject", true, .object, #"{"y":"a b"}"#, "p%5By%5D=a%20b"),
        Row(.query, "deepObject", true, .object, #"{"y":""}"#, "p%5By%5D="),
    ]

    static let fields = [
        Row(.header, "simple", false, .text, #""a""#, "a"), Row(.header, "simple", false, .text, #""a b""#, "a b"),
        Row(.header, "simple", false, .text, #""a%20b""#, "a%20b"),
        Row(.header, "simple", false, .text, #""a,b""#, "a,b"), Row(.header, "simple", false, .whole, "7", "7"),
        Row(.header, "simple", false, .number, "-0.5", "-0.5"), Row(.header, "simple", false, .flag, "true", "true"),
        Row(.header, "simple", false, .texts, #"["a","b"]"#, "a,b"),
        Row(.header, "simple", true, .texts, #"["a","b"]"#, "a,b"),
        Row(.header, "simple", false, .wholes, "[1,2]", "1,2"),
        Row(.header, "simple", false, .object, #"{"x":1,"y":"b"}"#, "x,1,y,b"),
        Row(.header, "simple", true, .object, #"{"x":1,"y":"b"}"#, "x=1,y=b"),
        Row(.header, "simple", true, .object, #"{"y":"a b"}"#, "y=a b"),
        Row(.cookie, "form", false, .text, #""a""#, "p=a"), Row(.cookie, "form", false, .whole, "7", "p=7"),
        Row(.cookie, "form", false, .flag, "true", "p=true"),
        Row(.cookie, "form", false, .texts, #"["a","b"]"#, "p=a,b"),
        Row(.cookie, "form", false, .object, #"{"x":1,"y":"b"}"#, "p=x,1,y,b"),
        Row(.cookie, "form", false, .text, #""a b""#, "p=a%20b"),
        Row(.cookie, "form", false, .text, #""a;b""#, "p=a%3Bb"),
    ]

    private static func parameter(_ row: Row, required: Bool = false) throws -> Parameter {
        let isRequired = required || row.place == .path
        let contract = try Contract.load(
            text: """
                {"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{"/a/{p}":{"get":{"parameters":[{"name":"p",
                "in":"\(row.place.rawValue)","style":"\(row.style)","explode":\(row.explode),"required":\(isRequired),
                "schema":\(row.kind.rawValue)}],"responses":{}}}}}
                """)
        return try #require(contract.operations.first?.parameters.first)
    }

    private static func parsed(_ wire: String, _ row: Row) throws -> ParameterCodec.Parsed {
        let parameter = try parameter(row)
        return switch row.place {
        case .path: ParameterCodec.parse(pathText: wire, as: parameter)
        case .query: ParameterCodec.parse(query: wire, as: parameter)
        case .header: ParameterCodec.parse(headerLines: [wire], as: parameter)
        case .cookie: ParameterCodec.parse(cookie: wire, as: parameter)
        }
    }

    @Test("a value is written as the standard requires", arguments: paths + queries + fields)
    func written(row: Row) throws {
        let value = try JSONDocument(parsing: row.value).root.value
        #expect(try ParameterCodec.serialise(value, as: Self.parameter(row)) == row.wire)
    }

    @Test("a written value is read as the same value", arguments: paths + queries + fields)
    func read(row: Row) throws {
        #expect(try Self.parsed(row.wire, row) == .value(JSONDocument(parsing: row.value).root.value))
    }

    struct Reading: Sendable, CustomTestStringConvertible {
        let row: Row
        let expected: String
        var testDescription: String { "\(row.testDescription): \(expected)" }

        /// A text on the wire and its meaning: a JSON value, `absent` or `invalid`.
        init(_ place: Place, _ style: String, _ explode: Bool, _ kind: Kind, _ wire: String, _ expected: String) {
            row = Row(place, style, explode, kind, "", wire)
            self.expected = expected
        }
    }

    static let readings = [
        Reading(.query, "form", true, .whole, "p=1.5", "invalid or 1.5"),
        Reading(.query, "form", true, .whole, "p=", "invalid"),
        Reading(.query, "form", true, .whole, "p=+1", "invalid"),
        Reading(.query, "form", true, .whole, "p=01", "invalid"),
        Reading(.query, "form", true, .whole, "p=0x1", "invalid"),
        Reading(.query, "form", true, .whole, "p=%201", "invalid"),
        Reading(.query, "form", true, .whole, "p=1_000", "invalid"),
        Reading(.query, "form", true, .whole, "p=%D9%A1", "invalid"),
        Reading(.query, "form", true, .number, "p=.5", "invalid"),
        Reading(.query, "form", true, .number, "p=1.", "invalid"),
        Reading(.query, "form", true, .number, "p=NaN", "invalid"),
        Reading(.query, "form", true, .number, "p=1e5", "1e5"),
        Reading(.query, "form", true, .flag, "p=TRUE", "invalid"),
        Reading(.query, "form", true, .flag, "p=1", "invalid"),
        Reading(.query, "form", true, .flag, "p=yes", "invalid"), Reading(.query, "form", true, .flag, "p=", "invalid"),
        Reading(.query, "form", true, .text, "P=a", "absent"), Reading(.query, "form", true, .text, "q=a", "absent"),
        Reading(.query, "form", true, .text, "", "absent"),
        Reading(.query, "form", true, .text, "q=1&p=a&r=2", #""a""#),
        Reading(.query, "form", true, .text, "%70=a", #""a""#),
        Reading(.query, "form", true, .text, "p=a%26b", #""a&b""#),
        Reading(.query, "form", true, .text, "p=a=b", #""a=b""#),
        Reading(.query, "form", true, .text, "p=a+b", #""a b""#),
        Reading(.query, "form", true, .text, "p=a&p=b", "invalid"),
        Reading(.query, "form", true, .text, "pp=a", "absent"), Reading(.query, "form", true, .text, "p[]=a", "absent"),
        Reading(.query, "form", true, .text, "p=null", #""null""#),
        Reading(.query, "form", true, .texts, "p=a&q=x&p=b", #"["a","b"]"#),
        Reading(.query, "form", true, .texts, "q=x", "absent"),
        Reading(.query, "form", true, .wholes, "p=1&p=x", "invalid"),
        Reading(.query, "form", false, .wholes, "p=1,,2", "invalid"),
        Reading(.query, "form", true, .texts, "p=a,b", #"["a,b"]"#),
        Reading(.query, "form", false, .texts, "p=a%2Cb", #"["a,b"]"#),
        Reading(.query, "form", false, .object, "p=x,one", "invalid"),
        Reading(.query, "form", false, .object, "p=x", "invalid"),
        Reading(.query, "spaceDelimited", false, .texts, "p=a+b", #"["a","b"]"#),
        Reading(.query, "pipeDelimited", false, .texts, "p=a|b", #"["a","b"]"#),
        Reading(.query, "pipeDelimited", false, .wholes, "p=1|b", "invalid"),
        Reading(.query, "deepObject", true, .object, "p[x]=1&p[y]=b", #"{"x":1,"y":"b"}"#),
        Reading(.query, "deepObject", true, .object, "p[x]=one", "invalid"),
        Reading(.query, "deepObject", true, .object, "q[x]=1", "absent"),
        Reading(.query, "deepObject", true, .object, "p%5By%5D=b&p[x]=1", #"{"y":"b","x":1}"#),
        Reading(.query, "deepObject", true, .object, "p[x]=1&p[x]=2", "invalid"),
        Reading(.header, "simple", false, .wholes, "1, 2 ,3", "[1,2,3]"),
        Reading(.header, "simple", false, .texts, "a ,\tb", #"["a","b"]"#),
        Reading(.header, "simple", false, .whole, "seven", "invalid"),
        Reading(.header, "simple", false, .object, "x,1,y", "invalid"),
        Reading(.header, "simple", true, .object, "x=1, y=b", #"{"x":1,"y":"b"}"#),
        Reading(.header, "simple", true, .object, "x", "invalid"),
        Reading(.cookie, "form", false, .text, "q=1; p=a; r=2", #""a""#),
        Reading(.cookie, "form", false, .text, "q=1", "absent"),
        Reading(.cookie, "form", false, .whole, "p=x", "invalid"),
        Reading(.cookie, "form", false, .text, "xp=a", "absent"),
        Reading(.path, "simple", false, .whole, "x", "invalid"),
        Reading(.path, "simple", false, .text, "a%2Cb", #""a,b""#),
        Reading(.path, "simple", false, .texts, "a%2Cb,c", #"["a,b","c"]"#),
        Reading(.path, "simple", true, .object, "x=1,y", "invalid"),
        Reading(.path, "label", false, .text, "a", "invalid"),
        Reading(.path, "label", true, .wholes, ".1.x", "invalid"),
        Reading(.path, "matrix", false, .text, ";q=a", "invalid"),
        Reading(.path, "matrix", false, .text, "p=a", "invalid"),
        Reading(.path, "matrix", true, .texts, ";p=a;q=b", "invalid"),
    ]

    @Test("other texts on the wire are read as the standard requires, or rejected", arguments: readings)
    func otherTexts(reading: Reading) throws {
        let outcome =
            switch try Self.parsed(reading.row.wire, reading.row) {
            case .absent: "absent"
            case .invalid: "invalid"
            case .undefined: "undefined"
            case .value(let value): value.text
            }
        #expect(reading.expected.components(separatedBy: " or ").contains(outcome), "\(outcome)")
    }
}

import JSONDocument
import TestKit
import Testing

@Suite("Writing")
struct WriterTests {
    private let value: JSONValue = ["b": [1, [], [:], ["x": .null]], "a": "é", "A": .number(JSONNumber(10))]

    @Test("compact text has no whitespace and keeps the order")
    func compact() {
        #expect(value.text == #"{"b":[1,[],{},{"x":null}],"a":"é","A":10}"#)
        #expect(value.utf8 == Array(value.text.utf8))
        #expect(value.description == value.text)
    }

    @Test("pretty text has one element per line and two spaces per level")
    func pretty() {
        let expected = """
            {
              "b": [
                1,
                [],
                {},
                {
                  "x": null
                }
              ],
              "a": "é",
              "A": 10
            }
            """
        #expect(value.text(.pretty) == expected)
        #expect(JSONValue.array([]).text(.pretty) == "[]")
    }

    @Test("canonical text sorts names by scalars and has one spelling per number")
    func canonical() throws {
        let text = "{\"\u{10000}\":1.0,\"\u{FFFF}\":1e2,\"b\":[-0,0.5e1],\"a\":{}}"
        let value = try JSONDocument(parsing: text).root.value
        #expect(value.text(.canonical) == "{\"a\":{},\"b\":[0,5],\"\u{FFFF}\":100,\"\u{10000}\":1}")
    }

    @Test("only required escapes are written")
    func escapes() {
        let controls = String(String.UnicodeScalarView((0..<0x20).compactMap { Unicode.Scalar(UInt8($0)) }))
        let expected =
            #""\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f"#
            + #"\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f""#
        #expect(JSONValue.string(controls).text == expected)
        #expect(
            JSONValue.string("\"\\/\u{7F}\u{2028}\u{2029}é😀").text.utf8.elementsEqual(
                "\"\\\"\\\\/\u{7F}\u{2028}\u{2029}é😀\"".utf8))
        #expect(JSONValue.object(JSONObject([("\n", 1)])).text == #"{"\n":1}"#)
    }

    @Test("random values survive writing and reading in every style", arguments: JSONStyle.allCases)
    func roundTrip(_ style: JSONStyle) throws {
        var random = SplitMix(seed: 1)
        for _ in 0..<300 {
            let value = JSONValue.random(depth: 4, using: &random)
            let document = try JSONDocument(parsing: value.text(style))
            #expect(document.root.value == value)
            #expect(document.duplicateNames.isEmpty)
            guard style != .canonical else { continue }
            #expect(document.root.spelling.utf8.elementsEqual(value.text.utf8))
            #expect(document.root.value.text.utf8.elementsEqual(value.text.utf8))
        }
    }

    @Test("canonical text is the same for equal values only")
    func canonicalEquality() {
        var random = SplitMix(seed: 8)
        for _ in 0..<300 {
            let one = JSONValue.random(depth: 2, using: &random)
            let other = one.changed(using: &random)
            let areEqual = one.text(.canonical).utf8.elementsEqual(other.text(.canonical).utf8)
            #expect(areEqual == (one == other))
        }
    }
}

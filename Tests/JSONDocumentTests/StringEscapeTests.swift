import JSONDocument
import Testing

@Suite("Strings are written with the escapes that RFC 8259 requires, and no others")
struct StringEscapeTests {
    /// RFC 8259, section 7, one byte at a time.
    private static func escaped(_ byte: UInt8) -> String {
        switch byte {
        case 0x08: return "\\b"
        case 0x09: return "\\t"
        case 0x0A: return "\\n"
        case 0x0C: return "\\f"
        case 0x0D: return "\\r"
        case 0x22: return "\\\""
        case 0x5C: return "\\\\"
        case 0..<0x20:
            let digits = String(byte, radix: 16)
            return "\\u00" + (digits.count == 1 ? "0" : "") + digits
        default: return String(UnicodeScalar(byte))
        }
    }

    @Test("every ASCII character has the same escape at every place of a text", arguments: 0..<20)
    func places(place: Int) throws {
        for byte in UInt8(0)..<0x80 {
            for rest in 0..<12 {
                let (before, after) = (String(repeating: "é", count: place), String(repeating: "z", count: rest))
                let text = before + String(UnicodeScalar(byte)) + after
                let written = JSONValue.string(text).text
                #expect(written == "\"\(before)\(Self.escaped(byte))\(after)\"")
                #expect(try JSONDocument(parsing: Array(written.utf8)).root.string == text)
            }
        }
    }

    @Test("many escapes follow each other")
    func dense() throws {
        let text = String(repeating: "\"\\\u{0}\u{1F}\n{\"a\": \"b\"}", count: 300)
        let expected = text.utf8.map(Self.escaped).joined()
        var bytes = Array("[".utf8)
        bytes.appendJSONString(text)
        #expect(String(decoding: bytes, as: UTF8.self) == "[\"\(expected)\"")
    }

    @Test("nested values are written in every style as they are read", arguments: JSONStyle.allCases)
    func nesting(style: JSONStyle) throws {
        let texts = [
            "[]", "{}", "[[],{}]", #"{"a":[],"b":{}}"#, #"[[1,[2,[3,[]]]],4]"#, #"{"a":{"b":{"c":[1,{"d":2}]}},"e":3}"#,
            #"[{"a":1},{"b":[{"c":2},[]]},"x",null,true,1.50]"#,
        ]
        for text in texts {
            let value = try JSONDocument(parsing: Array(text.utf8)).root.value
            let written = value.text(style)
            #expect(try JSONDocument(parsing: Array(written.utf8)).root.value == value)
            if style == .compact { #expect(written == text) }
        }
    }
}

import JSONDocument
import Testing

/// Reads a text that must be refused.
func syntaxError(_ text: String, limits: JSONLimits = JSONLimits()) -> JSONSyntaxError? {
    syntaxError(Array(text.utf8), limits: limits)
}

func syntaxError(_ bytes: [UInt8], limits: JSONLimits = JSONLimits()) -> JSONSyntaxError? {
    do throws(JSONSyntaxError) {
        _ = try JSONDocument(parsing: bytes, limits: limits)
        return nil
    } catch {
        return error
    }
}

@Suite("Syntax errors")
struct SyntaxErrorTests {
    struct Broken: Sendable {
        var text: String
        var place: String
        var message: String
        var reason: JSONSyntaxError.Reason = .syntax
    }

    @Test(
        "an error has the expected text, the received text, and the place",
        arguments: [
            Broken(text: "", place: "1:1", message: "expected a value, but the text is empty", reason: .unexpectedEnd),
            Broken(text: "[1,]", place: "1:4", message: "expected a value, found \"]\""),
            Broken(text: "[1 2]", place: "1:4", message: "expected \",\" or \"]\", found \"2\""),
            Broken(text: "{\"a\":1 \"b\":2}", place: "1:8", message: "expected \",\" or \"}\", found a quote"),
            Broken(text: "{\"a\" 1}", place: "1:6", message: "expected \":\", found \"1\""),
            Broken(text: "{a:1}", place: "1:2", message: "expected a name in quotes or \"}\", found \"a\""),
            Broken(text: "{\"a\":1,}", place: "1:8", message: "expected a name in quotes, found \"}\""),
            Broken(text: "[01]", place: "1:2", message: "leading zeros are not allowed in a number"),
            Broken(text: "[-x]", place: "1:3", message: "expected a digit after \"-\", found \"x\""),
            Broken(text: "[1.]", place: "1:4", message: "expected a digit after \".\", found \"]\""),
            Broken(text: "nul", place: "1:1", message: "expected a value, found \"n\""),
            Broken(text: "[\n  1,\n  é]", place: "3:3", message: "expected a value, found U+00E9"),
            Broken(
                text: "[\"a\u{1}\"]", place: "1:4",
                message: "control character U+0001 in a string; write it as an escape"),
            Broken(text: "[\"\\x\"]", place: "1:3", message: "invalid JSON escape: \"\\\" followed by \"x\""),
            Broken(text: "[\"\\u12G4\"]", place: "1:3", message: "expected four hexadecimal digits after \"\\u\""),
            Broken(
                text: "1 2", place: "1:3", message: "expected the end of the text after the value, found \"2\"",
                reason: .trailingText),
            Broken(
                text: "{\"a\":[1", place: "1:8", message: "expected \",\" or \"]\", but the text ends here",
                reason: .unexpectedEnd),
            Broken(
                text: "[\"abc", place: "1:6", message: "the text ends inside a string that starts at byte 1",
                reason: .unexpectedEnd),
            Broken(
                text: "[\"\\ud800x\"]", place: "1:3",
                message: "an escape of half a surrogate pair is not a valid Unicode character", reason: .loneSurrogate),
            Broken(
                text: "[\"\\udc00\\ud800\"]", place: "1:3",
                message: "an escape of half a surrogate pair is not a valid Unicode character", reason: .loneSurrogate),
        ]
    )
    func broken(_ item: Broken) {
        let error = syntaxError(item.text)
        #expect(error?.message == item.message)
        #expect(error?.position.description == item.place)
        #expect(error?.reason == item.reason)
    }

    @Test(
        "bytes that are not UTF-8 are reported with their offset",
        arguments: [
            ([0x80], 2), ([0xC0, 0xAF], 2), ([0xE0, 0x80, 0x80], 2), ([0xED, 0xA0, 0x80], 2), ([0x61, 0xFF], 3),
            ([0xF4, 0x90, 0x80, 0x80], 2), ([0xF8, 0x88, 0x80, 0x80, 0x80], 2), ([0xC3], 2), ([0xE2, 0x82], 2),
        ] as [([UInt8], Int)]
    )
    func invalidUTF8(_ bytes: [UInt8], _ offset: Int) {
        let error = syntaxError([0x5B, 0x22] + bytes + [0x22, 0x5D])
        #expect(error?.reason == .invalidUTF8)
        #expect(error?.position.offset == offset)
        #expect(error?.message.contains("offset \(offset)") == true)
    }

    @Test("special bytes are found at every position of a long string", arguments: 0..<20)
    func everyPlace(_ place: Int) {
        let before = [UInt8](repeating: UInt8(ascii: "b"), count: place)
        let after = [UInt8](repeating: UInt8(ascii: "c"), count: 19 - place)
        func text(_ bytes: [UInt8]) -> [UInt8] { [0x22] + before + bytes + after + [0x22] }
        for byte in UInt8(0)..<0x20 {
            let error = syntaxError(text([byte]))
            #expect(error?.reason == .syntax && error?.position.offset == place + 1, "byte \(byte)")
        }
        for byte in UInt8(0x80)...0xFF {
            let error = syntaxError(text([byte]))
            #expect(error?.reason == .invalidUTF8 && error?.position.offset == place + 1, "byte \(byte)")
        }
        for byte in UInt8(0x20)..<0x80 where byte != 0x22 && byte != 0x5C {
            #expect(syntaxError(text([byte])) == nil, "byte \(byte)")
        }
        #expect(syntaxError(text([0x22]))?.reason == .trailingText)
        #expect(syntaxError(text([0x5C, 0x22])) == nil)
        #expect(syntaxError(text([0x5C, 0x63]))?.position.offset == place + 1)
        #expect(syntaxError(text(Array("é\u{800}😀".utf8))) == nil)
    }

    @Test("every kind of valid UTF-8 sequence is accepted")
    func validUTF8() throws {
        for text in ["\u{80}", "\u{7FF}", "\u{800}", "\u{D7FF}", "\u{E000}", "\u{FFFF}", "\u{10000}", "\u{10FFFF}"] {
            #expect(
                try JSONDocument(parsing: "[\"ab\(text)cdefgh\(text)\"]").root[0]?.string == "ab\(text)cdefgh\(text)")
        }
    }

    @Test(
        "text in another encoding is reported as such",
        arguments: [[0xFF, 0xFE, 0x5B, 0], [0xFE, 0xFF, 0, 0x5B], [0x5B, 0, 0x5D, 0], [0, 0, 0, 0x5B]] as [[UInt8]]
    )
    func otherEncoding(_ bytes: [UInt8]) {
        #expect(syntaxError(bytes)?.reason == .otherEncoding)
    }

    @Test("every truncated text is rejected, wherever it is cut")
    func cutShort() throws {
        let text = Array(#"{"name":[1.5e3,"é\u00e9\ud83d\ude00 long enough to matter",true,false,null,{}]}"#.utf8)
        _ = try JSONDocument(parsing: text)
        for length in text.indices { #expect(syntaxError(Array(text[..<length])) != nil, "\(length) bytes") }
    }

    @Test("a byte order mark is ignored, reported, and does not count as a column")
    func byteOrderMark() throws {
        let document = try JSONDocument(parsing: "\u{FEFF}[1]")
        #expect(document.hasByteOrderMark)
        #expect(document.root.position == TextPosition(line: 1, column: 1, offset: 3))
        #expect(try !JSONDocument(parsing: "[1]").hasByteOrderMark)
    }
}

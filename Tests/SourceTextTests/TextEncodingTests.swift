import Testing

@Suite("Text encodings")
struct TextEncodingTests {
    @Test("a byte order mark and CRLF are accepted and ignored")
    func mark() throws {
        #expect(try json("\u{FEFF}a: 1\r\nb: 2\r\n") == "{\"a\":1,\"b\":2}")
        #expect(try json("\u{FEFF}{\"a\": 1}\r\n") == "{\"a\":1}")
        #expect(problems("\u{FEFF}a: *x") == problems("a: *x"))
    }

    @Test("UTF-16 and UTF-32 are rejected by name")
    func wide() {
        let utf16 = "a: 1".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        let refused = "1:1 source.encoding: the file is UTF-16, not UTF-8"
        #expect(problems([0xFF, 0xFE] + utf16) == [refused])
        #expect(problems(utf16) == [refused])
        #expect(problems([0, 0, 0, 0x61]) == ["1:1 source.encoding: the file is UTF-32, not UTF-8"])
    }

    @Test("bytes that are not UTF-8 are rejected with the line")
    func latin1() {
        let bytes = Array("a: 1\r\nb: caf".utf8) + [0xE9] + Array("\n".utf8)
        #expect(problems(bytes) == ["2:7 source.encoding: the byte 0xE9 is not valid UTF-8"])
        for broken: [UInt8] in [[0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x80], [0xE2, 0x82]] {
            #expect(problems(Array("a: ".utf8) + broken).count == 1)
        }
    }

    @Test("a file with control characters is rejected")
    func binary() {
        #expect(
            problems("a: \u{1}") == [
                "1:4 source.encoding: the file has the control character U+0001, so it is not text"
            ]
        )
    }
}

import Exchanges
import Testing

@Suite struct PercentDecodingTests {
    @Test(
        "escapes are decoded, and an invalid escape is kept (RFC 3986, section 2.1)",
        arguments: [
            ("a%20b", "a b"), ("%C3%A9", "é"), ("%c3%a9", "é"), ("%2541", "%41"), ("", ""), ("%", "%"), ("%4", "%4"),
            ("%4G", "%4G"), ("%+5", "%+5"), ("%-1", "%-1"), ("%% 41", "%% 41"), ("%%41", "%A"), ("a+b", "a+b"),
        ])
    func texts(text: String, decoded: String) {
        #expect(PercentDecoding.text(text) == decoded)
        #expect(PercentDecoding.bytes(text.utf8) == Array(decoded.utf8))
    }

    @Test("a plus is a space only in forms, and an escaped plus is kept")
    func forms() {
        #expect(PercentDecoding.text("a+b%2Bc", plusIsBlank: true) == "a b+c")
    }

    @Test("a result that is not UTF-8 leaves the text unchanged")
    func notUTF8() {
        #expect(PercentDecoding.text("%FF%41") == "%FF%41")
        #expect(PercentDecoding.bytes("%FF%41".utf8) == [0xFF, 0x41])
    }
}

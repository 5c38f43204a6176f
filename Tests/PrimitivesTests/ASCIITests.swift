import Primitives
import Testing

@Suite("ASCII characters")
struct ASCIITests {
    @Test("classes have the members that their standards list", arguments: UInt8.min...UInt8.max)
    func classes(byte: UInt8) {
        let text = String(decoding: [byte], as: UTF8.self)
        func isIn(_ characters: String) -> Bool { byte < 0x80 && characters.contains(text) }
        let digits = "0123456789"
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
        #expect(byte.isASCIIDigit == isIn(digits))
        #expect(byte.isASCIILetter == isIn(letters))
        #expect(byte.isASCIIAlphanumeric == isIn(digits + letters))
        #expect(byte.isHexadecimalDigit == isIn(digits + "abcdefABCDEF"))
        #expect(byte.isUnreserved == isIn(digits + letters + "-._~"))
        #expect(byte.isTokenCharacter == isIn(digits + letters + "!#$%&'*+-.^_`|~"))
        #expect(byte.isBlank == isIn(" \t"))
        #expect(byte.hexadecimalValue.map(Int.init) == (byte < 0x80 ? Int(text, radix: 16) : nil))
    }

    @Test("lower case changes ASCII letters only")
    func lowercase() {
        #expect("Content-TYPE".lowercasedASCII == "content-type")
        #expect("ÄÖ Kelvin \u{212A} İ".lowercasedASCII == "ÄÖ kelvin \u{212A} İ")
        #expect("".lowercasedASCII == "")
        #expect("a".equalsIgnoringASCIICase("A"))
        #expect(!"K".equalsIgnoringASCIICase("\u{212A}"))
        #expect(!"ab".equalsIgnoringASCIICase("a"))
    }

    @Test(
        "tokens",
        arguments: [("GET", true), ("x-a.b~", true), ("", false), ("a b", false), ("a:b", false), ("ä", false)])
    func token(text: String, isToken: Bool) {
        #expect(text.isToken == isToken)
    }
}

import Primitives
import Testing

@Suite("Hexadecimal digits and base64")
struct EncodingTests {
    @Test("hexadecimal digits are in lower case, two for each byte")
    func hexadecimal() {
        #expect(Hexadecimal.text([0x00, 0x0F, 0xA0, 0xFF]) == "000fa0ff")
        #expect(Hexadecimal.text([UInt8]()) == "")
        #expect(Hexadecimal.text(UInt64(0)) == "0000000000000000")
        #expect(Hexadecimal.text(UInt64.max) == "ffffffffffffffff")
        #expect(Hexadecimal.text(UInt64(0x1234)) == "0000000000001234")
    }

    // RFC 4648, section 10.
    @Test(
        "base64 of the standard's vectors",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ])
    func vectors(text: String, encoded: String) {
        #expect(Base64.text(text.utf8) == encoded)
        #expect(Base64.decode(encoded.utf8) == Array(text.utf8))
    }

    @Test("every byte comes back", arguments: 0...8)
    func roundTrip(length: Int) {
        for byte in UInt8.min...UInt8.max {
            let bytes = [UInt8](repeating: byte, count: length)
            #expect(Base64.decode(Base64.encode(bytes)) == bytes)
        }
    }

    @Test(
        "text that is not base64 is rejected",
        arguments: [
            "Zg=", "Zg", "Z===", "====", "Zh==", "Zm9=", "Zm9v\n", "Z g=", "Zm8=Zm8=", "Zm=v", "Zm9v!", "Ä===",
        ])
    func malformed(text: String) {
        #expect(Base64.decode(text.utf8) == nil)
    }

    @Test("both alphabets are read (RFC 4648, section 5)")
    func alphabets() {
        #expect(Base64.decode("-_-_".utf8) == Base64.decode("+/+/".utf8))
        #expect(Base64.decode("+/+/".utf8) == [0xFB, 0xFF, 0xBF])
    }
}

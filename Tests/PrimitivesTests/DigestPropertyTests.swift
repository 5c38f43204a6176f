import Primitives
import Testing

/// Digests of long and of divided messages, and codes under keys of every length.
@Suite("Digests of long and divided messages")
struct DigestPropertyTests {
    @Test("a long message has one digest, whatever the length of its pieces", arguments: [1, 55, 63, 64, 65, 1_000])
    func pieces(length: Int) {
        let message = (0..<2_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        var hash = SHA256()
        for start in stride(from: 0, to: message.count, by: length) {
            hash.update(message[start..<min(start + length, message.count)])
        }
        #expect(Hexadecimal.text(hash.finish()) == SHA256.hex(message))
    }

    @Test("a message in two pieces has the digest of the whole, wherever it is divided")
    func divided() {
        let message = (0..<150).map { UInt8($0) }
        let whole = SHA256.digest(message)
        for place in 0...message.count {
            var hash = SHA256()
            hash.update(message[..<place])
            hash.update([])
            hash.update(message[place...])
            #expect(hash.finish() == whole, "divided at \(place)")
        }
    }

    @Test("each algorithm gives the declared number of bytes, and other digests for other messages")
    func lengths() {
        for algorithm in DigestAlgorithm.allCases {
            var seen: Set<[UInt8]> = []
            for count in 0..<140 {
                let digest = algorithm.digest([UInt8](repeating: 0, count: count))
                #expect(digest.count == algorithm.length)
                seen.insert(digest)
            }
            #expect(seen.count == 140, "\(algorithm)")
            #expect(DigestAlgorithm(rawValue: algorithm.rawValue) == algorithm)
        }
        #expect(DigestAlgorithm(rawValue: "md5") == nil && DigestAlgorithm(rawValue: "SHA256") == nil)
    }

    @Test("the incremental digest and the algorithm agree for every length around two blocks")
    func agreement() {
        for count in 0..<140 {
            let message = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37) }
            #expect(DigestAlgorithm.sha256.digest(message) == SHA256.digest(message), "\(count) bytes")
        }
    }

    // RFC 2104, section 2: a key is padded with zeros to a block, and hashed first only if it is longer than a block.
    @Test("a key of exactly one block is used as it is, and one byte more is hashed")
    func keys() {
        for algorithm in DigestAlgorithm.allCases {
            let block = algorithm == .sha512 ? 128 : 64
            let message = Array("message".utf8)
            let short = [UInt8](repeating: 0x0B, count: block - 1)
            #expect(
                algorithm.hmac(key: short, message: message) == algorithm.hmac(key: short + [0], message: message),
                "zeros are the padding of \(algorithm)")
            let full = [UInt8](repeating: 0x0B, count: block)
            #expect(
                algorithm.hmac(key: full, message: message)
                    != algorithm.hmac(key: algorithm.digest(full), message: message))
            let long = full + [0x0B]
            #expect(
                algorithm.hmac(key: long, message: message)
                    == algorithm.hmac(key: algorithm.digest(long), message: message))
            #expect(algorithm.hmac(key: [], message: message) == algorithm.hmac(key: [0, 0], message: message))
        }
    }

    // RFC 4231, sections 4.2 to 4.8, for SHA-256 and SHA-512.
    @Test(
        "HMAC-SHA256 equals the vectors of RFC 4231",
        arguments: [
            (
                [UInt8](repeating: 0x0b, count: 20), Array("Hi There".utf8),
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
            ),
            (
                Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            ),
            (
                [UInt8](repeating: 0xaa, count: 20), [UInt8](repeating: 0xdd, count: 50),
                "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
            ),
            (
                (1...25).map { UInt8($0) }, [UInt8](repeating: 0xcd, count: 50),
                "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
            ),
            (
                [UInt8](repeating: 0xaa, count: 131),
                Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
            ),
        ])
    func vectors(key: [UInt8], message: [UInt8], code: String) {
        #expect(Hexadecimal.text(hmacSHA256(key: key, message: message)) == code)
        #expect(Hexadecimal.text(DigestAlgorithm.sha256.hmac(key: key, message: message)) == code)
    }
}

/// Percent-encoding, base64 and hexadecimal digits of random bytes.
@Suite("Encodings of random bytes")
struct EncodingPropertyTests {
    private static func bytes(_ random: inout StableRandom) -> [UInt8] {
        (0..<random.number(below: 40)).map { _ in UInt8(random.number(below: 256)) }
    }

    @Test("base64 has four characters for three bytes, of its alphabet only, and is read as the same bytes")
    func base64() {
        var random = StableRandom(seed: 21)
        for _ in 0..<1_000 {
            let bytes = Self.bytes(&random)
            let text = Base64.encode(bytes)
            #expect(text.count == (bytes.count + 2) / 3 * 4)
            #expect(text.allSatisfy { $0.isASCIIAlphanumeric || "+/=".utf8.contains($0) })
            #expect(Base64.decode(text) == bytes)
            let url = text.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: "-") : $0 == UInt8(ascii: "/") ? 0x5F : $0 }
            #expect(Base64.decode(url) == bytes)
            // Any character that is removed or added breaks the groups of four.
            if !text.isEmpty { #expect(Base64.decode(Array(text.dropLast())) == nil) }
            #expect(Base64.decode(text + [UInt8(ascii: "A")]) == nil)
        }
    }

    @Test("one byte has one base64 text: every other text of its length is rejected or other bytes")
    func canonical() {
        for first in UInt8.min...UInt8.max {
            let text = Base64.encode([first])
            let value = Base64.value(of: text[1]) ?? 0
            #expect(value & 0xF == 0)
            for bits in 1...15 as ClosedRange<UInt8> {
                let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
                // RFC 4648, section 3.5: the bits of the padding are zero.
                #expect(Base64.decode([text[0], alphabet[Int(value | bits)], text[2], text[3]]) == nil)
            }
        }
    }

    @Test("hexadecimal digits are read as the same byte")
    func hexadecimal() {
        for byte in UInt8.min...UInt8.max {
            let text = Hexadecimal.text([byte])
            #expect(text.utf8.count == 2 && UInt8(text, radix: 16) == byte)
            #expect(text.lowercasedASCII == text)
        }
        var random = StableRandom(seed: 22)
        for _ in 0..<200 {
            let number = random.next()
            #expect(UInt64(Hexadecimal.text(number), radix: 16) == number && Hexadecimal.text(number).utf8.count == 16)
        }
    }

    // RFC 3986, sections 2.1 to 2.3.
    @Test("an encoded text has unreserved characters and escapes only, and is read as the same text")
    func percent() {
        var random = StableRandom(seed: 23)
        let characters = [
            "a", "Z", "9", "-", ".", "_", "~", "%", "+", " ", "&", "=", "/", "é", "日", "😀", "\u{0}", "\n",
        ]
        for _ in 0..<1_000 {
            let text = (0..<random.number(below: 12)).map { _ in random.pick(characters) }.joined()
            let encoded = PercentEncoding.encoded(text)
            #expect(encoded.utf8.allSatisfy { $0.isUnreserved || $0 == UInt8(ascii: "%") })
            #expect(PercentEncoding.text(encoded) == text)
            #expect(PercentEncoding.decodedLeniently(encoded) == text)
            // Nothing is left to escape in an encoded text.
            #expect(PercentEncoding.encodedKeepingEscapes(encoded, keeping: "") == encoded)
            let form = PercentEncoding.formEncoded(text)
            #expect(form.utf8.allSatisfy { $0.isASCIIAlphanumeric || "*-._+%".utf8.contains($0) })
            #expect(PercentEncoding.text(Array(form.utf8)[...], plusIsBlank: true) == text)
        }
    }

    @Test("strict and lenient decoding agree wherever every escape is complete")
    func decoders() {
        var random = StableRandom(seed: 24)
        let pieces = ["a", "%", "%4", "%41", "%zz", "%C3%A9", "%C3", "+", "%2B", "%25", "%0"]
        for _ in 0..<2_000 {
            let text = (0..<random.number(below: 6)).map { _ in random.pick(pieces) }.joined()
            let bytes = Array(text.utf8)[...]
            for plusIsBlank in [false, true] {
                let lenient = PercentEncoding.decodedLeniently(bytes: bytes, plusIsBlank: plusIsBlank)
                if let strict = PercentEncoding.decoded(bytes, plusIsBlank: plusIsBlank) {
                    #expect(strict == lenient, "\(text)")
                } else {
                    // A broken escape stays as it is.
                    #expect(lenient.contains(UInt8(ascii: "%")), "\(text)")
                }
            }
            let strictText = PercentEncoding.text(text)
            if let strictText { #expect(PercentEncoding.decodedLeniently(text) == strictText, "\(text)") }
        }
    }
}

import JSONDocument
import TestKit
import Testing

/// The fast reader against a plain one, on texts that are valid, nearly valid and broken.
@Suite("Comparison with a simple reader")
struct DifferentialTests {
    private static let seeds = [
        #"{"a":[1,2.5,-0,1e5,"x\u00e9\ud83d\ude00\n",null,true,false,{}],"b":"é€😀"}"#, "[]", #"{"a":1,"a":2}"#,
        " [ 1 , 2 ] \r\n\t", #""abc\"def""#, "-12.5E-3", #"[[[]],{"":{}}]"#, #"{"\u0061":1,"a":2,"b":3}"#,
        #"["\ud800","\udc00\ud800","\ud83d\ude00"]"#, #"{"name":"a longer text, so that words are read at once"}"#,
        "\u{FEFF}{\"a\":\"\u{2028}\"}", "[0.0e-0,10,01]",
    ]

    private static let pieces: [[UInt8]] =
        [
            "\"", "\\", "{", "}", "[", "]", ",", ":", "0", "1", "-", "+", ".", "e", "E", "\\u", "\\ud83d", "\\ude00",
            "\\n",
            " ", "\n", "true", "null", "fals", "\u{0}", "\u{1F}", "\u{7F}", "\u{FEFF}", "\u{A0}", "é", "😀", "/",
        ].map { Array($0.utf8) } + [
            [0xC3], [0xA9], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF], [0xC0, 0x80],
        ]

    private func mutated(using random: inout SplitMix) -> [UInt8] {
        var bytes = Array((Self.seeds.randomElement(using: &random) ?? "").utf8)
        for _ in 0..<random.next() % 4 {
            let place = Int.random(in: 0...bytes.count, using: &random)
            let length = min(bytes.count - place, Int(random.next() % 4))
            switch random.next() % 3 {
            case 0: bytes.removeSubrange(place..<place + length)
            case 1: bytes.insert(contentsOf: Self.pieces.randomElement(using: &random) ?? [], at: place)
            default:
                let piece = Self.pieces.randomElement(using: &random) ?? []
                bytes.replaceSubrange(place..<place + min(1, length), with: piece)
            }
        }
        return bytes
    }

    @Test("both accept the same texts and read the same values", arguments: 0..<8)
    func sameVerdict(_ seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        var accepted = 0
        for _ in 0..<1_500 {
            let bytes = mutated(using: &random)
            let expected = ReferenceReader.value(bytes)
            let document = try? JSONDocument(parsing: bytes)
            #expect(document?.root.value == expected, "\(String(decoding: bytes, as: UTF8.self))")
            guard let document else { continue }
            accepted += 1
            let again = try JSONDocument(parsing: document.root.spelling)
            #expect(again.root.value == expected)
            #expect(again.duplicateNames.map(\.pointer) == document.duplicateNames.map(\.pointer))
        }
        #expect(accepted > 150)
    }

    @Test("every rejection has a place inside the text and a message", arguments: 100..<104)
    func refusals(_ seed: UInt64) {
        var random = SplitMix(seed: seed)
        for _ in 0..<1_500 {
            let bytes = mutated(using: &random)
            guard let error = syntaxError(bytes) else { continue }
            #expect((0...bytes.count).contains(error.position.offset))
            #expect(error.position.line >= 1 && error.position.column >= 1)
            #expect(!error.message.isEmpty)
            #expect(error.message.unicodeScalars.allSatisfy { $0.value >= 0x20 })
            #expect(error.description.hasPrefix("\(error.position.line):\(error.position.column): "))
        }
    }
}

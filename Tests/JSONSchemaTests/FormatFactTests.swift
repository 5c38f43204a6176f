import JSONDocument
import Testing

@testable import JSONSchema

/// What `FormatFacts` says about formats, compared with what each format accepts.
@Suite("Facts about formats")
struct FormatFactTests {
    private static let names = SchemaFormat.allCases.map(\.rawValue)

    private static let texts = [
        "", "a", "é", "ab", "12", "-1", "1.5", "256", "99999999999999999999", "2024-02-29", "2023-02-29",
        "2024-02-29T12:00:00Z", "2024-02-29T12:00:00", "12:00:00Z", "12:00:00", "P1D", "P1W2D", "a@example.com",
        "ü@example.com", "example.com", "bücher.example", "-bad-", "127.0.0.1", "300.1.1.1", "::1", "1::2::3",
        "https://example.com/a?b#c", "/relative", "https://bücher.example/", "../ü", "a b", "{x}", "{", "%zz",
        "6ba7b810-9dad-11d1-80b4-00c04fd430c8", "6ba7b810", "/a~1b", "/a~2", "0/a", "01/a", "^a$", "(", "QUJD", "QQ",
        "Q*==", "NaN", "true", "?1", "text/plain", "Sun, 06 Nov 1994 08:49:37 GMT",
    ].map { JSONValue.string($0) }

    private static let numbers = [
        "0", "1", "-1", "1.5", "127", "128", "-128", "-129", "255", "256", "32767", "32768", "65535", "65536",
        "2147483647", "2147483648", "-2147483649", "4294967295", "4294967296", "9007199254740993",
        "9223372036854775807", "9223372036854775808", "18446744073709551615", "18446744073709551616", "1e39", "1e400",
    ].compactMap { JSONNumber($0).map { JSONValue.number($0) } }

    private static let others: [JSONValue] = [.null, true, [], [:]]

    @Test("a format that decides accepts and rejects some values, and any other format accepts all", arguments: names)
    func decides(name: String) {
        for (samples, decides) in [
            (Self.texts, FormatFacts.decides(name, texts: true, numbers: false)),
            (Self.numbers, FormatFacts.decides(name, texts: false, numbers: true)),
        ] {
            let accepted = samples.filter { FormatFacts.accepts(name, $0) }
            if decides {
                #expect(!accepted.isEmpty && accepted.count < samples.count, "\(accepted.count) of \(samples.count)")
            } else {
                #expect(accepted.count == samples.count)
            }
        }
        #expect(!FormatFacts.decides(name, texts: false, numbers: false))
        #expect(
            FormatFacts.decides(name, texts: true, numbers: true)
                == (FormatFacts.decides(name, texts: true, numbers: false)
                    || FormatFacts.decides(name, texts: false, numbers: true)))
        #expect(Self.others.allSatisfy { FormatFacts.accepts(name, $0) }, "formats apply to texts and numbers")
    }

    @Test("a format decides only for the kinds that the registry lists", arguments: names)
    func kinds(name: String) throws {
        let kinds = try #require(SchemaFormat(name: name)).kinds
        if FormatFacts.decides(name, texts: true, numbers: false) { #expect(kinds.contains(.string)) }
        if FormatFacts.decides(name, texts: false, numbers: true) { #expect(kinds.contains(.number)) }
    }

    @Test("an included format accepts nothing that the other one rejects", arguments: names)
    func included(name: String) {
        for wide in Self.names where FormatFacts.isIncluded(name, in: wide) {
            #expect(!FormatFacts.isIncluded(wide, in: name), "\(name) and \(wide) would be the same format")
            for (samples, texts) in [(Self.texts, true), (Self.numbers, false)]
            where FormatFacts.decides(name, texts: texts, numbers: !texts) {
                let narrowed = samples.filter { FormatFacts.accepts(name, $0) }
                let widened = samples.filter { FormatFacts.accepts(wide, $0) }
                #expect(narrowed.allSatisfy { widened.contains($0) }, "\(name) in \(wide)")
                #expect(widened.count > narrowed.count, "no sample shows that \(wide) accepts more than \(name)")
            }
        }
    }

    @Test("inclusion is transitive", arguments: names)
    func transitive(name: String) {
        for middle in Self.names where FormatFacts.isIncluded(name, in: middle) {
            for wide in Self.names where FormatFacts.isIncluded(middle, in: wide) {
                #expect(FormatFacts.isIncluded(name, in: wide), "\(name) in \(middle) in \(wide)")
            }
        }
    }

    @Test("an unknown format decides nothing, and names are compared exactly")
    func unknown() {
        for name in ["moon", "", "Date", "date ", "DATE-TIME"] {
            #expect(!FormatFacts.decides(name, texts: true, numbers: true))
            #expect((Self.texts + Self.numbers).allSatisfy { FormatFacts.accepts(name, $0) })
            #expect(!FormatFacts.isIncluded(name, in: "date"))
        }
    }
}

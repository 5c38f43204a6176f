import JSONDocument
import JSONSchema
import Testing

@testable import Generation

/// Values of the formats of the OpenAPI Format Registry.
struct RegisteredFormatTests {
    @Test(
        "a string has its format",
        arguments: [
            ("base64url", "^[A-Za-z0-9_-]+$"), ("char", "^.$"), ("commonmark", "."), ("html", "^<p>.*</p>$"),
            ("date-time-local", "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}$"),
            ("time-local", "^[0-9]{2}:[0-9]{2}:[0-9]{2}$"),
            ("http-date", "^(Sun, 0[18]|Mon, 02|Tue, 03|Wed, 04|Thu, 05|Fri, 06|Sat, 07) Mar 2026 [0-9:]{8} GMT$"),
            ("decimal", "^[0-9]+([.][0-9]+)?$"), ("decimal128", "^[0-9]+([.][0-9]+)?$"),
            ("double", "^[0-9]+([.][0-9]+)?$"), ("float", "^[0-9]+([.][0-9]+)?$"), ("double-int", "^[0-9]+$"),
            ("int8", "^[0-9]+$"), ("int16", "^[0-9]+$"), ("int32", "^[0-9]+$"), ("int64", "^[0-9]+$"),
            ("uint8", "^[0-9]+$"), ("uint16", "^[0-9]+$"), ("uint32", "^[0-9]+$"), ("uint64", "^[0-9]+$"),
            ("unixtime", "^[0-9]+$"), ("media-range", "^[^/]+/[^/]+$"), ("sf-boolean", "^[?][01]$"),
            ("sf-binary", "^:[A-Za-z0-9+/=]*:$"), ("sf-string", "^\"[^\"]*\"$"), ("sf-token", "^[a-z]+$"),
            ("sf-integer", "^[0-9]+$"), ("sf-decimal", "^[0-9]+([.][0-9]+)?$"),
        ])
    func text(format: String, pattern: String) throws {
        let schema = try OneSchema(#"{"type": "string", "format": "\#(format)"}"#)
        // Judged by a pattern of the test, since not every format is judged.
        for seed in 0..<8 {
            let value = try #require(schema.value(seed: String(seed), style: seed == 0 ? .plain : .varied)?.string)
            let judge = try OneSchema(#"{"pattern": \#(JSONValue.string(pattern).text)}"#)
            #expect(try judge.issues(.string(value)).isEmpty, "\(value)")
        }
    }

    @Test(
        "a number is in the range of its format",
        arguments: [
            ("int8", -128, 127), ("uint8", 0, 255), ("int16", -32_768, 32_767), ("uint16", 0, 65_535),
            ("int32", -2_147_483_648, 2_147_483_647), ("uint32", 0, 4_294_967_295), ("uint64", 0, Int.max),
            ("int64", Int.min, Int.max), ("double-int", -9_007_199_254_740_991, 9_007_199_254_740_991),
            ("unixtime", 0, Int.max),
        ])
    func number(format: String, least: Int, most: Int) throws {
        for bounds in ["", #", "minimum": 100"#, #", "maximum": 100"#, #", "minimum": 0, "multipleOf": 5"#] {
            let schema = try OneSchema(#"{"type": "number", "format": "\#(format)"\#(bounds)}"#)
            for seed in 0..<8 {
                let value = try #require(schema.value(seed: String(seed), style: .varied)?.number)
                let whole = try #require(value.int, "\(value) is whole")
                #expect((least...most).contains(whole), "\(value)")
                #expect(try schema.issues(.number(value)).isEmpty)
            }
        }
    }
}

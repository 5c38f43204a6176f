import JSONDocument
import JSONSchema
import TestKit
import Testing

/// Keywords for numbers compute with decimals of any size, compared here with integers of a fixed scale.
@Suite("Exact numbers")
struct DecimalLawTests {
    /// A number in thousandths, in one of its spellings.
    private static func spelling(_ thousandths: Int, _ random: inout SplitMix) -> String {
        let sign = thousandths < 0 ? "-" : ""
        let magnitude = thousandths.magnitude
        let fraction = String(magnitude % 1_000)
        let padded = String(repeating: "0", count: 3 - fraction.count) + fraction
        switch random.number(below: 6) {
        case 0: return "\(sign)\(magnitude / 1_000).\(padded)"
        case 1: return "\(sign)\(magnitude)e-3"
        case 2: return "\(sign)\(magnitude).0E-03"
        case 3: return "\(sign)\(magnitude).000e-3"
        case 4: return "\(sign)\(magnitude / 1_000).\(padded)000"
        default:
            guard magnitude.isMultiple(of: 1_000) else {
                return "\(sign)0.000\(String(magnitude))e\(String(magnitude).count)"
            }
            return "\(sign)\(magnitude / 1_000)"
        }
    }

    private static func number(_ random: inout SplitMix) -> Int {
        let bound = random.pick([5, 50, 3_000, 2_000_000, 900_000_000_000])
        return Int.random(in: -bound...bound, using: &random)
    }

    @Test("limits and divisors agree with integer arithmetic", arguments: 0..<10)
    func arithmetic(seed: Int) throws {
        var random = SplitMix(seed: seed)
        var outcomes: [String: Set<Bool>] = [:]
        for _ in 0..<120 {
            let limit = Self.number(&random)
            let divisor = random.pick([1, 10, 100, 250, 500, 1_000, 3_000, 7, 1_500, 19_990])
            let keyword = random.pick([
                "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "const",
            ])
            let operand = keyword == "multipleOf" ? divisor : limit
            let compiled = try compile(#"{"\#(keyword)": \#(Self.spelling(operand, &random))}"#)
            for _ in 0..<8 {
                let value = random.once(in: 3) ? limit + Int.random(in: -1...1, using: &random) : Self.number(&random)
                let expected =
                    switch keyword {
                    case "minimum": value >= limit
                    case "maximum": value <= limit
                    case "exclusiveMinimum": value > limit
                    case "exclusiveMaximum": value < limit
                    case "const": value == limit
                    default: value.isMultiple(of: divisor)
                    }
                outcomes[keyword, default: []].insert(expected)
                let text = Self.spelling(value, &random)
                #expect(try compiled.outcome(text) == (expected ? .valid : .invalid), "\(keyword) \(operand): \(text)")
            }
        }
        #expect(outcomes.count == 6)
        #expect(outcomes.values.allSatisfy { $0.count == 2 })
    }

    @Test(
        "an integer is a number without a fraction, in any spelling (JSON Schema 2020-12 Core, section 4.2.1)",
        arguments: 0..<4)
    func integers(seed: Int) throws {
        var random = SplitMix(seed: seed + 50)
        let schema = try compile(#"{"type": "integer"}"#)
        var found: Set<Bool> = []
        for _ in 0..<400 {
            let value = random.once(in: 2) ? Self.number(&random) / 1_000 * 1_000 : Self.number(&random)
            let isInteger = value.isMultiple(of: 1_000)
            found.insert(isInteger)
            let text = Self.spelling(value, &random)
            #expect(try schema.outcome(text) == (isInteger ? .valid : .invalid), "\(text)")
        }
        #expect(found.count == 2)
    }

    @Test("equal numbers are one value for const, enum and uniqueItems", arguments: 0..<4)
    func equality(seed: Int) throws {
        var random = SplitMix(seed: seed + 90)
        let unique = try compile(#"{"uniqueItems": true}"#)
        for _ in 0..<120 {
            let value = Self.number(&random)
            let (first, second) = (Self.spelling(value, &random), Self.spelling(value, &random))
            let other = Self.spelling(value + 1, &random)
            #expect(try unique.outcome("[\(first), \(second)]") == .invalid, "\(first) \(second)")
            #expect(try unique.outcome("[\(first), \(other)]") == .valid, "\(first) \(other)")
            // Long arrays are compared by hash.
            let rest = (1...12).map { #""\#($0)""# }.joined(separator: ", ")
            #expect(try unique.outcome("[\(first), \(rest), \(second)]") == .invalid, "\(first) \(second)")
            #expect(try unique.outcome("[\(first), \(rest), \(other)]") == .valid, "\(first) \(other)")
            #expect(try unique.outcome("[\(rest), [\(first)], [\(second)]]") == .invalid, "\(first) \(second)")
            #expect(try unique.outcome(#"[\#(rest), {"a": \#(first)}, {"a": \#(second)}]"#) == .invalid)
            let listed = try compile(#"{"enum": ["x", \#(first), {"n": [\#(first)]}]}"#)
            for (text, isListed) in [
                (second, true), (other, false), (#"{"n": [\#(second)]}"#, true), ("[\(second)]", false),
            ] {
                #expect(try listed.outcome(text) == (isListed ? .valid : .invalid), "\(first): \(text)")
            }
        }
    }

    @Test(
        "numbers of any size: digits beyond a double decide",
        arguments: [
            (#"{"maximum": 9007199254740992}"#, "9007199254740992.0000000000000000000001", false),
            (#"{"minimum": 9007199254740993}"#, "9007199254740992.9999999999999999999999", false),
            (#"{"maximum": 1e400}"#, "1e400", true), (#"{"maximum": 1e400}"#, "1.0000001e400", false),
            (#"{"exclusiveMaximum": 1e400}"#, "9.99e399", true), (#"{"minimum": -1e400}"#, "-1.1e400", false),
            (#"{"minimum": 1e-400}"#, "0", false), (#"{"minimum": 1e-400}"#, "1e-400", true),
            (#"{"exclusiveMinimum": 0}"#, "1e-4000", true), (#"{"exclusiveMinimum": -0.0}"#, "0", false),
            (#"{"multipleOf": 0.01}"#, "4.35", true), (#"{"multipleOf": 0.01}"#, "19.99", true),
            (#"{"multipleOf": 0.1}"#, "123456789012345678901234567890.1", true),
            (#"{"multipleOf": 0.1}"#, "123456789012345678901234567890.15", false),
            (#"{"multipleOf": 3}"#, "111111111111111111111111111111", true),
            (#"{"multipleOf": 3}"#, "111111111111111111111111111112", false),
            (#"{"multipleOf": 1e-8}"#, "12391239123", true), (#"{"multipleOf": 1e10}"#, "1e400", true),
            (#"{"multipleOf": 0.123456789}"#, "1e308", false), (#"{"multipleOf": 1e300}"#, "5e299", false),
            (#"{"const": 0.1}"#, "0.1000000000000000055511151231257827", false), (#"{"const": 0}"#, "0e99999", true),
            (#"{"const": 1e1000}"#, "10e999", true), (#"{"enum": [1e-7]}"#, "0.0000001", true),
        ])
    func size(schema: String, value: String, isValid: Bool) throws {
        let compiled = try compile(schema)
        #expect(try compiled.outcome(value) == (isValid ? .valid : .invalid))
        #expect(try compiled.report(value).issues.isEmpty == isValid)
    }

    /// OpenAPI Format Registry: the first and last value of each format, and the next one beyond.
    static let ranges: [(format: String, lowest: String, below: String, highest: String, above: String)] = [
        ("int8", "-128", "-129", "127", "128"), ("int16", "-32768", "-32769", "32767", "32768"),
        ("int32", "-2147483648", "-2147483649", "2147483647", "2147483648"),
        ("int64", "-9223372036854775808", "-9223372036854775809", "9223372036854775807", "9223372036854775808"),
        ("uint8", "0", "-1", "255", "256"), ("uint16", "0", "-1", "65535", "65536"),
        ("uint32", "0", "-1", "4294967295", "4294967296"),
        ("uint64", "0", "-1", "18446744073709551615", "18446744073709551616"),
        ("double-int", "-9007199254740991", "-9007199254740992", "9007199254740991", "9007199254740992"),
        ("float", "-3.4e38", "-3.5e38", "3.4e38", "3.5e38"), ("double", "-1.7e308", "-1.8e308", "1.7e308", "1.8e308"),
    ]

    @Test("a format of numbers has a first and a last value, in any spelling", arguments: ranges)
    func formats(row: (format: String, lowest: String, below: String, highest: String, above: String)) throws {
        let schema = try compile(#"{"format": "\#(row.format)"}"#)
        let isFloat = row.format == "float" || row.format == "double"
        for (text, isValid) in [(row.lowest, true), (row.below, false), (row.highest, true), (row.above, false)] {
            let spellings = isFloat ? [text] : [text, text + ".0", text + "e0", text + ".000E+0"]
            for spelling in spellings {
                #expect(try schema.outcome(spelling) == (isValid ? .valid : .invalid), "\(spelling)")
            }
        }
        // A fraction is allowed only for floating-point numbers.
        #expect(try schema.outcome("1.5") == (isFloat ? .valid : .invalid))
        #expect(try schema.outcome("1e-400") == (isFloat ? .valid : .invalid))
        #expect(try schema.outcome("-0") == .valid)
        #expect(try schema.outcome(row.above, ValidationOptions(formats: .annotate)) == .valid)
    }
}

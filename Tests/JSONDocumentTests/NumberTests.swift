import JSONDocument
import Testing

/// A number from a literal in a test.
func number(_ lexeme: String) throws -> JSONNumber { try #require(JSONNumber(lexeme), "\(lexeme)") }

@Suite("Numbers")
struct NumberTests {
    @Test(
        "numbers follow the grammar of RFC 8259",
        arguments: [
            ("0", true), ("-0", true), ("-0.0e-0", true), ("1E+2", true), ("10.01", true), ("", false), ("-", false),
            ("+1", false), ("01", false), ("-01", false), ("1.", false), (".5", false), ("1e", false), ("1e+", false),
            ("0x1", false), ("1 ", false), (" 1", false), ("1_0", false), ("NaN", false), ("Infinity", false),
            ("１", false),
        ]
    )
    func grammar(_ text: String, _ isNumber: Bool) {
        #expect((JSONNumber(text) != nil) == isNumber)
    }

    @Test(
        "numbers are equal by value, and equal numbers have equal hashes",
        arguments: [
            ["0", "-0", "0.0", "0e5", "-0.000e99999999999999999999"],
            ["1", "1.0", "1e0", "10e-1", "0.1E+1", "0.001e3"],
            ["100", "1e2", "1.00e2", "100.000"],
            ["1e100000000000000000000", "10e99999999999999999999", "0.1e100000000000000000001"],
            ["1e-100000000000000000000", "0.1e-99999999999999999999"],
            ["1e100000000000000000", "10e99999999999999999", "0.01e100000000000000002"],
            ["1e400", "10e399", "1" + String(repeating: "0", count: 400)],
            ["-12.50", "-125e-1"],
        ]
    )
    func equality(_ spellings: [String]) throws {
        let first = try number(spellings[0])
        for spelling in spellings {
            let other = try number(spelling)
            #expect(first == other, "\(spelling)")
            #expect(first.hashValue == other.hashValue, "\(spelling)")
            #expect(first.canonical == other.canonical, "\(spelling)")
            #expect(other.lexeme.utf8.elementsEqual(spelling.utf8))
        }
    }

    @Test("numbers are ordered by value, beyond any machine type")
    func order() throws {
        let ordered = try [
            "-1e99999999999999999999", "-1e400", "-9007199254740993", "-9007199254740992.5", "-1", "-1e-400",
            "-1e-99999999999999999999", "0", "1e-99999999999999999999", "1e-99999999", "0.1", "0.10000000000000000001",
            "0.2", "1", "9.99", "10", "9007199254740992", "9007199254740993", "1e400", "1e99999999999999999999",
            "1.1e99999999999999999999", "1e100000000000000000000",
        ].map(number)
        for (index, one) in ordered.enumerated() {
            for (place, other) in ordered.enumerated() {
                #expect((one < other) == (index < place), "\(one) \(other)")
                #expect((one == other) == (index == place), "\(one) \(other)")
            }
        }
    }

    @Test(
        "integers are recognised in any spelling",
        arguments: [
            ("1.0", true, 1), ("1e2", true, 100), ("-9223372036854775808", true, Int.min), ("1.5", false, nil),
            ("9223372036854775807", true, Int.max), ("9223372036854775808", true, nil), ("1e400", true, nil),
            ("15e-1", false, nil), ("150e-1", true, 15), ("-0", true, 0), ("0.0", true, 0), ("1e-99999999", false, nil),
            ("1e99999999999999999999", true, nil), ("-9223372036854775809", true, nil),
            ("12345678901234567890e-1", true, 1_234_567_890_123_456_789),
        ] as [(String, Bool, Int?)]
    )
    func integers(_ text: String, _ isInteger: Bool, _ int: Int?) throws {
        #expect(try number(text).isInteger == isInteger)
        #expect(try number(text).int == int)
    }

    @Test("doubles are rounded as in IEEE 754")
    func doubles() throws {
        #expect(try number("0.1").double == 0.1)
        #expect(try number("1e400").double == .infinity)
        #expect(try number("-1e400").double == -.infinity)
        #expect(try number("1e-400").double == 0)
        #expect(try number("9007199254740993").double == 9_007_199_254_740_992)
        #expect(try number("1e99999999999999999999").double == .infinity)
        #expect(try number("1e-99999999999999999999").double == 0)
    }

    @Test(
        "a value has one canonical spelling",
        arguments: [
            ("-0.0", "0"), ("1.50", "1.5"), ("1e2", "100"), ("1e20", "100000000000000000000"), ("1e21", "1e+21"),
            ("0.000001", "0.000001"), ("0.0000001", "1e-7"), ("-12.5e-9", "-1.25e-8"), ("123456789e-3", "123456.789"),
            ("1.5e400", "1.5e+400"), ("10e99999999999999999999", "1e+100000000000000000000"),
            ("333333333.33333329", "333333333.33333329"), ("4.50", "4.5"), ("2e-3", "0.002"),
        ]
    )
    func canonical(_ text: String, _ expected: String) throws {
        #expect(try number(text).canonical == expected)
    }

    @Test(
        "sums are exact and keep the fraction digits",
        arguments: [
            ("0.1", "0.2", "0.3", "-0.1"), ("1.10", "2.2", "3.30", "-1.10"), ("19.99", "0.01", "20.00", "19.98"),
            ("1", "-1", "0", "2"), ("-5", "3", "-2", "-8"), ("1e3", "1", "1001", "999"), ("0", "-0", "0", "0"),
            ("0", "0.05", "0.05", "-0.05"), ("5", "0", "5", "5"), ("-5", "0.0", "-5.0", "-5.0"),
            ("99999999999999999999", "1", "100000000000000000000", "99999999999999999998"),
            ("100", "99.9", "199.9", "0.1"),
            ("1e-2", "0", "0.01", "0.01"), ("100e-2", "0", "1.00", "1.00"),
        ]
    )
    func arithmetic(_ left: String, _ right: String, _ sum: String, _ difference: String) throws {
        #expect(try number(left).adding(number(right))?.lexeme == sum)
        #expect(try number(left).subtracting(number(right))?.lexeme == difference)
    }

    @Test("sums of extreme length are declined")
    func absurdSums() throws {
        #expect(try number("1e99999").adding(number("1")) == nil)
        #expect(try number("1e-99999").adding(number("1")) == nil)
        #expect(try number("1e99999999999999999999").subtracting(number("1")) == nil)
        #expect(try number("1e-99999999999999999999").adding(number("1")) == nil)
        #expect(try number("1e5000").adding(number("1"))?.lexeme.utf8.count == 5001)
    }
}

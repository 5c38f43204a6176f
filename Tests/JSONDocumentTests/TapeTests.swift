import JSONDocument
import TestKit
import Testing

@Suite("The tape")
struct TapeTests {
    @Test("a walk over siblings visits every value once")
    func walk() throws {
        let document = try JSONDocument(parsing: #"{"a":[1,[],{"b":{}}],"c":"d","e":[[2]]}"#)
        let seen = document.withTape { tape in
            var seen: [String] = []
            var open = [0]
            while let index = open.popLast() {
                seen.append(tape.kind(at: index).name)
                var child = tape.firstChild(of: index)
                let distance = tape.kind(at: index) == .object ? 1 : 0
                guard tape.childCount(at: index) > 0 else { continue }
                while child < tape.end(of: index) {
                    open.append(child + distance)
                    child = tape.end(of: child + distance)
                }
            }
            return seen
        }
        #expect(
            seen.sorted() == [
                "array", "array", "array", "array", "number", "number", "object", "object", "object", "string",
            ])
        #expect(document.withTape { $0.end(of: 0) == $0.count })
    }

    @Test("indexes convert to nodes and back; names and indexes beyond the tape do not")
    func nodes() throws {
        let document = try JSONDocument(parsing: #"{"a":[1]}"#)
        #expect(document.root.tapeIndex == 0)
        #expect(document.root["a"]?.tapeIndex == 2)
        #expect(document.node(tapeIndex: 3)?.number?.int == 1)
        #expect(document.node(tapeIndex: 1) == nil)
        #expect(document.node(tapeIndex: 4) == nil)
        #expect(document.node(tapeIndex: -1) == nil)
        #expect(document.root["a"]?.withTape { $0.childCount(at: $1) } == 1)
    }

    @Test(
        "plain integers and short decimals are read without allocation",
        arguments: [
            ("0", 0, "0"), ("-0", 0, "0"), ("-12", -12, "-12"),
            ("999999999999999999", 999_999_999_999_999_999, "999999999999999999"),
            ("-999999999999999999", -999_999_999_999_999_999, "-999999999999999999"),
            ("1000000000000000000", nil, "1e18"),
            ("1234567890123456789", nil, nil), ("1.50", nil, "15e-1"), ("1e4096", nil, "1e4096"), ("1e4097", nil, nil),
            ("0.0001", nil, "1e-4"), ("1e99999999999999999999", nil, nil),
        ] as [(String, Int?, String?)]
    )
    func numbers(_ text: String, _ integer: Int?, _ decimal: String?) throws {
        let document = try JSONDocument(parsing: text)
        let expected = try decimal.map(number)
        document.withTape { tape in
            #expect(tape.integer(at: 0) == integer)
            #expect(tape.decimal(at: 0)?.number == expected)
            #expect(tape.number(at: 0).lexeme == text)
            #expect(tape.isInteger(at: 0) == tape.number(at: 0).isInteger)
        }
    }

    @Test("other kinds have no number and no bytes")
    func otherKinds() throws {
        try JSONDocument(parsing: #"["s", true, null, [], {}]"#).withTape { tape in
            for index in 1..<tape.count {
                #expect(tape.integer(at: index) == nil)
                #expect(tape.decimal(at: index) == nil)
                #expect(!tape.isInteger(at: index))
                #expect(tape.bytes(at: index).count == (index == 1 ? 1 : 0))
                #expect(tape.value(of: index, named: JSONNameKey("s")) == nil)
            }
        }
    }

    @Test("texts are available decoded and are compared by scalars")
    func texts() throws {
        let document = try JSONDocument(parsing: #"["a\u0062c", "abc", "ab\u00e9"]"#)
        document.withTape { tape in
            #expect(tape.needsDecoding(at: 1))
            #expect(!tape.needsDecoding(at: 2))
            #expect(tape.withText(at: 1) { Array($0) } == Array("abc".utf8))
            #expect(tape.text(at: 1, equals: JSONNameKey("abc")))
            #expect(!tape.text(at: 1, equals: JSONNameKey("abd")))
            #expect(!tape.text(at: 3, equals: JSONNameKey("abe\u{301}")))
            #expect(tape.string(at: 3) == "ab\u{E9}")
            #expect(tape.scalarCount(at: 3) == 3)
        }
    }

    @Test("limits on the number of scalars do not depend on the number of bytes")
    func scalarLimits() throws {
        var random = SplitMix(seed: 12)
        let parts = ["a", "\u{E9}", "\u{65E5}", "\u{1F600}", #"\n"#, #"\u0041"#, #"\ud83d\ude00"#]
        for _ in 0..<400 {
            let count = Int(random.next() % 30)
            let text = (0..<count).map { _ in parts[Int(random.next() % UInt64(parts.count))] }.joined()
            let document = try JSONDocument(parsing: "\"\(text)\"")
            document.withTape { tape in
                for (minimum, maximum) in [(count, count), (0, count), (count, .max), (0, .max)] {
                    #expect(tape.hasScalars(at: 0, atLeast: minimum, atMost: maximum), "\(text)")
                }
                for (minimum, maximum) in [(count + 1, .max), (0, count - 1), (count + 1, count - 1), (.max, .max)] {
                    #expect(!tape.hasScalars(at: 0, atLeast: minimum, atMost: maximum), "\(text)")
                }
            }
        }
    }

    @Test("equality and hashes on the tape agree with values")
    func equality() throws {
        var random = SplitMix(seed: 77)
        for _ in 0..<300 {
            let one = JSONValue.random(depth: 3, using: &random)
            let other = random.next() % 2 == 0 ? one : one.changed(using: &random)
            let left = JSONDocument(one)
            let right = try JSONDocument(parsing: other.text(.canonical))
            let (areEqual, haveEqualHashes) = left.withTape { tape in
                right.withTape { other in
                    var first = Hasher()
                    var second = Hasher()
                    tape.hash(at: 0, into: &first)
                    other.hash(at: 0, into: &second)
                    return (JSONTape.equal(tape, 0, other, 0), first.finalize() == second.finalize())
                }
            }
            #expect(areEqual == (one == other))
            #expect(haveEqualHashes == areEqual)
        }
    }
}

@Suite("Short decimals")
struct SmallDecimalTests {
    @Test("short decimals have the order and equality of numbers")
    func order() throws {
        let spellings = [
            "0", "-0.0", "1", "10", "9.99", "-1", "-1.5", "1e17", "999999999999999999", "0.1", "1e-5", "-1e-5", "1e300",
            "123456789012345678e-18", "0.123456789012345679", "-1e300", "100000000000000001", "1e-300",
        ]
        for one in spellings {
            for other in spellings {
                let left = try #require(SmallDecimal(number(one)))
                let right = try #require(SmallDecimal(number(other)))
                #expect((left < right) == (try number(one) < number(other)), "\(one) \(other)")
                #expect((left == right) == (try number(one) == number(other)), "\(one) \(other)")
                #expect(
                    left.isMultiple(of: right) == (try number(one).isMultiple(of: number(other))), "\(one) \(other)")
            }
        }
    }

    @Test("parts out of bounds are declined")
    func bounds() {
        #expect(SmallDecimal(Int.max) == nil)
        #expect(SmallDecimal(Int.min) == nil)
        #expect(SmallDecimal(1_000_000_000_000_000_000) == nil)
        #expect(SmallDecimal(significand: 1, exponent: 5_000) == nil)
        #expect(SmallDecimal(significand: 1_200, exponent: 1)?.significand == 12)
        #expect(SmallDecimal(significand: 12, exponent: 3)?.int == 12_000)
        #expect(SmallDecimal(significand: 12, exponent: 30)?.int == nil)
        #expect(SmallDecimal(significand: 12, exponent: -1)?.isInteger == false)
    }
}

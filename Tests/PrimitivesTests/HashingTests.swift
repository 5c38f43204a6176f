import Primitives
import Testing

@Suite("Stable hashes and random numbers")
struct HashingTests {
    // The vectors are of the reference page of FNV (isthe.com/chongo/tech/comp/fnv), 64 bits, variant 1a.
    @Test(
        "FNV-1a of single inputs",
        arguments: [
            ("", "cbf29ce484222325"), ("a", "af63dc4c8601ec8c"), ("b", "af63df4c8601f1a5"),
            ("foobar", "85944171f73967e8"), ("hello", "a430d84680aabd0b"),
        ])
    func vectors(text: String, digits: String) {
        var hash = StableHash()
        for byte in text.utf8 { hash.add(byte) }
        #expect(hash.digits == digits)
    }

    @Test("texts are kept apart")
    func separation() {
        #expect(StableHash(["ab", "c"]).value != StableHash(["a", "bc"]).value)
        #expect(StableHash(["a", ""]).value != StableHash(["a"]).value)
        #expect(StableHash([]).digits == "cbf29ce484222325")
    }

    @Test("a hash continues where another one ended")
    func continuing() {
        var hash = StableHash(continuing: StableHash(["a"]).value)
        hash.add("b")
        #expect(hash.value == StableHash(["a", "b"]).value)
    }

    // The first numbers of the reference implementation (prng.di.unimi.it/splitmix64.c) for the seed 1234567.
    @Test("SplitMix64 gives the numbers of its reference implementation")
    func splitMix() {
        var random = StableRandom(seed: 1_234_567)
        let numbers = (0..<5).map { _ in random.next() }
        #expect(
            numbers == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ])
    }

    @Test("equal seeds give equal numbers, different ones different numbers")
    func seeds() {
        var (first, second, third) = (StableRandom(["a", "b"]), StableRandom(["a", "b"]), StableRandom(["ab"]))
        let numbers = (0..<8).map { _ in first.next() }
        #expect(numbers == (0..<8).map { _ in second.next() })
        #expect(numbers != (0..<8).map { _ in third.next() })
    }

    @Test("a memo computes each result once")
    func memo() {
        let memo = Memo<String, Int?>(limit: 3)
        var computed: [String] = []
        func value(_ key: String) -> Int? {
            memo.value(key) {
                computed.append(key)
                return Int(key)
            }
        }
        #expect([value("1"), value("x"), value("1"), value("x")] == [1, nil, 1, nil])
        #expect(computed == ["1", "x"])
    }

    @Test("a full memo starts again, and results stay right")
    func fullMemo() {
        let memo = Memo<Int, Int>(limit: 2)
        var count = 0
        func square(_ number: Int) -> Int {
            memo.value(number) {
                count += 1
                return number * number
            }
        }
        for number in [1, 2, 3, 3, 1, 1] { #expect(square(number) == number * number) }
        // 3 finds it full, so 1 is computed twice.
        #expect(count == 4)
    }
}

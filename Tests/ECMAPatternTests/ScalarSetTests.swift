import TestKit
import Testing

@testable import ECMAPattern

@Suite("sets of code points")
struct ScalarSetTests {
    /// The members of a set among the code points around the edges of `ranges`.
    private static func probes(_ ranges: [ClosedRange<UInt32>]) -> [UInt32] {
        let edges: [UInt32] =
            ranges.flatMap { [$0.lowerBound, $0.upperBound] } + [0, 0xD800, 0xDFFF, ScalarSet.highest]
        let near = edges.flatMap { (edge: UInt32) -> [Int64] in [Int64(edge) - 1, Int64(edge), Int64(edge) + 1] }
        return Set(near.filter { (0...Int64(ScalarSet.highest)).contains($0) }.map { UInt32($0) }).sorted()
    }

    private static func ranges(_ random: inout SplitMix) -> [ClosedRange<UInt32>] {
        let highest = random.once(in: 3) ? UInt32(40) : ScalarSet.highest
        return (0..<random.number(below: 8)).map { _ in
            let low = UInt32.random(in: 0...highest, using: &random)
            return low...min(highest, low + UInt32.random(in: 0...12, using: &random))
        }
    }

    @Test("a set contains exactly the code points of its ranges, in whatever order", arguments: 0..<40)
    func members(seed: Int) {
        var random = SplitMix(seed: seed)
        let ranges = Self.ranges(&random)
        let set = ScalarSet(ranges)
        let inverted = set.inverted()
        for value in Self.probes(ranges) {
            let isMember = ranges.contains { $0.contains(value) }
            #expect(set.contains(value) == isMember, "U+\(String(value, radix: 16)) in \(ranges)")
            #expect(inverted.contains(value) != isMember, "U+\(String(value, radix: 16)) outside \(ranges)")
        }
        #expect(set.inverted().inverted() == set)
        #expect(ScalarSet(ranges.shuffled(using: &random)) == set)
    }

    @Test("normalised ranges are sorted, apart, and join neighbours", arguments: 40..<80)
    func normalised(seed: Int) {
        var random = SplitMix(seed: seed)
        let set = ScalarSet(Self.ranges(&random))
        for (left, right) in zip(set.ranges, set.ranges.dropFirst()) {
            #expect(left.upperBound + 1 < right.lowerBound, "\(left) and \(right)")
        }
    }

    @Test("a union contains the members of both", arguments: 80..<110)
    func union(seed: Int) {
        var random = SplitMix(seed: seed)
        let (one, other) = (Self.ranges(&random), Self.ranges(&random))
        var union = ScalarSet(one)
        union.formUnion(ScalarSet(other))
        union.normalise()
        for value in Self.probes(one + other) {
            #expect(union.contains(value) == (one + other).contains { $0.contains(value) })
        }
    }

    @Test("ranges that touch or overlap are one range")
    func joined() {
        #expect(ScalarSet([5...6, 1...3, 4...4]).ranges == [1...6])
        #expect(ScalarSet([1...9, 3...4]).ranges == [1...9])
        #expect(ScalarSet([1...3, 5...6]).ranges == [1...3, 5...6])
        #expect(ScalarSet([]).inverted().ranges == [0...ScalarSet.highest])
        #expect(ScalarSet([0...ScalarSet.highest]).inverted().ranges == [])
        #expect(ScalarSet([1...3]).inverted().ranges == [0...0, 4...ScalarSet.highest])
    }

    @Test("only a set of one code point has a single member")
    func single() {
        #expect(ScalarSet(0x41).singleMember == 0x41)
        #expect(ScalarSet([0x41...0x41]).singleMember == 0x41)
        #expect(ScalarSet([0x41...0x42]).singleMember == nil)
        #expect(ScalarSet([0x41...0x41, 0x43...0x43]).singleMember == nil)
        #expect(ScalarSet().singleMember == nil)
        let letters = ScalarSet(
            PropertyTerm(property: .category(GeneralCategoryName.mask(named: "L") ?? 0), isNegated: false))
        #expect(letters.singleMember == nil)
        #expect(ScalarSet([0...0x40, 0x42...ScalarSet.highest]).inverted().singleMember == 0x41)
    }

    @Test("a property and its complement divide all code points, surrogates included")
    func properties() throws {
        let mask = try #require(GeneralCategoryName.mask(named: "Lu"))
        let upper = ScalarSet(PropertyTerm(property: .category(mask), isNegated: false))
        let others = upper.inverted()
        #expect(others.isPlain, "a negated property can be added to other sets")
        for value: UInt32 in [0x41, 0x61, 0x30, 0xC4, 0xE4, 0xD800, 0xDFFF, 0x10FFFF] {
            #expect(upper.contains(value) != others.contains(value), "U+\(String(value, radix: 16))")
        }
        #expect(upper.contains(0xC4) && !upper.contains(0xE4))
        var both = upper
        both.insert(0x30...0x39)
        both.normalise()
        let neither = both.inverted()
        #expect(!neither.isPlain, "a set of ranges and properties is inverted as a whole")
        #expect(!neither.contains(0x35) && !neither.contains(0x41) && neither.contains(0x61))
        #expect(neither.inverted().contains(0x41))
    }

    /// The classes of ECMA-262, sections 12.2, 12.3 and 22.2.2.9.
    @Test(
        "a class escape has the members of the standard",
        arguments: [
            (ScalarSet.digits, [0x30, 0x39], [0x2F, 0x3A, 0x0661]),
            (ScalarSet.wordCharacters, [0x30, 0x41, 0x5A, 0x5F, 0x61, 0x7A], [0x40, 0x5B, 0x60, 0x7B, 0xE9]),
            (
                ScalarSet.whiteSpace,
                [
                    0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20, 0xA0, 0x1680, 0x2000, 0x200A, 0x2028, 0x2029, 0x202F, 0x205F,
                    0x3000, 0xFEFF,
                ],
                [0x08, 0x0E, 0x85, 0x180E, 0x200B, 0x2060]
            ),
            (ScalarSet.notLineTerminators, [0x09, 0x0B, 0x0C, 0x85, 0x10FFFF], [0x0A, 0x0D, 0x2028, 0x2029]),
        ] as [(ScalarSet, [UInt32], [UInt32])])
    func classes(set: ScalarSet, members: [UInt32], others: [UInt32]) {
        for value in members { #expect(set.contains(value), "U+\(String(value, radix: 16))") }
        for value in others { #expect(!set.contains(value), "U+\(String(value, radix: 16))") }
    }
}

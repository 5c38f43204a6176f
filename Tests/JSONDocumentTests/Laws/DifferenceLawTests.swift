import JSONDocument
import TestKit
import Testing

/// Laws of differences and of the alignment of arrays, over random values.
@Suite("Laws of differences")
struct DifferenceLawTests {
    private static func pair(_ random: inout SplitMix) -> (JSONValue, JSONValue) {
        let one = JSONValue.random(depth: 3, using: &random)
        return (one, random.once(in: 4) ? JSONValue.random(depth: 3, using: &random) : one.changed(using: &random))
    }

    @Test("a value has no differences from itself, in any spelling and order of members")
    func reflexive() throws {
        var random = SplitMix(seed: 1)
        for _ in 0..<200 {
            let value = JSONValue.random(depth: 3, using: &random)
            #expect(JSONDifference.between(expected: value, actual: value).isEmpty)
            let sorted = try JSONDocument(parsing: value.text(.canonical)).root.value
            #expect(JSONDifference.between(expected: value, actual: sorted).isEmpty)
        }
    }

    @Test("in the opposite direction, missing is extra, and there are as many differences")
    func symmetric() {
        var random = SplitMix(seed: 2)
        func opposite(_ kind: JSONDifference.Kind) -> JSONDifference.Kind {
            switch kind {
            case .missing: .extra
            case .extra: .missing
            case .changed, .typeChanged: kind
            }
        }
        for _ in 0..<300 {
            let (one, other) = Self.pair(&random)
            let forth = JSONDifference.between(expected: one, actual: other)
            let back = JSONDifference.between(expected: other, actual: one)
            #expect(forth.count == back.count)
            func count(_ kinds: [JSONDifference.Kind]) -> [JSONDifference.Kind: Int] {
                kinds.reduce(into: [:]) { $0[$1, default: 0] += 1 }
            }
            #expect(count(forth.map(\.kind)) == count(back.map { opposite($0.kind) }))
        }
    }

    @Test("every difference is at a place of its own, and its values are unequal")
    func places() {
        var random = SplitMix(seed: 3)
        for _ in 0..<300 {
            let (one, other) = Self.pair(&random)
            let differences = JSONDifference.between(expected: one, actual: other)
            for difference in differences {
                #expect(difference.expected != difference.actual)
                switch difference.kind {
                case .missing: #expect(difference.expected != nil && difference.actual == nil)
                case .extra: #expect(difference.expected == nil && difference.actual != nil)
                case .changed: #expect(difference.expected?.kind == difference.actual?.kind)
                case .typeChanged: #expect(difference.expected?.kind != difference.actual?.kind)
                }
            }
            // Two differences never share a place and a side, and none is inside of another one.
            let sides = differences.map { JSONPointer(["\($0.kind == .extra)"] + $0.pointer.tokens) }
            #expect(Set(sides).count == sides.count)
            for difference in differences {
                for inner in differences
                where inner.pointer != difference.pointer && (inner.kind == .extra) == (difference.kind == .extra) {
                    #expect(!difference.pointer.isPrefix(of: inner.pointer))
                }
            }
        }
    }

    @Test("an extra member of a moved element is at its place in the actual value")
    func moved() {
        let expected: JSONValue = [0, "same", ["a": 1], ["b": 2, "c": 3]]
        let actual: JSONValue = ["same", ["a": 1, "new": 5], ["b": 9]]
        let differences = JSONDifference.between(expected: expected, actual: actual)
        #expect(
            differences.map { "\($0.kind) \($0.pointer)" } == [
                "missing /0", "extra /1/new", "changed /3/b", "missing /3/c",
            ])
        #expect(
            differences.allSatisfy {
                $0.kind == .missing || $0.kind == .changed || actual.value(at: $0.pointer) == $0.actual
            })
        let ignored = JSONDifference.between(expected: expected, actual: actual) { $0.description == "/1/new" }
        #expect(ignored.map(\.pointer.description) == ["/0", "/3/b", "/3/c"])
    }

    @Test("ignored places only leave out their own differences")
    func ignoring() {
        var random = SplitMix(seed: 4)
        for _ in 0..<300 {
            let (one, other) = Self.pair(&random)
            let all = JSONDifference.between(expected: one, actual: other)
            #expect(JSONDifference.between(expected: one, actual: other) { _ in false } == all)
            #expect(JSONDifference.between(expected: one, actual: other) { _ in true }.isEmpty)
            guard let ignored = all.randomElement(using: &random)?.pointer else { continue }
            let rest = JSONDifference.between(expected: one, actual: other) { $0 == ignored }
            #expect(rest == all.filter { $0.pointer != ignored })
        }
    }

    @Test("without arrays of different lengths, the differences turn one value into the other")
    func patch() {
        var random = SplitMix(seed: 5)
        var applied = 0
        for _ in 0..<300 {
            let (one, other) = Self.pair(&random)
            let differences = JSONDifference.between(expected: one, actual: other)
            // Removed and added elements have indexes of one side only.
            func isElement(_ difference: JSONDifference) -> Bool {
                let container = difference.pointer.parent.flatMap { one.value(at: $0) ?? other.value(at: $0) }
                return container?.kind == .array && [.missing, .extra].contains(difference.kind)
            }
            guard !differences.contains(where: isElement) else { continue }
            var value = other
            for difference in differences {
                if let expected = difference.expected {
                    value.set(expected, at: difference.pointer)
                } else {
                    value.remove(at: difference.pointer)
                }
            }
            #expect(value == one)
            applied += differences.isEmpty ? 0 : 1
        }
        #expect(applied > 50)
    }

    // MARK: Alignment

    /// The length of the longest common subsequence, by its definition.
    private static func longest(_ one: [JSONValue], _ other: [JSONValue]) -> Int {
        guard let first = one.first else { return 0 }
        var best = longest(Array(one.dropFirst()), other)
        if let place = other.firstIndex(of: first) {
            best = max(best, 1 + longest(Array(one.dropFirst()), Array(other[(place + 1)...])))
        }
        return best
    }

    @Test("an alignment has every index once, in order, and as many equal pairs as possible")
    func alignment() {
        var random = SplitMix(seed: 6)
        for _ in 0..<1_500 {
            let one = (0..<random.number(below: 7)).map { _ in JSONValue.integer(random.number(below: 4)) }
            let other = (0..<random.number(below: 7)).map { _ in JSONValue.integer(random.number(below: 4)) }
            let pairs = JSONAlignment.pairs(one, other)
            #expect(pairs.compactMap(\.expected) == Array(one.indices))
            #expect(pairs.compactMap(\.actual) == Array(other.indices))
            #expect(pairs.allSatisfy { $0.expected != nil || $0.actual != nil })
            guard one.count != other.count else {
                #expect(pairs.allSatisfy { $0.expected == $0.actual })
                continue
            }
            let equal = pairs.count { pair in
                pair.expected.flatMap { left in pair.actual.map { one[left] == other[$0] } } ?? false
            }
            #expect(equal == Self.longest(one, other), "\(one) \(other)")
        }
    }

    @Test("equal ends of long arrays are paired even where the middle is too large to be aligned")
    func ends() {
        let ends = (0..<300).map(JSONValue.integer)
        func middle(_ count: Int, _ offset: Int) -> [JSONValue] { (0..<count).map { .integer(10_000 + offset + $0) } }
        let one = ends + middle(1_000, 0) + ends
        let other = ends + middle(1_001, 5_000) + ends
        let pairs = JSONAlignment.pairs(one, other)
        #expect(pairs.count == 1_601)
        for index in 0..<300 {
            let (first, last) = (pairs[index], pairs[pairs.count - 1 - index])
            #expect(first.expected == index && first.actual == index)
            #expect(last.expected == one.count - 1 - index)
            #expect(last.actual == other.count - 1 - index)
        }
        #expect(JSONDifference.between(expected: .array(one), actual: .array(other)).count == 1_001)
    }

    @Test("values of the greatest depth are compared, written, hashed and released without recursion")
    func deep() {
        func nested(_ inner: JSONValue) -> JSONValue {
            var value = inner
            for level in 0..<JSONLimits.depthCeiling - 1 { value = level % 2 == 0 ? [value] : ["a": value] }
            return value
        }
        let (one, other) = (nested(1), nested(2))
        #expect(one != other && one == nested(1))
        #expect(one.hashValue == nested(1).hashValue)
        let differences = JSONDifference.between(expected: one, actual: other)
        #expect(differences.map(\.pointer.tokens.count) == [JSONLimits.depthCeiling - 1])
        #expect(differences.first?.expected == 1 && differences.first?.actual == 2)
        #expect(one.text.utf8.count > JSONLimits.depthCeiling * 2)
        #expect(one.text(.canonical) == one.text)
    }
}

import Primitives
import Testing

@Suite struct BoxedTests {
    private struct Place: Sendable {
        @Boxed var text: String
        @Boxed var numbers: [Int]
    }

    @Test("a change of a copy leaves the other copies as they were")
    func copies() {
        let first = Place(text: "a", numbers: [1, 2])
        var second = first
        second.text = "b"
        second.numbers.append(3)
        second.numbers[0] = 9
        #expect(first.text == "a" && first.numbers == [1, 2])
        #expect(second.text == "b" && second.numbers == [9, 2, 3])
    }

    @Test("a box takes the place of one reference, however large the value is")
    func size() {
        #expect(MemoryLayout<Boxed<(Int, Int, Int, Int)>>.size == MemoryLayout<AnyObject>.size)
        #expect(MemoryLayout<Place>.size == 2 * MemoryLayout<AnyObject>.size)
    }
}

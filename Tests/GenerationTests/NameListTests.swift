import TestKit
import Testing

@testable import Generation

@Suite("Lists of names")
struct NameListTests {
    @Test("a list has each name once, in order, however many there are", arguments: 1...10)
    func once(seed: UInt64) {
        var random = SplitMix(seed: seed)
        let words = ["a", "b", "caf\u{E9}", "cafe\u{301}", ""] + (0..<40).map { "n\($0)" }
        let count = random.number(below: 200)
        var list = NameList()
        var expected: [String] = []
        for _ in 0..<count {
            let word = random.pick(words)
            list.append(word)
            if !expected.contains(where: { $0.utf8.elementsEqual(word.utf8) }) { expected.append(word) }
        }
        #expect(list.names.map { Array($0.utf8) } == expected.map { Array($0.utf8) })
        for word in words {
            #expect(list.contains(word) == expected.contains { $0.utf8.elementsEqual(word.utf8) }, "\(word)")
        }
        #expect(NameList(expected + expected).names.count == expected.count)
    }
}

import Primitives
import Testing

@Suite("Texts are the same if their bytes are")
struct SameTextTests {
    /// Around the eight bytes that are compared at once, with and without heap storage.
    private static let lengths = [0, 1, 7, 8, 9, 15, 16, 17, 23, 24, 40]

    @Test("a difference is found at every place of texts of every length", arguments: lengths)
    func difference(length: Int) {
        let text = String(repeating: "a", count: length)
        #expect(text.isSame(as: text))
        #expect(!text.isSame(as: text + "a"))
        for place in 0..<length {
            let other = String(repeating: "a", count: place) + "b" + String(repeating: "a", count: length - place - 1)
            #expect(!text.isSame(as: other))
            #expect(other.isSame(as: other + ""))
        }
    }

    @Test("two spellings of one character are two texts and two keys")
    func spellings() {
        let (one, other) = ("\u{E9}", "e\u{301}")
        #expect(one == other)
        #expect(!one.isSame(as: other))
        #expect(!(one + "\u{301}").isSame(as: "e\u{301}\u{301}"))
        #expect(Set([TextKey(one), TextKey(other), TextKey(one)]).count == 2)
    }

    @Test("a part of a text is compared like a text of its own", arguments: lengths)
    func part(length: Int) {
        let whole = "\u{1F600}" + String(repeating: "xy", count: 40)
        let part = whole.dropFirst().prefix(length)
        #expect(part.isSame(as: String(part)))
        #expect(String(part).isSame(as: part))
        #expect(length == 0 || !part.isSame(as: whole.dropFirst(2).prefix(length)))
    }
}

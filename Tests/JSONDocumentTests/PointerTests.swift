import JSONDocument
import Testing

@Suite("Pointers")
struct PointerTests {
    @Test(
        "text and tokens are two forms of one pointer",
        arguments: [("", []), ("/", [""]), ("/a~1b/~0~01/ü", ["a/b", "~~1", "ü"]), ("/0//-", ["0", "", "-"])]
            as [(String, [String])]
    )
    func forms(_ text: String, _ tokens: [String]) {
        #expect(JSONPointer(text)?.tokens == tokens)
        #expect(JSONPointer(tokens).description == text)
    }

    @Test("text that is not a pointer is rejected", arguments: ["a", "a/b", "/~", "/~2", "/a~", "#/a", " /a"])
    func refused(_ text: String) {
        #expect(JSONPointer(text) == nil)
    }

    @Test(
        "URI fragments are percent-encoded",
        arguments: [
            ("/foo/0", "/foo/0"), ("/c%d", "/c%25d"), ("/e^f", "/e%5Ef"), ("/k\"l", "/k%22l"), ("/ ", "/%20"),
            ("/ü", "/%C3%BC"), ("/m~0n", "/m~0n"), ("/a#?", "/a%23?"), ("", ""),
        ]
    )
    func fragments(_ text: String, _ fragment: String) throws {
        let pointer = try #require(JSONPointer(text))
        #expect(pointer.uriFragment == fragment)
        #expect(JSONPointer(uriFragment: fragment) == pointer)
        #expect(JSONPointer(uriFragment: "#" + fragment) == pointer)
    }

    @Test("invalid URI fragments are rejected", arguments: ["/%", "/%4", "/%GG", "/%FF", "/%ED%A0%80", "a", "/%7E"])
    func brokenFragments(_ fragment: String) {
        #expect(JSONPointer(uriFragment: fragment) == nil)
    }

    @Test("indexes are ordered by number and before names; a container comes before its contents")
    func order() throws {
        let ordered = try ["", "/2", "/2/a", "/10", "/100", "/", "/01", "/1a", "/a", "/a/b", "/é"].map {
            try #require(JSONPointer($0))
        }
        #expect(ordered.shuffled().sorted() == ordered)
        #expect(ordered.allSatisfy { !($0 < $0) })
    }

    @Test("pointers are compared by Unicode scalars")
    func equality() {
        #expect(JSONPointer(["\u{E9}"]) != JSONPointer(["e\u{301}"]))
        #expect(Set([JSONPointer(["a"]), JSONPointer(["a"]), JSONPointer(["a", ""])]).count == 2)
        #expect(JSONPointer(["ab", "c"]).hashValue != JSONPointer(["a", "bc"]).hashValue)
    }

    @Test("a pointer can be extended and shortened by tokens")
    func steps() {
        let pointer = JSONPointer.root.appending("a/b").appending(3)
        #expect(pointer.description == "/a~1b/3")
        #expect(pointer.parent?.description == "/a~1b")
        #expect(JSONPointer.root.parent == nil)
        #expect(JSONPointer(["a/b"]).isPrefix(of: pointer))
        #expect(pointer.isPrefix(of: pointer))
        #expect(!pointer.isPrefix(of: JSONPointer(["a/b"])))
    }
}

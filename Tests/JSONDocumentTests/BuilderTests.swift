import JSONDocument
import Testing

@Suite("Building from events")
struct BuilderTests {
    private func place(_ line: Int, _ column: Int = 1) -> TextPosition { TextPosition(line: line, column: column) }

    @Test("events build a document with their positions")
    func events() throws {
        var builder = JSONDocumentBuilder()
        try builder.beginObject(at: place(1))
        try builder.name("a\n\"", at: place(1))
        try builder.beginArray(at: place(1, 4))
        try builder.string("x\\u0041\"", at: place(2, 3))
        try builder.number("1.50", at: place(3, 3))
        try builder.boolean(true, at: place(4))
        try builder.boolean(false, at: place(5))
        try builder.null(at: place(6))
        builder.endArray()
        try builder.name("a", at: place(7))
        try builder.number("12", at: place(7, 4))
        try builder.name("a", at: place(8))
        try builder.number("-7", at: place(8, 4))
        builder.endObject()
        let document = try builder.finish()
        #expect(document.bytes.isEmpty)
        #expect(document.root.spelling == #"{"a\n\"":["x\\u0041\"",1.50,true,false,null],"a":12,"a":-7}"#)
        #expect(document.root["a\n\""]?[1]?.position == place(3, 3))
        #expect(document.root["a"]?.namePosition == place(8))
        #expect(document.duplicateNames.map(\.first) == [place(7)])
        #expect(document.duplicateNames.map(\.second) == [place(8)])
        #expect(document.withTape { $0.integer(at: $0.count - 1) } == -7)
        #expect(document.root.value == (try JSONDocument(parsing: document.root.spelling).root.value))
    }

    @Test("an alias repeats a value of any size, with its own position", arguments: [2, 40])
    func aliases(_ count: Int) throws {
        var builder = JSONDocumentBuilder()
        try builder.beginArray(at: place(1))
        let anchor = builder.nextIndex
        try builder.beginObject(at: place(2))
        for index in 0..<count {
            try builder.name("n\(index)", at: place(3, index))
            try builder.number("\(index)", at: place(4, index))
        }
        builder.endObject()
        try builder.copyValue(at: anchor, position: place(9))
        builder.endArray()
        let root = try builder.finish().root
        #expect(root.count == 2)
        #expect(root[0]?.value == root[1]?.value)
        #expect(root[1]?.position == place(9))
        #expect(root[1]?["n1"]?.number?.int == 1)
        #expect(root[1]?["n1"]?.position == place(4, 1))
        #expect(root[1]?["n\(count)"] == nil)
    }

    @Test("aliases of aliases reach the limits of values and depth, not of memory")
    func bomb() throws {
        var builder = JSONDocumentBuilder(limits: JSONLimits(maximumNodes: 10_000))
        let error = #expect(throws: JSONSyntaxError.self) {
            try builder.beginArray(at: place(1))
            var last = builder.nextIndex
            try builder.string("lol", at: place(1))
            while true {
                let next = builder.nextIndex
                try builder.beginArray(at: place(2))
                for _ in 0..<9 { try builder.copyValue(at: last, position: place(3)) }
                builder.endArray()
                last = next
            }
        }
        #expect(error?.reason == .tooManyValues)
        var deep = JSONDocumentBuilder(limits: JSONLimits(maximumDepth: 3))
        try deep.beginArray(at: place(1))
        let anchor = deep.nextIndex
        try deep.beginArray(at: place(1))
        try deep.beginArray(at: place(1))
        deep.endArray()
        deep.endArray()
        try deep.copyValue(at: anchor, position: place(2))
        try deep.beginArray(at: place(3))
        let tooDeep = #expect(throws: JSONSyntaxError.self) { try deep.copyValue(at: anchor, position: place(4)) }
        #expect(tooDeep?.reason == .tooDeep)
    }

    @Test("values of another document are copied with their positions", arguments: [1, 30])
    func copies(_ count: Int) throws {
        let members = (0..<count).map { "\"\\u006E\($0)\": [\($0), {\"\\n\": \"\\t\"}, []]" }.joined(separator: ",\n")
        let source = try JSONDocument(parsing: "{\(members)}")
        var builder = JSONDocumentBuilder()
        try builder.beginArray(at: place(1))
        try builder.copy(source.root)
        try builder.copy(try #require(source.root["n0"]?[0]))
        builder.endArray()
        let root = try builder.finish().root
        #expect(root[0]?.value == source.root.value)
        #expect(root[1]?.number?.int == 0)
        let (copy, original) = (root[0]?["n\(count - 1)"]?.position, source.root["n\(count - 1)"]?.position)
        #expect(copy?.description == original?.description)
    }

    @Test(
        "events out of order make finish() throw, never trap",
        arguments: [
            [], ["[", "["], ["[", "}"], ["]"], ["{", "1"], ["{", "n", "n"], ["{", "n", "}"], ["1", "1"], ["n"],
            ["[", "n", "1", "]"], ["[", "]", "["], ["1", "@"], ["[", "@"], ["{", "n", "@"],
        ] as [[String]]
    )
    func disorder(_ events: [String]) throws {
        var builder = JSONDocumentBuilder()
        for event in events {
            switch event {
            case "[": try builder.beginArray(at: place(1))
            case "]": builder.endArray()
            case "{": try builder.beginObject(at: place(1))
            case "}": builder.endObject()
            case "n": try builder.name("n", at: place(1))
            case "@": try builder.copyValue(at: 0, position: place(1))
            default: try builder.number("1", at: place(1))
            }
        }
        #expect(throws: JSONSyntaxError.self) { try builder.finish() }
    }

    @Test("numbers must follow JSON's grammar, and texts must fit the limit")
    func refused() throws {
        var builder = JSONDocumentBuilder(limits: JSONLimits(maximumBytes: 4))
        #expect(throws: JSONSyntaxError.self) { try builder.number("0x10", at: place(1)) }
        #expect(throws: JSONSyntaxError.self) { try builder.number("", at: place(1)) }
        #expect(throws: JSONSyntaxError.self) { try builder.string("hello", at: place(1)) }
        try builder.string("hell", at: place(1))
        #expect(try builder.finish().root.string == "hell")
    }
}

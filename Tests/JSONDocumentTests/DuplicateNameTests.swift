import JSONDocument
import Testing

@Suite("Repeated names")
struct DuplicateNameTests {
    @Test("a duplicate name is reported with both places, and the last value counts")
    func both() throws {
        let document = try JSONDocument(parsing: "{\"a\":1,\n\"b\":2,\n\"a\":3}")
        let duplicate = try #require(document.duplicateNames.first)
        #expect(document.duplicateNames.count == 1)
        #expect(duplicate.name == "a")
        #expect(duplicate.pointer.description == "/a")
        #expect(duplicate.first == TextPosition(line: 1, column: 2, offset: 1))
        #expect(duplicate.second == TextPosition(line: 3, column: 1, offset: 15))
        #expect(document.root["a"]?.number?.int == 3)
        #expect(document.root.count == 3)
        #expect(document.root.members.map(\.name) == ["a", "b", "a"])
        #expect(document.root.value == ["a": 3, "b": 2])
        #expect(document.root.value.text == #"{"a":3,"b":2}"#)
        #expect(document.root.spelling == #"{"a":1,"b":2,"a":3}"#)
    }

    @Test("names are compared as decoded Unicode scalars")
    func decoded() throws {
        #expect(try JSONDocument(parsing: #"{"a":1,"\u0061":2}"#).duplicateNames.map(\.name) == ["a"])
        #expect(try JSONDocument(parsing: #"{"😀":1,"\ud83d\ude00":2}"#).duplicateNames.count == 1)
        let composed = try JSONDocument(parsing: "{\"\u{E9}\":1,\"e\u{301}\":2}")
        #expect(composed.duplicateNames.isEmpty)
        #expect(composed.root["\u{E9}"]?.number?.int == 1)
        #expect(composed.root["e\u{301}"]?.number?.int == 2)
    }

    @Test("a name that occurs three times is reported twice, each time with the first place")
    func threeTimes() throws {
        let document = try JSONDocument(parsing: #"{"a":1,"a":2,"a":3}"#)
        #expect(document.duplicateNames.map(\.first.column) == [2, 2])
        #expect(document.duplicateNames.map(\.second.column) == [8, 14])
    }

    @Test("pointers contain arrays and objects, in reading order")
    func pointers() throws {
        let text = #"{"x":{"p":1,"p":2},"l":[0,[{"q~":1,"r":{"s":1,"s":2},"q~":3}],{"t":1,"t":1}],"x":0}"#
        let document = try JSONDocument(parsing: text)
        #expect(
            document.duplicateNames.map(\.pointer.description)
                == ["/x/p", "/l/1/0/r/s", "/l/1/0/q~0", "/l/2/t", "/x"]
        )
    }

    @Test("repeated names in large objects are found too", arguments: [15, 16, 17, 32, 64, 65, 1_000])
    func large(_ count: Int) throws {
        let members = (0..<count).map { "\"k\($0)\":\($0)" }
        let text = "{" + (members + ["\"k3\":-1", "\"k3\":-2"]).joined(separator: ",") + "}"
        let document = try JSONDocument(parsing: text)
        #expect(document.duplicateNames.map(\.name) == ["k3", "k3"])
        #expect(Set(document.duplicateNames.map(\.first)).count == 1)
        #expect(document.root["k3"]?.number?.int == -2)
        #expect(document.root["k4"]?.number?.int == 4)
        #expect(document.root.value.object?.count == count)
    }

    @Test("a hundred thousand equal names are cheap and listed up to the limit")
    func many() throws {
        let text = "{" + repeatElement("\"a\":0", count: 100_000).joined(separator: ",") + "}"
        let document = try JSONDocument(parsing: text)
        #expect(document.duplicateNames.count == 1_000)
        #expect(document.hasMoreDuplicateNames)
        let short = try JSONDocument(parsing: "{\"a\":1,\"a\":1,\"a\":1}", limits: JSONLimits(maximumDuplicateNames: 1))
        #expect(short.duplicateNames.count == 1)
        #expect(short.hasMoreDuplicateNames)
        #expect(short.root.value == ["a": 1])
    }
}

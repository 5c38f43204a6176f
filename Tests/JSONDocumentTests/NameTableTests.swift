import JSONDocument
import Testing

@Suite struct NameTableTests {
    private static func values(_ table: JSONNameTable<Int>, in text: String) throws -> [Int?] {
        try JSONDocument(parsing: text).root.withTape { tape, root in
            var found: [Int?] = []
            var name = tape.firstChild(of: root)
            while name < tape.end(of: root) {
                found.append(table.value(ofName: name, on: tape))
                name = tape.end(of: name + 1)
            }
            return found
        }
    }

    @Test("names are found by their text, escaped or not, and other names are not found")
    func found() throws {
        let table = JSONNameTable([("$ref", 1), ("type", 2), ("", 3), ("é", 4), ("type", 5)])
        let text = #"{"type":0,"$ref":{"type":1},"":0,"types":0,"typ":0,"\u0074ype":0,"é":0,"e\u0301":0,"Type":0}"#
        #expect(try Self.values(table, in: text) == [2, 1, 3, nil, nil, 2, 4, nil, nil])
    }

    @Test("a table of many names finds each of them")
    func many() throws {
        let names = (0..<500).map { "name\($0)" }
        let table = JSONNameTable(names.enumerated().map { ($1, $0) })
        let text = "{" + (names + ["other", "name500"]).map { "\"\($0)\":{}" }.joined(separator: ",") + "}"
        #expect(try Self.values(table, in: text) == (0..<500).map { $0 } + [nil, nil])
    }

    @Test("an empty table finds nothing")
    func empty() throws {
        #expect(try Self.values(JSONNameTable([]), in: #"{"a":1}"#) == [nil])
    }
}

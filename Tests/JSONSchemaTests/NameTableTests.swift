import JSONDocument
import Testing

@testable import JSONSchema

/// Names looked up by their bytes.
@Suite("Name tables")
struct NameTableTests {
    @Test(
        "members are found by the tag of their name, in any spelling, and by the whole name if tags are equal",
        arguments: [3, 2_000])
    func members(count: Int) throws {
        // Length and both ends are alike, and that is all that a tag knows.
        let names = (0..<count).map { "same-start-\(100_000 + $0)-same-end" }
        let table = NameTable.ofMembers(names.map { Array($0.utf8) })
        defer { table.release() }
        let written = names.map { "\"\($0.replacing("start", with: "\\u0073tart"))\":1,\"\($0)\":2" }
        let document = try JSONDocument(parsing: "{\(written.joined(separator: ",")),\"same-start-x-same-end\":0}")
        let found = document.withTape { tape in
            var found: [Int] = []
            var name = tape.firstChild(of: 0)
            while name < tape.end(of: 0) {
                found.append(table.findMember(tape, name))
                name = tape.end(of: name + 1)
            }
            return found
        }
        #expect(found == (0..<count).flatMap { [$0, $0] } + [-1])
    }

    @Test("every name is found with its number, and other texts are not found")
    func lookup() {
        let names = (0..<3_000).map { Array("name\($0 % 2_000)-\(String(repeating: "x", count: $0 % 20))".utf8) }
        let table = NameTable(names)
        defer { table.release() }
        for (index, name) in names.enumerated() {
            let found = name.withUnsafeBufferPointer { table.find($0) }
            #expect(found == names.firstIndex(of: name), "\(index)")
        }
        for text in ["", "name", "name1", "name1-y"] {
            #expect(Array(text.utf8).withUnsafeBufferPointer { table.find($0) } == -1)
        }
        for text in ["", "name", "name1", "name1-y"] {
            let members = NameTable.ofMembers(names)
            defer { members.release() }
            #expect(Array(text.utf8).withUnsafeBufferPointer { members.find($0) } == -1)
        }
        let empty = NameTable([[]])
        defer { empty.release() }
        #expect([UInt8]().withUnsafeBufferPointer { empty.find($0) } == 0)
    }
}

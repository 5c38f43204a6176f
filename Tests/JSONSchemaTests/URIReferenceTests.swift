import JSONDocument
import Testing

@testable import JSONSchema

/// The resolution of references, by the examples of RFC 3986 and beyond.
@Suite("URI references")
struct URIReferenceTests {
    @Test(
        "a reference is resolved against its base",
        arguments: [
            ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"), ("/g", "http://a/g"),
            ("//g", "http://g"), ("?y", "http://a/b/c/d;p?y"), ("g?y#s", "http://a/b/c/g?y#s"),
            ("#s", "http://a/b/c/d;p?q#s"), ("", "http://a/b/c/d;p?q"), (".", "http://a/b/c/"), ("..", "http://a/b/"),
            ("../g", "http://a/b/g"), ("../../../g", "http://a/g"), ("/./g", "http://a/g"), ("/../g", "http://a/g"),
            ("g.", "http://a/b/c/g."), ("./g/.", "http://a/b/c/g/"), ("g/./h", "http://a/b/c/g/h"),
            ("g/../h", "http://a/b/c/h"), ("g:h", "g:h"), ("urn:x:y", "urn:x:y"), ("g?y/../x", "http://a/b/c/g?y/../x"),
        ])
    func resolution(reference: String, target: String) {
        #expect(URIReference(reference).resolved(against: URIReference("http://a/b/c/d;p?q")).text == target)
    }

    @Test(
        "bases may have no authority or scheme",
        arguments: [
            ("urn:a:b", "#x", "urn:a:b#x"), ("specs/a.yaml", "b.yaml#/x", "specs/b.yaml#/x"),
            ("specs/a.yaml", "../b.yaml", "b.yaml"), ("specs/a.yaml", "../../b.yaml", "../b.yaml"),
            ("a.yaml", "./b.yaml", "b.yaml"), ("file:///a/b", "c", "file:///a/c"), ("http://a", "b", "http://a/b"),
        ])
    func otherBases(base: String, reference: String, target: String) {
        #expect(URIReference(reference).resolved(against: URIReference(base)).text == target)
    }

    @Test("percent-encoding is decoded, and invalid encoding is rejected")
    func decoding() {
        #expect(URIReference.percentDecoded("a%2Fb%C3%A9") == "a/bé")
        for text in ["%", "%1", "%zz", "%FF"] { #expect(URIReference.percentDecoded(text) == nil) }
    }
}

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

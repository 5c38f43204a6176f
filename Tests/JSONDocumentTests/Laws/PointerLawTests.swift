import JSONDocument
import Primitives
import TestKit
import Testing

/// Laws of pointers over random tokens and values (RFC 6901).
@Suite("Laws of pointers")
struct PointerLawTests {
    private static let tokens = [
        "", "a", "~", "/", "~0", "~1", "~01", "-", "0", "1", "9", "10", "01", "-1", "1.5", "a/b", "é", "e\u{301}", "%",
        " ",
        "\"", "#", "😀", "\u{0}", "18446744073709551616", "A",
    ]

    private static func pointer(upTo count: Int = 4, using random: inout SplitMix) -> JSONPointer {
        JSONPointer((0..<random.number(below: count + 1)).map { _ in random.pick(tokens) })
    }

    /// Every pointer of a value, in reading order.
    private static func pointers(of value: JSONValue, at pointer: JSONPointer = .root) -> [JSONPointer] {
        switch value {
        case .object(let object):
            [pointer] + object.members.flatMap { pointers(of: $0.value, at: pointer.appending($0.name)) }
        case .array(let elements):
            [pointer] + elements.enumerated().flatMap { pointers(of: $1, at: pointer.appending($0)) }
        default: [pointer]
        }
    }

    @Test("text and URI fragment are read as the same pointer")
    func roundTrips() throws {
        var random = SplitMix(seed: 1)
        for _ in 0..<2_000 {
            let pointer = Self.pointer(using: &random)
            #expect(JSONPointer(pointer.description) == pointer)
            #expect(JSONPointer(uriFragment: pointer.uriFragment) == pointer)
            let fragment = pointer.uriFragment
            #expect(fragment.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x23 }, "\(fragment)")
        }
    }

    @Test("two pointers are equal exactly if their texts are, and then have equal hashes")
    func equality() {
        var random = SplitMix(seed: 2)
        for _ in 0..<4_000 {
            let one = Self.pointer(upTo: 2, using: &random)
            let other = Self.pointer(upTo: 2, using: &random)
            let areEqual = one.description.utf8.elementsEqual(other.description.utf8)
            #expect((one == other) == areEqual)
            if areEqual { #expect(one.hashValue == other.hashValue) }
        }
    }

    @Test("the order is total: exactly one of before, equal and after, and transitive")
    func order() {
        var random = SplitMix(seed: 3)
        for _ in 0..<4_000 {
            let (a, b, c) = (Self.pointer(using: &random), Self.pointer(using: &random), Self.pointer(using: &random))
            #expect([a < b, a == b, b < a].count { $0 } == 1, "\(a) \(b)")
            if a < b, b < c { #expect(a < c, "\(a) \(b) \(c)") }
        }
    }

    @Test("a container precedes its contents, and is a prefix of exactly those")
    func prefixes() throws {
        var random = SplitMix(seed: 4)
        for _ in 0..<2_000 {
            let outer = Self.pointer(using: &random)
            let token = random.pick(Self.tokens)
            let inner = outer.appending(token)
            #expect(outer < inner && outer.isPrefix(of: inner) && !inner.isPrefix(of: outer))
            #expect(inner.parent == outer && inner.tokens.last == token)
            let other = Self.pointer(using: &random)
            let text = outer.description + "/"
            let isPrefix = outer == other || other.description.utf8.starts(with: text.utf8)
            #expect(outer.isPrefix(of: other) == isPrefix, "\(outer) \(other)")
        }
    }

    @Test("every pointer of a value leads to the same place in the value and in its document")
    func places() throws {
        var random = SplitMix(seed: 5)
        for _ in 0..<60 {
            let value = JSONValue.random(depth: 3, using: &random)
            let document = try JSONDocument(parsing: value.text(.pretty))
            let pointers = Self.pointers(of: value)
            #expect(Set(pointers).count == pointers.count)
            for pointer in pointers {
                let node = try #require(document.root.node(at: pointer))
                #expect(value.value(at: pointer) == node.value)
                // One token more leads nowhere, unless it is a member or element.
                let beyond = pointer.appending("no such member")
                #expect(value.value(at: beyond) == nil && document.root.node(at: beyond) == nil)
            }
        }
    }

    @Test(
        "an array has elements at indexes without a sign or leading zeros only",
        arguments: [
            ("/0", "1"), ("/2", "3"), ("/3", nil), ("/00", nil), ("/01", nil), ("/+1", nil), ("/-1", nil), ("/-", nil),
            ("/", nil),
            ("/1.0", nil), ("/1e0", nil), ("/ 1", nil), ("/18446744073709551616", nil), ("/٣", nil), ("/0/0", nil),
        ] as [(String, String?)])
    func elements(text: String, expected: String?) throws {
        let pointer = try #require(JSONPointer(text))
        let value: JSONValue = [1, 2, 3]
        #expect(value.value(at: pointer)?.text == expected)
        #expect(try JSONDocument(parsing: "[1,2,3]").root.node(at: pointer)?.spelling == expected)
        // An object has members of any name.
        let object = JSONValue.object(JSONObject([(String(text.dropFirst()), 7)]))
        if pointer.tokens.count == 1 { #expect(object.value(at: pointer) == 7) }
    }

    @Test("a value that was set is found, and setting the old one again restores everything")
    func setting() throws {
        var random = SplitMix(seed: 6)
        for _ in 0..<400 {
            let original = JSONValue.random(depth: 3, using: &random)
            let pointer = random.pick(Self.pointers(of: original))
            let old = try #require(original.value(at: pointer))
            var value = original
            let isSet = value.set("new", at: pointer)
            #expect(isSet && value.value(at: pointer) == "new")
            let isRestored = value.set(old, at: pointer)
            #expect(isRestored && value == original && value.text == original.text)
        }
    }

    @Test("a new member is found, and everything else is unchanged")
    func adding() throws {
        var random = SplitMix(seed: 7)
        for _ in 0..<400 {
            let original = JSONValue.random(depth: 2, using: &random)
            let pointer = Self.pointer(using: &random)
            var value = original
            guard value.set("new", at: pointer) else {
                #expect(value == original && value.text == original.text, "\(pointer)")
                continue
            }
            if !pointer.tokens.contains("-") { #expect(value.value(at: pointer) == "new", "\(pointer) \(original)") }
            let changed = JSONDifference.between(expected: original, actual: value)
            #expect(changed.count <= 1, "\(pointer) \(changed)")
        }
    }

    @Test("a removed value is returned and is not found afterwards")
    func removing() throws {
        var random = SplitMix(seed: 8)
        for _ in 0..<400 {
            let original = JSONValue.random(depth: 3, using: &random)
            let pointer = random.pick(Self.pointers(of: original))
            var value = original
            let removed = value.remove(at: pointer)
            #expect(removed == original.value(at: pointer))
            guard let parent = pointer.parent, let container = original.value(at: parent) else {
                #expect(value.isNull)
                continue
            }
            switch (container, value.value(at: parent)) {
            case (.object(let before), .object(let after)?):
                #expect(after.names == before.names.filter { !$0.isSame(as: pointer.tokens.last ?? "") })
            case (.array(let before), .array(let after)?): #expect(after.count == before.count - 1)
            default: Issue.record("\(pointer)")
            }
        }
    }
}

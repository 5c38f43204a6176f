import JSONDocument
import TestKit
import Testing

/// Objects as sets of members with an order, small and large: above 32 members they have an index.
@Suite("Laws of objects")
struct ObjectLawTests {
    private static func members(_ count: Int, _ random: inout SplitMix) -> [(String, JSONValue)] {
        (0..<count).map { ("n\($0)", JSONValue.integer(random.number(below: 100))) }
    }

    @Test(
        "the order of members is kept, and does not matter for equality and hashes",
        arguments: [0, 1, 2, 31, 32, 33, 34, 200])
    func order(count: Int) {
        var random = SplitMix(seed: count)
        let members = Self.members(count, &random)
        let shuffled = members.shuffled(using: &random)
        let (one, other) = (JSONObject(members), JSONObject(shuffled))
        #expect(one.names == members.map(\.0) && other.names == shuffled.map(\.0))
        #expect(one == other && one.hashValue == other.hashValue)
        #expect(
            JSONValue.object(one) == .object(other)
                && JSONValue.object(one).hashValue == JSONValue.object(other).hashValue)
        #expect(JSONValue.object(one).text(.canonical) == JSONValue.object(other).text(.canonical))
        guard count > 0 else { return }
        var changed = other
        changed["n0"] = "other"
        #expect(one != changed)
        changed["n0"] = nil
        #expect(one != changed && changed.count == count - 1)
        changed["n0"] = one["n0"]
        #expect(one == changed && changed.names.last == "n0")
    }

    @Test("names are compared by Unicode scalars, in small and large objects", arguments: [0, 40])
    func names(others: Int) {
        var random = SplitMix(seed: 1)
        var object = JSONObject(Self.members(others, &random))
        for (index, name) in ["é", "e\u{301}", "", " ", "a", "A", "\u{0}", "😀"].enumerated() {
            object[name] = .integer(index)
        }
        #expect(object.count == others + 8)
        #expect(
            object["é"] == 0 && object["e\u{301}"] == 1 && object[""] == 2 && object["A"] == 5 && object["\u{0}"] == 6)
        #expect(object["E\u{301}"] == nil && object["\u{1}"] == nil)
        object["é"] = nil
        #expect(object["é"] == nil && object["e\u{301}"] == 1)
    }

    @Test("members survive removals around the size at which the index begins")
    func boundary() {
        var random = SplitMix(seed: 2)
        for start in 30...36 {
            var object = JSONObject(Self.members(start, &random))
            var names = object.names
            for _ in 0..<200 {
                if random.once(in: 2), let name = names.randomElement(using: &random) {
                    object[name] = nil
                    names.removeAll { $0 == name }
                } else {
                    let name = "m\(random.number(below: 50))"
                    object[name] = true
                    if !names.contains(name) { names.append(name) }
                }
                #expect(object.names == names)
            }
            #expect(names.allSatisfy { object[$0] != nil })
        }
    }

    @Test("a value of another kind has no members, and setting one changes nothing but null and objects")
    func kinds() {
        for value in [true, 1, "a", [1], ["a": 1]] as [JSONValue] {
            var changed = value
            changed["b"] = 2
            #expect((changed == value) == (value.kind != .object))
            changed["b"] = nil
            #expect(changed == value)
            #expect(value["c"] == nil && value[-1] == nil && value[99] == nil)
        }
        var null = JSONValue.null
        null["a"] = 1
        #expect(null == ["a": 1])
    }

    @Test("each kind has its own values only")
    func accessors() {
        let values: [JSONValue] = [.null, false, 0, "", [], [:]]
        #expect(values.map(\.kind) == JSONKind.allCases)
        #expect(values.map { $0.boolean != nil } == [false, true, false, false, false, false])
        #expect(values.map { $0.number != nil } == [false, false, true, false, false, false])
        #expect(values.map { $0.string != nil } == [false, false, false, true, false, false])
        #expect(values.map { $0.elements != nil } == [false, false, false, false, true, false])
        #expect(values.map { $0.object != nil } == [false, false, false, false, false, true])
        for (index, one) in values.enumerated() {
            for (place, other) in values.enumerated() { #expect((one == other) == (index == place)) }
            #expect(JSONKind(name: one.kind.name) == one.kind)
        }
    }

    @Test("an object written member by member has the text of the whole value, for random members")
    func streamed() {
        var random = SplitMix(seed: 3)
        for _ in 0..<60 {
            var whole = JSONObject()
            var pieces: [UInt8] = []
            var text = JSONObjectText { pieces += $0 }
            for index in 0..<random.number(below: 8) {
                let value = JSONValue.random(depth: 2, using: &random)
                let name = "é\"\(index)"
                whole[name] = value
                if let elements = value.elements {
                    text.addElements(name) { elements.forEach($0) }
                } else {
                    text.add(name, value)
                }
            }
            text.end()
            #expect(String(decoding: pieces, as: UTF8.self) == JSONValue.object(whole).text(.pretty) + "\n")
        }
    }
}

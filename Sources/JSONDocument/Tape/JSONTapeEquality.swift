/// JSON equality on tapes: numbers by value, members in any order, strings by Unicode scalars, the last of repeated
/// names.
extension JSONTape {
    /// Whether two values are equal by the rules of `JSONValue`'s `==`. Allocates nothing for values without nesting.
    public static func equal(_ left: JSONTape, _ leftIndex: Int, _ right: JSONTape, _ rightIndex: Int) -> Bool {
        var open: [(Int, Int)] = []
        guard matches(left, leftIndex, right, rightIndex, &open) else { return false }
        while let (one, other) = open.popLast() {
            let areEqual =
                left.kind(at: one) == .array
                ? elementsMatch(left, one, right, other, &open)
                : membersMatch(left, one, right, other, &open)
            guard areEqual else { return false }
        }
        return true
    }

    private static func matches(
        _ left: JSONTape,
        _ leftIndex: Int,
        _ right: JSONTape,
        _ rightIndex: Int,
        _ open: inout [(Int, Int)]
    ) -> Bool {
        let kind = left.kind(at: leftIndex)
        guard kind == right.kind(at: rightIndex) else { return false }
        switch kind {
        case .null: return true
        case .boolean: return left.boolean(at: leftIndex) == right.boolean(at: rightIndex)
        case .number:
            let one = left.bytes(at: leftIndex)
            let other = right.bytes(at: rightIndex)
            return sameBytes(one, other) || DecimalView(one) == DecimalView(other)
        case .string: return sameText(left, leftIndex, right, rightIndex)
        case .array, .object:
            open.append((leftIndex, rightIndex))
            return true
        }
    }

    private static func elementsMatch(
        _ left: JSONTape,
        _ leftArray: Int,
        _ right: JSONTape,
        _ rightArray: Int,
        _ open: inout [(Int, Int)]
    ) -> Bool {
        guard left.childCount(at: leftArray) == right.childCount(at: rightArray) else { return false }
        var one = left.firstChild(of: leftArray)
        var other = right.firstChild(of: rightArray)
        for _ in 0..<left.childCount(at: leftArray) {
            guard matches(left, one, right, other, &open) else { return false }
            one = left.end(of: one)
            other = right.end(of: other)
        }
        return true
    }

    private static func membersMatch(
        _ left: JSONTape,
        _ leftObject: Int,
        _ right: JSONTape,
        _ rightObject: Int,
        _ open: inout [(Int, Int)]
    ) -> Bool {
        guard left.effectiveCount(of: leftObject) == right.effectiveCount(of: rightObject) else { return false }
        var name = left.firstChild(of: leftObject)
        let end = left.end(of: leftObject)
        while name < end {
            if left.isEffective(name, in: leftObject) {
                guard let value = right.value(of: rightObject, namedAs: name, on: left) else { return false }
                guard matches(left, name + 1, right, value, &open) else { return false }
            }
            name = left.end(of: name + 1)
        }
        return true
    }

    static func sameText(_ left: JSONTape, _ leftIndex: Int, _ right: JSONTape, _ rightIndex: Int) -> Bool {
        left.withText(at: leftIndex) { one in right.withText(at: rightIndex) { sameBytes(one, $0) } }
    }

    /// The value of the last member with the same name as entry `name` of another tape.
    func value(of object: Int, namedAs name: Int, on other: JSONTape) -> Int? {
        let entry = entries[object]
        let tag = other.entries[name].tag
        guard entry.flags.contains(.indexed), let slots else {
            var found: Int?
            var candidate = object + 1
            while candidate < Int(entry.end) {
                if entries[candidate].tag == tag, Self.sameText(self, candidate, other, name) {
                    found = candidate + 1
                }
                candidate = Int(entries[candidate + 1].end)
            }
            return found
        }
        let table = slots + Int(entries[object + 1].end)
        let mask = JSONNameIndex.slotCount(members: Int(entry.length)) - 1
        var slot = other.withText(at: name) { JSONNameKey.slotHash($0) } & mask
        while table[slot] != 0 {
            let candidate = object + Int(table[slot])
            if entries[candidate].tag == tag, Self.sameText(self, candidate, other, name) { return candidate + 1 }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// Whether the member at `name` is the last one with its name.
    func isEffective(_ name: Int, in object: Int) -> Bool {
        !hasRepeatedNames || value(of: object, namedAs: name, on: self) == name + 1
    }

    /// The number of distinct names of an object.
    func effectiveCount(of object: Int) -> Int {
        guard hasRepeatedNames else { return childCount(at: object) }
        var count = 0
        var name = firstChild(of: object)
        while name < end(of: object) {
            if isEffective(name, in: object) { count += 1 }
            name = end(of: name + 1)
        }
        return count
    }
}

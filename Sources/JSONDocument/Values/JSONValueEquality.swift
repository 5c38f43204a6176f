import Primitives

/// JSON equality without recursion: values may be nested to any depth.
extension JSONValue: Hashable {
    /// Whether both are the same JSON value: numbers by value, members in any order, strings by Unicode scalars.
    public static func == (left: JSONValue, right: JSONValue) -> Bool {
        var open: [(JSONValue, JSONValue)] = []
        guard matches(left, right, &open) else { return false }
        while let (one, other) = open.popLast() {
            switch (one, other) {
            case (.array(let elements), .array(let others)):
                guard elements.count == others.count else { return false }
                for (element, other) in zip(elements, others) where !matches(element, other, &open) { return false }
            case (.object(let object), .object(let other)):
                guard object.count == other.count else { return false }
                for (place, member) in object.members.enumerated() {
                    guard let value = other.value(of: member.name, near: place), matches(member.value, value, &open)
                    else { return false }
                }
            default: return false
            }
        }
        return true
    }

    /// Compares scalars immediately and defers containers.
    private static func matches(
        _ left: JSONValue,
        _ right: JSONValue,
        _ open: inout [(JSONValue, JSONValue)]
    ) -> Bool {
        switch (left, right) {
        case (.null, .null): return true
        case (.boolean(let one), .boolean(let other)): return one == other
        case (.number(let one), .number(let other)): return one == other
        case (.string(let one), .string(let other)): return one.isSame(as: other)
        case (.array, .array), (.object, .object):
            open.append((left, right))
            return true
        default: return false
        }
    }

    /// Feeds the value; members are fed in a canonical order.
    public func hash(into hasher: inout Hasher) {
        var open = [self]
        while let value = open.popLast() {
            hasher.combine(value.kind)
            switch value {
            case .null: break
            case .boolean(let truth): hasher.combine(truth)
            case .number(let number): hasher.combine(number)
            case .string(let text): hasher.combineScalars(of: text)
            case .array(let elements):
                hasher.combine(elements.count)
                open.append(contentsOf: elements)
            case .object(let object):
                hasher.combine(object.count)
                for member in object.sortedMembers {
                    hasher.combineScalars(of: member.name)
                    open.append(member.value)
                }
            }
        }
    }
}

extension JSONObject {
    /// The members sorted by the Unicode scalars of their names.
    var sortedMembers: [(name: String, value: JSONValue)] {
        members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }
}

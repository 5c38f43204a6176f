internal import JSONDocument

/// Applies items to a body, one path after the other.
struct BodyEditor {
    /// The current body; `nil` while there is none.
    var value: JSONValue?

    /// Sets `new` at `segments`, and creates objects and arrays on the path.
    mutating func set(_ new: JSONValue, at segments: ArraySlice<ItemPath.Segment>, _ text: String) throws(ValueFailure)
    {
        value = try BodyEditor.setting(new, in: value, at: segments, text)
    }

    /// Removes the value at `segments`, if there is one.
    mutating func remove(at segments: ArraySlice<ItemPath.Segment>, _ text: String) throws(ValueFailure) {
        guard !segments.isEmpty else {
            value = nil
            return
        }
        guard let old = value else { return }
        value = try BodyEditor.removing(in: old, at: segments, text)
    }

    /// Whether there is a value at every place of `segments`.
    func holdsValue(at segments: ArraySlice<ItemPath.Segment>) -> Bool {
        guard let value else { return false }
        var found = [value]
        for segment in segments {
            var next: [JSONValue] = []
            for value in found {
                switch segment {
                case .name(let name):
                    guard let member = value[name] else { return false }
                    next.append(member)
                case .index(let index):
                    guard let element = value[index] else { return false }
                    next.append(element)
                case .every, .some:
                    next += value.elements ?? []
                }
            }
            found = next
        }
        return !found.isEmpty
    }

    /// The number of segments of a path is limited, which bounds this recursion.
    private static func setting(
        _ new: JSONValue,
        in old: JSONValue?,
        at segments: ArraySlice<ItemPath.Segment>,
        _ text: String
    ) throws(ValueFailure) -> JSONValue {
        guard let first = segments.first else { return new }
        let rest = segments.dropFirst()
        let base: JSONValue? = if case .null? = old { nil } else { old }
        switch first {
        case .name(let name):
            guard case .object(var object) = base ?? .object(JSONObject()) else {
                throw .invalid("\(text) cannot be set: '\(name)' would be a member of \(article(base))")
            }
            object[name] = try setting(new, in: object[name], at: rest, text)
            return .object(object)
        case .index(let index):
            guard case .array(var elements) = base ?? .array([]) else {
                throw .invalid("\(text) cannot be set: [\(index)] would be an element of \(article(base))")
            }
            guard index <= elements.count else {
                throw .invalid("\(text) cannot be set: the array has only \(elements.count) elements")
            }
            if index == elements.count {
                elements.append(try setting(new, in: nil, at: rest, text))
            } else {
                elements[index] = try setting(new, in: elements[index], at: rest, text)
            }
            return .array(elements)
        case .every:
            guard case .array(let elements)? = base, !elements.isEmpty else {
                throw .invalid("\(text) cannot be set: [*] matches no element")
            }
            var changed: [JSONValue] = []
            for element in elements { changed.append(try setting(new, in: element, at: rest, text)) }
            return .array(changed)
        case .some:
            throw .invalid("\(text) cannot be set: [?] does not select an element; write [0] or [*]")
        }
    }

    private static func removing(
        in old: JSONValue,
        at segments: ArraySlice<ItemPath.Segment>,
        _ text: String
    ) throws(ValueFailure) -> JSONValue {
        guard let first = segments.first else { return old }
        let rest = segments.dropFirst()
        switch (first, old) {
        case (.name(let name), .object(var object)):
            guard let member = object[name] else { return old }
            object[name] = rest.isEmpty ? nil : try removing(in: member, at: rest, text)
            return .object(object)
        case (.index(let index), .array(var elements)):
            guard index < elements.count else { return old }
            if rest.isEmpty {
                elements.remove(at: index)
            } else {
                elements[index] = try removing(in: elements[index], at: rest, text)
            }
            return .array(elements)
        case (.every, .array(let elements)):
            if rest.isEmpty { return .array([]) }
            var changed: [JSONValue] = []
            for element in elements { changed.append(try removing(in: element, at: rest, text)) }
            return .array(changed)
        case (.some, _):
            throw .invalid("\(text) cannot be omitted: [?] does not select an element; write [0] or [*]")
        default:
            return old
        }
    }

    private static func article(_ value: JSONValue?) -> String {
        switch value?.kind {
        case nil, .null?: "nothing"
        case .array?, .object?: "an \(value?.kind.name ?? "")"
        default: "a \(value?.kind.name ?? "")"
        }
    }
}

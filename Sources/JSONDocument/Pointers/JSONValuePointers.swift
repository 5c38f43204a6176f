/// Access to parts of a value by pointer.
extension JSONValue {
    /// The value at a pointer; nil if there is none.
    public func value(at pointer: JSONPointer) -> JSONValue? {
        var value = self
        for token in pointer.tokens {
            let next: JSONValue?
            switch value {
            case .object(let object): next = object[token]
            case .array: next = JSONPointer.index(token).flatMap { value[$0] }
            default: next = nil
            }
            guard let next else { return nil }
            value = next
        }
        return value
    }

    /// Sets the value at a pointer; returns whether that was possible.
    ///
    /// Absent values and `null` on the path become objects. In an array, the last token may be `-` or the count, which
    /// appends. Nothing changes if the path goes through another scalar or beyond an array's end, or has more tokens
    /// than ``JSONLimits/depthCeiling``.
    @discardableResult
    public mutating func set(_ value: JSONValue, at pointer: JSONPointer) -> Bool {
        guard pointer.tokens.count <= JSONLimits.depthCeiling else { return false }
        // Each container on the path is stored without the child being changed, so nothing is copied.
        var way: [(container: JSONValue, token: String)] = []
        var current = self
        self = .null
        var isPossible = true
        for token in pointer.tokens {
            guard let child = current.takeChild(token) else {
                isPossible = false
                break
            }
            way.append((current, token))
            current = child
        }
        if isPossible { current = value }
        while var step = way.popLast() {
            step.container.putChild(current, step.token)
            current = step.container
        }
        self = current
        return isPossible
    }

    /// Removes the value at a pointer and returns it; nil if there is none. Removing the root leaves `null`.
    @discardableResult
    public mutating func remove(at pointer: JSONPointer) -> JSONValue? {
        guard let parent = pointer.parent, let token = pointer.tokens.last else {
            defer { self = .null }
            return self
        }
        guard var container = value(at: parent) else { return nil }
        let removed: JSONValue
        switch container {
        case .object(var object):
            guard let value = object[token] else { return nil }
            removed = value
            container = .null
            object[token] = nil
            container = .object(object)
        case .array(var elements):
            guard let index = JSONPointer.index(token), elements.indices.contains(index) else { return nil }
            container = .null
            removed = elements.remove(at: index)
            container = .array(elements)
        default: return nil
        }
        set(container, at: parent)
        return removed
    }

    /// Removes a child and leaves `null` in its place. A child that does not exist yet is `null` as well. Nil if
    /// impossible.
    private mutating func takeChild(_ token: String) -> JSONValue? {
        switch self {
        case .null:
            self = .object(JSONObject())
            return .null
        case .object(var object):
            guard let child = object[token] else { return .null }
            self = .null
            object[token] = .null
            self = .object(object)
            return child
        case .array(var elements):
            if token == "-" { return .null }
            guard let index = JSONPointer.index(token), index <= elements.count else { return nil }
            guard index < elements.count else { return .null }
            let child = elements[index]
            self = .null
            elements[index] = .null
            self = .array(elements)
            return child
        default: return nil
        }
    }

    private mutating func putChild(_ child: JSONValue, _ token: String) {
        switch self {
        case .object(var object):
            self = .null
            object[token] = child
            self = .object(object)
        case .array(var elements):
            self = .null
            if let index = JSONPointer.index(token), index < elements.count {
                elements[index] = child
            } else {
                elements.append(child)
            }
            self = .array(elements)
        default: break
        }
    }
}

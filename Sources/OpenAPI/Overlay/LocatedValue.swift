internal import JSONDocument
internal import Primitives

/// A mutable value in which every part has a position.
struct LocatedValue: Sendable {
    enum Content: Sendable {
        case null
        case boolean(Bool)
        /// The spelling of a number.
        case number(String)
        case string(String)
        case array([LocatedValue])
        case object([Member])
    }

    struct Member: Sendable {
        var name: String
        var namePosition: TextPosition
        var value: LocatedValue
    }

    var content: Content
    var position: TextPosition

    /// Copies a value of a document, with its lines moved by `shift`. The document's depth limit bounds the recursion.
    init(_ node: JSONNode, shift: Int = 0) {
        func moved(_ position: TextPosition) -> TextPosition {
            TextPosition(line: position.line + shift, column: position.column)
        }
        position = moved(node.position)
        switch node.kind {
        case .null: content = .null
        case .boolean: content = .boolean(node.boolean ?? false)
        case .number: content = .number(node.spelling)
        case .string: content = .string(node.string ?? "")
        case .array: content = .array(node.elements.map { LocatedValue($0, shift: shift) })
        case .object:
            content = .object(
                node.members.map { member in
                    Member(
                        name: member.name,
                        namePosition: moved(member.namePosition),
                        value: LocatedValue(member.value, shift: shift)
                    )
                }
            )
        }
    }

    /// Whether it is a list or an object.
    var isContainer: Bool {
        switch content {
        case .array, .object: true
        default: false
        }
    }

    /// The kind, for messages.
    var kind: JSONKind {
        switch content {
        case .null: .null
        case .boolean: .boolean
        case .number: .number
        case .string: .string
        case .array: .array
        case .object: .object
        }
    }

    /// The value of a member.
    subscript(_ name: String) -> LocatedValue? {
        guard case .object(let members) = content else { return nil }
        return members.first { $0.name.isSame(as: name) }?.value
    }

    /// The value without positions.
    var value: JSONValue {
        switch content {
        case .null: .null
        case .boolean(let flag): .boolean(flag)
        case .number(let lexeme): JSONNumber(lexeme).map { .number($0) } ?? .null
        case .string(let text): .string(text)
        case .array(let elements): .array(elements.map(\.value))
        case .object(let members): .object(JSONObject(members.map { ($0.name, $0.value.value) }))
        }
    }

    /// Writes the value with its positions.
    func write(to builder: inout JSONDocumentBuilder) throws(JSONSyntaxError) {
        switch content {
        case .null: try builder.null(at: position)
        case .boolean(let flag): try builder.boolean(flag, at: position)
        case .number(let lexeme): try builder.number(lexeme, at: position)
        case .string(let text): try builder.string(text, at: position)
        case .array(let elements):
            try builder.beginArray(at: position)
            for element in elements { try element.write(to: &builder) }
            builder.endArray()
        case .object(let members):
            try builder.beginObject(at: position)
            for member in members {
                try builder.name(member.name, at: member.namePosition)
                try member.value.write(to: &builder)
            }
            builder.endObject()
        }
    }
}

/// One step from a value into it.
enum LocatedStep: Sendable, Hashable {
    /// The member at this index of an object's members.
    case member(Int)
    /// The element at this index of an array.
    case element(Int)
}

extension LocatedValue {
    /// The value at the end of a path.
    subscript(_ path: ArraySlice<LocatedStep>) -> LocatedValue? {
        guard let step = path.first else { return self }
        switch (step, content) {
        case (.member(let index), .object(let members)) where members.indices.contains(index):
            return members[index].value[path.dropFirst()]
        case (.element(let index), .array(let elements)) where elements.indices.contains(index):
            return elements[index][path.dropFirst()]
        default:
            return nil
        }
    }

    /// Changes the value at the end of a path.
    mutating func change<Failure: Error>(
        at path: ArraySlice<LocatedStep>,
        _ body: (inout LocatedValue) throws(Failure) -> Void
    ) throws(Failure) {
        guard let step = path.first else { return try body(&self) }
        switch (step, content) {
        case (.member(let index), .object(var members)) where members.indices.contains(index):
            content = .null
            defer { content = .object(members) }
            try members[index].value.change(at: path.dropFirst(), body)
        case (.element(let index), .array(var elements)) where elements.indices.contains(index):
            content = .null
            defer { content = .array(elements) }
            try elements[index].change(at: path.dropFirst(), body)
        default:
            return
        }
    }

    /// Removes the value at the end of a path from its container.
    mutating func remove(at path: ArraySlice<LocatedStep>) {
        guard let last = path.last else { return }
        change(at: path.dropLast()) { holder in
            switch (last, holder.content) {
            case (.member(let index), .object(var members)) where members.indices.contains(index):
                members.remove(at: index)
                holder.content = .object(members)
            case (.element(let index), .array(var elements)) where elements.indices.contains(index):
                elements.remove(at: index)
                holder.content = .array(elements)
            default:
                break
            }
        }
    }
}

public import JSONDocument

/// Where a schema, or one of its keywords, stands: a document and a pointer into it.
public struct SchemaPlace: Hashable, Sendable {
    /// The absolute URI under which the document was added, without a fragment.
    public var uri: String
    /// The way from the root of the document.
    public var pointer: JSONPointer

    /// Names a place in the document `uri`.
    public init(uri: String, pointer: JSONPointer) {
        self.uri = uri
        self.pointer = pointer
    }

    /// Whether both name the same document, by Unicode scalars, and the same way into it.
    public static func == (left: SchemaPlace, right: SchemaPlace) -> Bool {
        left.uri.sameScalars(as: right.uri) && left.pointer == right.pointer
    }

    /// Feeds the pointer alone: equal places have equal pointers.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(pointer)
    }
}

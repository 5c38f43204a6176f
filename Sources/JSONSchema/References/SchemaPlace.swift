public import JSONDocument

/// The place of a schema or of one of its keywords: a document and a pointer into it.
public struct SchemaPlace: Hashable, Sendable {
    /// The absolute URI under which the document was added, without a fragment.
    public var uri: String
    /// The pointer from the root of the document.
    public var pointer: JSONPointer

    /// Creates a place in the document `uri`.
    public init(uri: String, pointer: JSONPointer) {
        self.uri = uri
        self.pointer = pointer
    }

    /// Whether both have the same document, by Unicode scalars, and the same pointer.
    public static func == (left: SchemaPlace, right: SchemaPlace) -> Bool {
        left.uri.sameScalars(as: right.uri) && left.pointer == right.pointer
    }

    /// Feeds only the pointer: equal places have equal pointers.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(pointer)
    }
}

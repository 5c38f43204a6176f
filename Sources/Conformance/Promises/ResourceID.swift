import JSONDocument

/// The id of a resource: a number by its value, so that 7 and 7.0 are one, and a text by its characters.
struct ResourceID: Equatable {
    /// The id as it is written.
    let text: String
    private let number: JSONNumber?
    /// Whether the schema or the body says that it is a number.
    private let isNumber: Bool

    /// An id in a path.
    ///
    /// - Parameter isNumber: Whether its schema allows no text.
    init(_ text: String, isNumber: Bool) {
        self.text = text
        number = JSONNumber(text)
        self.isNumber = isNumber && number != nil
    }

    /// An id in a body; `nil` where it is neither a number nor a text.
    init?(_ node: JSONNode?) {
        guard let node, let text = node.kind == .number ? node.spelling : node.string else { return nil }
        self.init(text, isNumber: node.kind == .number)
    }

    /// The same for equal ids of one kind.
    var key: String {
        guard isNumber, let number else { return text }
        return JSONValue.number(number).text(.canonical)
    }

    /// Where either is a number, the values are compared.
    static func == (left: ResourceID, right: ResourceID) -> Bool {
        if left.isNumber || right.isNumber, let one = left.number, let other = right.number { return one == other }
        return left.text.utf8.elementsEqual(right.text.utf8)
    }
}

/// The pretty text of an object that is written member by member, so that its values are never all there at a time.
///
/// The same text as that of the whole value in ``JSONStyle/pretty``.
public struct JSONObjectText {
    private var writer = JSONTextWriter(style: .pretty)
    private var isEmpty = true

    /// The text of an object without members.
    public init() {
        writer.append("{")
    }

    /// Adds a member; the name must be another one than those before.
    public mutating func add(_ name: String, _ value: JSONValue) {
        begin(name)
        writer.write(value, depth: 1)
    }

    /// Adds a member that is an array, whose elements are asked for one after the other.
    public mutating func add(_ name: String, elements: some Sequence<JSONValue>) {
        begin(name)
        writer.append("[")
        var isFirst = true
        for element in elements {
            writer.begin(nil, isFirst: isFirst, depth: 2)
            writer.write(element, depth: 2)
            isFirst = false
        }
        if isFirst { writer.append("]") } else { writer.close("]", depth: 1) }
    }

    /// The text, without a newline at its end.
    public consuming func text() -> String {
        if isEmpty { writer.append("}") } else { writer.close("}", depth: 0) }
        return writer.text
    }

    private mutating func begin(_ name: String) {
        writer.begin(name, isFirst: isEmpty, depth: 1)
        isEmpty = false
    }
}

/// What a method and a path mean to a contract.
public enum Route: Sendable {
    /// An operation, and the text that stands for each expression of its path template, still percent-encoded.
    case operation(Operation, pathValues: [(name: String, text: String)])
    /// The path is known and the method is not; the methods that are, in the order of the document.
    case methodNotAllowed([String])
    /// No path template matches.
    case unknownPath
}

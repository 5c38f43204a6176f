/// The result of matching a method and a path against a contract.
public enum Route: Sendable {
    /// An operation, and the text for each expression of its path template, still percent-encoded.
    case operation(Operation, pathValues: [(name: String, text: String)])
    /// The path exists but not with this method; lists the available methods in the order of the document.
    case methodNotAllowed([String])
    /// No path template matches.
    case unknownPath
}

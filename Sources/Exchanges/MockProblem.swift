/// How the built-in mock marks a replacement for a response that it cannot generate.
public enum MockProblem {
    /// The response header that contains the mark.
    public static let header = "Assay-Mock-Problem"
    /// The mark of a response for which no value was found that matches its schema.
    public static let noValue = "no-value"
}

/// How the built-in mock reports why it rejected a request when the document's error schema has no member for it.
public enum MockReason {
    /// The response header that contains the reason.
    public static let header = "Assay-Mock-Reason"
}

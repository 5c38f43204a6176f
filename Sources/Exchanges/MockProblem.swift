/// How the built-in mock marks a response that it sends in place of one that it cannot make.
public enum MockProblem {
    /// The response header that carries the mark.
    public static let header = "Assay-Mock-Problem"
    /// The mark of a response for which no value was found that satisfies its schema.
    public static let noValue = "no-value"
}

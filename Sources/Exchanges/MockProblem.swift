/// How the built-in mock marks a replacement for a response that it cannot generate.
public enum MockProblem {
    /// The response header that contains the mark.
    public static let header = "Assay-Mock-Problem"
    /// The mark of a response for which no value was found that matches its schema.
    public static let noValue = "no-value"
}

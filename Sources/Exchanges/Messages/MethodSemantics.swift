/// Whether requests with a method can be repeated (RFC 9110, section 9.2). Methods are case-sensitive.
public enum MethodSemantics {
    /// Whether requests with this method are read-only.
    public static func isSafe(_ method: String) -> Bool {
        ["GET", "HEAD", "OPTIONS", "TRACE"].contains(method)
    }

    /// Whether two identical requests with this method have the same effect as one.
    public static func isIdempotent(_ method: String) -> Bool {
        isSafe(method) || ["PUT", "DELETE"].contains(method)
    }
}

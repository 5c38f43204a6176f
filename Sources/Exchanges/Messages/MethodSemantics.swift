/// What a method promises about repeating a request (RFC 9110, section 9.2). Methods are compared as written, in capitals.
public enum MethodSemantics {
    /// Whether a request of this method asks for no change.
    public static func isSafe(_ method: String) -> Bool {
        ["GET", "HEAD", "OPTIONS", "TRACE"].contains(method)
    }

    /// Whether two requests of this method mean the same as one.
    public static func isIdempotent(_ method: String) -> Bool {
        isSafe(method) || ["PUT", "DELETE"].contains(method)
    }
}

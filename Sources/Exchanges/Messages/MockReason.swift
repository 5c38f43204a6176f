/// How the built-in mock reports why it rejected a request when the document's error schema has no member for it.
public enum MockReason {
    /// The response header that contains the reason.
    public static let header = "Assay-Mock-Reason"
}

/// How the built-in mock says why it rejected a request, where the document's own error has no place for it.
public enum MockReason {
    /// The response header that contains the reason.
    public static let header = "Assay-Mock-Reason"
}

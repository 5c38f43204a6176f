public import Diagnostics
internal import JSONDocument
internal import Primitives
public import SourceText

/// Checks an overlay by itself, before it is applied.
public struct OverlayCheck: Sendable {
    /// The warnings.
    public let diagnostics: [Diagnostic]
    /// The document that it extends, relative to the overlay's folder; `nil` if it names none in the project.
    public let extendedFile: String?

    /// Checks an overlay.
    ///
    /// - Throws: all mistakes that make it unusable.
    public init(_ file: SourceFile) throws(SourceError) {
        let overlay = try OverlayDocument(file)
        diagnostics = overlay.diagnostics
        extendedFile = overlay.extendedFile(in: "")
    }
}

extension OverlayDocument {
    /// The path of the file that `extends` names, for an overlay at `path`; `nil` for URLs on other hosts.
    func extendedFile(in path: String) -> String? {
        guard let text = extends?.string, let reference = try? Reference(text, in: path) else { return nil }
        guard case .file(let path, _) = reference.target else { return nil }
        return path
    }

    /// The mistake in applying it to the document at `path` (Overlay Specification 1.0, section 4.4.1).
    func extendsProblem(overlayPath: String, documentPath: String, normalise: (String) -> String) -> Diagnostic? {
        guard let extends, let target = extendedFile(in: overlayPath) else { return nil }
        guard !normalise(target).isSame(as: documentPath) else { return nil }
        return Diagnostic(
            "overlay.extends",
            .warning,
            "the overlay extends '\(Reference.excerpt(extends.string ?? ""))', but is applied to '\(documentPath)'",
            at: file.location(of: extends)
        )
    }
}

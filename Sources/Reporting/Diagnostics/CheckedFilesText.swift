public import Diagnostics

/// What was found in files that were read and not used, as text for people.
public struct CheckedFilesText: Sendable {
    private let style: TextStyle

    /// Writes in `style`.
    public init(style: TextStyle) {
        self.style = style
    }

    /// The diagnostics, and how many files were read.
    public func render(_ diagnostics: Diagnostics, files: Int) -> String {
        let count = plural(files, "file")
        guard !diagnostics.entries.isEmpty else { return "\(style.paint("✓", .good)) \(count), no findings\n" }
        return DiagnosticText(style: style).render(diagnostics) + "in \(count)\n"
    }
}

public import Diagnostics
import Primitives

extension Redactor {
    /// `diagnostic` with every secret masked.
    public func redact(_ diagnostic: Diagnostic) -> Diagnostic {
        guard hasSecrets else { return diagnostic }
        var redacted = diagnostic
        redacted.message = redact(diagnostic.message)
        redacted.location = diagnostic.location.map(redact)
        redacted.place = diagnostic.place.map { redact($0) }
        redacted.help = diagnostic.help.map { redact($0) }
        redacted.excerpt = diagnostic.excerpt.map(redact)
        redacted.related = diagnostic.related.map { .init(redact($0.message), at: redact($0.location)) }
        return redacted
    }

    /// `diagnostics` with every secret masked.
    public func redact(_ diagnostics: Diagnostics) -> Diagnostics {
        hasSecrets ? Diagnostics(diagnostics.entries.map { redact($0) }) : diagnostics
    }

    private func redact(_ location: SourceLocation) -> SourceLocation {
        SourceLocation(file: redact(location.file), line: location.line, column: location.column)
    }

    /// Returns the excerpt with its mark in the same place; the whole text is marked if a secret extends beyond the
    /// mark.
    private func redact(_ excerpt: Diagnostic.Excerpt) -> Diagnostic.Excerpt {
        let whole = redact(excerpt.text)
        guard !whole.isSame(as: excerpt.text) else { return excerpt }
        let scalars = Array(excerpt.text.unicodeScalars)
        let offset = min(max(excerpt.offset, 0), scalars.count)
        let end = min(scalars.count, offset + max(excerpt.length, 0))
        let parts = [scalars[..<offset], scalars[offset..<end], scalars[end...]]
            .map { redact(String(String.UnicodeScalarView($0))) }
        guard parts.joined().isSame(as: whole) else {
            return Diagnostic.Excerpt(whole, offset: 0, length: whole.unicodeScalars.count)
        }
        return Diagnostic.Excerpt(
            whole, offset: parts[0].unicodeScalars.count, length: parts[1].unicodeScalars.count)
    }
}

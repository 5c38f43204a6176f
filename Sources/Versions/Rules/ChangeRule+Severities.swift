import Diagnostics

/// The severity of a schema change under each preset.
extension ChangeRule {
    /// Severities by effect and direction. Exceptions, which affect clients although no message is rejected, are listed
    /// below.
    static func severities(of edit: SchemaEdit, _ direction: Direction) -> [Severity] {
        if let given = exceptions[direction]?[edit.name] ?? exceptions[Direction.none]?[edit.name] { return given }
        return severities(edit.effect, direction)
    }

    /// The severity of an effect, the same under every preset.
    static func severities(_ effect: Effect, _ direction: Direction) -> [Severity] {
        let severity: Severity =
            switch (effect, direction) {
            case (.narrowed, .request), (.widened, .response), (.incomparable, _): .error
            case (.undecided, _): .warning
            case (.narrowed, _), (.widened, _), (.none, _): .note
            }
        return [severity, severity, severity]
    }

    private static let exceptions: [Direction: [String: [Severity]]] = [
        .request: [
            // The API no longer documents what it does with the value.
            "optional-removed": [.warning, .error, .error],
            "required-removed": [.warning, .error, .error],
            "required-removed-with-default": [.warning, .error, .error],
            // A request without the value now has another meaning.
            "default-changed": [.warning, .warning, .warning],
            "default-removed": [.warning, .warning, .warning],
            "read-only-added": [.warning, .warning, .warning],
            "discriminator-mapping-removed": [.warning, .warning, .warning],
        ],
        .response: [
            // The response is not rejected, but clients that read the property no longer find it.
            "optional-removed": [.warning, .error, .error],
            "optional-removed-from-closed": [.warning, .error, .error],
            "enum-value-added": [.error, .note, .warning],
            "one-of-added": [.error, .warning, .warning],
            "any-of-added": [.error, .warning, .warning],
            "write-only-added": [.warning, .warning, .warning],
            "max-length-increased": [.error, .error, .note],
            "max-length-removed": [.error, .error, .note],
            "min-length-decreased": [.error, .error, .note],
            "min-length-removed": [.error, .error, .note],
            "pattern-removed": [.error, .error, .note],
            "pattern-widened": [.error, .error, .note],
            "pattern-changed": [.error, .error, .warning],
            "pattern-undecided": [.warning, .warning, .note],
            "format-removed": [.error, .error, .note],
            "format-widened": [.error, .error, .note],
            "format-changed": [.error, .error, .warning],
            "optional-added-to-closed": [.error, .note, .note],
            "extensible-enum-value-removed": [.note, .note, .note],
            "discriminator-mapping-added": [.warning, .note, .note],
        ],
        .none: [
            "discriminator-property-changed": [.warning, .warning, .warning],
            "discriminator-mapping-changed": [.warning, .warning, .warning],
            "discriminator-removed": [.warning, .warning, .warning],
            "content-encoding-changed": [.warning, .warning, .warning],
            "content-media-type-changed": [.warning, .warning, .warning],
            "deprecation-without-sunset": [.warning, .note, .note],
            "sunset-removed": [.error, .warning, .warning],
            "sunset-earlier": [.error, .warning, .warning],
            "sunset-too-soon": [.error, .warning, .warning],
            "sunset-invalid": [.error, .error, .error],
            "stability-decreased": [.error, .error, .error],
            "stability-invalid": [.error, .error, .error],
        ],
    ]
}

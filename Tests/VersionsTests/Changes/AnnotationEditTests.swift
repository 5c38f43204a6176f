import Testing

/// Edits of keywords that reject no value: message, severity and location in both directions.
@Suite struct AnnotationEditTests {
    @Test("an edit of an annotation", arguments: annotations)
    func annotationEdit(edit: SchemaCase) throws { try edit.check() }

    @Test("an edit of the lifecycle", arguments: lifecycle)
    func lifecycleEdit(edit: SchemaCase) throws { try edit.check() }

    static let cases = annotations + lifecycle

    private static let annotations = [
        SchemaCase(
            old: "①{type: integer}",
            new: "{type: integer, ①default: 1}",
            forwards: """
                note|note default-added
                `default` was added to §: 1: none → 1
                """,
            backwards: """
                warning|note default-removed
                `default` was removed from §: 1: 1 → none
                """),
        SchemaCase(
            old: "{type: integer, ①default: 1}",
            new: "{type: integer, ①default: 2}",
            forwards: """
                warning|note default-changed
                `default` of § changed from 1 to 2: 1 → 2
                """,
            backwards: """
                warning|note default-changed
                `default` of § changed from 2 to 1: 2 → 1
                """),
        // The same number, spelled differently.
        SchemaCase(
            old: "{type: integer, default: 1}",
            new: "{type: integer, default: 1.0}",
            forwards: "", backwards: ""),
        SchemaCase(
            old: "{type: string, ①contentEncoding: base64}",
            new: "{type: string, ①contentEncoding: base32}",
            forwards: """
                warning|warning content-encoding-changed
                `contentEncoding` of § changed from base64 to base32: base64 → base32
                """,
            backwards: """
                warning|warning content-encoding-changed
                `contentEncoding` of § changed from base32 to base64: base32 → base64
                """),
        SchemaCase(
            old: "①{type: string}",
            new: "{type: string, ①contentMediaType: text/csv}",
            forwards: """
                warning|warning content-media-type-changed
                `contentMediaType` of § changed from none to text/csv: none → text/csv
                """,
            backwards: """
                warning|warning content-media-type-changed
                `contentMediaType` of § changed from text/csv to none: text/csv → none
                """),
        SchemaCase(
            old: "①{type: string}",
            new: "{type: string, ①contentSchema: {type: object}}",
            forwards: """
                note|note content-schema-added
                `contentSchema` was added to §: {"type":"object"}: none → {"type":"object"}
                """,
            backwards: """
                note|note content-schema-removed
                `contentSchema` was removed from §: {"type":"object"}: {"type":"object"} → none
                """),
        SchemaCase(
            old: "{type: string, ①contentSchema: {type: object}}",
            new: "{type: string, ①contentSchema: {type: array}}",
            forwards: """
                warning|warning content-schema-undecided
                `contentSchema` of § changed, and which values that affects cannot be decided: {"type":"object"} \
                → {"type":"array"}
                """,
            backwards: """
                warning|warning content-schema-undecided
                `contentSchema` of § changed, and which values that affects cannot be decided: {"type":"array"} → \
                {"type":"object"}
                """),
        SchemaCase(
            old: "①{type: object}",
            new: "{type: object, ①discriminator: {propertyName: t}}",
            forwards: """
                note|note discriminator-added
                `discriminator` was added to §: {"propertyName":"t"}: none → {"propertyName":"t"}
                """,
            backwards: """
                warning|warning discriminator-removed
                `discriminator` was removed from §: {"propertyName":"t"}: {"propertyName":"t"} → none
                """),
        SchemaCase(
            old: "{type: object, ①discriminator: {propertyName: t}}",
            new: "{type: object, ①discriminator: {propertyName: kind}}",
            forwards: """
                warning|warning discriminator-property-changed
                the discriminator of § changed from 't' to 'kind': t → kind
                """,
            backwards: """
                warning|warning discriminator-property-changed
                the discriminator of § changed from 'kind' to 't': kind → t
                """),
        SchemaCase(
            old: "{type: object, ①discriminator: {propertyName: t}}",
            new: "{type: object, ①discriminator: {propertyName: t, mapping: {x: X}}}",
            forwards: """
                note|warning/note/note discriminator-mapping-added
                the discriminator of § gained the name 'x': none → x: X
                """,
            backwards: """
                warning|note discriminator-mapping-removed
                the discriminator of § lost the name 'x': x: X → none
                """),
        SchemaCase(
            old: "{type: object, ①discriminator: {propertyName: t, mapping: {x: X}}}",
            new: "{type: object, ①discriminator: {propertyName: t, mapping: {x: Y}}}",
            forwards: """
                warning|warning discriminator-mapping-changed
                the name 'x' of the discriminator of § now refers to another schema: X → Y
                """,
            backwards: """
                warning|warning discriminator-mapping-changed
                the name 'x' of the discriminator of § now refers to another schema: Y → X
                """),
        SchemaCase(
            old: "①{type: string}",
            new: "{type: string, ①readOnly: true}",
            forwards: """
                warning|note read-only-added
                § became `readOnly`: false → true
                """,
            backwards: """
                note|note read-only-removed
                § is no longer `readOnly`: true → false
                """),
        SchemaCase(
            old: "①{type: string}",
            new: "{type: string, ①writeOnly: true}",
            forwards: """
                note|warning write-only-added
                § became `writeOnly`: false → true
                """,
            backwards: """
                note|note write-only-removed
                § is no longer `writeOnly`: true → false
                """),
        // Texts for readers are not compared.
        SchemaCase(
            old: "{type: string, title: a, description: b, example: c, examples: [d]}",
            new: "{type: string, description: e, $comment: f}",
            forwards: "", backwards: ""),
    ]

    private static let lifecycle = [
        SchemaCase(
            old: "①{type: string}",
            new: "{type: string, ①deprecated: true, x-sunset: '2031-01-01'}",
            forwards: """
                note|note deprecation-added
                § was deprecated until 2031-01-01: false → true
                note|note sunset-added
                § now has a sunset date: none → 2031-01-01
                """,
            backwards: """
                note|note deprecation-removed
                § is no longer deprecated: true → false
                """),
        SchemaCase(
            old: "①{type: string}",
            new: "{type: string, ①deprecated: true}",
            forwards: """
                note|note deprecation-added
                § was deprecated: false → true
                warning/note/note|warning/note/note deprecation-without-sunset
                § was deprecated without a sunset date: none → none
                """,
            backwards: """
                note|note deprecation-removed
                § is no longer deprecated: true → false
                """),
        SchemaCase(
            old: "{type: string, ①deprecated: true, x-sunset: '2031-01-01'}",
            new: "{type: string, ①deprecated: true}",
            forwards: """
                error/warning/warning|error/warning/warning sunset-removed
                the sunset date of § was removed: 2031-01-01 → none
                """,
            backwards: """
                note|note sunset-added
                § now has a sunset date: none → 2031-01-01
                """),
        SchemaCase(
            old: "{type: string, ①deprecated: true, x-sunset: '2031-01-01'}",
            new: "{type: string, ①deprecated: true, x-sunset: '2031-01-02'}",
            forwards: """
                note|note sunset-later
                the sunset date of § is now later: 2031-01-01 → 2031-01-02
                """,
            backwards: """
                error/warning/warning|error/warning/warning sunset-earlier
                the sunset date of § is now earlier: 2031-01-02 → 2031-01-01
                """),
        SchemaCase(
            old: "{type: string, ①deprecated: true, x-sunset: '2031-01-01'}",
            new: "{type: string, ①deprecated: true, x-sunset: never}",
            forwards: """
                error|error sunset-invalid
                the sunset date 'never' of § is not a valid date: 2031-01-01 → never
                """,
            backwards: """
                note|note sunset-added
                § now has a sunset date: never → 2031-01-01
                """),
        SchemaCase(
            old: "{type: string, ①deprecated: true}",
            new: "{type: string, ①deprecated: true, x-sunset: '2026-01-10'}",
            forwards: """
                note|note sunset-added
                § now has a sunset date: none → 2026-01-10
                error/warning/warning|error/warning/warning sunset-too-soon
                the sunset date of § is less than 10 days ahead: none → 2026-01-10
                """,
            backwards: """
                error/warning/warning|error/warning/warning sunset-removed
                the sunset date of § was removed: 2026-01-10 → none
                """,
            noticeDays: 10),
        SchemaCase(
            old: "①{type: string, x-stability-level: alpha}",
            new: "①{type: string, x-stability-level: stable}",
            forwards: """
                note|note stability-increased
                the stability level of § is now higher: alpha → stable
                """,
            backwards: """
                error|error stability-decreased
                the stability level of § is now lower: stable → alpha
                """),
        SchemaCase(
            old: "①{type: string}",
            new: "①{type: string, x-stability-level: old}",
            forwards: """
                error|error stability-invalid
                the stability level 'old' of § is unknown: none → old
                """,
            backwards: ""),
    ]
}

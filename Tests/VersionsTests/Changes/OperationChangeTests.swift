import Testing

/// The rules for operations: existence, identity and lifecycle, in both directions.
@Suite struct OperationChangeTests {
    @Test("an operation is added, removed or renamed", arguments: existence)
    func exists(change: ChangeCase) throws { try change.check() }

    @Test("an operation has another lifecycle", arguments: lifecycle)
    func ages(change: ChangeCase) throws { try change.check() }

    static let cases = existence + lifecycle

    private static let existence = [
        ChangeCase(
            frame: .document,
            old: "①paths: {/a: {post: {}}}",
            new: "paths: {/a: {post: {}, ①get: {}}}",
            forwards: """
                note operation.added at operation
                the operation GET /a was added: none → GET /a
                """,
            backwards: """
                error operation.removed at operation
                the operation GET /a was removed: GET /a → none
                """),
        ChangeCase(
            frame: .document,
            old: "①paths: {/a: {post: {}}}",
            new: "paths: {/a: {post: {}, ①get: {deprecated: true, x-sunset: '2025-12-31'}}}",
            forwards: """
                note operation.added at operation
                the operation GET /a was added: none → GET /a
                """,
            backwards: """
                note/warning/warning operation.removed-after-deprecation at operation
                the operation GET /a was removed after its sunset date 2025-12-31: GET /a → none
                """),
        ChangeCase(
            frame: .document,
            old: "①paths: {/a: {post: {}}}",
            new: "paths: {/a: {post: {}, ①get: {deprecated: true, x-sunset: '2026-01-02'}}}",
            forwards: """
                note operation.added at operation
                the operation GET /a was added: none → GET /a
                """,
            backwards: """
                error operation.removed-before-sunset at operation
                the operation GET /a was removed before its sunset date 2026-01-02: GET /a → none
                """),
        // A sunset that is not a date is not a promise.
        ChangeCase(
            frame: .document,
            old: "①paths: {/a: {post: {}}}",
            new: "paths: {/a: {post: {}, ①get: {deprecated: true, x-sunset: '2026-02-30'}}}",
            forwards: """
                note operation.added at operation
                the operation GET /a was added: none → GET /a
                """,
            backwards: """
                error operation.removed at operation
                the operation GET /a was removed: GET /a → none
                """),
        ChangeCase(
            frame: .document,
            old: "①paths: {/a: {②post: {}}}",
            new: "①paths: {/b: {}}",
            forwards: """
                error operation.removed at operation
                the operation POST /a was removed: POST /a → none
                error comparison.nothing-in-common at operation
                the new contract has no operations: none → none
                """,
            backwards: """
                note operation.added at operation
                the operation POST /a was added: none → POST /a
                error comparison.nothing-in-common at operation
                the old contract has no operations: none → none
                """),
        ChangeCase(
            old: "①{tags: [x]}", new: "{①operationId: a, tags: [x]}",
            forwards: """
                note operation.id-added at operation
                the operationId 'a' was added: none → a
                """,
            backwards: """
                warning operation.id-removed at operation
                the operationId 'a' was removed: a → none
                """),
        ChangeCase(
            old: "{①operationId: a}", new: "{①operationId: A}",
            forwards: """
                warning operation.id-changed at operation
                the operationId changed from 'a' to 'A': a → A
                """,
            backwards: """
                warning operation.id-changed at operation
                the operationId changed from 'A' to 'a': A → a
                """),
        ChangeCase(
            old: "①{tags: [x]}", new: "{tags: [x, ①y]}",
            forwards: """
                note operation.tag-added at operation
                the tag 'y' was added: none → y
                """,
            backwards: """
                note operation.tag-removed at operation
                the tag 'y' was removed: y → none
                """),
        ChangeCase(
            frame: .path, old: "{post: {}, ①x-note: 1}", new: "{post: {}, ①x-note: 2}", forwards: "", backwards: "",
            comparesExtensions: true),
    ]

    private static let lifecycle = [
        ChangeCase(
            old: "①{operationId: a}", new: "{operationId: a, ①deprecated: true}",
            forwards: """
                note operation.deprecation-added at operation
                the operation POST /a was deprecated: false → true
                warning/note/note operation.deprecation-without-sunset at operation
                the operation POST /a was deprecated without a sunset date: none → none
                """,
            backwards: """
                note operation.deprecation-removed at operation
                the operation POST /a is no longer deprecated: true → false
                """),
        ChangeCase(
            old: "{①deprecated: true}", new: "{①deprecated: true, x-sunset: '2030-06-01'}",
            forwards: """
                note operation.sunset-added at operation
                the operation POST /a now has a sunset date: none → 2030-06-01
                """,
            backwards: """
                error/warning/warning operation.sunset-removed at operation
                the sunset date of the operation POST /a was removed: 2030-06-01 → none
                """),
        ChangeCase(
            old: "{①deprecated: true, x-sunset: '2030-06-01'}", new: "{①deprecated: true, x-sunset: '2030-05-31'}",
            forwards: """
                error/warning/warning operation.sunset-earlier at operation
                the sunset date of the operation POST /a is now earlier: 2030-06-01 → 2030-05-31
                """,
            backwards: """
                note operation.sunset-later at operation
                the sunset date of the operation POST /a is now later: 2030-05-31 → 2030-06-01
                """),
        ChangeCase(
            old: "{①deprecated: true}", new: "{①deprecated: true, x-sunset: soon}",
            forwards: """
                error operation.sunset-invalid at operation
                the sunset date 'soon' of the operation POST /a is not a valid date: none → soon
                """,
            backwards: """
                error/warning/warning operation.sunset-removed at operation
                the sunset date of the operation POST /a was removed: soon → none
                """),
        // 89 days are too few for a notice of 90, and 90 are enough.
        ChangeCase(
            old: "{①deprecated: true}", new: "{①deprecated: true, x-sunset: '2026-03-31'}",
            forwards: """
                note operation.sunset-added at operation
                the operation POST /a now has a sunset date: none → 2026-03-31
                error/warning/warning operation.sunset-too-soon at operation
                the sunset date of the operation POST /a is less than 90 days ahead: none → 2026-03-31
                """,
            backwards: """
                error/warning/warning operation.sunset-removed at operation
                the sunset date of the operation POST /a was removed: 2026-03-31 → none
                """,
            noticeDays: 90),
        ChangeCase(
            old: "{①deprecated: true}", new: "{①deprecated: true, x-sunset: '2026-04-01'}",
            forwards: """
                note operation.sunset-added at operation
                the operation POST /a now has a sunset date: none → 2026-04-01
                """,
            backwards: """
                error/warning/warning operation.sunset-removed at operation
                the sunset date of the operation POST /a was removed: 2026-04-01 → none
                """,
            noticeDays: 90),
        ChangeCase(
            old: "①{x-stability-level: draft}", new: "①{x-stability-level: alpha}",
            forwards: """
                note operation.stability-increased at operation
                the stability level of the operation POST /a is now higher: draft → alpha
                """,
            backwards: """
                error operation.stability-decreased at operation
                the stability level of the operation POST /a is now lower: alpha → draft
                """),
        // An unknown level has no order, so leaving it is not a change of its own.
        ChangeCase(
            old: "①{x-stability-level: beta}", new: "①{x-stability-level: gamma}",
            forwards: """
                error operation.stability-invalid at operation
                the stability level 'gamma' of the operation POST /a is unknown: beta → gamma
                """,
            backwards: ""),
    ]
}

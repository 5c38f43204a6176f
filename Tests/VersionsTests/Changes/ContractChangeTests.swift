import Testing

/// The rules for the whole contract: servers, components, extensions and the version, in both directions.
@Suite struct ContractChangeTests {
    @Test("a server or a value of its variables changes", arguments: servers)
    func server(change: ChangeCase) throws { try change.check() }

    @Test("a component that no operation uses is added or removed", arguments: components)
    func component(change: ChangeCase) throws { try change.check() }

    @Test("extensions are compared if requested", arguments: extensions)
    func specificationExtension(change: ChangeCase) throws { try change.check() }

    @Test("breaking changes require another version", arguments: versions)
    func version(change: ChangeCase) throws { try change.check() }

    static let cases = servers + components + extensions + versions

    private static let servers = [
        ChangeCase(
            frame: .document,
            old: "servers: [{url: 'https://a.example'}]",
            new: "servers: [{url: 'https://a.example/'}]",
            forwards: "", backwards: ""),
        ChangeCase(
            frame: .operation,
            old: "①{servers: [{url: 'https://a.example'}]}",
            new: "{servers: [{url: 'https://a.example'}, ①{url: 'https://b.example'}]}",
            forwards: """
                note server.added at https://b.example
                the server https://b.example was added: none → https://b.example
                """,
            backwards: """
                error server.removed at https://b.example
                the server https://b.example was removed: https://b.example → none
                """),
        ChangeCase(
            frame: .document,
            old: "servers: [{url: 'https://{r}.example', variables: {①r: {default: a, enum: [a, b]}}}]",
            new: "servers: [{url: 'https://{r}.example', variables: {①r: {default: a, enum: [a, b, c]}}}]",
            forwards: """
                note server.variable-value-added at https://{r}.example
                the server variable 'r' has the new value 'c': none → c
                """,
            backwards: """
                error server.variable-value-removed at https://{r}.example
                the server variable 'r' no longer has the value 'c': c → none
                """),
        ChangeCase(
            frame: .document,
            old: "servers: [{url: 'https://{r}.example', variables: {①r: {default: a}}}]",
            new: "servers: [{url: 'https://{r}.example', variables: {①r: {default: a, enum: [a, b]}}}]",
            forwards: """
                error server.variable-value-removed at https://{r}.example
                the server variable 'r' is now restricted to a list of values: none → a, b
                """,
            backwards: """
                note server.variable-value-added at https://{r}.example
                the server variable 'r' is no longer restricted to a list of values: a, b → none
                """),
        ChangeCase(
            frame: .document,
            old: "servers: [{url: 'https://{r}.example', variables: {①r: {default: a}}}]",
            new: "servers: [{url: 'https://{r}.example', variables: {①r: {default: b}}}]",
            forwards: """
                warning server.variable-default-changed at https://{r}.example
                the default of the server variable 'r' changed: a → b
                """,
            backwards: """
                warning server.variable-default-changed at https://{r}.example
                the default of the server variable 'r' changed: b → a
                """),
    ]

    private static let components = [
        ChangeCase(
            frame: .document,
            old: "components: {①schemas: {A: {}}}",
            new: "components: {schemas: {A: {}, ①B: {}}}",
            forwards: """
                note component.schema-added at B
                the schema 'B', which no operation uses, was added: none → B
                """,
            backwards: """
                note component.schema-removed at B
                the schema 'B', which no operation used, was removed: B → none
                """),
        // A schema in use is compared where it is used.
        ChangeCase(
            frame: .document,
            old: """
                paths: {/a: {post: {requestBody: {content: {text/plain: {schema: {type: string}}}}}}}
                components: {schemas: {}}
                """,
            new: """
                paths: {/a: {post: {requestBody: {content: {text/plain: {schema: {$ref: '#/components/schemas/B'}}}}}}}
                components: {schemas: {B: {type: string}}}
                """,
            forwards: "", backwards: ""),
    ]

    private static let extensions = [
        ChangeCase(
            old: "①{operationId: a}", new: "{operationId: a, ①x-owner: {team: 1}}",
            forwards: """
                note extension.added at operation
                the extension `x-owner` was added: none → {"team":1}
                """,
            backwards: """
                note extension.removed at operation
                the extension `x-owner` was removed: {"team":1} → none
                """,
            comparesExtensions: true),
        ChangeCase(
            old: "{responses: {'200': {①x-cache: 1}}}", new: "{responses: {'200': {①x-cache: 2}}}",
            forwards: """
                note extension.changed at 200
                the extension `x-cache` changed: 1 → 2
                """,
            backwards: """
                note extension.changed at 200
                the extension `x-cache` changed: 2 → 1
                """,
            comparesExtensions: true),
        ChangeCase(
            old: "{requestBody: {content: {text/plain: {schema: {①x-unit: cm}}}}}",
            new: "{requestBody: {content: {text/plain: {schema: {①x-unit: mm}}}}}",
            forwards: """
                note extension.changed at body
                `x-unit` of the request body changed from cm to mm: cm → mm
                """,
            backwards: """
                note extension.changed at body
                `x-unit` of the request body changed from mm to cm: mm → cm
                """,
            comparesExtensions: true),
        ChangeCase(
            old: "{operationId: a, x-owner: 1}", new: "{operationId: a, x-owner: 2}", forwards: "", backwards: ""),
    ]

    private static let versions = [
        breaking("2026-01-01", "2026-01-01", "error", "unchanged", "same version 2026-01-01"),
        breaking("2026-01-02", "2026-01-01", "warning", "decreased", "older version 2026-01-01"),
        breaking("2.0.0", "1.9.9", "warning", "decreased", "older version 1.9.9"),
        breaking("1.2.0", "1.10.0", "note", "major-unchanged", "same major version: 1.2.0 became 1.10.0"),
        breaking("2026-01-01", "2026-01-02", nil, "", ""),
        breaking("1.9.9", "2.0.0", nil, "", ""),
        // Texts that are neither dates nor numbers have no order.
        breaking("spring", "autumn", nil, "", ""),
    ]

    /// A breaking change from one version to another, which is compatible in the other direction.
    private static func breaking(
        _ old: String, _ new: String, _ severity: String?, _ rule: String, _ message: String
    ) -> ChangeCase {
        let change = """
            error operation.removed at operation
            the operation GET /b was removed: GET /b → none
            """
        let finding = severity.map {
            "\n\($0) info.version-\(rule) at version\nbreaking changes under the \(message): \(old) → \(new)"
        }
        return ChangeCase(
            frame: .document,
            old: "info: {title: t, ①version: '\(old)'}\npaths: {/a: {get: {}}, /b: {②get: {}}}",
            new: "info: {title: t, ①version: '\(new)'}\n②paths: {/a: {get: {}}}",
            forwards: change + (finding ?? ""),
            backwards: """
                note operation.added at operation
                the operation GET /b was added: none → GET /b
                """)
    }
}

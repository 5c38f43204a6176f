import Testing

/// The rules for security requirements and security schemes, in both directions.
@Suite struct SecurityChangeTests {
    @Test("the requirements of an operation change", arguments: requirements)
    func requirement(change: ChangeCase) throws { try change.check() }

    @Test("a security scheme changes", arguments: schemes)
    func scheme(change: ChangeCase) throws { try change.check() }

    @Test("a flow of a security scheme changes", arguments: flows)
    func flow(change: ChangeCase) throws { try change.check() }

    static let cases = requirements + schemes + flows

    private static let requirements = [
        ChangeCase(
            old: "①{operationId: a}", new: "{operationId: a, ①security: [{Key: []}]}",
            forwards: """
                error security.protection-added at operation
                the operation now needs credentials: no credentials → Key
                """,
            backwards: """
                error security.protection-removed at operation
                the operation no longer needs credentials: Key → no credentials
                """),
        // An empty requirement makes credentials optional (OpenAPI 3.1.1, section 4.8.30).
        ChangeCase(
            old: "{①security: [{Key: []}, {}]}", new: "{①security: [{Key: []}]}",
            forwards: """
                error security.protection-added at operation
                the operation now needs credentials: Key, or no credentials → Key
                """,
            backwards: """
                error security.protection-removed at operation
                the operation no longer needs credentials: Key → Key, or no credentials
                """),
        ChangeCase(
            old: "{①security: [{Key: []}]}", new: "{security: [{Key: []}, ①{Basic: [], Key: []}]}",
            forwards: """
                error/note/note security.requirement-added at Basic and Key
                the credentials Basic and Key are now accepted: none → Basic and Key
                """,
            backwards: """
                error security.requirement-removed at Basic and Key
                the credentials Basic and Key are no longer accepted: Basic and Key → none
                """),
        ChangeCase(
            old: "{security: [①{OAuth: [read]}]}", new: "{security: [①{OAuth: [write, read]}]}",
            forwards: """
                error security.scope-added at OAuth
                the scope 'write' of 'OAuth' is now required: none → write
                """,
            backwards: """
                error/note/note security.scope-removed at OAuth
                the scope 'write' of 'OAuth' is no longer required: write → none
                """),
        // The order of alternatives, of schemes and of scopes has no meaning.
        ChangeCase(
            old: "{security: [{Key: [], OAuth: [a, b]}, {Basic: []}]}",
            new: "{security: [{Basic: []}, {OAuth: [b, a], Key: []}]}",
            forwards: "", backwards: ""),
        // An operation inherits the requirements of the document, and an empty list removes them.
        ChangeCase(
            frame: .document,
            old: "①security: [{Key: []}]\npaths: {/a: {post: {}}}",
            new: "security: [{Key: []}]\npaths: {/a: {post: {①security: []}}}",
            forwards: """
                error security.protection-removed at operation
                the operation no longer needs credentials: Key → no credentials
                """,
            backwards: """
                error security.protection-added at operation
                the operation now needs credentials: no credentials → Key
                """),
        ChangeCase(
            frame: .document,
            old: "security: [{Key: []}]\npaths: {/a: {post: {}}}",
            new: "security: []\npaths: {/a: {post: {security: [{Key: []}]}}}",
            forwards: "", backwards: ""),
    ]

    private static let schemes = [
        ChangeCase(
            frame: .document,
            old: "①components: {securitySchemes: {}}",
            new: "components: {securitySchemes: {①Key: {type: apiKey, in: header, name: k}}}",
            forwards: """
                note security.scheme-added at Key
                the security scheme 'Key' was added: none → Key
                """,
            backwards: """
                error security.scheme-removed at Key
                the security scheme 'Key' was removed: Key → none
                """),
        ChangeCase(
            frame: .document,
            old: "components: {securitySchemes: {Key: {type: apiKey, ①in: header, name: k}}}",
            new: "components: {securitySchemes: {Key: {type: apiKey, ①in: query, name: k}}}",
            forwards: """
                error security.scheme-changed at Key
                `in` of the security scheme 'Key' changed: header → query
                """,
            backwards: """
                error security.scheme-changed at Key
                `in` of the security scheme 'Key' changed: query → header
                """),
        // Names of HTTP schemes ignore case (RFC 9110, section 11.1), as names of header fields do (section 5.1).
        ChangeCase(
            frame: .document,
            old: """
                components:
                  securitySchemes:
                    Basic: {type: http, scheme: basic}
                    Key: {type: apiKey, in: header, name: X-Key}
                """,
            new: """
                components:
                  securitySchemes:
                    Basic: {type: http, scheme: Basic}
                    Key: {type: apiKey, in: header, name: x-key}
                """,
            forwards: "", backwards: ""),
        // The name of a scheme is not sent, so a renamed scheme is the same scheme.
        ChangeCase(
            frame: .document,
            old: "security: [{Key: []}]\ncomponents: {securitySchemes: {Key: {type: apiKey, in: header, name: k}}}",
            new: "security: [{Ours: []}]\ncomponents: {securitySchemes: {Ours: {type: apiKey, in: header, name: k}}}",
            forwards: "", backwards: ""),
        ChangeCase(
            frame: .document,
            old: "components: {securitySchemes: {O: {type: openIdConnect, ①openIdConnectUrl: 'https://a.example'}}}",
            new: "components: {securitySchemes: {O: {type: openIdConnect, ①openIdConnectUrl: 'https://b.example'}}}",
            forwards: """
                error security.openid-url-changed at O
                `openIdConnectUrl` of the security scheme 'O' changed: https://a.example → https://b.example
                """,
            backwards: """
                error security.openid-url-changed at O
                `openIdConnectUrl` of the security scheme 'O' changed: https://b.example → https://a.example
                """),
    ]

    private static let flows =
        [
            ChangeCase(
                frame: .document,
                old: "components: {securitySchemes: {①O: {flows: {}}}}",
                new: "components: {securitySchemes: {O: {flows: {①password: {tokenUrl: t, scopes: {}}}}}}",
                forwards: """
                    note security.flow-added at O
                    the flow 'password' of the security scheme 'O' was added: none → password
                    """,
                backwards: """
                    error security.flow-removed at O
                    the flow 'password' of the security scheme 'O' was removed: password → none
                    """),
            ChangeCase(
                frame: .document,
                old: "components: {securitySchemes: {O: {flows: {①password: {scopes: {}}}}}}",
                new: "components: {securitySchemes: {O: {flows: {password: {scopes: {①read: reads}}}}}}",
                forwards: """
                    note security.flow-scope-added at O
                    the scope 'read' of the security scheme 'O' was added: none → read
                    """,
                backwards: """
                    error security.flow-scope-removed at O
                    the scope 'read' of the security scheme 'O' was removed: read → none
                    """),
            ChangeCase(
                frame: .document,
                old: "components: {securitySchemes: {O: {flows: {password: {scopes: {①read: reads}}}}}}",
                new: "components: {securitySchemes: {O: {flows: {password: {scopes: {①read: reads all}}}}}}",
                forwards: """
                    note security.flow-scope-changed at O
                    the description of the scope 'read' of the security scheme 'O' changed: reads → reads all
                    """,
                backwards: """
                    note security.flow-scope-changed at O
                    the description of the scope 'read' of the security scheme 'O' changed: reads all → reads
                    """),
        ]
        + [("authorizationUrl", "authorization"), ("tokenUrl", "token"), ("refreshUrl", "refresh")].map {
            keyword, name in
            ChangeCase(
                frame: .document,
                old: "components: {securitySchemes: {O: {flows: {①authorizationCode: {}}}}}",
                new: "components: {securitySchemes: {O: {flows: {authorizationCode: {①\(keyword): /u}}}}}",
                forwards: """
                    error security.\(name)-url-changed at O
                    `\(keyword)` of the security scheme 'O' changed: none → /u
                    """,
                backwards: """
                    error security.\(name)-url-changed at O
                    `\(keyword)` of the security scheme 'O' changed: /u → none
                    """)
        }
}

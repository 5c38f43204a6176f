import Diagnostics

/// The rules for parameters, bodies, responses, operations and the whole contract.
extension ChangeRule {
    private static func rule(
        _ id: String, _ kind: Kind, _ effect: Effect, mirror: String, _ summary: String
    ) -> ChangeRule {
        rule(id, kind, effect, mirror: mirror, nil, summary)
    }

    private static func rule(
        _ id: String, _ kind: Kind, _ effect: Effect, mirror: String, _ severities: [Severity]?, _ summary: String
    ) -> ChangeRule {
        let parts = id.split(separator: ".").map { String($0) }
        let direction = Direction(rawValue: parts[0]) ?? .none
        let area = direction == .none ? parts[0] : parts[1]
        let name = parts.last ?? ""
        let actions = [
            "added", "removed", "changed", "increased", "decreased", "renamed", "became-required", "became-optional",
            "unchanged", "expired", "unmatched", "undecided",
        ]
        return ChangeRule(
            id, direction, area, kind, action: actions.first { name.hasSuffix($0) } ?? name, effect: effect,
            mirror: parts.dropLast().joined(separator: ".") + "." + mirror,
            severities: severities ?? Self.severities(effect, direction), summary: summary)
    }

    /// A pair of rules that mirror each other.
    private static func pair(
        _ prefix: String, _ subject: String, _ kind: Kind, added: (Effect, [Severity]?), removed: (Effect, [Severity]?),
        _ noun: String
    ) -> [ChangeRule] {
        let stem = subject.isEmpty ? "" : subject + "-"
        return [
            rule("\(prefix).\(stem)added", kind, added.0, mirror: "\(stem)removed", added.1, "\(noun) was added"),
            rule("\(prefix).\(stem)removed", kind, removed.0, mirror: "\(stem)added", removed.1, "\(noun) was removed"),
        ]
    }

    private static let error: [Severity] = [.error, .error, .error]
    private static let warning: [Severity] = [.warning, .warning, .warning]
    private static let note: [Severity] = [.note, .note, .note]

    // MARK: Requests and responses

    /// Deprecation and sunset of parameters have the same ids as those of their schemas.
    static let messageRules: [ChangeRule] =
        [parameterRules, requestBodyRules, responseRules, headerRules, mediaTypeRules, outgoingRules].flatMap { $0 }

    private static let parameterRules: [ChangeRule] =
        [
            pair(
                "request.parameter", "required", .existence, added: (.narrowed, nil),
                removed: (.none, [.warning, .error, .error]),
                "a required parameter"),
            pair(
                "request.parameter", "optional", .existence, added: (.none, nil),
                removed: (.none, [.warning, .error, .error]),
                "an optional parameter"),
            [
                rule(
                    "request.parameter.became-required", .requiredness, .narrowed, mirror: "became-optional",
                    "the parameter became required"),
                rule(
                    "request.parameter.became-optional", .requiredness, .widened, mirror: "became-required",
                    "the parameter became optional"),
                rule(
                    "request.parameter.style-changed", .serialization, .incomparable, mirror: "style-changed",
                    "the value is written in another style"),
                rule(
                    "request.parameter.explode-changed", .serialization, .incomparable, mirror: "explode-changed",
                    "lists and objects are spread differently"),
                rule(
                    "request.parameter.content-changed", .serialization, .incomparable, mirror: "content-changed",
                    "the value is written in another media type"),
                rule(
                    "request.parameter.removed-before-sunset", .lifecycle, .none, mirror: "optional-added", error,
                    "the parameter was removed before its sunset date"),
                rule(
                    "request.parameter.removed-after-deprecation", .lifecycle, .none, mirror: "optional-added", note,
                    "the parameter was removed after its deprecation"),
            ],
            pair(
                "request.parameter", "allow-reserved", .serialization, added: (.none, warning),
                removed: (.none, warning),
                "`allowReserved`"),
            pair(
                "request.parameter", "allow-empty-value", .serialization, added: (.widened, nil),
                removed: (.narrowed, nil),
                "`allowEmptyValue`"),
        ].flatMap { (rules: [ChangeRule]) in rules }

    private static let requestBodyRules: [ChangeRule] =
        [
            pair(
                "request.body", "required", .existence, added: (.narrowed, nil), removed: (.none, error),
                "a required body"),
            pair(
                "request.body", "optional", .existence, added: (.none, nil), removed: (.none, error), "an optional body"
            ),
            [
                rule(
                    "request.body.became-required", .requiredness, .narrowed, mirror: "became-optional",
                    "the body became required"),
                rule(
                    "request.body.became-optional", .requiredness, .widened, mirror: "became-required",
                    "the body became optional"),
            ],
        ].flatMap { (rules: [ChangeRule]) in rules }

    private static let responseRules: [ChangeRule] =
        [
            pair(
                "response.status", "success", .existence, added: (.widened, [.warning, .note, .note]),
                removed: (.narrowed, error), "a success status"),
            pair(
                "response.status", "other", .existence, added: (.widened, [.warning, .note, .note]),
                removed: (.narrowed, note), "a status other than success"),
            pair(
                "response.link", "", .existence, added: (.none, nil), removed: (.none, warning),
                "a link of the response"),
            [
                rule(
                    "response.link.changed", .structure, .none, mirror: "changed", warning,
                    "a link of the response changed")
            ],
        ].flatMap { (rules: [ChangeRule]) in rules }

    /// Requests from the API: for the client, their bodies are responses, and the client's responses are requests.
    private static let outgoingRules: [ChangeRule] =
        pair(
            "request.status", "", .existence, added: (.widened, nil), removed: (.narrowed, nil),
            "a status with which the client may respond to a callback or webhook")
        + [
            rule(
                "response.body.became-required", .requiredness, .narrowed, mirror: "became-optional",
                "the body of a callback or webhook became required"),
            rule(
                "response.body.became-optional", .requiredness, .widened, mirror: "became-required",
                "the body of a callback or webhook became optional"),
            rule(
                "response.header.style-changed", .serialization, .incomparable, mirror: "style-changed",
                "a parameter of a callback or webhook is written in another style"),
        ]

    private static let headerRules: [ChangeRule] =
        [
            pair(
                "response.header", "required", .existence, added: (.narrowed, nil), removed: (.widened, nil),
                "a required header"),
            pair(
                "response.header", "optional", .existence, added: (.none, nil),
                removed: (.none, [.warning, .error, .error]),
                "an optional header"),
            [
                rule(
                    "response.header.became-required", .requiredness, .narrowed, mirror: "became-optional",
                    "the header became required"),
                rule(
                    "response.header.became-optional", .requiredness, .widened, mirror: "became-required",
                    "the header became optional"),
                rule(
                    "response.header.explode-changed", .serialization, .incomparable, mirror: "explode-changed",
                    "objects are spread differently"),
                rule(
                    "response.header.content-changed", .serialization, .incomparable, mirror: "content-changed",
                    "the value is written in another media type"),
            ],
        ].flatMap { (rules: [ChangeRule]) in rules }

    private static let mediaTypeRules: [ChangeRule] =
        [
            pair(
                "request.media-type", "", .existence, added: (.widened, nil), removed: (.narrowed, nil), "a media type"),
            // The client requests a media type, so a new one is not breaking and an absent one is.
            pair(
                "response.media-type", "", .existence, added: (.widened, note), removed: (.narrowed, error),
                "a media type"),
            contentRules("request"),
            contentRules("response"),
        ].flatMap { (rules: [ChangeRule]) in rules }

    private static func contentRules(_ direction: String) -> [ChangeRule] {
        let prefix = "\(direction).media-type"
        let schemas = pair(
            prefix, "schema", .structure, added: (.narrowed, nil), removed: (.widened, nil),
            "the schema of a media type")
        let items = pair(
            prefix, "item-schema", .structure, added: (.narrowed, nil), removed: (.widened, nil),
            "the schema of the items of a media type")
        let encoding = rule(
            "\(prefix).encoding-changed", .serialization, .incomparable, mirror: "encoding-changed",
            "a member of a form is written differently")
        return schemas + items + [encoding]
    }

    private static func lifecycle(_ prefix: String) -> [ChangeRule] {
        lifecycleEdits.map { edit in
            rule(
                "\(prefix).\(edit.name)", .lifecycle, edit.effect, mirror: edit.mirror, severities(of: edit, .none),
                edit.summary)
        }
    }

    // MARK: Operations and the contract

    static let operationRules: [ChangeRule] =
        [
            pair("operation", "", .existence, added: (.widened, nil), removed: (.narrowed, error), "an operation"),
            [
                rule(
                    "operation.removed-after-deprecation", .lifecycle, .narrowed, mirror: "added",
                    [.note, .warning, .warning],
                    "the operation was removed after its sunset date"),
                rule(
                    "operation.removed-before-sunset", .lifecycle, .narrowed, mirror: "added", error,
                    "the operation was removed before its sunset date"),
                rule(
                    "operation.id-changed", .identity, .none, mirror: "id-changed", warning, "the operationId changed"),
                rule(
                    "operation.path-parameter-renamed", .identity, .none, mirror: "path-parameter-renamed", note,
                    "a path parameter has another name"),
            ],
            pair("operation", "id", .identity, added: (.none, nil), removed: (.none, warning), "the operationId"),
            pair("operation", "tag", .annotation, added: (.none, nil), removed: (.none, nil), "a tag"),
            lifecycle("operation"),
            pair("callback", "", .existence, added: (.none, nil), removed: (.none, error), "a callback"),
            pair("webhook", "", .existence, added: (.none, nil), removed: (.none, error), "a webhook"),
        ].flatMap { (rules: [ChangeRule]) in rules }

    static let contractRules: [ChangeRule] =
        [
            pair(
                "security", "requirement", .security, added: (.widened, [.error, .note, .note]),
                removed: (.narrowed, error),
                "an alternative of the security requirements"),
            pair(
                "security", "protection", .security, added: (.narrowed, error), removed: (.widened, error),
                "the need for credentials"),
            pair(
                "security", "scope", .security, added: (.narrowed, error), removed: (.widened, [.error, .note, .note]),
                "a scope that is required"),
            pair("security", "scheme", .security, added: (.none, note), removed: (.none, error), "a security scheme"),
            pair("security", "flow", .security, added: (.none, note), removed: (.none, error), "a flow of a scheme"),
            pair(
                "security", "flow-scope", .security, added: (.none, note), removed: (.none, error), "a scope of a flow"),
            [
                ("scheme-changed", "a security scheme works differently", error),
                ("flow-scope-changed", "the description of a scope changed", note),
                ("authorization-url-changed", "the authorization URL changed", error),
                ("token-url-changed", "the token URL changed", error),
                ("refresh-url-changed", "the refresh URL changed", error),
                ("openid-url-changed", "the URL of the OpenID provider changed", error),
            ].map { name, summary, severities in
                rule("security.\(name)", .security, .none, mirror: name, severities, summary)
            },
            pair("server", "", .existence, added: (.widened, note), removed: (.narrowed, error), "a server"),
            pair(
                "server", "variable-value", .values, added: (.widened, note), removed: (.narrowed, error),
                "a value of a server variable"),
            [
                rule(
                    "server.variable-default-changed", .annotation, .none, mirror: "variable-default-changed", warning,
                    "the default of a server variable changed")
            ],
            pair("component", "schema", .existence, added: (.none, note), removed: (.none, note), "an unused schema"),
            [
                rule(
                    "info.version-unchanged", .lifecycle, .none, mirror: "version-unchanged", error,
                    "breaking changes under the same date of version"),
                rule(
                    "info.version-decreased", .lifecycle, .none, mirror: "version-decreased", warning,
                    "breaking changes under an older version"),
                rule(
                    "info.version-major-unchanged", .lifecycle, .none, mirror: "version-major-unchanged", note,
                    "breaking changes under the same major version"),
            ],
            pair("extension", "", .annotation, added: (.none, note), removed: (.none, note), "an extension"),
            [rule("extension.changed", .annotation, .none, mirror: "changed", note, "an extension changed")],
            [
                rule(
                    "comparison.nothing-in-common", .existence, .undecided, mirror: "nothing-in-common", error,
                    "the contracts have no operation in common"),
                rule(
                    "comparison.undecided", .structure, .undecided, mirror: "undecided", warning,
                    "a part of the contracts could not be compared"),
                rule(
                    "ignore.unmatched", .lifecycle, .none, mirror: "unmatched", warning,
                    "an entry of the ignore file matches no change"),
                rule(
                    "ignore.expired", .lifecycle, .none, mirror: "expired", error,
                    "an entry of the ignore file has expired and its change is still there"),
            ],
        ].flatMap { (rules: [ChangeRule]) in rules }
}

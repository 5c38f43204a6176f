public import Diagnostics

/// A kind of finding in a document, an overlay or a page: its stable id, severity, meaning and remedy.
public struct LintRule: Sendable, Hashable {
    /// The id in reports; it never changes once released.
    public let id: String
    /// The severity of its findings. A finding in a minor case may be less severe.
    public let severity: Severity
    /// The meaning of a finding, in one line.
    public let summary: String
    /// The remedy for findings without more specific advice.
    public let advice: String
    /// Whether a finding of severity error means that the document cannot be used.
    public let preventsUse: Bool

    private init(_ id: String, _ severity: Severity, _ summary: String, _ advice: String, preventsUse: Bool = false) {
        self.id = id
        self.severity = severity
        self.summary = summary
        self.advice = advice
        self.preventsUse = preventsUse
    }

    private static func refusal(_ id: String, _ summary: String, _ advice: String) -> LintRule {
        LintRule(id, .error, summary, advice, preventsUse: true)
    }

    private static func error(_ id: String, _ summary: String, _ advice: String) -> LintRule {
        LintRule(id, .error, summary, advice)
    }

    private static func warning(_ id: String, _ summary: String, _ advice: String) -> LintRule {
        LintRule(id, .warning, summary, advice)
    }

    private static func note(_ id: String, _ summary: String, _ advice: String) -> LintRule {
        LintRule(id, .note, summary, advice)
    }

    /// Every rule, by group.
    public static let all: [LintRule] =
        fileRules + documentRules + operationRules + referenceRules + schemaRules + exampleRules + overlayRules

    /// The rule with this id.
    public static func named(_ id: String) -> LintRule? {
        byID[id]
    }

    private static let byID = Dictionary(all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })

    // The following table is grouped by what a finding is about; `docs/lint.md` is generated from it.

    private static let fileRules: [LintRule] = [
        refusal("source.path", "the path is malformed", "give a path without NUL characters"),
        refusal("source.not-found", "there is no such file", "check the path; it is relative to the project folder"),
        refusal("source.outside", "the file is outside the project folder", "move it into the project"),
        refusal("source.not-a-file", "the path is not a regular file", "name a file"),
        refusal("source.too-large", "the file exceeds the size limit", "split the document into several files"),
        refusal("source.unreadable", "the file cannot be read", "check its permissions"),
        refusal("source.encoding", "the file is not UTF-8 text", "save it as UTF-8"),
        refusal("source.json", "the file is not valid JSON", "fix the text at this place"),
        refusal("source.yaml", "the file is not valid YAML", "fix the text at this place"),
        note(
            "source.plain-text", "the file is not a document, overlay, table or configuration",
            "nothing, if tables use it as text"),
        refusal("source.empty", "the file is empty", "write a document into it"),
        refusal("source.several-documents", "the file contains several YAML documents", "keep one document per file"),
        refusal("source.duplicate-key", "an object has a duplicate member", "remove or rename one of the two"),
        refusal("source.too-deep", "values are nested too deeply", "flatten the value, or move parts into components"),
        error("source.nested", "a value is nested too deeply", "flatten the value"),
        refusal("source.too-many-values", "there are too many values", "split the document into several files"),
        refusal("source.memory", "there is not enough memory to read the file", "split the document"),
        refusal("yaml.alias", "an alias cannot be used", "replace it by the value, or refer to the value with $ref"),
        refusal("yaml.key", "a key is not plain text", "write names as plain or quoted text"),
        refusal(
            "yaml.merge", "a merge key does not refer to a mapping",
            "use a mapping or a list of mappings as the value of <<"),
        refusal("yaml.value", "a value cannot be converted to JSON", "write it as a JSON value"),
        warning("yaml.tag", "a YAML tag is unknown", "replace it by the value, or refer to a file with $ref"),
    ]

    private static let documentRules: [LintRule] = [
        refusal(
            "openapi.not-a-document", "the file is not an OpenAPI document", "name a file with the field `openapi`"),
        refusal("openapi.version", "the version is not supported", "use OpenAPI 3.0, 3.1 or 3.2"),
        error("openapi.shape", "a value has the wrong shape", "write a value of the right shape"),
        warning(
            "openapi.unknown-field", "an object has a field that the specification does not define",
            "remove it, or start its name with `x-`"),
        warning(
            "openapi.required-field", "an object has no field that the specification requires",
            "add the field"),
        error("info.missing", "title or version is missing", "add `info` with `title` and `version`"),
        error("paths.missing", "the document is empty", "add `paths`"),
        error("server.url", "a server URL is malformed", "write an http or https URL, or a path such as /v1"),
        error("server.variable", "a server variable is incomplete or unused", "declare the variable with a `default`"),
        warning(
            "component.name", "a component has a name that the specification does not allow",
            "use letters, digits, '.', '-' and '_'"),
        note("tag.undeclared", "a tag is not declared in `tags`", "add it to `tags`, or fix the name"),
        warning("tag.twice", "a tag is declared twice in `tags`", "remove one of the two"),
        error("security.scheme", "a security scheme is incomplete", "add what its type requires"),
        error("security.unknown", "a security scheme is not declared", "declare it under components/securitySchemes"),
    ]

    private static let operationRules: [LintRule] = [
        error("path.template", "a path is malformed", "write a slash, then names and {expressions}"),
        error("path.ambiguous", "two paths match the same requests", "move the operations to one of the two"),
        error("path.undeclared", "a path expression has no parameter", "declare a parameter with `in: path`"),
        warning("path.unused", "a path parameter is missing from its path", "add {name} to the path, or remove it"),
        error("parameter.name", "a parameter has no name, or an invalid one", "add or fix `name`"),
        error("parameter.in", "a parameter has no valid location", "set `in` to path, query, header or cookie"),
        error("parameter.style", "a style is not allowed at this location", "use one of the allowed styles"),
        warning(
            "parameter.style-undefined", "a style is undefined for its value, which is therefore not validated",
            "use another style, or `content` with application/json"),
        error("parameter.schema", "a value is described twice or not at all", "keep one of `schema` and `content`"),
        error("parameter.twice", "a parameter is declared twice", "remove one of the two"),
        error("parameter.path-required", "a path parameter is not required", "add `required: true`"),
        note("parameter.ignored", "a header parameter has no effect", "remove it"),
        note(
            "parameter.transport", "a header parameter is set by the HTTP connection", "remove it"),
        error(
            "parameter.querystring", "a querystring parameter is combined with other query parameters",
            "describe the query in one place"),
        error("body.content", "a request body has no media type", "add `content`"),
        error(
            "operation.responses", "an operation documents no responses", "add `responses` with at least one response"),
        error("operation.id-twice", "an operationId is used by two operations", "rename one of the two"),
        note(
            "operation.status-differs", "only one operation documents a status that similar operations lack",
            "document the status wherever it can occur"),
        error("response.status", "a status key is malformed", "write three digits, a range such as 4XX, or default"),
        note(
            "response.empty-error", "an error's schema accepts an empty object",
            "list the members of every error under `required`"),
        warning(
            "response.header-mismatch",
            "a response header cannot have the value of the request header with the same name",
            "allow the same values in both"),
        error(
            "response.header-name", "a response header has an invalid name",
            "use letters, digits and '-'"),
        note("response.header-ignored", "a response header has no effect", "remove it"),
        error("media-type.malformed", "a media type is malformed", "write type/subtype, such as application/json"),
        note(
            "media-type.unjudged", "bodies of a media type are not validated against their schema",
            "nothing, or describe the body as JSON, a form or text"),
        warning(
            "media-type.encoding", "an encoding has no effect",
            "name a property of a multipart or form body, or remove it"),
        warning(
            "media-type.text", "the schema of a text body allows no string, so no body matches",
            "write `type: string`, or use another media type"),
        error("link.operation", "a link refers to no operation", "set operationId or operationRef to an operation"),
        error("link.expression", "an expression of a link is malformed", "write $request.… or $response.…"),
        error("callback.expression", "the key of a callback is malformed", "write a URL with {$request…} expressions"),
    ]

    private static let referenceRules: [LintRule] = [
        refusal("reference.malformed", "a reference is malformed", "write a relative path and '#/' with a pointer"),
        refusal("reference.scheme", "a reference has a scheme that is not allowed", "refer to a file of the project"),
        refusal(
            "reference.remote", "a reference leads to another host, and remote documents are not fetched",
            "keep a copy of the document in the project"),
        refusal("reference.outside", "a reference leaves the project folder", "move the file into the project"),
        refusal("reference.unresolved", "a reference leads nowhere", "fix it, or add the missing object"),
        refusal(
            "reference.kind", "a reference leads to the wrong kind of object", "refer to an object of the right kind"),
        refusal("reference.cycle", "references form a cycle", "let one of them refer to a value"),
        refusal("reference.too-many-files", "there are too many files", "join some of them"),
        warning(
            "reference.misplaced", "a reference is used where the specification allows none; it is followed",
            "replace it by the value, or bundle the document"),
        note(
            "reference.sibling", "a field beside $ref has no effect", "remove it, or move it to the referenced object"),
    ]

    private static let schemaRules: [LintRule] = [
        refusal(
            "schema.remote", "a schema's reference leads to another host, and remote documents are not fetched",
            "keep a copy of the schema in the project"),
        refusal("schema.reference", "a schema's reference leads nowhere", "fix it, or add the missing object"),
        refusal(
            "schema.cycle", "a schema applies itself to the same value", "insert a member or an element between them"),
        refusal("schema.identifier", "an identifier belongs to two schemas", "rename one of the two"),
        warning(
            "schema.imprecise-amount", "an amount that `money` names has a type that loses digits",
            "use multipleOf, a string with a pattern, or an integer of the minor unit"),
        error("schema.keyword", "a keyword has an invalid value", "write a value that the keyword allows"),
        error(
            "schema.pattern", "a pattern is not a valid ECMA-262 regular expression", "write it in the ECMA-262 syntax"),
        error("schema.dialect", "the dialect of a schema is unknown", "use the dialect of the OpenAPI version"),
        warning(
            "schema.format", "a format is unknown or does not apply to its type, so it is not validated",
            "use a registered format, or a pattern"),
        warning("schema.unknown-keyword", "a keyword is unknown", "fix it, or start its name with `x-`"),
        warning("schema.ignored-keyword", "a keyword beside $ref has no effect", "put both into allOf"),
        warning(
            "schema.inapplicable", "a keyword does not apply to the type of its schema",
            "remove it, or fix the type"),
        error(
            "schema.discriminator", "a discriminator does not select its alternatives",
            "fix the mapping, or declare the property"),
        warning("schema.enum", "an allowed value violates its own schema", "fix the value or the type"),
        warning("schema.default", "a default violates its own schema", "fix the default or the schema"),
        warning(
            "schema.required", "a required member is not declared under properties", "declare it, or fix the name"),
        warning(
            "schema.no-type", "a schema has no type, so values of other types are accepted", "add `type`"),
        warning("schema.unsatisfiable", "no value satisfies the schema", "remove one of the conditions"),
        warning(
            "schema.never-matches", "an alternative can never be the only match",
            "make the alternatives mutually exclusive, or remove it"),
        warning(
            "schema.always-together", "two alternatives always match together, so oneOf fails",
            "distinguish them by `required` or an enum, or use anyOf"),
        warning(
            "schema.overlap", "two alternatives of a oneOf accept the same values, so these values fail",
            "require a member in each alternative, or use anyOf"),
        warning(
            "schema.items", "the schema of an array does not describe its elements",
            "add `items`; {} allows every element"),
        note(
            "schema.weaker-sibling",
            "an error's member has no list of values, but the same member of other errors has one",
            "add `enum`"),
    ]

    private static let exampleRules: [LintRule] = [
        warning("example.both", "example and examples cannot be combined", "keep one of them"),
        warning("example.external", "an external example is not loaded", "move the example into the document"),
        warning("example.schema", "an example violates its schema", "fix the example or the schema"),
        warning(
            "example.undeclared", "an example has members that its schema does not declare",
            "declare them, or remove them from the example"),
        warning("example.reference", "$ref in an example is data and not followed", "replace it by the value"),
    ]

    private static let overlayRules: [LintRule] = [
        refusal("overlay.not-a-document", "the file is not an overlay", "add the field `overlay`"),
        refusal("overlay.version", "the version of the overlay is not supported", "use Overlay 1.0 or 1.1"),
        refusal("overlay.actions", "the overlay has no actions", "add a list of actions"),
        refusal(
            "overlay.action", "an action cannot be applied", "give it a target, and one of update, copy and remove"),
        refusal("overlay.target", "the target of an action is not a valid JSONPath query", "write a query of RFC 9535"),
        refusal("overlay.conflict", "an update does not match the type of its target", "remove the old value first"),
        refusal("overlay.result", "the document is too large after the overlay is applied", "update less"),
        warning("overlay.no-match", "an action matches nothing", "fix its target, or remove the action"),
        warning("overlay.no-effect", "an action changes nothing", "remove the action"),
        warning("overlay.unknown-field", "an overlay has an unknown field", "remove it"),
        warning("overlay.extends", "the overlay extends another document", "correct \"extends\""),
        refusal("import.no-fragment", "a page contains no OpenAPI document", "pass pages with a fenced document"),
        error(
            "import.disagreement", "two pages contradict each other", "decide which one is right, and use an overlay"),
    ]
}

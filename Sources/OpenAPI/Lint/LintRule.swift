public import Diagnostics

/// A kind of problem that a document, an overlay or a page can have: its stable name, weight, meaning and remedy.
public struct LintRule: Sendable, Hashable {
    /// The id that reports use; never changes once shipped.
    public let id: String
    /// The weight of its findings. Where a document can be wrong in a way that counts less, a finding may be lighter.
    public let severity: Severity
    /// What is wrong when it is found, in one line.
    public let summary: String
    /// What to do about it, for findings that have no better advice of their own.
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

    // What follows is the table. It is grouped by what a finding is about; `docs/lint.md` is made of it.

    private static let fileRules: [LintRule] = [
        refusal("source.path", "the path is malformed", "give a path without NUL characters"),
        refusal("source.not-found", "there is no such file", "check the path; it is relative to the project folder"),
        refusal("source.outside", "the file lies outside the project folder", "move it into the project"),
        refusal("source.not-a-file", "the path is no regular file", "name a file"),
        refusal("source.too-large", "the file is beyond the size limit", "split the document into several files"),
        refusal("source.unreadable", "the file cannot be read", "check its permissions"),
        refusal("source.encoding", "the file is not UTF-8 text", "save it as UTF-8"),
        refusal("source.json", "the file is not valid JSON", "correct the text at the place"),
        refusal("source.yaml", "the file is no YAML", "correct the text at the place"),
        note(
            "source.plain-text", "the file is no document, overlay, table or configuration",
            "nothing, if tables use it as a text"),
        refusal("source.empty", "the file is empty", "write a document into it"),
        refusal("source.several-documents", "the file holds several YAML documents", "keep one in a file"),
        refusal("source.duplicate-key", "an object has a name twice", "remove or rename one of the two"),
        refusal("source.too-deep", "values are nested too deeply", "flatten the value, or move parts into components"),
        error("source.nested", "a value is nested too deeply to be read", "flatten the value"),
        refusal("source.too-many-values", "there are too many values", "split the document into several files"),
        refusal("source.memory", "there is not enough memory to read the file", "split the document"),
        refusal("yaml.alias", "an alias cannot be used", "write the value out, or refer to it with $ref"),
        refusal("yaml.key", "a key is no plain text", "write names as plain or quoted text"),
        refusal("yaml.merge", "a merge key has nothing to merge", "let << name a mapping or a list of mappings"),
        refusal("yaml.value", "a value cannot be read", "write it as JSON Schema and OpenAPI know values"),
        warning("yaml.tag", "a YAML tag is not known", "write the value out, or refer to a file by $ref"),
    ]

    private static let documentRules: [LintRule] = [
        refusal("openapi.not-a-document", "the file is no OpenAPI document", "name a file with the field \"openapi\""),
        refusal("openapi.version", "the version is not supported", "use OpenAPI 3.0, 3.1 or 3.2"),
        error("openapi.shape", "a value has the wrong shape", "write what belongs there"),
        warning(
            "openapi.unknown-field", "an object has a field that the specification does not know",
            "remove it, or begin its name with \"x-\""),
        error("info.missing", "title or version is missing", "add \"info\" with \"title\" and \"version\""),
        error("paths.missing", "the document describes nothing", "add \"paths\""),
        error("server.url", "a server URL is malformed", "write an http or https URL, or a path such as /v1"),
        error("server.variable", "a server variable has no use", "declare the variable with a \"default\""),
        warning(
            "component.name", "a component has a name that the specification does not allow",
            "use letters, digits, \".\", \"-\" and \"_\""),
        note("tag.undeclared", "a tag is used that \"tags\" does not list", "add it to \"tags\", or correct the name"),
        error("security.scheme", "a security scheme is incomplete", "add what its type needs"),
        error("security.unknown", "a security scheme is not declared", "declare it under components/securitySchemes"),
    ]

    private static let operationRules: [LintRule] = [
        error("path.template", "a path is malformed", "write a slash, then names and {expressions}"),
        error("path.ambiguous", "two paths cannot be told apart", "put the operations under one of the two"),
        error("path.undeclared", "a path expression has no parameter", "declare a parameter with \"in: path\""),
        warning("path.unused", "a path parameter does not stand in its path", "add {name} to the path, or remove it"),
        error("parameter.name", "a parameter has no name, or one that HTTP does not allow", "add or correct \"name\""),
        error("parameter.in", "a parameter travels nowhere", "let \"in\" say path, query, header or cookie"),
        error("parameter.style", "a style does not fit its place", "use one of the styles of the place"),
        warning(
            "parameter.style-undefined", "a style has no meaning for its value, which is therefore not judged",
            "use another style, or \"content\" with application/json"),
        error("parameter.schema", "a value is described twice or not at all", "keep one of \"schema\" and \"content\""),
        error("parameter.twice", "a parameter is declared twice", "remove one of the two"),
        error("parameter.path-required", "a path parameter is not required", "add \"required: true\""),
        note("parameter.ignored", "a header parameter has no effect", "remove it"),
        note(
            "parameter.transport", "a header parameter is one that the connection sets", "remove it"),
        error("parameter.querystring", "a querystring parameter is not alone", "describe the query in one place"),
        error("body.content", "a request body names no media type", "add \"content\""),
        error("operation.responses", "an operation documents no responses", "add \"responses\" with one at least"),
        error("operation.id-twice", "an operationId names two operations", "rename one of the two"),
        note(
            "operation.status-differs", "one operation alone documents a status that its siblings lack",
            "document the status everywhere it can occur"),
        error("response.status", "a status key is malformed", "write three digits, a range such as 4XX, or default"),
        note(
            "response.empty-error", "the schema of an error accepts an empty object",
            "list the members that every error has under \"required\""),
        warning(
            "response.header-mismatch", "a response header cannot have the value of the request header of its name",
            "let both allow the same values"),
        error(
            "response.header-name", "a response header has a name that HTTP does not allow",
            "use letters, digits and \"-\""),
        error("media-type.malformed", "a media type is malformed", "write type/subtype, such as application/json"),
        note(
            "media-type.unjudged", "bodies of a media type are not judged by their schema",
            "nothing, or describe the body as JSON, a form or text"),
        warning(
            "media-type.encoding", "an encoding has no effect",
            "let it name a property of a multipart or form body, or remove it"),
        warning(
            "media-type.text", "the schema of a text allows no string, so that no body fits",
            "write \"type: string\", or another media type"),
        error("link.operation", "a link leads to no operation", "let operationId or operationRef name one"),
        error("link.expression", "an expression of a link is malformed", "write $request.… or $response.…"),
        error("callback.expression", "the key of a callback is malformed", "write a URL with {$request…} expressions"),
    ]

    private static let referenceRules: [LintRule] = [
        refusal("reference.malformed", "a reference is malformed", "write a relative path and \"#/\" with a pointer"),
        refusal("reference.scheme", "a reference has a scheme that is not allowed", "refer to a file of the project"),
        refusal(
            "reference.remote", "a reference leads to another machine, and nothing is fetched",
            "keep a copy of the document in the project"),
        refusal("reference.outside", "a reference leaves the project folder", "move the file into the project"),
        refusal("reference.unresolved", "a reference leads nowhere", "correct it, or add what it names"),
        refusal("reference.kind", "a reference leads to something else than belongs there", "refer to the right kind"),
        refusal("reference.cycle", "references lead in a circle", "let one of them lead to a value"),
        refusal("reference.too-many-files", "there are too many files", "join some of them"),
        warning(
            "reference.misplaced", "a reference stands where the specification allows none; it is followed",
            "write the value out, or bundle the document"),
        note("reference.sibling", "a field beside $ref has no effect", "remove it, or put it where $ref leads"),
    ]

    private static let schemaRules: [LintRule] = [
        refusal(
            "schema.remote", "a schema's reference leads to another machine, and nothing is fetched",
            "keep a copy of the schema in the project"),
        refusal("schema.reference", "a schema's reference leads nowhere", "correct it, or add what it names"),
        refusal("schema.cycle", "a schema applies itself to the same value", "put a member or an element in between"),
        refusal("schema.identifier", "an identifier belongs to two schemas", "rename one of the two"),
        error("schema.keyword", "a keyword has a value that it cannot have", "write what the keyword asks for"),
        error("schema.pattern", "a pattern is no regular expression of ECMA-262", "write it without other dialects"),
        error("schema.dialect", "the dialect of a schema is not known", "use the dialect of the OpenAPI version"),
        warning(
            "schema.format", "a format is not known or does not fit its type, so it is not checked",
            "use a registered format, or a pattern"),
        warning("schema.unknown-keyword", "a keyword is not known", "correct it, or begin its name with \"x-\""),
        warning("schema.ignored-keyword", "a keyword beside $ref has no effect", "put both into allOf"),
        warning(
            "schema.inapplicable", "a keyword does not apply to the type of its schema",
            "remove it, or correct the type"),
        error(
            "schema.discriminator", "a discriminator does not lead to its alternatives",
            "correct the mapping, or declare the property"),
        warning("schema.enum", "an allowed value does not fit its own schema", "correct the value or the type"),
        warning("schema.default", "a default does not fit its own schema", "correct the default or the schema"),
        warning(
            "schema.required", "a required member is not declared under properties", "declare it, or correct the name"),
        warning(
            "schema.no-type", "a schema does not say its type, so values of other kinds pass unseen", "add \"type\""),
        warning("schema.unsatisfiable", "no value satisfies the schema", "remove one of the conditions"),
        warning(
            "schema.never-matches", "an alternative can never be the one that matches",
            "make the alternatives exclude each other, or remove it"),
        warning(
            "schema.always-together", "two alternatives always match together, so that oneOf fails",
            "tell them apart by \"required\" or an enum, or use anyOf"),
        warning(
            "schema.overlap", "two alternatives of a oneOf accept the same values, so that those fail",
            "require a member in each alternative, or use anyOf"),
        warning(
            "schema.items", "the schema of an array does not describe its elements",
            "add \"items\"; {} allows every element"),
        note(
            "schema.weaker-sibling", "an error's member has no list of values where the other errors have one",
            "add \"enum\""),
    ]

    private static let exampleRules: [LintRule] = [
        warning("example.both", "example and examples exclude each other", "keep one of them"),
        warning("example.external", "an external example is not read", "put the example into the document"),
        warning("example.schema", "an example does not fit its schema", "correct the example or the schema"),
        warning(
            "example.undeclared", "an example has members that its schema does not declare",
            "declare them, or take them out of the example"),
        warning("example.reference", "$ref in an example is data and not followed", "write the value out"),
    ]

    private static let overlayRules: [LintRule] = [
        refusal("overlay.not-a-document", "the file is no overlay", "add the field \"overlay\""),
        refusal("overlay.version", "the version of the overlay is not supported", "use Overlay 1.0 or 1.1"),
        refusal("overlay.actions", "the overlay has no actions", "add a list of actions"),
        refusal(
            "overlay.action", "an action cannot be carried out", "give it a target and one of update, copy, remove"),
        refusal("overlay.target", "the target of an action is no JSONPath query", "write a query of RFC 9535"),
        refusal("overlay.conflict", "an update does not fit what it changes", "remove the old value first"),
        refusal("overlay.result", "the document is too large once the overlay is applied", "update less"),
        warning("overlay.no-match", "an action finds nothing", "correct its target, or remove the action"),
        warning("overlay.no-effect", "an action changes nothing", "remove the action"),
        warning("overlay.unknown-field", "an overlay has a field that is not known", "remove it"),
        warning("overlay.extends", "the overlay is meant for another document", "correct \"extends\""),
        refusal("import.no-fragment", "a page carries no OpenAPI document", "give pages with a fenced document"),
        error("import.disagreement", "two pages say different things about one part", "decide, and use an overlay"),
    ]
}

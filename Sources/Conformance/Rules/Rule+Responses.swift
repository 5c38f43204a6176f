import Diagnostics

/// The rules about what was received.
extension Rule {
    static let answerRules: [Rule] = [
        .statusUndocumented, .statusUnexpected, .serverError, .mediaTypeMissing, .mediaTypeSyntax,
        .mediaTypeUndocumented, .mediaTypeCharset,
    ]

    static let statusUndocumented = Rule(
        "status.undocumented", "the contract does not document this status for the operation",
        source: "OpenAPI 3.1.1, 4.8.16 Responses Object")
    static let statusUnexpected = Rule(
        "status.unexpected", "the status is documented and not the one that the row expects",
        source: "scenario tables, column expect")
    static let serverError = Rule(
        "status.server-error", "the server failed where the row expects an answer",
        source: "RFC 9110, 15.6 Server Error 5xx")
    static let mediaTypeMissing = Rule(
        "media-type.missing", "a body without content-type", source: "RFC 9110, 8.3 Content-Type")
    static let mediaTypeSyntax = Rule(
        "media-type.syntax", "content-type is not a media type, or is sent more than once",
        source: "RFC 9110, 8.3.1 Media Type")
    static let mediaTypeUndocumented = Rule(
        "media-type.undocumented", "the contract documents other media types for this status",
        source: "OpenAPI 3.1.1, 4.8.17 Response Object, content")

    static let mediaTypeCharset = Rule(
        "media-type.charset", .warning, "content-type names a charset that JSON does not have",
        source: "RFC 8259, 8.1 and 11")

    static let bodyRules: [Rule] = [
        .bodyForbidden, .bodyUnexpected, .bodyMissing, .bodyJSON, .bodyForm, .bodyPartType, .bodyEncoding,
        .bodyDuplicateName,
        .bodyUndecided,
        .bodyUnjudged,
        .bodyWrapped, .bodyUndeclared, .bodyKeyword, .bodyDiscriminator, .bodyLength, .documentSchema,
        .documentUnjudged, .documentNoValue,
    ]

    static let bodyForbidden = Rule(
        "body.forbidden", "content, or a header that announces it, where HTTP forbids content",
        source: "RFC 9110, 6.4.1, 8.6, 15.3.5, 15.3.6 and 15.4.5")
    static let bodyUnexpected = Rule(
        "body.unexpected", .warning, "a body where the contract documents none",
        source: "OpenAPI 3.1.1, 4.8.17 Response Object, content")
    static let bodyMissing = Rule(
        "body.missing", "no body came where the contract documents one",
        source: "OpenAPI 3.1.1, 4.8.17 Response Object, content")
    static let bodyJSON = Rule("body.json", "the body is not JSON", source: "RFC 8259")
    static let bodyForm = Rule(
        "body.form", "the body is not a form, or not a multipart body",
        source: "WHATWG URL, 5.1 application/x-www-form-urlencoded parsing; RFC 2046, 5.1")
    static let bodyPartType = Rule(
        "body.part-type", "a part of a multipart body has another media type than the contract allows",
        source: "OpenAPI 3.1.1, 4.8.15 Encoding Object, contentType")
    static let bodyEncoding = Rule(
        "body.encoding", "the body is not in the encoding that its media type asks for", source: "RFC 8259, 8.1")
    static let bodyDuplicateName = Rule(
        "body.duplicate-name", "an object has two members of one name", source: "RFC 8259, 4")
    static let bodyUndecided = Rule(
        "body.undecided", "the body or a keyword of its schema lies beyond a bound on work",
        source: "bounds of the judge")
    static let bodyUnjudged = Rule(
        "body.unjudged", .note, "the body cannot be looked into, so its schema judged nothing",
        source: "media types of the judge")
    static let bodyCut = Rule(
        "body.unjudged", .warning, "the body was not kept whole, so its schema judged nothing",
        source: "limits of journals")
    static let bodyWrapped = Rule(
        "body.wrapped", "an undeclared member contains the object that should be in its place", source: "strictness")
    static let bodyLength = Rule(
        "body.length", .note, "a body has fewer bytes than its content-length says", source: "RFC 9112, 6.3")
    static let bodyUndeclared = Rule(
        "body.undeclared", .warning, "a member of the body that the contract does not declare", source: "strictness")
    static let bodyKeyword = Rule(
        "body.*", "a value of the body breaks a keyword of its schema",
        source: "OpenAPI 3.0.4, 4.7.24 Schema Object; JSON Schema 2020-12")
    static let documentSchema = Rule(
        "document.schema", "a keyword of a schema cannot be used and judges nothing; all others do",
        source: "OpenAPI 3.1.1, 4.8.24 Schema Object")

    static let documentUnjudged = Rule(
        "document.unjudged", .warning,
        "a part of the contract is on another machine and is not read, so it judges nothing",
        source: "OpenAPI 3.1.1, 4.8.23 Reference Object")

    static let documentNoValue = Rule(
        "document.no-value", "the mock found no value that satisfies a schema of the contract, so it cannot respond",
        source: "OpenAPI 3.1.1, 4.8.24 Schema Object")

    static let bodyDiscriminator = Rule(
        "body.discriminator", .warning,
        "a discriminator names another alternative than the one that the value satisfies",
        source: "OpenAPI 3.0.4, 4.7.25 Discriminator Object")

    static let headerRules: [Rule] = [
        .headerMissing, .headerSyntax, .headerUndecided, .headerUndeclared, .headerKeyword,
    ]

    static let headerMissing = Rule(
        "header.required", "a required header is missing", source: "OpenAPI 3.1.1, 4.8.21 Header Object, required")
    static let headerSyntax = Rule(
        "header.syntax", "a header's value cannot be read in its serialisation style",
        source: "OpenAPI 3.1.1, 4.8.12.3 Style Values")
    static let headerUndecided = Rule(
        "header.undecided", "a header cannot be judged: its style has no meaning for its value, or a bound was reached",
        source: "OpenAPI 3.1.1, 4.8.12.4 Style Examples; bounds of the judge")
    static let headerUndeclared = Rule(
        "header.undeclared", .warning, "a header that neither the contract nor HTTP declares", source: "strictness")
    static let headerKeyword = Rule(
        "header.*", "a header's value breaks a keyword of its schema", source: "OpenAPI 3.1.1, 4.8.21 Header Object")
}

import Diagnostics

/// The rules about what was received.
extension Rule {
    static let answerRules: [Rule] = [
        .statusUndocumented, .statusUnexpected, .serverError, .mediaTypeMissing, .mediaTypeSyntax,
        .mediaTypeUndocumented, .mediaTypeCharset,
    ]

    static let statusUndocumented = Rule(
        "status.undocumented", "the contract does not document this status for the operation",
        source: "OpenAPI 3.1.1, section 4.8.16 Responses Object")
    static let statusUnexpected = Rule(
        "status.unexpected", "the status is documented, but is not the one that the row expects",
        source: "scenario tables, column expect")
    static let serverError = Rule(
        "status.server-error", "the server failed with 5xx where the row expects another status",
        source: "RFC 9110, section 15.6 Server Error 5xx")
    static let mediaTypeMissing = Rule(
        "media-type.missing", "the body has no content-type", source: "RFC 9110, section 8.3 Content-Type")
    static let mediaTypeSyntax = Rule(
        "media-type.syntax", "content-type is not a valid media type, or is sent more than once",
        source: "RFC 9110, section 8.3.1 Media Type")
    static let mediaTypeUndocumented = Rule(
        "media-type.undocumented", "the contract documents other media types for this status",
        source: "OpenAPI 3.1.1, section 4.8.17 Response Object, content")

    static let mediaTypeCharset = Rule(
        "media-type.charset", .warning, "content-type declares a charset that JSON does not have",
        source: "RFC 8259, sections 8.1 and 11")

    static let bodyRules: [Rule] = [
        .bodyForbidden, .bodyUnexpected, .bodyMissing, .bodyJSON, .bodyForm, .bodyPartType, .bodyPartHeader,
        .bodyEncoding, .bodyDuplicateName, .bodyUndecided, .bodyUnjudged,
        .bodyWrapped, .bodyUndeclared, .bodyKeyword, .bodyDiscriminator, .bodyLength, .documentSchema,
        .documentUnjudged, .documentNoValue,
    ]

    static let bodyForbidden = Rule(
        "body.forbidden", "the response has content, or a header that announces it, where HTTP forbids content",
        source: "RFC 9110, sections 6.4.1, 8.6, 15.3.5, 15.3.6 and 15.4.5")
    static let bodyUnexpected = Rule(
        "body.unexpected", .warning, "the response has a body where the contract documents none",
        source: "OpenAPI 3.1.1, section 4.8.17 Response Object, content")
    static let bodyMissing = Rule(
        "body.missing", "the response has no body where the contract documents one",
        source: "OpenAPI 3.1.1, section 4.8.17 Response Object, content")
    static let bodyJSON = Rule("body.json", "the body is not JSON", source: "RFC 8259")
    static let bodyForm = Rule(
        "body.form", "the body is not a valid form or multipart body",
        source: "WHATWG URL, section 5.1 application/x-www-form-urlencoded parsing; RFC 2046, section 5.1")
    static let bodyPartType = Rule(
        "body.part-type", "a part of a multipart body has another media type than the contract allows",
        source: "OpenAPI 3.1.1, section 4.8.15 Encoding Object, contentType")
    static let bodyPartHeader = Rule(
        "body.part-header", "a header of a part of a multipart body violates its declaration, or is missing",
        source: "OpenAPI 3.1.1, section 4.8.15 Encoding Object, headers")
    static let bodyEncoding = Rule(
        "body.encoding", "the body is not in the encoding that its media type requires", source: "RFC 8259, section 8.1"
    )
    static let bodyDuplicateName = Rule(
        "body.duplicate-name", "an object has two members with the same name", source: "RFC 8259, section 4")
    static let bodyUndecided = Rule(
        "body.undecided", "the body or a keyword of its schema exceeds a limit of the judge",
        source: "limits of the judge")
    static let bodyUnjudged = Rule(
        "body.unjudged", .note, "the body cannot be read, so it was not validated",
        source: "media types that the judge supports")
    static let bodyCut = Rule(
        "body.unjudged", .warning, "the body was not stored completely, so it was not validated",
        source: "limits of journals")
    static let bodyWrapped = Rule(
        "body.wrapped", "the expected object is wrapped in an undeclared member", source: "strictness")
    static let bodyLength = Rule(
        "body.length", .note, "the body has fewer bytes than content-length declares", source: "RFC 9112, section 6.3")
    static let bodyUndeclared = Rule(
        "body.undeclared", .warning, "the body has a member that the contract does not declare", source: "strictness")
    static let bodyKeyword = Rule(
        "body.*", "a value in the body violates a keyword of its schema",
        source: "OpenAPI 3.0.4, section 4.7.24 Schema Object; JSON Schema 2020-12")
    static let documentSchema = Rule(
        "document.schema", "a keyword of a schema is unusable and was ignored; all others were applied",
        source: "OpenAPI 3.1.1, section 4.8.24 Schema Object")

    static let documentUnjudged = Rule(
        "document.unjudged", .warning,
        "a part of the contract is on another host, so it was not read and not validated",
        source: "OpenAPI 3.1.1, section 4.8.23 Reference Object")

    static let documentNoValue = Rule(
        "document.no-value", "the mock found no value that satisfies a schema of the contract, so it cannot respond",
        source: "OpenAPI 3.1.1, section 4.8.24 Schema Object")

    static let bodyDiscriminator = Rule(
        "body.discriminator", .warning,
        "the discriminator selects another alternative than the one that the value satisfies",
        source: "OpenAPI 3.0.4, section 4.7.25 Discriminator Object")

    static let headerRules: [Rule] = [
        .headerMissing, .headerSyntax, .headerUndecided, .headerUndeclared, .headerKeyword,
    ]

    static let headerMissing = Rule(
        "header.required", "a required header is missing",
        source: "OpenAPI 3.1.1, section 4.8.21 Header Object, required")
    static let headerSyntax = Rule(
        "header.syntax", "a header's value cannot be parsed in its serialization style",
        source: "OpenAPI 3.1.1, section 4.8.12.3 Style Values")
    static let headerUndecided = Rule(
        "header.undecided", "a header was not validated: its style is undefined for its value, or a limit was exceeded",
        source: "OpenAPI 3.1.1, section 4.8.12.4 Style Examples; limits of the judge")
    static let headerUndeclared = Rule(
        "header.undeclared", .warning, "the response has a header that neither the contract nor HTTP declares",
        source: "strictness")
    static let headerKeyword = Rule(
        "header.*", "a header's value violates a keyword of its schema",
        source: "OpenAPI 3.1.1, section 4.8.21 Header Object")
}

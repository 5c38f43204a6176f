import Diagnostics
import Exchanges
import JSONDocument
import JSONSchema
import OpenAPI
import Primitives

/// The body against the schema of its status and media type.
enum BodyRules {
    static func findings(_ subject: ResponseSubject) -> [Finding] {
        // Content that HTTP forbids is not judged any further.
        if subject.forbidsContent, subject.hasContent { return [] }
        switch subject.body {
        case .empty:
            // No bytes are a body of octets with the length 0. That JSON is missing is reported elsewhere.
            guard !subject.isBodiless, let name = subject.mediaTypeName, !name.isJSON else { return [] }
            return OctetRules.findings(subject) ?? []
        case .broken(let rule, let message, let position):
            if let found = OctetRules.findingsOfBinary(subject) { return found }
            return [
                subject.finding(
                    rule,
                    message,
                    at: .body(.root, position),
                    contract: subject.mediaType?.location,
                    expected: subject.mediaType?.range.description
                )
            ]
        case .unread(let reason, let isCut):
            return unjudged(reason, isCut: isCut, subject)
        case .text(let document):
            if let found = OctetRules.findingsOfBinary(subject) { return found }
            return parts(subject) + schemaFindings(document, subject.mediaType?.schema, subject)
                + unusedItems(subject)
        case .json(let document):
            let found = schemaFindings(document, subject.mediaType?.schema, subject)
            // A schema of octets says nothing about the JSON that they spell.
            if !found.isEmpty, let found = OctetRules.findingsOfBinary(subject) { return found }
            return mark(subject) + charset(subject) + duplicateNames(document, subject) + found + unusedItems(subject)
        case .sequence(let sequence):
            return parts(subject) + SequenceRules.findings(sequence, subject)
        }
    }

    /// The parts of a multipart body whose media types or headers violate their Encoding Objects.
    private static func parts(_ subject: ResponseSubject) -> [Finding] {
        guard let name = subject.mediaTypeName, name.type == "multipart", let mediaType = subject.mediaType,
            let reading = try? MultipartContent(subject.message.body, named: name, as: mediaType)
        else { return [] }
        let types = reading.wrongTypes.prefix(20).map { wrong in
            subject.finding(
                .bodyPartType,
                wrong.message,
                at: .body(wrong.place, TextPosition(line: wrong.line, column: 1)),
                contract: wrong.location,
                expected: wrong.expected,
                actual: wrong.received.map(shown) ?? "no media type"
            )
        }
        let headers = reading.headerIssues.prefix(20).map { issue in
            subject.finding(
                issue.isUndecided ? .bodyUndecided : .bodyPartHeader,
                "the header \(issue.name) of the part \(issue.message)",
                at: .body(issue.part, TextPosition(line: issue.line, column: 1)),
                contract: issue.location,
                expected: issue.expected.isEmpty ? nil : issue.expected,
                actual: shown(issue.actual)
            )
        }
        return types + headers
    }

    /// Whether a finding is about a keyword of a schema or an undeclared member.
    static func isOfSchema(_ finding: Finding) -> Bool {
        [Rule.bodyKeyword, .bodyDiscriminator, .bodyUndeclared, .bodyWrapped].contains(Rule.named(finding.rule))
    }

    /// A body whose media type is not supported is reported, unless its schema only limits the number of octets.
    private static func unjudged(_ reason: String, isCut: Bool, _ subject: ResponseSubject) -> [Finding] {
        guard let mediaType = subject.mediaType, mediaType.schema != nil || mediaType.itemSchema != nil else {
            return []
        }
        if !isCut, mediaType.itemSchema == nil, let found = OctetRules.findings(subject) { return found }
        return [
            subject.finding(
                isCut ? .bodyCut : .bodyUnjudged,
                "the body is not validated against its schema: \(reason)",
                at: .body(.root, nil),
                contract: mediaType.location
            )
        ]
    }

    /// `itemSchema` describes the items of a sequence (OpenAPI 3.2.0, section 4.14.1); a body of another type has none.
    private static func unusedItems(_ subject: ResponseSubject) -> [Finding] {
        guard let mediaType = subject.mediaType, mediaType.itemSchema != nil else { return [] }
        return [
            subject.finding(
                .bodyUnjudged,
                "the body is not validated against `itemSchema`: its media type is not a sequence of items",
                blame: .document,
                at: .body(.root, nil),
                contract: mediaType.location
            )
        ]
    }

    /// JSON must not start with a byte order mark (RFC 8259, section 8.1); many parsers reject it.
    private static func mark(_ subject: ResponseSubject) -> [Finding] {
        guard subject.message.body.starts(with: [0xEF, 0xBB, 0xBF]) else { return [] }
        return [
            subject.finding(
                .bodyEncoding,
                "the body starts with a byte order mark, which JSON does not allow",
                at: .body(.root, nil),
                contract: subject.mediaType?.location,
                expected: "JSON from the first byte",
                actual: "EF BB BF"
            )
        ]
    }

    /// JSON is UTF-8 (RFC 8259, section 8.1); a parser that uses another charset gets another text.
    private static func charset(_ subject: ResponseSubject) -> [Finding] {
        guard let charset = subject.mediaTypeName?.parameter("charset"),
            !["utf-8", "utf8"].contains(charset.lowercasedASCII)
        else { return [] }
        // In most charsets, ASCII bytes are the same text.
        let isPlain = subject.message.body.allSatisfy { $0 < 0x80 }
        if isPlain, ["us-ascii", "ascii"].contains(charset.lowercasedASCII) { return [] }
        return [
            subject.finding(
                isPlain ? .mediaTypeCharset : .bodyEncoding,
                "the content type declares \(shown(charset)), but JSON is always UTF-8, and so is this body",
                at: .header("content-type"),
                contract: subject.mediaType?.location,
                expected: "utf-8",
                actual: shown(charset)
            )
        ]
    }

    static func duplicateNames(_ document: JSONDocument, _ subject: ResponseSubject) -> [Finding] {
        document.duplicateNames.prefix(20).map { duplicate in
            subject.finding(
                .bodyDuplicateName,
                "duplicate member \"\(shown(duplicate.name))\"",
                at: .body(duplicate.pointer, duplicate.second),
                contract: subject.mediaType?.location,
                details: ["first at line \(duplicate.first.line), column \(duplicate.first.column)"]
            )
        }
    }

    /// How a body deviates from `schema`.
    static func schemaFindings(_ document: JSONDocument, _ schema: Schema?, _ subject: ResponseSubject) -> [Finding] {
        guard let schema else { return [] }
        let compiled: CompiledSchema
        do {
            compiled = try schema.compiled()
        } catch {
            return DocumentRules.findings(error, subject, at: .body(.root, nil))
        }
        let unusable = DocumentRules.findings(unusable: compiled.unusable, subject, at: .body(.root, nil))
        let report = compiled.validate(document.root, subject.options)
        func examples() -> [DocumentRules.Example] {
            subject.mediaType.map { DocumentRules.examples(of: $0, schema) } ?? []
        }
        let deviations = BodyDeviations(report, of: document.root, by: compiled, schema, subject.options) {
            examples().map(\.value)
        }
        let entries = deviations.entries
        func finding(_ entry: BodyDeviations.Entry) -> Finding {
            subject.finding(
                entry.rule,
                id: entry.id,
                entry.message,
                at: .body(entry.pointer, document.root.nearestPosition(to: entry.pointer)),
                contract: entry.rule == .bodyUndeclared
                    ? entry.pointer.parent.flatMap { schema.view?.view(at: $0.tokens)?.location } ?? compiled.location
                    : entry.location ?? compiled.location,
                expected: entry.expected,
                actual: entry.actual,
                details: entry.details
            )
        }
        let known = entries.isEmpty ? [:] : DocumentRules.traces(of: examples(), compiled, subject.options)
        var findings = entries.map { DocumentRules.blaming(finding($0), $0, known) }
        if report.issues.count >= subject.options.maximumIssues, !findings.isEmpty {
            findings[0].details.append("only the first \(report.issues.count) findings of this body are reported")
        }
        return unusable + findings
    }
}

extension SchemaIssue {
    /// Keywords of an object that are about one of its members, which is missing or forbidden.
    private static let memberKeywords = [
        "required", "dependentRequired", "additionalProperties", "unevaluatedProperties", "propertyNames",
    ]

    /// The value that is wrong; for a missing member, the place where it should be.
    var place: JSONPointer {
        guard let property, Self.memberKeywords.contains(keyword) else { return pointer }
        return pointer.appending(property)
    }

    /// A line per branch of a composed schema: why it failed.
    var branchDetails: [String] {
        causes.prefix(8).enumerated().compactMap { index, issues in
            guard let first = issues.first else { return nil }
            let place = first.place.description
            let more = issues.count > 1 ? " (and \(issues.count - 1) more)" : ""
            return
                "branch \(index + 1), \(first.location): \(place.isEmpty ? "the value" : place) \(first.message)\(more)"
        }
    }
}

extension JSONNode {
    /// The position of the value at `pointer`, or of the innermost value that should contain it.
    func nearestPosition(to pointer: JSONPointer) -> TextPosition {
        var place: JSONPointer? = pointer
        while let current = place {
            if let node = node(at: current) { return node.position }
            place = current.parent
        }
        return position
    }
}

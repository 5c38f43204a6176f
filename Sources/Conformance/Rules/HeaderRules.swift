import Diagnostics
import Exchanges
import JSONDocument
import JSONSchema
import OpenAPI
import Primitives

/// The response's headers against those that the contract declares for the status.
enum HeaderRules {
    static func findings(_ subject: ResponseSubject) -> [Finding] {
        guard let declared = subject.declared else { return [] }
        return declared.headers.flatMap { header($0, subject) } + undeclared(declared, subject)
    }

    private static func header(_ header: Header, _ subject: ResponseSubject) -> [Finding] {
        // OpenAPI 3.1.1, section 4.8.17: a declared content-type is ignored; the media type rules judge it.
        guard !header.isIgnored, !header.isNamed("content-type") else { return [] }
        let lines = subject.message.header(header.name)
        guard !lines.isEmpty else {
            guard header.isRequired else { return [] }
            return [
                subject.finding(
                    .headerMissing,
                    "the required header \(header.name) is missing",
                    at: .header(header.name),
                    contract: header.location,
                    expected: "present",
                    actual: "absent"
                )
            ]
        }
        // Remembered values were judged with the formats of a run.
        let remembers = lines.count == 1 && subject.options.formats == .assert
        if lines.count == 1, header.takesAnyText || (remembers && header.isKnownRight(lines[0])) { return [] }
        let view = header.valueSchema?.view
        // Lines of Set-Cookie are never joined (RFC 9110, section 5.3): unless the schema describes a list, it describes
        // each line.
        if lines.count > 1, header.isNamed("set-cookie"), view?.allows(.array) != true {
            return lines.lazy.map { judge(header, [$0], subject) }.first { !$0.isEmpty } ?? []
        }
        let findings = judge(header, lines, subject)
        if findings.isEmpty, remembers { header.knowRight(lines[0]) }
        return findings
    }

    private static func judge(_ header: Header, _ lines: [String], _ subject: ResponseSubject) -> [Finding] {
        let view = header.valueSchema?.view
        func unread(_ rule: Rule, id: String? = nil, _ message: String) -> [Finding] {
            [
                subject.finding(
                    rule,
                    id: id,
                    message,
                    at: .header(header.name),
                    contract: header.location,
                    expected: view?.keyword("type").map { $0.string ?? $0.spelling },
                    actual: lines.map(shown).joined(separator: ", ")
                )
            ]
        }
        var compiled: CompiledSchema?
        do {
            compiled = try header.valueSchema?.compiled()
        } catch {
            return DocumentRules.findings(error, subject, at: .header(header.name))
        }
        switch ParameterCodec.parse(headerLines: lines, as: header) {
        case .absent:
            return []
        case .invalid(let message):
            // A single text that is of none of the types has the wrong type, not the wrong syntax.
            let isSingle = header.content == nil && view.map { !$0.allows(.array) && !$0.allows(.object) } ?? false
            return isSingle ? unread(.headerKeyword, id: "header.type", message) : unread(.headerSyntax, message)
        case .undefined(let message):
            return unread(.headerUndecided, "cannot be judged: \(message)")
        case .value(let value):
            guard let compiled else { return [] }
            return DocumentRules.findings(unusable: compiled.unusable, subject, at: .header(header.name))
                + judge(value, header, compiled, lines, subject)
        }
    }

    private static func judge(
        _ value: JSONValue,
        _ header: Header,
        _ compiled: CompiledSchema,
        _ lines: [String],
        _ subject: ResponseSubject
    ) -> [Finding] {
        let document = JSONDocument(value)
        return BodyDeviations.withoutEchoes(compiled.validate(document.root, subject.options).issues).map { issue in
            subject.finding(
                issue.kind == .undecided ? .headerUndecided : .headerKeyword,
                id: issue.kind == .undecided ? nil : "header.\(issue.keyword)",
                issue.message,
                at: .header(header.name),
                contract: issue.location,
                clause: issue.place.tokens.isEmpty ? nil : issue.place.description,
                expected: issue.expected,
                actual: lines.map(shown).joined(separator: ", "),
                details: issue.branchDetails
            )
        }
    }

    private static func undeclared(_ declared: Response, _ subject: ResponseSubject) -> [Finding] {
        var seen: [String] = []
        return subject.message.headers.compactMap { field in
            guard !declared.headers.contains(where: { $0.isNamed(field.name) }) else { return nil }
            let name = field.name.lowercasedASCII
            guard !StandardHeaders.contains(name),
                !seen.contains(where: { $0.isSame(as: name) })
            else { return nil }
            seen.append(name)
            return subject.finding(
                .headerUndeclared,
                "the contract does not declare the header \(shown(name))",
                at: .header(name),
                contract: declared.location,
                actual: shown(field.value)
            )
        }
    }
}

/// Response headers that HTTP, its caches, browsers and proxies add and that no API document declares.
enum StandardHeaders {
    /// From the permanent entries of IANA's HTTP field name registry, plus headers that proxies add.
    private static let names: Set<String> = [
        "accept-encoding", "accept-patch", "accept-post", "accept-ranges", "access-control-allow-credentials",
        "access-control-allow-headers", "access-control-allow-methods", "access-control-allow-origin",
        "access-control-expose-headers", "access-control-max-age", "age", "allow", "alt-svc", "cache-control",
        "cache-status", "cdn-cache-control", "clear-site-data", "connection", "content-disposition",
        "content-encoding", "content-language", "content-length", "content-location", "content-range",
        "content-security-policy", "content-security-policy-report-only", "content-type",
        "cross-origin-embedder-policy", "cross-origin-opener-policy", "cross-origin-resource-policy", "date",
        "deprecation", "etag", "expires", "keep-alive", "last-modified", "link", "location", "nel",
        "origin-agent-cluster", "permissions-policy", "pragma", "proxy-authenticate", "proxy-status",
        "referrer-policy", "report-to", "reporting-endpoints", "retry-after", "server", "server-timing", "set-cookie",
        "strict-transport-security", "sunset", "timing-allow-origin", "trailer", "transfer-encoding", "upgrade",
        "vary", "via", "warning", "www-authenticate", "x-content-type-options", "x-frame-options", "x-powered-by",
        "x-xss-protection",
    ]

    /// Whether `name`, in lower case, is one of them, or the header by which the built-in mock explains itself.
    static func contains(_ name: String) -> Bool {
        names.contains(name) || HeaderField(name: MockReason.header, value: "").isNamed(name)
    }
}

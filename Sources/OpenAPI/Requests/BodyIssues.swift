internal import Diagnostics
internal import JSONDocument
internal import JSONSchema
internal import Primitives

extension RequestBody {
    /// The issues of a request body.
    ///
    /// - Parameter document: The body as JSON, if it has been parsed already.
    func issues(in request: WireRequest, read document: JSONDocument? = nil) -> [RequestIssue] {
        // A form without members has no bytes.
        let isEmptyForm = request.header("content-type").first.flatMap { MediaTypeName($0) }?.isForm == true
        guard let body = request.body ?? (isEmptyForm ? [] : nil), !body.isEmpty || isEmptyForm else {
            guard isRequired else { return [] }
            return [
                RequestIssue(
                    .body(.root),
                    "required",
                    "is missing, but the contract requires a body",
                    at: location,
                    expected: "a body",
                    actual: "nothing"
                )
            ]
        }
        var documented: String { content.map(\.range.description).joined(separator: ", ") }
        guard let contentType = request.header("content-type").first else {
            guard !content.isEmpty else { return [] }
            return [
                RequestIssue(
                    .mediaType,
                    "mediaType",
                    "is missing, so the type of the body is unknown",
                    at: location,
                    expected: documented,
                    actual: "nothing"
                )
            ]
        }
        let name = MediaTypeName(contentType)
        guard let name, let mediaType = MediaType.bestMatch(for: name, among: content) else {
            return [
                RequestIssue(
                    .mediaType,
                    "mediaType",
                    name == nil ? "is not a valid media type" : "is not one of the documented media types",
                    at: location,
                    expected: documented,
                    actual: String(String.UnicodeScalarView(contentType.unicodeScalars.prefix(100)))
                )
            ]
        }
        return mediaType.issues(in: body, named: name, read: document)
    }
}

extension MediaType {
    func issues(in body: [UInt8], named name: MediaTypeName, read document: JSONDocument?) -> [RequestIssue] {
        if name.isJSON { return jsonIssues(in: body, read: document) + itemIssues(name) }
        if schema != nil || itemSchema != nil, let form = SequenceText.form(of: name, as: self) {
            return sequenceIssues(in: body, named: name, form)
        }
        if name.type == "multipart" {
            let saysNothing = schema == nil && itemSchema == nil && encodings.isEmpty && itemEncoding == nil
            return saysNothing && prefixEncodings.isEmpty ? [] : multipartIssues(in: body, named: name)
        }
        guard let schema else { return itemIssues(name) }
        return wholeIssues(in: body, named: name, schema) + itemIssues(name)
    }

    /// The issues of a body that is one value and not JSON.
    private func wholeIssues(in body: [UInt8], named name: MediaTypeName, _ schema: Schema) -> [RequestIssue] {
        if name.isForm {
            return formIssues(in: body, schema)
        }
        if name.type == "text", let text = String(validating: body, as: UTF8.self) {
            return schema.requestIssues(in: JSONDocument(.string(text)).root) { .body($0) }
        }
        if let view = schema.view, view.isOfOctets {
            guard view.keyword("minLength") != nil || view.keyword("maxLength") != nil else { return [] }
            // Lengths count octets (OpenAPI 3.0.4 and 3.1.1, Working with Binary Data): one character represents each.
            let octets = JSONDocument(.string(String(repeating: "x", count: body.count)))
            return schema.requestIssues(in: octets.root) { .body($0) }
        }
        return [unjudged(name)]
    }

    /// `itemSchema` describes the items of a sequence (OpenAPI 3.2.0, section 4.14.1); a body of another type has none.
    private func itemIssues(_ name: MediaTypeName) -> [RequestIssue] {
        guard itemSchema != nil else { return [] }
        return [
            RequestIssue(
                .body(.root), "mediaType",
                "is not judged by `itemSchema`: \(name.type)/\(name.subtype) is not a sequence of items", at: location,
                isUndecided: true)
        ]
    }

    private func formIssues(in body: [UInt8], _ schema: Schema) -> [RequestIssue] {
        guard let form = FormReader.form(body, as: self) else {
            return [
                RequestIssue(.body(.root), "form", "is not a form: a percent escape is broken", at: location)
            ]
        }
        let unread = form.problems.map { problem in
            RequestIssue(
                .body(JSONPointer([problem.name])),
                problem.isUndefined ? "style" : "syntax",
                problem.isUndefined ? "cannot be judged: \(problem.message)" : problem.message,
                at: encodings.first { $0.name.isSame(as: problem.name) }?.location ?? location,
                isUndecided: problem.isUndefined
            )
        }
        let issues = schema.requestIssues(in: JSONDocument(form.value).root) { .body($0) }
        guard !unread.isEmpty else { return issues }
        // A member that could not be read would count as absent.
        return unread
            + issues.filter { if case .body(let pointer) = $0.place { !pointer.tokens.isEmpty } else { true } }
    }

    private func unjudged(_ name: MediaTypeName) -> RequestIssue {
        RequestIssue(
            .body(.root),
            "mediaType",
            "cannot be judged: bodies of \(name.type)/\(name.subtype) are not supported",
            at: location,
            isUndecided: true
        )
    }

    private func jsonIssues(in body: [UInt8], read: JSONDocument?) -> [RequestIssue] {
        let document: JSONDocument
        do throws(JSONSyntaxError) {
            if let read { document = read } else { document = try JSONDocument(parsing: body) }
        } catch {
            return [
                RequestIssue(
                    .body(.root),
                    "json",
                    "is not JSON: \(error.message) (line \(error.position.line), column \(error.position.column))",
                    at: location,
                    expected: "JSON"
                )
            ]
        }
        return schema?.requestIssues(in: document.root) { .body($0) } ?? []
    }
}

internal import Diagnostics
public import JSONDocument
public import JSONSchema

extension RequestBody {
    /// What the body of a request breaks.
    ///
    /// - Parameter document: The body as JSON, where somebody has read it already.
    func issues(in request: WireRequest, read document: JSONDocument? = nil) -> [RequestIssue] {
        guard let body = request.body, !body.isEmpty else {
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
                    "is missing, so nobody can tell what the body is",
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
                    name == nil ? "is no media type" : "is none of the documented media types",
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
        if name.isJSON { return jsonIssues(in: body, read: document) }
        guard let schema else { return itemSchema == nil ? [] : [unjudged(name)] }
        if name.isForm {
            guard let form = FormBody.value(of: body, schema: schema.view) else {
                return [RequestIssue(.body(.root), "form", "is no form: a percent escape is broken", at: location)]
            }
            return schema.requestIssues(in: JSONDocument(form).root) { .body($0) }
        }
        if name.type == "multipart", name.subtype == "form-data" {
            return multipartIssues(in: body, named: name, schema)
        }
        if name.type == "text", let text = String(validating: body, as: UTF8.self) {
            return schema.requestIssues(in: JSONDocument(.string(text)).root) { .body($0) }
        }
        return [unjudged(name)]
    }

    private func unjudged(_ name: MediaTypeName) -> RequestIssue {
        RequestIssue(
            .body(.root),
            "mediaType",
            "cannot be judged: bodies of \(name.type)/\(name.subtype) are not looked into",
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

/// Bodies of `application/x-www-form-urlencoded`.
public enum FormBody {
    /// The object that a form stands for, its values typed by the schema; `nil` when an escape is broken.
    public static func value(of body: [UInt8], schema: SchemaView?) -> JSONValue? {
        var members: [(name: String, values: [String])] = []
        var indexes: [[UInt8]: Int] = [:]
        for pair in body.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: true) {
            let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
            guard let name = PercentEncoding.text(pair[..<equals], plusIsBlank: true),
                let value = PercentEncoding.text(pair[equals...].dropFirst(), plusIsBlank: true)
            else { return nil }
            if let index = indexes[Array(name.utf8)] {
                members[index].values.append(value)
            } else {
                indexes[Array(name.utf8)] = members.count
                members.append((name, [value]))
            }
        }
        var object = JSONObject()
        for (name, values) in members {
            let view = schema?.property(name)
            if let kinds = view?.kinds, kinds.contains(.array), !kinds.contains(.string) {
                object[name] = .array(values.map { typed($0, view?.items) })
            } else {
                object[name] = values.count == 1 ? typed(values[0], view) : .array(values.map { typed($0, nil) })
            }
        }
        return .object(object)
    }

    private static func typed(_ text: String, _ view: SchemaView?) -> JSONValue {
        guard let kinds = view?.kinds, !kinds.contains(.string) else { return .string(text) }
        if kinds.contains(.number), let number = JSONNumber(text) { return .number(number) }
        if kinds.contains(.boolean), let boolean = ["true": true, "false": false][text] { return .boolean(boolean) }
        return .string(text)
    }
}

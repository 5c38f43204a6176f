internal import Diagnostics
internal import JSONDocument
internal import Primitives

extension DocumentLint {
    /// Lints operations outside `paths`: those of webhooks, of callbacks, and of path items in `components`.
    ///
    /// They are read like those of paths to find their mistakes.
    mutating func lintUnseenOperations(_ crawl: ReferenceCrawl) {
        guard let template = try? PathTemplate("/") else { return }
        var reader = ContractReader(crawl: crawl)
        reader.securitySchemes = contract.securitySchemes
        let scope = ContractReader.PathItemScope(servers: [], security: [])
        var operations = contract.operations
        for item in visited where item.kind == .pathItem && !Self.isUnderPaths(item.value) {
            let name = item.value.pointer.tokens.last ?? ""
            let read = reader.readPathItem(item.value, path: name, template: template, inherited: scope)
            operations += read.filter { operation in !operations.contains { $0.location == operation.location } }
        }
        reader.checkOperations(operations)
        // Their templates are elsewhere or do not exist, so it is unknown which expressions the path parameters belong
        // to.
        findings += reader.diagnostics.filter { $0.rule != "path.unused" }
        for item in visited where item.kind == .link { lintLink(item.value, operations) }
    }

    private static func isUnderPaths(_ value: DocumentNode) -> Bool {
        value.pointer.tokens.count == 2 && value.pointer.tokens[0] == "paths"
    }

    /// The key of a callback is a URL with runtime expressions in braces (OpenAPI 3.1.1, section 4.8.18).
    mutating func lintCallback(_ value: DocumentNode) {
        guard value.reference == nil else { return }
        for member in value.members where !member.name.isExtensionName {
            guard let problem = RuntimeExpression.problem(inTemplate: member.name) else { continue }
            report("callback.expression", "the callback's key \(problem)", at: member.value)
        }
    }

    /// A link must refer to an operation of the document (OpenAPI 3.1.1, section 4.8.20).
    private mutating func lintLink(_ value: DocumentNode, _ operations: [Operation]) {
        guard value.node.kind == .object, value.reference == nil else { return }
        switch (value["operationId"], value["operationRef"]) {
        case (let id?, nil):
            guard let name = id.node.string else { return }
            let ids = operations.compactMap(\.id)
            guard !ids.contains(where: { $0.isSame(as: name) }) else { break }
            report(
                "link.operation",
                "the link refers to the unknown operation '\(Reference.excerpt(name))'",
                at: id,
                help: nearestName(to: name, among: ids).map { "did you mean `\($0)`?" }
            )
        case (nil, let reference?):
            guard let text = reference.node.string, text.utf8.first == UInt8(ascii: "#") else { break }
            let target = JSONPointer(uriFragment: text).flatMap { documents.root(of: value.document).node.node(at: $0) }
            guard target?.kind != .object else { break }
            report("link.operation", "the link leads nowhere: \(Reference.excerpt(text))", at: reference)
        case (let id?, _?):
            report("link.operation", "the link has both operationId and operationRef", at: id)
        case (nil, nil):
            report("link.operation", "the link has neither operationId nor operationRef", at: value)
        }
        for member in value["parameters"]?.members ?? [] { lintExpression(member.value) }
        if let body = value["requestBody"] { lintExpression(body) }
    }

    private mutating func lintExpression(_ value: DocumentNode) {
        guard let text = value.node.string, text.utf8.first == UInt8(ascii: "$") else { return }
        guard let problem = RuntimeExpression.problem(in: text.utf8.dropFirst(0)) else { return }
        report("link.expression", "the expression \(problem)", at: value)
    }
}

/// A runtime expression (OpenAPI 3.1.1, section 4.8.20.4): `$request.body#/url`.
enum RuntimeExpression {
    /// The mistake in a text with expressions in braces; `nil` if there is none.
    static func problem(inTemplate text: String) -> String? {
        var rest = text.utf8[...]
        while let open = rest.firstIndex(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "}") }) {
            guard rest[open] == UInt8(ascii: "{") else { return "has a closing brace without an opening brace" }
            rest = rest[rest.index(after: open)...]
            guard let close = rest.firstIndex(of: UInt8(ascii: "}")) else { return "has an unclosed brace" }
            if let problem = problem(in: rest[..<close]) { return problem }
            rest = rest[rest.index(after: close)...]
        }
        return nil
    }

    /// The mistake in an expression; `nil` if there is none.
    static func problem(in expression: Substring.UTF8View) -> String? {
        let shown = "\"\(Reference.excerpt(String(Substring(expression))))\""
        if ["$url", "$method", "$statusCode"].contains(where: { expression.elementsEqual($0.utf8) }) { return nil }
        for start in ["$request.", "$response."] where expression.starts(with: start.utf8) {
            let source = expression.dropFirst(start.utf8.count)
            if source.starts(with: "body".utf8) {
                let rest = source.dropFirst(4)
                guard !rest.isEmpty else { return nil }
                let pointer = String(Substring(rest))
                let isPointer = rest.first == UInt8(ascii: "#") && JSONPointer(String(pointer.dropFirst())) != nil
                return isPointer ? nil : "\(shown) has no JSON pointer after 'body#'"
            }
            let named = ["header.", "query.", "path."].contains {
                source.starts(with: $0.utf8) && source.count > $0.utf8.count
            }
            return named ? nil : "\(shown) does not name a header, a query or path parameter, or the body"
        }
        return "\(shown) is not one of $url, $method, $statusCode, $request.… and $response.…"
    }
}

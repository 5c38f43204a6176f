public import Diagnostics
internal import JSONDocument
internal import JSONSchema
internal import Primitives

extension ContractReader {
    /// Checks the required members of the root.
    mutating func checkDocument(_ root: DocumentNode) {
        let version = documents.version(of: root)
        if let info = inner(root["info"]) {
            for name in ["title", "version"] where info.node.kind == .object && info[name] == nil {
                report("info.missing", .error, "the info object has no `\(name)`", at: info)
            }
        } else {
            report("info.missing", .error, "the document has no `info`", at: root)
        }
        if version == .v30, root["paths"] == nil {
            report("paths.missing", .error, "the document has no `paths`", at: root)
        } else if root["paths"] == nil, root["components"] == nil, root["webhooks"] == nil {
            report("paths.missing", .error, "the document has no `paths`, `components` or `webhooks`", at: root)
        }
    }

    /// Reports names that are repeated in a path template.
    mutating func checkTemplate(_ template: PathTemplate, _ path: String, at value: DocumentNode) {
        var seen: [String] = []
        for name in template.names {
            if seen.contains(where: { $0.isSame(as: name) }) {
                report(
                    "path.template", .error, "the path '\(path)' contains the expression '{\(name)}' twice", at: value)
            }
            seen.append(name)
        }
    }

    /// Reports path parameters without a template expression and template expressions without a path parameter (OpenAPI
    /// 3.1.1, section 4.8.12.2).
    mutating func checkParameters(of operation: Operation, template: PathTemplate, at value: DocumentNode) {
        // An unreadable parameter may be the one for an expression.
        let isComplete = operation.unread.isEmpty
        for name in template.names where isComplete && operation.parameter(name, in: .path) == nil {
            reportOnce(
                "path.undeclared", .error,
                "the path '\(operation.path)' has no parameter for its expression '{\(name)}'",
                of: operation, at: documents.location(of: value), place: "#" + value.pointer.description)
        }
        for parameter in operation.parameters where parameter.place == .path {
            if !template.names.contains(where: { $0.isSame(as: parameter.name) }) {
                reportOnce(
                    "path.unused", .warning,
                    "the path '\(operation.path)' has no expression for the path parameter '\(parameter.name)'",
                    of: operation, at: documents.location(of: value), place: "#" + value.pointer.description)
            }
        }
        let whole = operation.parameters.filter { $0.place == .querystring }.count
        if whole > 1 || whole == 1 && operation.parameters.contains(where: { $0.place == .query }) {
            report(
                "parameter.querystring", .error,
                "a `querystring` parameter cannot be combined with other query parameters",
                at: value)
        }
    }

    /// Reports operationIds that are not unique (OpenAPI 3.1.1, section 4.8.10.1).
    mutating func checkOperations(_ operations: [Operation]) {
        var first: [JSONNameKey: Operation] = [:]
        first.reserveCapacity(operations.count)
        for operation in operations {
            guard let id = operation.id else { continue }
            let key = JSONNameKey(id)
            guard let other = first[key] else {
                first[key] = operation
                continue
            }
            reportTwice(id, operation, other)
        }
    }

    /// Reads the parts of `components` that no operation uses, and the callbacks and webhooks, so that their mistakes
    /// are reported too.
    mutating func readUnused(_ root: DocumentNode) {
        for value in objects(of: components(root, "parameters")) { _ = readParameter(value) }
        for value in objects(of: components(root, "headers")) { _ = readHeader(value, name: "") }
        for value in objects(of: components(root, "requestBodies")) { _ = readContent(value["content"]) }
        for value in objects(of: components(root, "responses")) {
            _ = readHeaders(value["headers"])
            _ = readContent(value["content"])
        }
    }

    private func objects(of value: DocumentNode?) -> [DocumentNode] {
        guard let value, value.node.kind == .object else { return [] }
        return value.members.compactMap { resolved($0.value) }
    }
}

extension Contract {
    /// All diagnostics of the contract: those from loading and those from compiling every schema.
    ///
    /// Compiles the schemas of all parameters, headers, bodies and components, whether they are used or not.
    public func check() -> [Diagnostic] {
        var found = Diagnostics(diagnostics)
        var known = Set(diagnostics)
        // Loading has already explained why a reference cannot be resolved, and in more detail.
        let explained = Set(diagnostics.filter { $0.rule.utf8.starts(with: "reference.".utf8) }.map(\.location))
        func add(_ diagnostics: [Diagnostic]) {
            for diagnostic in diagnostics where known.insert(diagnostic).inserted {
                let isReference = ["schema.reference", "schema.remote", "schema.keyword"].contains(diagnostic.rule)
                guard !isReference || !explained.contains(diagnostic.location) else {
                    continue
                }
                found.append(diagnostic)
            }
        }
        for value in source.schemaRoots {
            do {
                add(try schemas.compiled(source.documents.place(of: value)).notes)
            } catch {
                add(error.diagnostics)
            }
        }
        return found.sorted
    }
}

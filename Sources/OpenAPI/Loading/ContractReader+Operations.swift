internal import Diagnostics
internal import JSONDocument

extension ContractReader {
    /// The operations of all paths, in the order of the document.
    mutating func readOperations(_ root: DocumentNode, servers: [Server]) -> [Operation] {
        let security = inner(root["security"]).flatMap { readSecurity($0) } ?? []
        guard let paths = inner(root["paths"]), paths.node.kind == .object else { return [] }
        var operations: [Operation] = []
        var shapes: [[[PathTemplate.Piece]]: (path: String, methods: [String], value: DocumentNode)] = [:]
        shapes.reserveCapacity(paths.node.count)
        for member in paths.members where !member.name.isExtensionName {
            let template: PathTemplate
            do {
                template = try PathTemplate(member.name)
            } catch {
                report("path.template", .error, error.message, at: member.value)
                continue
            }
            checkTemplate(template, member.name, at: member.value)
            let read = readPathItem(
                member.value,
                path: member.name,
                template: template,
                inherited: PathItemScope(servers: servers, security: security)
            )
            checkShape(of: template, member.name, read, at: member.value, seen: &shapes)
            operations += read
        }
        return operations
    }

    /// Two paths that differ only in the names of their expressions are the same path (OpenAPI 3.1.1, section 4.8.8.1).
    private mutating func checkShape(
        of template: PathTemplate,
        _ path: String,
        _ operations: [Operation],
        at value: DocumentNode,
        seen: inout [[[PathTemplate.Piece]]: (path: String, methods: [String], value: DocumentNode)]
    ) {
        let methods = operations.map(\.method)
        guard let other = seen.updateValue((path, methods, value), forKey: template.shape) else { return }
        let clash = methods.first { other.methods.contains($0) }
        report(
            "path.ambiguous",
            clash == nil ? .warning : .error,
            "the path '\(path)' is the same as '\(other.path)' except for the names in it"
                + (clash.map { ", and both have \($0)" } ?? ""),
            at: value,
            related: [Diagnostic.Related("the other path", at: documents.location(of: other.value))]
        )
    }

    /// The values that an operation inherits from its surroundings.
    struct PathItemScope {
        var servers: [Server]
        var security: [SecurityRequirement]
        var parameters: [Parameter] = []
        var unread: [UnreadReference] = []
        /// The path in the form for matching.
        var routed: RoutedTemplate?
    }

    /// The operations of a path item and of the path item that it refers to.
    mutating func readPathItem(
        _ item: DocumentNode,
        path: String,
        template: PathTemplate,
        inherited: PathItemScope
    ) -> [Operation] {
        var operations: [Operation] = []
        var seen: Set<String> = []
        var inherited = inherited
        // The path of an outgoing request is an expression or a name, and `template` only its placeholder.
        inherited.routed = try? RoutedTemplate(PathTemplate(path))
        var item: DocumentNode? = item
        var steps = 0
        while let current = item, current.node.kind == .object, steps < 100 {
            var scope = inherited
            scope.servers = servers(of: current) ?? inherited.servers
            let parameters = current["parameters"]
            scope.parameters = readParameters(parameters)
            scope.unread = unreadParameters(parameters)
            for (method, value) in methods(of: current) where seen.insert(method).inserted {
                guard let value = resolved(value) else { continue }
                operations.append(
                    readOperation(value, method: method, path: path, template: template, scope: scope)
                )
            }
            item = target(of: current)
            if item == nil, !isReadingOutgoing, current.reference != nil, let unread = unread(current, part: path) {
                unreadPaths.append(unread)
            }
            steps += 1
        }
        return operations
    }

    private func methods(of item: DocumentNode) -> [(method: String, value: DocumentNode)] {
        let version = documents.version(of: item)
        var methods: [(String, DocumentNode)] = []
        for member in item.members where member.value.node.kind == .object {
            if member.name == "additionalOperations", version >= .v32 {
                methods +=
                    inner(member.value)?.members.filter { $0.value.node.kind == .object }.map { ($0.name, $0.value) }
                    ?? []
            } else if ObjectKind.pathItem.field(member.name, in: version)?.shape == .object(.operation) {
                methods.append((member.name.uppercased(), member.value))
            }
        }
        return methods
    }

    private mutating func readOperation(
        _ value: DocumentNode,
        method: String,
        path: String,
        template: PathTemplate,
        scope: PathItemScope
    ) -> Operation {
        let parameters = value["parameters"]
        let body = value["requestBody"]
        let own = readParameters(parameters)
        let inherited = scope.parameters.filter { outer in
            !own.contains { $0.place == outer.place && $0.isNamed(outer.name) }
        }
        let operation = Operation(
            OperationIdentity(id: value.text("operationId"), method: method, path: path, template: scope.routed),
            OperationAnnotations(
                tags: value["tags"]?.elements.compactMap(\.node.string) ?? [],
                summary: value.text("summary"),
                isDeprecated: value.flag("deprecated") ?? false),
            parameters: inherited + own,
            requestBody: body.flatMap { readRequestBody($0) },
            responses: readResponses(of: value),
            security: inner(value["security"]).flatMap { readSecurity($0) } ?? scope.security,
            servers: servers(of: value) ?? scope.servers,
            unread: scope.unread + unreadParameters(parameters)
                + (body.flatMap { unread($0, part: "the request body") }.map { [$0] } ?? []),
            location: documents.location(of: value)
        )
        checkParameters(of: operation, template: template, at: value)
        readCallbacks(of: value)
        return operation
    }

    private mutating func readRequestBody(_ value: DocumentNode) -> RequestBody? {
        guard let body = resolved(value) else { return nil }
        let content = body["content"]
        if content == nil { report("body.content", .error, "the request body has no media type", at: body) }
        return RequestBody(
            isRequired: body.flag("required") ?? false,
            content: readContent(content),
            location: documents.location(of: body)
        )
    }

    private mutating func readResponses(of operation: DocumentNode) -> [Response] {
        guard let responses = inner(operation["responses"]) else {
            let severity: Severity = documents.version(of: operation) == .v30 ? .error : .warning
            report("operation.responses", severity, "the operation documents no responses", at: operation)
            return []
        }
        guard responses.node.kind == .object, responses.reference == nil else { return [] }
        var read: [Response] = []
        for member in responses.members where !member.name.isExtensionName {
            guard let key = statusKey(member.name, at: member.value) else { continue }
            if let value = resolved(member.value) {
                read.append(readResponse(value, statusKey: key))
            } else if let unread = unread(member.value, part: "the response \(key)") {
                // The status counts as documented anyway.
                read.append(
                    Response(
                        statusKey: key, description: "", headers: [], content: [], unread: unread,
                        location: unread.location))
            }
        }
        if read.isEmpty, responses.members.allSatisfy({ $0.name.isExtensionName }) {
            report("operation.responses", .error, "the operation documents no responses", at: responses)
        }
        return read
    }

    /// The normalised status key; a malformed one is reported and gives `nil`.
    private mutating func statusKey(_ key: String, at value: DocumentNode) -> String? {
        if key == "default" { return key }
        let bytes = Array(key.utf8)
        let isClass = bytes.count == 3 && (UInt8(ascii: "1")...UInt8(ascii: "5")).contains(bytes[0])
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        if isClass, digits.contains(bytes[1]), digits.contains(bytes[2]) { return key }
        if isClass, bytes[1] | 0x20 == UInt8(ascii: "x"), bytes[2] | 0x20 == UInt8(ascii: "x") {
            let range = "\(key.unicodeScalars.first ?? "0")XX"
            if range != key {
                report(
                    "response.status",
                    .error,
                    "the status range '\(key)' must be in upper case: '\(range)'",
                    at: value
                )
            }
            return range
        }
        report(
            "response.status",
            .error,
            "'\(Reference.excerpt(key))' is not a valid status; use three digits, a range such as 4XX, or default",
            at: value
        )
        return nil
    }

    private mutating func readResponse(_ value: DocumentNode, statusKey: String) -> Response {
        Response(
            statusKey: statusKey,
            description: value.text("description") ?? "",
            headers: readHeaders(value["headers"]),
            content: readContent(value["content"]),
            links: readLinks(value["links"]),
            location: documents.location(of: value)
        )
    }

    private mutating func readLinks(_ value: DocumentNode?) -> [ResponseLink] {
        guard let value, value.node.kind == .object else { return [] }
        return value.entries.flatMap { entry -> [ResponseLink] in
            guard let link = resolved(entry.value), let parameters = link["parameters"],
                parameters.node.kind == .object
            else { return [] }
            return ResponseLink.links(
                operationId: link.text("operationId"), operationRef: link.text("operationRef"),
                parameters: parameters.members.compactMap { member in
                    member.value.node.string.map { (member.name, $0) }
                })
        }
    }

    mutating func readHeaders(_ value: DocumentNode?) -> [Header] {
        guard let value = inner(value), value.node.kind == .object else { return [] }
        return value.entries.compactMap { readHeader($0.value, name: $0.name) }
    }
}

extension ContractReader {
    /// Reads the webhooks of a document (OpenAPI 3.1.1, section 4.8.1).
    mutating func readWebhooks(_ root: DocumentNode) {
        guard let webhooks = inner(root["webhooks"]), webhooks.node.kind == .object else { return }
        for member in webhooks.members where !member.name.isExtensionName {
            readOutgoing(member.value, name: member.name, path: member.name)
        }
    }

    /// Reads the callbacks of an operation (OpenAPI 3.0.4, section 4.7.18). Callbacks of callbacks are ignored.
    mutating func readCallbacks(of operation: DocumentNode) {
        guard !isReadingOutgoing, let callbacks = inner(operation["callbacks"]), callbacks.node.kind == .object else {
            return
        }
        for member in callbacks.members where !member.name.isExtensionName {
            guard let callback = resolved(member.value), callback.node.kind == .object else { continue }
            for item in callback.members where !item.name.isExtensionName {
                readOutgoing(item.value, name: member.name, path: item.name)
            }
        }
    }

    private mutating func readOutgoing(_ item: DocumentNode, name: String, path: String) {
        guard let template = try? PathTemplate("/") else { return }
        isReadingOutgoing = true
        let scope = PathItemScope(servers: [], security: [])
        let operations = readPathItem(item, path: path, template: template, inherited: scope)
        isReadingOutgoing = false
        outgoing += operations.map { OutgoingCall(name: name, operation: $0) }
    }
}

internal import Diagnostics
internal import JSONDocument
internal import JSONSchema
internal import Primitives

extension DocumentLint {
    /// Reports findings that are visible only when operations are compared.
    mutating func lintOperations() {
        lintStatuses()
        lintHeaders()
        lintErrors()
    }

    /// Reports a status that only one operation documents, among several operations of a group.
    private mutating func lintStatuses() {
        var groups: [(name: String, operations: [Operation])] = []
        for operation in contract.operations {
            let name = operation.annotations.tags.first ?? String(operation.path.split(separator: "/").first ?? "")
            if let index = groups.firstIndex(where: { $0.name.isSame(as: name) }) {
                groups[index].operations.append(operation)
            } else {
                groups.append((name, [operation]))
            }
        }
        for group in groups where group.operations.count >= 3 {
            for operation in group.operations {
                let others = group.operations.filter { $0.key != operation.key }
                let alone = operation.responses.map(\.statusKey).filter { key in
                    Self.isError(key) && !others.contains { $0.responses.contains { $0.statusKey == key } }
                }
                guard let last = alone.last else { continue }
                let statuses = alone.count == 1 ? last : alone.dropLast().joined(separator: ", ") + " and " + last
                findings.append(
                    Diagnostic(
                        "operation.status-differs",
                        .note,
                        "\(operation.name) documents \(statuses), but none of the other \(others.count) operations of"
                            + " '\(Reference.excerpt(group.name))' does",
                        at: operation.location
                    )
                )
            }
        }
    }

    private static func isError(_ statusKey: String) -> Bool {
        guard let first = statusKey.utf8.first else { return false }
        return first == UInt8(ascii: "4") || first == UInt8(ascii: "5")
    }

    /// Reports a response header that repeats a request header but cannot have the value that requests send.
    private mutating func lintHeaders() {
        for operation in contract.operations {
            for response in operation.responses {
                for header in response.headers {
                    guard let parameter = operation.parameter(header.name, in: .header) else { continue }
                    lintHeader(header, parameter)
                }
            }
        }
    }

    private mutating func lintHeader(_ header: Header, _ parameter: Parameter) {
        guard let schema = header.valueSchema, let view = schema.view, let sent = parameter.valueSchema?.view else {
            return
        }
        let allowed = view.enumeration
        let values = sent.enumeration.isEmpty ? sent.defaultValue.map { [$0] } ?? [] : sent.enumeration
        guard !allowed.isEmpty, !values.isEmpty, let preset = values.first else { return }
        let known = Set(allowed.map(\.value))
        guard !values.contains(where: { known.contains($0.value) }) else { return }
        let list = allowed.prefix(5).map { Reference.excerpt($0.spelling) }.joined(separator: ", ")
        let finding = Diagnostic(
            "response.header-mismatch",
            .warning,
            "the response header \(header.name) allows only \(list), but the request header of that name is"
                + " \(Reference.excerpt(preset.spelling))",
            at: schema.location,
            place: "#" + schema.place.pointer.description,
            related: [Diagnostic.Related("the request header", at: parameter.location)]
        )
        if !findings.contains(finding) { findings.append(finding) }
    }

    /// Reports errors whose schema accepts nothing, and errors with a less specific schema than the others.
    private mutating func lintErrors() {
        var errors: [(view: SchemaView, schema: Schema)] = []
        for operation in contract.operations {
            for response in operation.responses where Self.isError(response.statusKey) {
                for mediaType in response.content where mediaType.range.isJSON {
                    guard let schema = mediaType.schema, let view = schema.view else { continue }
                    guard !errors.contains(where: { $0.view.place == view.place }) else { continue }
                    errors.append((view, schema))
                }
            }
        }
        let empty = JSONDocument(.object(JSONObject()))
        for (view, schema) in errors where !view.propertyNames.isEmpty {
            guard let compiled = try? schema.compiled(), compiled.isValid(empty.root) == .valid else { continue }
            report(
                "response.empty-error", "the schema of an error accepts an empty object: nothing is required",
                at: view.place)
        }
        lintWeakErrors(errors.map(\.view))
    }

    private mutating func lintWeakErrors(_ errors: [SchemaView]) {
        var seen: Set<JSONNameKey> = []
        for name in errors.flatMap(\.propertyNames) where seen.insert(JSONNameKey(name)).inserted {
            let declaring = errors.compactMap { error in error.property(name).map { (error, $0) } }
            let open = declaring.filter { $0.1.enumeration.isEmpty }
            guard declaring.count >= 3, open.count == 1, let (_, property) = open.first else { continue }
            report(
                "schema.weaker-sibling",
                "'\(name)' has no list of values here, but the other \(declaring.count - 1) errors have one",
                at: property.place
            )
        }
    }
}

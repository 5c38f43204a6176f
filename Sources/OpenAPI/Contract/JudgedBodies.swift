internal import JSONDocument
public import JSONSchema

/// Media types whose bodies are a sequence of JSON values (OpenAPI 3.2.0, section 4.14).
public enum SequenceForm: Sendable, Hashable {
    /// A JSON value per line.
    case lines
    /// JSON texts after record separators (RFC 7464).
    case records
    /// Server-sent events (WHATWG HTML, section 9.2.6).
    case events
}

extension MediaTypeName {
    /// How bodies of this type list their items; `nil` for types that are not sequences.
    public var sequenceForm: SequenceForm? {
        switch (type, subtype) {
        case ("application", "x-ndjson"), ("application", "ndjson"), ("application", "jsonl"),
            ("application", "x-jsonlines"), ("application", "json-lines"), ("application", "jsonlines"):
            .lines
        case ("application", "json-seq"): .records
        case ("text", "event-stream"): .events
        default: subtype.utf8.suffix(9).elementsEqual("+json-seq".utf8) ? .records : nil
        }
    }
}

extension SchemaView {
    /// Keywords that restrict more than the length of a value.
    private static let otherKeywords: Set<String> = [
        "enum", "const", "pattern", "not", "oneOf", "anyOf", "if", "then", "else", "$dynamicRef", "$recursiveRef",
        "contentEncoding", "contentSchema", "properties", "required", "additionalProperties", "patternProperties",
        "propertyNames", "minProperties", "maxProperties", "dependentRequired", "dependentSchemas", "dependencies",
        "unevaluatedProperties", "items", "prefixItems", "additionalItems", "contains", "minContains", "maxContains",
        "minItems", "maxItems", "uniqueItems", "unevaluatedItems", "minimum", "maximum", "exclusiveMinimum",
        "exclusiveMaximum", "multipleOf",
    ]

    /// Whether binary data can be checked by the schema: it restricts only the length (OpenAPI 3.0.4 and 3.1.1, Working
    /// with Binary Data).
    public var isOfOctets: Bool {
        if let boolean = node.boolean { return boolean }
        let branches = branches
        let isSimple = branches.allSatisfy { branch in
            branch.node.kind == .object
                && branch.node.members.allSatisfy { member in
                    !Self.otherKeywords.contains(member.name) || branch.ownKeyword(member.name) == nil
                }
        }
        return isSimple && allows(.string)
            && branches.allSatisfy { $0.ownKeyword("format").map { $0.string == "binary" } ?? true }
    }
}

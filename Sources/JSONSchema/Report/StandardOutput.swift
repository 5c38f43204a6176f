public import JSONDocument

/// The output formats of JSON Schema 2020-12, section 12.4, that other tools read.
public enum StandardOutput: Sendable, Hashable, CaseIterable {
    /// The verdict alone.
    case flag
    /// The verdict and a flat list of errors.
    case basic
    /// The verdict and errors, those of alternatives nested below the keyword that they belong to.
    case detailed
}

extension SchemaReport {
    /// The report in one of the output formats of JSON Schema 2020-12, section 12.4.
    ///
    /// `keywordLocation` is the place of the keyword in the document where it stands: the way through `$ref`, which
    /// differs from it behind a reference, is not kept. `absoluteKeywordLocation` is that place with the document's
    /// URI. A verdict that is open counts as invalid here, and its error says that it is open.
    public func output(_ format: StandardOutput) -> JSONValue {
        var members: [(String, JSONValue)] = [("valid", .boolean(outcome == .valid))]
        if outcome != .valid, format != .flag {
            members.append(("errors", .array(issues.flatMap { $0.units(isNested: format == .detailed) })))
        }
        return .object(JSONObject(members))
    }
}

extension SchemaIssue {
    /// The issue as an output unit; the units of its alternatives below it or behind it.
    fileprivate func units(isNested: Bool) -> [JSONValue] {
        var members: [(String, JSONValue)] = [
            ("keywordLocation", .string(schema.pointer.description)),
            ("absoluteKeywordLocation", .string(schema.uri + "#" + schema.pointer.uriFragment)),
            ("instanceLocation", .string(pointer.description)),
            ("error", .string(message)),
        ]
        // Issues nest as deep as alternatives do in the schema, which compiling bounds.
        let below = causes.joined().flatMap { $0.units(isNested: isNested) }
        guard isNested else { return [.object(JSONObject(members))] + below }
        if !below.isEmpty { members.append(("errors", .array(below))) }
        return [.object(JSONObject(members))]
    }
}

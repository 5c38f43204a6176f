public import JSONDocument

/// The standard output formats for other tools (JSON Schema 2020-12 Core, section 12.4).
public enum StandardOutput: Sendable, Hashable, CaseIterable {
    /// The verdict alone.
    case flag
    /// The verdict and a flat list of errors.
    case basic
    /// The verdict and errors; errors of alternatives are nested below their keyword.
    case detailed
}

extension SchemaReport {
    /// The report in one of the standard output formats (JSON Schema 2020-12 Core, section 12.4).
    ///
    /// `keywordLocation` is the place of the keyword in its document. It is not the path through `$ref`, which is not
    /// recorded. `absoluteKeywordLocation` is that place with the document's URI. An undecided verdict counts as
    /// invalid here, and its error says that it is undecided.
    public func output(_ format: StandardOutput) -> JSONValue {
        var members: [(String, JSONValue)] = [("valid", .boolean(outcome == .valid))]
        if outcome != .valid, format != .flag {
            members.append(("errors", .array(issues.flatMap { $0.units(isNested: format == .detailed) })))
        }
        return .object(JSONObject(members))
    }
}

extension SchemaIssue {
    /// The issue as an output unit, with the units of its alternatives nested or appended.
    fileprivate func units(isNested: Bool) -> [JSONValue] {
        var members: [(String, JSONValue)] = [
            ("keywordLocation", .string(schema.pointer.description)),
            ("absoluteKeywordLocation", .string(schema.uri + "#" + schema.pointer.uriFragment)),
            ("instanceLocation", .string(pointer.description)),
            ("error", .string(message)),
        ]
        // Issues nest as deeply as alternatives do in the schema, which the compiler bounds.
        let below = causes.joined().flatMap { $0.units(isNested: isNested) }
        guard isNested else { return [.object(JSONObject(members))] + below }
        if !below.isEmpty { members.append(("errors", .array(below))) }
        return [.object(JSONObject(members))]
    }
}

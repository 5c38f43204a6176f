import Diagnostics
public import JSONDocument
import Reporting

extension StepExplanation {
    /// The explanation for programs.
    public var json: JSONValue {
        JSONValue.members([
            ("scenario", .string(scenario)),
            ("step", .string(step)),
            ("file", .string(location.file)),
            ("line", .number(JSONNumber(location.line))),
            ("note", note.isEmpty ? nil : .string(note)),
            ("skipped", skipped.map { .string($0) }),
            ("call", .string(call)),
            ("operation", operation.map(\.json)),
            ("method", method.map { .string($0) }),
            ("url", url.map { .string($0) }),
            ("values", .array(values.map(\.json))),
            ("body", body.map { .string($0) }),
            ("checks", .array(checks.map(\.json))),
            ("curl", curl.map { .string($0) }),
        ])
    }
}

extension ExplainedValue {
    fileprivate var json: JSONValue {
        JSONValue.members([
            ("place", .string(place)),
            ("value", value.map { .string($0) }),
            ("leftOut", value == nil ? .boolean(true) : nil),
            ("type", type.map { .string($0) }),
            ("contract", schema.map(\.json)),
            ("source", .string(source)),
            ("origin", origin.map(\.json)),
        ])
    }
}

extension ExplainedCheck {
    fileprivate var json: JSONValue {
        JSONValue.members([
            ("kind", .string(kind)),
            ("text", .string(text)),
            ("type", type.map { .string($0) }),
            ("contract", schema.map(\.json)),
            ("table", origin.map(\.json)),
        ])
    }
}

extension SourceLocation {
    var json: JSONValue {
        .object(
            JSONObject([
                ("file", .string(file)), ("line", .number(JSONNumber(line))), ("column", .number(JSONNumber(column))),
            ]))
    }
}

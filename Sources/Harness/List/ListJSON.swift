import Diagnostics
public import JSONDocument
import Reporting

extension PlanListing.Scenario {
    /// The scenario for programs.
    public var json: JSONValue {
        JSONValue.members([
            ("name", .string(id)),
            ("file", .string(file)),
            ("line", .number(JSONNumber(line))),
            ("tags", .array(tags.map { .string($0) })),
            ("skipped", skipped.map { .string($0) }),
            ("steps", .array(steps.map(\.json))),
        ])
    }
}

extension PlanListing.Step {
    fileprivate var json: JSONValue {
        JSONValue.members([
            ("name", .string(name)),
            ("file", .string(location.file)),
            ("line", .number(JSONNumber(location.line))),
            ("call", .string(call)),
            ("expect", .string(expect)),
            ("tags", .array(tags.map { .string($0) })),
            ("options", .array(options.map { .string($0) })),
            ("skipped", skipped.map { .string($0) }),
        ])
    }
}

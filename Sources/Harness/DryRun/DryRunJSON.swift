import Diagnostics
public import JSONDocument
import Reporting

extension DryRun.Scenario {
    /// The scenario for programs.
    public var json: JSONValue {
        JSONValue.members([
            ("name", .string(id)),
            ("file", .string(file)),
            ("line", .number(JSONNumber(line))),
            ("steps", .array(steps.map(\.json))),
        ])
    }
}

extension DryRun.Step {
    fileprivate var json: JSONValue {
        let place: [(String, JSONValue?)] = [
            ("name", .string(name)), ("file", .string(location.file)), ("line", .number(JSONNumber(location.line))),
        ]
        switch action {
        case .skip(let reason): return JSONValue.members(place + [("skipped", .string(reason))])
        case .wait(let duration): return JSONValue.members(place + [("wait", .string("\(duration)"))])
        case .send(let method, let url, let headers, let body):
            let fields = headers.map { header in
                JSONValue.members([("name", .string(header.name)), ("value", .string(header.value))])
            }
            return JSONValue.members(
                place + [
                    ("method", .string(method)), ("url", .string(url)), ("headers", .array(fields)),
                    ("body", body.map { .string($0) }),
                ])
        }
    }
}

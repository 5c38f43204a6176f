public import JSONDocument
import Reporting

extension InitResult {
    /// The members of the JSON report.
    public var members: [(String, JSONValue?)] {
        [
            ("output", .string(output)),
            (
                "files",
                .array(
                    files.map { file in
                        JSONValue.members([
                            ("path", .string(file.path)),
                            ("written", .boolean(file.isWritten)),
                            ("scenarios", file.scenarios > 0 ? .number(JSONNumber(file.scenarios)) : nil),
                            ("steps", file.steps > 0 ? .number(JSONNumber(file.steps)) : nil),
                        ])
                    })
            ),
            ("variables", .array(placeholders.map { .string($0) })),
            (
                "leftOut",
                .array(
                    leftOut.map { entry in
                        JSONValue.members([
                            ("operation", .string(entry.operation)), ("what", .string(entry.what)),
                            ("why", .string(entry.why)),
                        ])
                    })
            ),
        ]
    }
}

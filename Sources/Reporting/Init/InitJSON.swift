import Diagnostics
import JSONDocument

/// The result of `assay init` as JSON for programs.
package struct InitJSON: Sendable {
    /// Writes the report.
    package init() {}

    /// The report as pretty-printed JSON.
    package func render(_ result: InitResult) -> String {
        JSONEnvelope("init").render(
            exit: 0,
            [
                ("output", .string(result.output)),
                ("files", .array(result.files.map(file))),
                ("variables", .array(result.placeholders.map { .string($0) })),
                ("leftOut", .array(result.leftOut.map(leftOut))),
            ], diagnostics: result.diagnostics.entries)
    }

    private func file(_ file: InitResult.File) -> JSONValue {
        .members([
            ("path", .string(file.path)),
            ("written", .boolean(file.isWritten)),
            ("scenarios", file.scenarios > 0 ? .integer(file.scenarios) : nil),
            ("steps", file.steps > 0 ? .integer(file.steps) : nil),
        ])
    }

    private func leftOut(_ entry: InitResult.LeftOut) -> JSONValue {
        .members([
            ("operation", .string(entry.operation)), ("what", .string(entry.what)), ("why", .string(entry.why)),
        ])
    }
}

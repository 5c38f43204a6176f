public import Diagnostics
public import Exchanges
public import JSONDocument

/// The JSON report of any command: the shape `assay/1` with the members of that command.
public struct CommandJSON: Sendable {
    private let command: String
    private let verdicts: VerdictJSON

    /// A report of `command`; `redactor` masks secrets in every diagnostic.
    public init(_ command: String, redactor: Redactor = .none) {
        self.command = command
        verdicts = VerdictJSON(redactor: redactor)
    }

    /// The report as pretty-printed JSON with a line break at its end.
    ///
    /// - Parameters:
    ///   - exit: The exit code of the process.
    ///   - members: What the command has to tell, in order; members without a value are left out.
    public func render(exit: Int, _ members: [(String, JSONValue?)] = [], diagnostics: [Diagnostic] = []) -> String {
        let all: [(String, JSONValue?)] =
            [
                ("schema", "assay/1"),
                ("command", .string(command)),
                ("outcome", .string(VerdictJSON.outcome(exit: exit))),
                ("exit", .integer(exit)),
            ] + members + [("diagnostics", .array(diagnostics.map(verdicts.diagnostic)))]
        return JSONValue.members(all).text(.pretty) + "\n"
    }
}

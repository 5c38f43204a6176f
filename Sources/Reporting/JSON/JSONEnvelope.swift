package import Diagnostics
package import Exchanges
package import JSONDocument

/// The JSON report of any command: the shape `assay/1` with the members of that command.
///
/// Every report of the tool, including that of a failed command, begins with `schema`, `command`, `outcome` and `exit`
/// and ends with `diagnostics`.
package struct JSONEnvelope: Sendable {
    private let command: String
    private let values: MaskedJSON

    /// A report of `command`; `redactor` masks secrets in every diagnostic.
    package init(_ command: String, redactor: Redactor = .none) {
        self.command = command
        values = MaskedJSON(redactor: redactor)
    }

    /// The report as pretty-printed JSON with a line break at its end.
    ///
    /// - Parameters:
    ///   - exit: The exit code of the process.
    ///   - outcome: The meaning of the exit code; `nil` for the usual word.
    ///   - members: The results of the command, in order; members without a value are left out.
    package func render(
        exit: Int, outcome: String? = nil, _ members: [(String, JSONValue?)] = [], diagnostics: [Diagnostic] = []
    ) -> String {
        var bytes: [UInt8] = []
        write(exit: exit, outcome: outcome, diagnostics: diagnostics, to: { bytes += $0 }) { text in
            for (name, value) in members {
                if let value { text.add(name, value) }
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Writes the report piece by piece, so a long one is never completely in memory.
    ///
    /// - Parameters:
    ///   - sink: Receives the bytes.
    ///   - members: Adds the results of the command.
    func write(
        exit: Int, outcome: String? = nil, diagnostics: [Diagnostic], to sink: @escaping ([UInt8]) -> Void,
        _ members: (inout JSONObjectText) -> Void
    ) {
        var text = JSONObjectText(handingOn: sink)
        text.add("schema", "assay/1")
        text.add("command", .string(command))
        text.add("outcome", .string(outcome ?? Self.outcome(exit: exit)))
        text.add("exit", .integer(exit))
        members(&text)
        text.add("diagnostics", .array(diagnostics.map(values.diagnostic)))
        text.end()
    }

    /// The meaning of an exit code, in one word.
    static func outcome(exit: Int) -> String {
        switch exit {
        case 0: "passed"
        case 2: "wrongInput"
        case 3: "notPossible"
        case 130: "interrupted"
        default: "failed"
        }
    }
}

extension JSONValue {
    /// An object with the members that have a value, in order.
    package static func members(_ members: [(String, JSONValue?)]) -> JSONValue {
        .object(JSONObject(members.compactMap { name, value in value.map { (name, $0) } }))
    }

    /// A whole number.
    static func integer(_ value: Int) -> JSONValue {
        .number(JSONNumber(value))
    }
}

import ArgumentParser

/// Options that set variables; the same in every command that reads tables.
struct VariableOptions: ParsableArguments {
    @Option(
        name: .customLong("var"),
        help: ArgumentHelp(
            "A value for {{var.NAME}}, before those of the target and of assay.yaml; repeatable.",
            valueName: "name=value"),
        transform: { try VariableOptions.variable($0) })
    var variables: [(name: String, value: String)] = []

    private static func variable(_ text: String) throws -> (name: String, value: String) {
        guard let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")), equals > text.startIndex else {
            throw ValidationError("must be NAME=VALUE")
        }
        return (String(text[..<equals]), String(text[text.utf8.index(after: equals)...]))
    }
}

import Diagnostics
public import OpenAPI

extension Contract {
    /// The operation of this name: an operationId, `METHOD /path/{template}` in any case of the method, or a method and a
    /// real path.
    ///
    /// - Throws: `HarnessError` (exit 2) with the nearest name when there is none.
    public func operation(named name: String) throws(HarnessError) -> Operation {
        if let operation = operation(name) ?? routed(name) { return operation }
        let names = operations.map(\.name)
        throw .wrongInput(
            "validate.unknown-operation", "the document has no operation '\(name)'",
            help: nearestName(to: name, among: names + operations.map(\.key)).map { "did you mean `\($0)`?" }
                ?? (names.isEmpty ? nil : "the operations are \(names.prefix(20).joined(separator: ", "))"))
    }

    private func routed(_ text: String) -> Operation? {
        let parts = text.split(separator: " ", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        let (method, path) = (parts[0].uppercased(), String(parts[1]))
        if let operation = operation("\(method) \(path)") { return operation }
        guard case .operation(let operation, _) = route(method: method, path: path) else { return nil }
        return operation
    }
}

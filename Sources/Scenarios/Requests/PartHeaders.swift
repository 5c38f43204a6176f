internal import JSONDocument
internal import JSONSchema
internal import OpenAPI
internal import Primitives

/// The headers that a row sets for parts of its multipart body.
struct PartHeaders {
    /// The text of each header; `nil` for one that is omitted.
    private var settings: [(path: ItemPath, name: String, text: String?)] = []

    var isEmpty: Bool { settings.isEmpty }

    /// Sets the header at a path; a later value of the same header replaces it.
    ///
    /// - Parameters:
    ///   - value: The value; `nil` to omit the header.
    ///   - declared: The declaration of the header.
    mutating func put(
        _ value: JSONValue?, name: String, as declared: Header?, at path: ItemPath
    ) throws(ValueFailure) {
        let text = value.map { Self.text($0, as: declared) ?? $0.string ?? $0.text }
        if let problem = FieldRules.problem(name: name) { throw .invalid(problem) }
        if let text, let problem = FieldRules.problem(value: text) { throw .invalid("\(path.text) \(problem)") }
        settings.removeAll { $0.path == path }
        settings.append((path, name, text))
    }

    /// The headers of a part: those that the row sets, and required ones with a default.
    func headers(of part: JSONPointer, _ encoding: FieldEncoding?) -> [PartHeader] {
        let own = settings.filter { $0.path.isPlace(.partHeader(part, $0.name)) }
        let standard = (encoding?.headers ?? []).compactMap { header -> PartHeader? in
            guard header.isRequired, !own.contains(where: { header.isNamed($0.name) }),
                let value = header.valueSchema?.view?.defaultValue?.value, let text = Self.text(value, as: header),
                FieldRules.problem(value: text) == nil
            else { return nil }
            return PartHeader(name: header.name, value: text)
        }
        return own.compactMap { setting in setting.text.map { PartHeader(name: setting.name, value: $0) } } + standard
    }

    private static func text(_ value: JSONValue, as header: Header?) -> String? {
        header.flatMap { try? ParameterCodec.serialise(value, as: $0).joined(separator: ", ") }
    }
}

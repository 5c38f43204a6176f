import Generation
import JSONDocument
import JSONSchema
import OpenAPI
import Primitives

/// The links whose value is always present. An optional response member may be absent, and a row that needs it would be
/// skipped.
struct GivenLinks {
    private struct Key: Hashable {
        let operation: String
        let parameter: String
    }

    private var given: Set<Key> = []

    /// Finds these links for all operations with a form.
    init(_ operations: [Operation], _ links: ResourceLinks, _ forms: OperationForms, _ values: DraftValues) {
        var responses: [String: JSONValue?] = [:]
        for operation in operations {
            for link in links.links(of: operation) {
                guard let form = forms[link.provider.key],
                    let parameter = operation.parameter(link.parameter, in: .path)
                else { continue }
                let isGiven: Bool
                switch link.source {
                case .responseBody where link.isCreation: isGiven = true
                case .responseBody(let path):
                    let key = link.provider.key
                    let response = responses[key] ?? Self.response(of: link.provider, values)
                    responses[key] = .some(response)
                    // A creation returns the id in the wrapper, even if its example does not show it.
                    let isWrapped =
                        link.isOwner && path.count == 2 && !["metadata", "meta"].contains(path[0].lowercased())
                    isGiven = isWrapped || values.accepts(response?.value(at: JSONPointer(path)), for: parameter)
                case .responseHeader where link.isOwner, .requestQuery where link.isOwner: isGiven = false
                case .responseHeader(let name):
                    let response = link.provider.responses.first { $0.statusKey.utf8.first == UInt8(ascii: "2") }
                    isGiven = response?.headers.contains { $0.isNamed(name) && $0.isRequired } ?? false
                case .requestBody(let path):
                    isGiven = values.accepts(form.body?.sample.value(at: JSONPointer(path)), for: parameter)
                case .requestPath(let name):
                    isGiven = form.pathNames.contains { $0.isSame(as: name) }
                case .requestQuery(let name):
                    isGiven = form.parameters.contains { $0.place == .query && $0.isRequired && $0.isNamed(name) }
                }
                if isGiven { given.insert(Key(operation: operation.key, parameter: link.parameter)) }
            }
        }
    }

    /// Whether a row of the operation can use the link's value from its provider's row.
    func contains(_ link: ResourceLinks.Link, of operation: Operation) -> Bool {
        given.contains(Key(operation: operation.key, parameter: link.parameter))
    }

    /// The document's first successful response: a valid example, otherwise a generated value with all declared
    /// members.
    private static func response(of operation: Operation, _ values: DraftValues) -> JSONValue? {
        guard let media = ResourceLinks.success(of: operation) else { return nil }
        let options = ValidationOptions(direction: .response)
        if let compiled = try? media.schema?.compiled() {
            let valid = media.examples.first { compiled.isValid(JSONDocument($0.value.value).root, options) == .valid }
            if let valid { return valid.value.value }
        }
        let generator = ValueGenerator(schemas: values.schemas, seed: "", direction: .response, style: .plain)
        return media.schema.flatMap { generator.value(for: $0.place, at: operation.key) }
    }
}

extension DraftValues {
    /// Whether a value from elsewhere can be the text of a parameter.
    func accepts(_ value: JSONValue?, for parameter: Parameter) -> Bool {
        switch value {
        case .string(let text)?: !text.isEmpty && accepts(text: text, for: parameter)
        case .number(let number)?: accepts(text: number.lexeme, for: parameter)
        default: false
        }
    }

    /// Whether a parameter allows a text, converted by its schema.
    func accepts(text: String, for parameter: Parameter) -> Bool {
        guard let schema = parameter.valueSchema else { return true }
        let number = JSONNumber(text).map { JSONValue.number($0) }
        return [.string(text), number].compactMap { $0 }.contains { accepts($0, by: schema) }
    }
}

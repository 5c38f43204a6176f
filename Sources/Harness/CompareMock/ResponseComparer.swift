import Exchanges
import JSONDocument
import JSONSchema
import OpenAPI
import Primitives
import Scenarios

/// Compares the response of a server with that of the mock: status, documented headers, and the shape of the body.
///
/// Values are compared only where they mean something: enumerations, booleans, states of promised resources, and the
/// texts of errors. All other values differ from response to response.
struct ResponseComparer {
    /// Bodies are compared up to this depth.
    private static let maximumDepth = 12

    /// A place in which the two responses differ.
    struct Found {
        var place: ObservedDifference.Place
        var kind: ObservedDifference.Kind
        /// The document's description of the place.
        var document: String
        var sandbox: JSONValue?
        var mock: JSONValue?
    }

    let step: Step
    /// The names of members with the state of a promised resource.
    let states: Set<String>
    private(set) var found: [Found] = []

    init(_ step: Step, states: Set<String>) {
        self.step = step
        self.states = states
    }

    private var operation: OpenAPI.Operation? { step.call.operation }

    /// Compares two responses. If their status differs, nothing else is compared.
    mutating func compare(_ sandbox: ResponseMessage, _ mock: ResponseMessage) {
        guard sandbox.status == mock.status else {
            let documented = operation?.responses.map(\.statusKey).joined(separator: ", ") ?? ""
            add(.status, .value, documented, .integer(sandbox.status), .integer(mock.status))
            return
        }
        let declared = operation?.response(status: sandbox.status)
        compareHeaders(declared, sandbox, mock)
        let (real, own) = (mediaType(sandbox), mediaType(mock))
        guard real.map({ $0.lowercased() }) == own.map({ $0.lowercased() }) else {
            let documented = declared?.content.map(\.range.description).joined(separator: ", ") ?? ""
            add(.mediaType, .value, documented, real.map { .string($0) }, own.map { .string($0) })
            return
        }
        guard let left = json(sandbox), let right = json(mock) else { return }
        let schema = sandbox.header("content-type").first.flatMap { declared?.mediaType(for: $0)?.schema?.view }
        compare(left, right, .root, schema, isRequired: true, isError: sandbox.status >= 400)
    }

    private mutating func compareHeaders(
        _ declared: Response?, _ sandbox: ResponseMessage, _ mock: ResponseMessage
    ) {
        for header in declared?.headers ?? [] where !header.isIgnored {
            let name = header.name.lowercased()
            let (real, own) = (sandbox.header(name).first, mock.header(name).first)
            guard (real == nil) != (own == nil) else { continue }
            let document =
                (header.valueSchema?.view.map { Self.text(of: $0) } ?? "")
                + (header.isRequired ? ", required" : "")
            add(
                .header(name), real == nil ? .surplus : .missing, document, real.map { .string($0) },
                own.map { .string($0) })
        }
    }

    private mutating func compare(
        _ real: JSONValue, _ own: JSONValue, _ pointer: JSONPointer, _ schema: SchemaView?, isRequired: Bool,
        isError: Bool
    ) {
        guard pointer.tokens.count < Self.maximumDepth else { return }
        let document =
            schema.map { Self.text(of: $0) + (isRequired && !pointer.tokens.isEmpty ? ", required" : "") }
            ?? ""
        guard real.kind == own.kind else {
            add(.body(pointer), .kind, document, real, own)
            return
        }
        switch (real, own) {
        case (.object(let left), .object(let right)):
            let required = Set(schema?.requiredNames ?? [])
            for name in left.names + right.names.filter({ left[$0] == nil }) {
                let place = pointer.appending(name)
                let inner = schema?.property(name)
                let isRequired = required.contains(name)
                if let one = left[name], let other = right[name] {
                    compare(one, other, place, inner, isRequired: isRequired, isError: isError)
                } else {
                    let text = inner.map { Self.text(of: $0) + (isRequired ? ", required" : "") } ?? "not documented"
                    add(.body(place), left[name] == nil ? .surplus : .missing, text, left[name], right[name])
                }
            }
        case (.array(let left), .array(let right)):
            guard let one = left.first, let other = right.first else { return }
            compare(
                one, other, pointer.appending("*"), schema?.items, isRequired: false, isError: isError)
        default:
            guard real != own, isSignificant(real, pointer, schema, isError: isError) else { return }
            add(.body(pointer), .value, document, real, own)
        }
    }

    /// Whether a value is more than one of many: `volatile` values are compared only by their kinds.
    private func isSignificant(
        _ value: JSONValue, _ pointer: JSONPointer, _ schema: SchemaView?, isError: Bool
    ) -> Bool {
        if let text = value.string, text.utf8.contains(0xE2), text.contains("‹") {
            // A mask of the journal.
            return false
        }
        if value.boolean != nil { return true }
        if schema?.enumeration.isEmpty == false { return true }
        if let name = pointer.tokens.last, states.contains(name) { return true }
        return isError && value.string != nil
    }

    private mutating func add(
        _ place: ObservedDifference.Place, _ kind: ObservedDifference.Kind, _ document: String, _ sandbox: JSONValue?,
        _ mock: JSONValue?
    ) {
        found.append(Found(place: place, kind: kind, document: document, sandbox: sandbox, mock: mock))
    }

    /// The JSON body of a response; `nil` if it has none.
    static func json(_ response: ResponseMessage) -> JSONValue? {
        guard response.cut == nil, !response.body.isEmpty else { return nil }
        return (try? JSONDocument(parsing: response.body))?.root.value
    }

    private func json(_ response: ResponseMessage) -> JSONValue? { Self.json(response) }

    private func mediaType(_ response: ResponseMessage) -> String? {
        guard !response.body.isEmpty else { return nil }
        return response.header("content-type").first.flatMap { MediaTypeName($0) }.map { "\($0.type)/\($0.subtype)" }
    }

    /// A schema in a few words: `string`, `"ACTIVE" | "PAID"`.
    private static func text(of schema: SchemaView) -> String {
        let values = schema.enumeration
        guard values.isEmpty else {
            return values.prefix(6).map(\.value.text).joined(separator: " | ") + (values.count > 6 ? " | …" : "")
        }
        let kinds = schema.kinds.map { kinds in
            JSONKind.allCases.filter(kinds.contains).map { $0 == .number && schema.integerOnly ? "integer" : $0.name }
        }
        return kinds?.joined(separator: " | ") ?? "any"
    }
}

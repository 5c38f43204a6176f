import JSONDocument
import JSONSchema
import OpenAPI

/// Which operation gives the value of a path parameter of another: `POST /orders` answers with the `id` that
/// `GET /orders/{id}` asks for.
struct Collections {
    /// A path parameter and the member of an earlier answer that it takes its value from.
    struct Link {
        var parameter: String
        var provider: Operation
        var member: String
    }

    /// The operations that create, by the path of what they create in.
    private let creators: [String: Operation]

    /// Looks at all operations that can be called at all.
    init(_ operations: [Operation]) {
        creators = Dictionary(
            operations.filter { $0.method == "POST" }.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The links of all path parameters, outermost first; `nil` when one of them has nowhere to come from.
    func links(of operation: Operation) -> [Link]? {
        var links: [Link] = []
        var path = ""
        for segment in operation.path.split(separator: "/").map(String.init) {
            if let name = Self.parameter(segment) {
                guard let provider = creators[path], provider.key != operation.key,
                    let member = Self.idMember(of: provider, for: name)
                else { return nil }
                links.append(Link(parameter: name, provider: provider, member: member))
            } else if segment.utf8.contains(UInt8(ascii: "{")) {
                return nil
            }
            path += "/" + segment
        }
        return links
    }

    /// Everything that has to be created before an operation can be called, outermost first.
    func creators(before operation: Operation) -> [Operation] {
        links(of: operation)?.map(\.provider) ?? []
    }

    /// The operation that creates the outermost thing that an operation works on.
    func root(of operation: Operation) -> Operation? { links(of: operation)?.first?.provider }

    /// The name of a segment that is one parameter and nothing else.
    private static func parameter(_ segment: String) -> String? {
        let bytes = Array(segment.utf8)
        guard bytes.first == UInt8(ascii: "{"), bytes.last == UInt8(ascii: "}"), bytes.count > 2 else { return nil }
        let inner = bytes.dropFirst().dropLast()
        return inner.contains(UInt8(ascii: "{")) ? nil : String(decoding: inner, as: UTF8.self)
    }

    /// The member of what `operation` answers that a path parameter means: of its name, else `id`, else the first
    /// that ends in `id`.
    private static func idMember(of operation: Operation, for parameter: String) -> String? {
        guard let view = success(of: operation), view.allows(.object) else { return nil }
        let names = view.propertyNames
        let wanted = Names.folded(parameter)
        return names.first { Names.folded($0).utf8.elementsEqual(wanted.utf8) }
            ?? names.first { Names.folded($0) == "id" }
            ?? names.first { Names.folded($0).utf8.reversed().starts(with: "di".utf8) }
    }

    /// The schema of the answer that an operation gives when all is well.
    static func success(of operation: Operation) -> SchemaView? {
        operation.responses.first { $0.statusKey.utf8.first == UInt8(ascii: "2") }?
            .content.first { $0.range.isJSON }?.schema?.view
    }
}

import JSONDocument
import JSONSchema

/// What the shape of a document shows of collections: `POST /orders` answers with the `id` that `GET /orders/{id}`
/// asks for.
///
/// The member of the answer is the one that is named like the path parameter (case, `_` and `-` do not count), else
/// `id`, else the first that ends in `Id` or `_id`.
public struct ResourceLinks: Sendable {
    /// A path parameter and the member of an earlier answer that it takes its value from.
    public struct Link: Sendable {
        /// The name of the path parameter.
        public let parameter: String
        /// The operation that creates what the parameter names.
        public let provider: Operation
        /// The member of the provider's answer.
        public let member: String
    }

    private let linksByKey: [String: [Link]]
    private let providerKeys: Set<String>
    private let membersByProvider: [String: [String]]

    /// Looks for links between `operations`.
    public init(_ operations: [Operation]) {
        let creators = Dictionary(
            operations.filter { $0.method == "POST" }.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        var links: [String: [Link]] = [:]
        var providers: Set<String> = []
        var members: [String: [String]] = [:]
        for operation in operations {
            let found = Self.links(of: operation, creators)
            guard !found.isEmpty else { continue }
            links[operation.key] = found
            for link in found {
                providers.insert(link.provider.key)
                if members[link.provider.key]?.contains(link.member) != true {
                    members[link.provider.key, default: []].append(link.member)
                }
            }
        }
        linksByKey = links
        providerKeys = providers
        membersByProvider = members
    }

    /// The links of all path parameters of an operation, outermost first; empty when it has no parameters in its
    /// path, or one of them has nowhere to come from.
    public func links(of operation: Operation) -> [Link] { linksByKey[operation.key] ?? [] }

    /// Whether an operation creates what others ask for.
    public func isProvider(_ operation: Operation) -> Bool { providerKeys.contains(operation.key) }

    /// The members of an operation's answer that others ask for, in the order of the document.
    public func members(of provider: Operation) -> [String] { membersByProvider[provider.key] ?? [] }

    /// The first JSON answer that an operation documents for success.
    public static func success(of operation: Operation) -> MediaType? {
        operation.responses.first { $0.statusKey.utf8.first == UInt8(ascii: "2") }?.content.first { $0.range.isJSON }
    }

    private static func links(of operation: Operation, _ creators: [String: Operation]) -> [Link] {
        var links: [Link] = []
        var path = ""
        for segment in operation.path.split(separator: "/").map(String.init) {
            if let name = parameter(segment) {
                guard let provider = creators[path], provider.key != operation.key,
                    operation.parameter(name, in: .path)?.style == .simple,
                    let member = idMember(of: provider, for: name)
                else { return [] }
                links.append(Link(parameter: name, provider: provider, member: member))
            } else if segment.utf8.contains(UInt8(ascii: "{")) {
                return []
            }
            path += "/" + segment
        }
        return links
    }

    /// The name of a segment that is one parameter and nothing else.
    private static func parameter(_ segment: String) -> String? {
        let bytes = Array(segment.utf8)
        guard bytes.first == UInt8(ascii: "{"), bytes.last == UInt8(ascii: "}"), bytes.count > 2 else { return nil }
        let inner = bytes.dropFirst().dropLast()
        return inner.contains(UInt8(ascii: "{")) ? nil : String(decoding: inner, as: UTF8.self)
    }

    private static func idMember(of operation: Operation, for parameter: String) -> String? {
        guard let view = success(of: operation)?.schema?.view, view.allows(.object), !view.allows(.array) else {
            return nil
        }
        let names = view.propertyNames.filter { name in
            guard let property = view.property(name), !property.isWriteOnly else { return false }
            return property.allows(.string) || property.allows(.number)
        }
        let wanted = folded(parameter)
        return names.first { folded($0).utf8.elementsEqual(wanted.utf8) }
            ?? names.first { folded($0).utf8.elementsEqual("id".utf8) }
            ?? names.first { name in
                ["Id", "ID", "_id", "-id"].contains { name.utf8.reversed().starts(with: $0.utf8.reversed()) }
            }
    }

    /// A name without case, `_` and `-`, in which different spellings of one name are equal.
    public static func folded(_ text: String) -> String {
        String(
            decoding: text.utf8.filter { $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: "-") }
                .map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }, as: UTF8.self)
    }
}

import JSONDocument
import JSONSchema
import Primitives

/// Finds the operation that provides the value of another operation's path parameter: `POST /orders` returns the `id`
/// that `GET /orders/{id}` needs.
///
/// In order of preference: a link in the document (OpenAPI 3.1.1, section 4.8.20); the operation that creates an item
/// in the collection before the parameter, by its response or otherwise by the client's request; a `PUT` on the item
/// itself that documents a 201.
public struct ResourceLinks: Sendable {
    /// The place of a value in the exchange of an earlier operation.
    public typealias Source = ResponseLink.Source

    /// A path parameter and the operation that provides its value.
    public struct Link: Sendable {
        /// The name of the path parameter.
        public let parameter: String
        /// The operation that creates the resource identified by the parameter.
        public let provider: Operation
        /// The place of the value in the provider's exchange.
        public let source: Source
        /// The path parameters between the previous link and this one that no operation provides.
        public let unlinked: [String]
        /// Whether the provider creates an item in the collection before the parameter and returns the resource itself.
        public let isCreation: Bool
        /// Whether the provider creates the resource identified by the parameter, wherever the id is sent.
        public let isOwner: Bool

        /// The last name of the place in the body; empty for headers and parameters.
        public var member: String {
            switch source {
            case .responseBody(let path), .requestBody(let path): path.last ?? ""
            case .responseHeader, .requestPath, .requestQuery: ""
            }
        }
    }

    private let linksByKey: [String: [Link]]
    private let unlinkedByKey: [String: [String]]
    private let providerKeys: Set<String>
    private let membersByProvider: [String: [String]]
    private let chosenByProvider: [String: String]

    /// Finds the links between `operations`.
    public init(_ operations: [Operation]) {
        let finder = LinkFinder(operations)
        var links: [String: [Link]] = [:]
        var unlinked: [String: [String]] = [:]
        var members: [String: [String]] = [:]
        var chosen: [String: String] = [:]
        for operation in operations {
            let (found, rest) = finder.links(of: operation)
            if !rest.isEmpty { unlinked[operation.key] = rest }
            guard !found.isEmpty else { continue }
            links[operation.key] = found
            for link in found {
                switch link.source {
                case .responseBody(let path), .requestBody(let path):
                    guard path.count == 1, members[link.provider.key]?.contains(link.member) != true else { continue }
                    members[link.provider.key, default: []].append(link.member)
                case .requestPath(let name): chosen[link.provider.key] = name
                case .responseHeader, .requestQuery: continue
                }
            }
        }
        linksByKey = links
        unlinkedByKey = unlinked
        providerKeys = Set(links.values.joined().map(\.provider.key))
        membersByProvider = members
        chosenByProvider = chosen
    }

    /// The links of the path parameters of an operation, outermost first.
    public func links(of operation: Operation) -> [Link] { linksByKey[operation.key] ?? [] }

    /// The path parameters after the last link that no operation provides, in the order of the path.
    public func unlinked(of operation: Operation) -> [String] { unlinkedByKey[operation.key] ?? [] }

    /// Whether an operation provides a value that others need.
    public func isProvider(_ operation: Operation) -> Bool { providerKeys.contains(operation.key) }

    /// The members of an operation's bodies that others need, in the order of the document.
    public func members(of provider: Operation) -> [String] { membersByProvider[provider.key] ?? [] }

    /// The path parameter with which the client chooses the id of the created resource.
    public func chosenParameter(of provider: Operation) -> String? { chosenByProvider[provider.key] }

    /// The first JSON response that an operation documents for success.
    public static func success(of operation: Operation) -> MediaType? {
        operation.responses.first { $0.statusKey.utf8.first == UInt8(ascii: "2") }?.content.first { $0.range.isJSON }
    }

    /// Whether a path ends in a parameter, with an optional file name extension: `/orders/{id}`, `/orders/{id}.json`.
    public static func isItem(_ path: String) -> Bool {
        guard let pieces = try? PathTemplate(path).segments.last(where: { !$0.isEmpty }),
            case .expression? = pieces.first
        else { return false }
        if pieces.count == 1 { return true }
        guard pieces.count == 2, case .text(let text) = pieces[1] else { return false }
        return text.utf8.first == UInt8(ascii: ".")
    }

    /// A name in lower case without `_` and `-`, so that different spellings of one name are equal.
    public static func folded(_ text: String) -> String {
        String(
            decoding: text.utf8.filter { $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: "-") }
                .map(\.lowercasedASCII), as: UTF8.self)
    }
}

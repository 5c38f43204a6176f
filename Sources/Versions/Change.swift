public import Diagnostics
public import JSONDocument
import Primitives

/// One change between two contracts.
public struct Change: Sendable, Hashable {
    /// The part of an operation that changed.
    public enum Place: Sendable, Hashable {
        /// The operation itself, or the contract if there is no operation.
        case operation
        /// A parameter, by place and name: `query`, `limit`.
        case parameter(in: String, name: String)
        /// The body of the request.
        case requestBody(mediaType: String?)
        /// A response: a status, a range or `default`.
        case response(status: String, mediaType: String?)
        /// A header of a response.
        case header(status: String, name: String)
        /// A part of the contract, by name: a security scheme, a server, a component.
        case contract(String)
    }

    /// The operation that changed.
    public struct Subject: Sendable, Hashable {
        /// The operationId of the new contract, otherwise of the old one, otherwise method and path.
        public var name: String
        /// The method in upper case.
        public var method: String
        /// The path template.
        public var path: String
        /// The name of the callback or webhook, for a request that the API itself sends.
        public var outgoing: String?
    }

    /// One contract's part of a change.
    public struct Side: Sendable, Hashable {
        /// The text, as written; `nil` if the contract has none.
        public var text: String?
        /// The location of the text, or of the place where it is missing.
        public var location: SourceLocation?
    }

    /// The rule of the change.
    public var rule: ChangeRule
    /// The severity under the preset of the comparison.
    public var severity: Severity
    /// The operation; `nil` for changes of the whole contract.
    public var subject: Subject?
    /// The part of the operation.
    public var place: Place
    /// The pointer inside the body or value; `*` means every element or every undeclared member.
    public var pointer: JSONPointer
    /// The text in the old contract, and its location.
    public var base = Side()
    /// The text in the new contract, and its location.
    public var revision = Side()
    /// A description of the change, in one sentence.
    public var message: String
    /// Further facts, one sentence each.
    public var details: [String] = []
    /// Why the change is accepted, and until when; accepted changes are notes.
    public var accepted: Acceptance?

    /// An entry of an ignore file that accepts a change.
    public struct Acceptance: Sendable, Hashable {
        /// Why it is accepted.
        public var reason: String
        /// The last day, `2026-12-31`.
        public var until: String
    }

    /// The place inside the operation in the syntax of ignore files and reports: `query.limit`, `body/customer/name`.
    public var placeText: String {
        let way = pointer.description
        switch place {
        case .operation: return "operation"
        case .parameter(let place, let name): return "\(place).\(name)\(way)"
        case .requestBody: return "body\(way)"
        case .response(let status, _): return "\(status)\(way)"
        case .header(let status, let name): return "\(status) header.\(name)\(way)"
        case .contract(let name): return name
        }
    }

    /// The place without the status, in the syntax of tables: `customer.name`, `items[*].id`, `query.limit`.
    public var itemText: String {
        switch place {
        case .parameter(let location, let name): "\(location).\(name)"
        case .header(_, let name): "header.\(name)"
        case .contract(let name): name
        case .operation, .requestBody, .response:
            pointer.tokens.isEmpty ? "the body" : pointer.asPath
        }
    }

    /// Sixteen hexadecimal digits that depend only on rule, operation and place.
    public var fingerprint: String {
        StableHash([
            rule.id, subject.map { "\($0.method) \($0.path)" } ?? "", placeText, base.text ?? "", revision.text ?? "",
        ]).digits
    }
}

extension JSONPointer {
    /// The place in the syntax of rows: `customer.phones[0]`, `items[*].id`; `$` for the whole body.
    public var asPath: String {
        guard !tokens.isEmpty else { return "$" }
        return tokens.reduce(into: "") { text, token in
            if token == "*" || Int(token) != nil {
                text += "[\(token)]"
            } else {
                text += text.isEmpty ? token : ".\(token)"
            }
        }
    }
}

/// Options of a comparison: its scope and severities.
public struct ComparisonOptions: Sendable {
    /// Which changes count as breaking.
    public var preset: RulePreset
    /// Whether specification extensions (`x-…`) are compared.
    public var comparesExtensions: Bool
    /// The day for judging sunset dates, `2026-01-31`; `nil` judges none.
    public var today: String?
    /// The required days between deprecation and sunset; 0 requires none.
    public var noticeDays: Int

    /// Creates options; the default compares parts that affect validity, with the strict preset.
    public init(
        preset: RulePreset = .strict, comparesExtensions: Bool = false, today: String? = nil, noticeDays: Int = 0
    ) {
        self.preset = preset
        self.comparesExtensions = comparesExtensions
        self.today = today
        self.noticeDays = noticeDays
    }
}

/// The result of a comparison.
public struct Comparison: Sendable {
    /// The changes, in the order of the new document, followed by parts that only the old one has.
    public var changes: [Change]
    /// The number of operations that both contracts have.
    public var commonOperations: Int
    /// Whether there are more changes than listed.
    public var isCut: Bool

    /// An empty comparison.
    public static let empty = Comparison(changes: [], commonOperations: 0, isCut: false)

    /// The maximum number of listed changes.
    public static let maximumChanges = 50_000
}

public import Diagnostics
public import JSONDocument
import Primitives

/// One change between two contracts.
public struct Change: Sendable, Hashable {
    /// Where inside an operation something changed.
    public enum Place: Sendable, Hashable {
        /// The operation itself, or the contract where there is no operation.
        case operation
        /// A parameter, by place and name: `query`, `limit`.
        case parameter(in: String, name: String)
        /// The body of the request.
        case requestBody(mediaType: String?)
        /// A response: a status, a range or `default`.
        case response(status: String, mediaType: String?)
        /// A header of a response.
        case header(status: String, name: String)
        /// Something of the contract, by name: a security scheme, a server, a component.
        case contract(String)
    }

    /// The operation that changed.
    public struct Subject: Sendable, Hashable {
        /// The operationId of the new contract, else of the old one, else method and path.
        public var name: String
        /// The method in upper case.
        public var method: String
        /// The path template.
        public var path: String
        /// The name of the callback or webhook, for a request that the API itself sends.
        public var outgoing: String?
    }

    /// The rule that it is an instance of.
    public var rule: ChangeRule
    /// How much it weighs under the preset of the comparison.
    public var severity: Severity
    /// The operation; `nil` for what belongs to the contract as a whole.
    public var subject: Subject?
    /// Where inside the operation.
    public var place: Place
    /// The way inside the body or value; `*` stands for every element and every undeclared member.
    public var pointer: JSONPointer
    /// The old text, as it is written.
    public var from: String?
    /// The new text, as it is written.
    public var to: String?
    /// Where it is in the old contract.
    public var base: SourceLocation?
    /// Where it is in the new contract.
    public var revision: SourceLocation?
    /// What changed, in one sentence.
    public var message: String
    /// What else is worth knowing, a sentence each.
    public var details: [String] = []
    /// Why the change is accepted and until when; accepted changes are notes.
    public var accepted: Acceptance?

    /// An entry of an ignore file that accepts a change.
    public struct Acceptance: Sendable, Hashable {
        /// Why.
        public var reason: String
        /// The last day, `2026-12-31`.
        public var until: String
    }

    /// The place inside the operation as ignore files and reports name it: `query.limit`, `body/customer/name`.
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

    /// The place without the status, as tables write it: `customer.name`, `items[*].id`, `query.limit`.
    public var itemText: String {
        switch place {
        case .parameter(let location, let name): "\(location).\(name)"
        case .header(_, let name): "header.\(name)"
        case .contract(let name): name
        case .operation, .requestBody, .response:
            pointer.tokens.isEmpty ? "the body" : pointer.asPath
        }
    }

    /// Sixteen hexadecimal digits that stay the same while rule, operation and place do.
    public var fingerprint: String {
        StableHash([rule.id, subject.map { "\($0.method) \($0.path)" } ?? "", placeText, from ?? "", to ?? ""]).digits
    }
}

extension JSONPointer {
    /// The place as rows write it: `customer.phones[0]`, `items[*].id`; `$` for the whole body.
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

/// What a comparison looks at, and how it weighs.
public struct ComparisonOptions: Sendable {
    /// Which changes count as breaking.
    public var preset: RulePreset
    /// Whether specification extensions (`x-…`) are compared.
    public var comparesExtensions: Bool
    /// The day to judge sunset dates by, `2026-01-31`; `nil` judges none.
    public var today: String?
    /// The days of notice between deprecation and sunset; 0 asks for none.
    public var noticeDays: Int

    /// Compares what decides, strictly.
    public init(
        preset: RulePreset = .strict, comparesExtensions: Bool = false, today: String? = nil, noticeDays: Int = 0
    ) {
        self.preset = preset
        self.comparesExtensions = comparesExtensions
        self.today = today
        self.noticeDays = noticeDays
    }
}

/// What a comparison found.
public struct Comparison: Sendable {
    /// The changes, in the order of the new document, then of what is only in the old one.
    public var changes: [Change]
    /// The operations that both contracts have.
    public var commonOperations: Int
    /// Whether more changed than is listed.
    public var isCut: Bool

    /// A comparison of nothing.
    public static let empty = Comparison(changes: [], commonOperations: 0, isCut: false)

    /// The greatest number of changes that are listed.
    public static let maximumChanges = 50_000
}

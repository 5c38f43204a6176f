import JSONDocument
import Primitives

/// The rules for reading the schemas of one resource.
struct ResourceDialect: Hashable, Sendable {
    /// The family of keywords.
    enum Family: Hashable, Sendable {
        case openAPI30
        case draft04
        case draft06
        case draft07
        case draft201909
        case draft202012
    }

    var family: Family
    var vocabularies = Vocabularies.standard

    init(_ dialect: SchemaDialect) {
        family = dialect == .openAPI30 ? .openAPI30 : .draft202012
    }

    init(family: Family, vocabularies: Vocabularies = .standard) {
        self.family = family
        self.vocabularies = vocabularies
    }

    /// The dialects that need no metaschema document.
    static func wellKnown(_ uri: String) -> ResourceDialect? {
        let absolute = URIReference(uri).withoutFragment.text
        if ["3.1", "3.2"].contains(where: {
            absolute.utf8.starts(with: "https://spec.openapis.org/oas/\($0)/dialect/".utf8)
        }) {
            return ResourceDialect(family: .draft202012)
        }
        // Both URI schemes are in use for every draft, with the same meaning.
        let text = absolute.utf8.starts(with: "http:".utf8) ? "https:" + absolute.dropFirst(5) : absolute
        return drafts.first { $0.uri.isSame(as: text) }.map { ResourceDialect(family: $0.family) }
    }

    /// Whether a URI names an unsupported draft. Such a schema must not be silently read by other rules.
    static func isUnsupportedDraft(_ uri: String) -> Bool {
        let unsupported = ["draft-00", "draft-01", "draft-02", "draft-03", "draft-05"]
        return unsupported.contains { draft in
            ["http", "https"].contains { uri.utf8.starts(with: "\($0)://json-schema.org/\(draft)/".utf8) }
        }
    }

    private static let drafts: [(uri: String, family: Family)] =
        [
            ("https://json-schema.org/draft/2020-12/schema", .draft202012),
            ("https://json-schema.org/draft/2019-09/schema", .draft201909),
        ]
        + [("07", Family.draft07), ("06", .draft06), ("04", .draft04)].flatMap { number, family in
            ["schema", "hyper-schema"].map { ("https://json-schema.org/draft-\(number)/\($0)", family) }
        }
}

/// The differences between the families.
extension ResourceDialect.Family {
    /// Whether everything next to `$ref` is ignored (OpenAPI 3.0.4, section 4.7.23; draft-07 Core, section 8.3).
    var ignoresSiblingsOfReference: Bool {
        switch self {
        case .openAPI30, .draft04, .draft06, .draft07: true
        case .draft201909, .draft202012: false
        }
    }

    /// Whether `exclusiveMinimum` and `exclusiveMaximum` are booleans next to the bounds.
    var sharpensBounds: Bool { self == .openAPI30 || self == .draft04 }

    /// Whether `true` and `false` are schemas.
    var allowsBooleanSchemas: Bool { knowsConstants }

    /// `const`, `contains` and `propertyNames`, introduced in draft-06.
    var knowsConstants: Bool { self != .openAPI30 && self != .draft04 }

    /// `if`, `then` and `else`, introduced in draft-07.
    var knowsConditions: Bool { knowsConstants && self != .draft06 }

    /// `unevaluated…`, `dependentRequired`, `dependentSchemas`, `minContains`, `maxContains` and `$anchor`, introduced
    /// in 2019-09.
    var knowsUnevaluated: Bool { self == .draft201909 || self == .draft202012 }

    /// Whether `items` may be a list, with `additionalItems` for the elements after it.
    var hasTuples: Bool {
        switch self {
        case .draft04, .draft06, .draft07, .draft201909: true
        case .openAPI30, .draft202012: false
        }
    }

    /// The keyword that identifies a schema resource.
    var identifier: String { self == .draft04 ? "id" : "$id" }

    /// Whether an identifier that is only a fragment is an anchor.
    var hasAnchorsInIdentifiers: Bool { self == .draft04 || self == .draft06 || self == .draft07 }

    /// The name in messages.
    var name: String {
        switch self {
        case .openAPI30: "OpenAPI 3.0"
        case .draft04: "JSON Schema draft-04"
        case .draft06: "JSON Schema draft-06"
        case .draft07: "JSON Schema draft-07"
        case .draft201909: "JSON Schema 2019-09"
        case .draft202012: "JSON Schema 2020-12"
        }
    }
}

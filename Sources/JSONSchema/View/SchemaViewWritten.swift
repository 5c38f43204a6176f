public import Diagnostics
public import JSONDocument

/// Which schema object of which document a view looks at: equal for equal places of one store.
public struct SchemaIdentity: Hashable, Sendable {
    let document: Int
    let entry: Int
}

/// The text of a schema: where its parts are, and how they are read.
extension SchemaView {
    /// What tells the schema from all others of the same store, references followed.
    public var identity: SchemaIdentity {
        SchemaIdentity(document: source.document, entry: source.entry)
    }

    /// As ``subschema(_:)``, for looking at very many schemas: the place of the view is worked out when it is asked for.
    public func part(at schema: JSONNode) -> SchemaView? {
        store.workOutView(of: part(schema), isLocated: false)
    }

    /// As ``applied(by:)``, for looking at very many schemas.
    public func parts(appliedBy keywords: [String]) -> [SchemaView] {
        store.sources(of: self, under: keywords).compactMap { store.workOutView(of: $0, isLocated: false) }
    }

    /// The file, line and column of a value inside this schema: at its name if it is a member.
    public func location(of value: JSONNode) -> SourceLocation {
        store.index.location(value.namePosition ?? value.position, in: source)
    }

    /// Whether the keywords are those of OpenAPI 3.0 or of draft-04, where bounds are sharpened by booleans.
    public var sharpensBounds: Bool { family.sharpensBounds }

    /// Whether `nullable` is a keyword.
    public var knowsNullable: Bool { family == .openAPI30 }

    /// Whether `items` may be a list, with `additionalItems` for the elements behind it.
    public var hasTuples: Bool { family.hasTuples }

    /// Whether the keyword is one of the schema's dialect.
    public func knows(_ keyword: String) -> Bool {
        switch keyword {
        case "const", "contains", "propertyNames": family.knowsConstants
        case "if", "then", "else": family.knowsConditions
        case "unevaluatedProperties", "unevaluatedItems", "dependentRequired", "dependentSchemas", "minContains",
            "maxContains":
            family.knowsUnevaluated
        case "prefixItems": family == .draft202012
        case "patternProperties": family != .openAPI30
        default: true
        }
    }
}

extension SchemaStore {
    /// The view of the schema that `node` is, references followed; `nil` when it leads nowhere.
    ///
    /// - Parameter uri: The address of the document that the value belongs to.
    public func view(of node: JSONNode, in uri: String) -> SchemaView? {
        index.documents.index(of: uri).flatMap {
            workOutView(of: SchemaSource(document: $0, entry: node.tapeIndex), isLocated: false)
        }
    }
}

/// What is known about a value of `format`.
public enum FormatFacts {
    /// Whether Assay decides texts or numbers by the format, so that adding it narrows what is accepted.
    public static func decides(_ name: String, texts: Bool, numbers: Bool) -> Bool {
        SchemaFormat(name: name).map { texts && $0.decidesTexts || numbers && $0.decidesNumbers } ?? false
    }

    /// Whether a value fits a format; of unknown formats and of other kinds every value does.
    public static func accepts(_ name: String, _ value: JSONValue) -> Bool {
        guard let format = SchemaFormat(name: name) else { return true }
        switch value {
        case .string(let text):
            let bytes = Array(text.utf8)
            return !format.decidesTexts || bytes.withUnsafeBufferPointer { format.accepts($0) }
        case .number:
            let document = JSONDocument(value)
            return !format.decidesNumbers || document.root.withTape { format.accepts(numberAt: $1, $0) }
        default: return true
        }
    }

    /// Whether every value of format `narrow` has the format `wide` as well, by their definitions.
    public static func isIncluded(_ narrow: String, in wide: String) -> Bool {
        let included: [String: [String]] = [
            "int8": ["int16", "int32", "int64"],
            "int16": ["int32", "int64"],
            "int32": ["int64"],
            "uint8": ["uint16", "uint32", "uint64", "int16", "int32", "int64"],
            "uint16": ["uint32", "uint64", "int32", "int64"],
            "uint32": ["uint64", "int64"],
            "float": ["double"],
            "uri": ["uri-reference", "iri", "iri-reference"],
            "uri-reference": ["iri-reference"],
            "iri": ["iri-reference"],
            "hostname": ["idn-hostname"],
            "email": ["idn-email"],
        ]
        return included[narrow]?.contains { $0.utf8.elementsEqual(wide.utf8) } ?? false
    }
}

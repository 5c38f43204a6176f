public import Diagnostics
public import JSONDocument
import Primitives

/// Identifies the schema object of a view; equal for equal places of one store.
public struct SchemaIdentity: Hashable, Sendable {
    let document: Int
    let entry: Int
}

/// The text of a schema: the places of its parts, and its dialect.
extension SchemaView {
    /// The identity of the schema within its store, after following references.
    public var identity: SchemaIdentity {
        SchemaIdentity(document: source.document, entry: source.entry)
    }

    /// Like ``subschema(_:)``, for very many schemas: the place of the view is computed only when needed.
    public func part(at schema: JSONNode) -> SchemaView? {
        store.workOutView(of: part(schema), isLocated: false)
    }

    /// Like ``applied(by:)``, for very many schemas.
    public func parts(appliedBy keywords: [String]) -> [SchemaView] {
        store.sources(of: self, under: keywords).compactMap { store.workOutView(of: $0, isLocated: false) }
    }

    /// The file, line and column of a value inside this schema; of its name if it is a member.
    public func location(of value: JSONNode) -> SourceLocation {
        store.index.location(value.namePosition ?? value.position, in: source)
    }

    /// Whether the dialect is OpenAPI 3.0 or draft-04, where booleans make bounds exclusive.
    public var sharpensBounds: Bool { family.sharpensBounds }

    /// Whether `nullable` is a keyword.
    public var knowsNullable: Bool { family == .openAPI30 }

    /// Whether `items` may be a list, with `additionalItems` for the elements after it.
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
    /// The view of the schema at `node`, with references followed; `nil` if a reference cannot be resolved.
    ///
    /// - Parameter uri: The URI of the document that contains the value.
    public func view(of node: JSONNode, in uri: String) -> SchemaView? {
        index.documents.index(of: uri).flatMap {
            workOutView(of: SchemaSource(document: $0, entry: node.tapeIndex), isLocated: false)
        }
    }
}

/// Facts about values of `format`.
public enum FormatFacts {
    /// Whether Assay checks the format of texts or numbers, so that adding it narrows the accepted values.
    public static func decides(_ name: String, texts: Bool, numbers: Bool) -> Bool {
        SchemaFormat(name: name).map { texts && $0.decidesTexts || numbers && $0.decidesNumbers } ?? false
    }

    /// Whether a value has a format; true for unknown formats and for other kinds of values.
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

    /// Whether, by definition, every value of format `narrow` also has the format `wide`.
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
        return included[narrow]?.contains { $0.isSame(as: wide) } ?? false
    }
}

import JSONDocument
import Primitives

/// The groups of keywords that are active in a schema resource, as its metaschema declares (JSON Schema 2020-12 Core,
/// section 8.1.2).
struct Vocabularies: OptionSet, Hashable, Sendable {
    let rawValue: UInt8

    static let applicator = Vocabularies(rawValue: 1)
    static let unevaluated = Vocabularies(rawValue: 2)
    static let validation = Vocabularies(rawValue: 4)
    static let formatAssertion = Vocabularies(rawValue: 8)
    /// The OpenAPI keywords; only `discriminator` has an effect.
    static let openAPI = Vocabularies(rawValue: 16)

    /// The default without a metaschema.
    static let standard: Vocabularies = [.applicator, .unevaluated, .validation, .openAPI]

    /// The group for a vocabulary URI; empty for a vocabulary without an effect on validity; `nil` if unknown.
    static func named(_ uri: String) -> Vocabularies? {
        let known: [(prefix: String, names: [(String, Vocabularies)])] = [
            (
                "https://json-schema.org/draft/2020-12/vocab/",
                [
                    ("core", []), ("applicator", .applicator), ("unevaluated", .unevaluated),
                    ("validation", .validation), ("meta-data", []), ("format-annotation", []),
                    ("format-assertion", .formatAssertion), ("content", []),
                ]
            ),
            (
                "https://json-schema.org/draft/2019-09/vocab/",
                [
                    ("core", []), ("applicator", [.applicator, .unevaluated]), ("validation", .validation),
                    ("meta-data", []), ("format", []), ("content", []),
                ]
            ),
            (
                "https://spec.openapis.org/oas/",
                [("3.1/vocab/base", .openAPI), ("3.2/vocab/base", .openAPI)]
            ),
        ]
        for (prefix, names) in known {
            for (name, group) in names where uri.isSame(as: (prefix + name)) {
                return group
            }
        }
        return nil
    }
}

import JSONDocument
import Primitives

/// The messages of diagnostics for schemas.
extension Messages {
    // MARK: Keywords

    static let emptyEnumeration = "the list of allowed values is empty, so no value satisfies the schema"
    static let emptyTypeList = "the list of types is empty, so no value satisfies the schema"
    static let nullableWithoutType = "nullable has no effect without type in the same schema"
    static let nullableIsGone = "nullable is not a keyword of OpenAPI 3.1 and later and has no effect"
    static let nullableIsGoneHelp = "add \"null\" to the list of types"
    static let discriminatorWithoutName = "discriminator requires the member propertyName, a string"
    static let patternHelp = "patterns are ECMA-262 regular expressions with the u flag"
    static let unsupportedDialectHelp = "use draft-04 or later"

    static func wrongValue(_ keyword: String, _ expected: String, _ found: JSONNode) -> String {
        "\(keyword) must be \(expected), found \(found.excerpt)"
    }

    static func wrongElement(_ keyword: String, _ expected: String, _ found: JSONNode) -> String {
        "an entry of \(keyword) must be \(expected), found \(found.excerpt)"
    }

    static func emptyList(_ keyword: String) -> String {
        "\(keyword) must have at least one schema"
    }

    static func noSchema(_ found: JSONNode, allowsBoolean: Bool) -> String {
        "a schema must be an object\(allowsBoolean ? " or a boolean" : ""), found \(found.excerpt)"
    }

    static func noSchema(_ keyword: String, _ found: JSONNode, allowsBoolean: Bool) -> String {
        "the schema under \(keyword) must be an object\(allowsBoolean ? " or a boolean" : ""), found \(found.excerpt)"
    }

    static func notAboveZero(_ divisor: JSONNumber) -> String {
        "multipleOf must be above 0, found \(cut(divisor.lexeme, 100))"
    }

    static func beyondDouble(_ keyword: String, _ number: JSONNumber) -> String {
        "\(keyword) is \(cut(number.lexeme, 100)), which is beyond what most programs can represent"
    }

    static func crossed(_ lower: String, _ low: JSONNumber, _ upper: String, _ high: JSONNumber) -> String {
        "\(lower) \(cut(low.lexeme, 50)) is above \(upper) \(cut(high.lexeme, 50)), so no value satisfies both"
    }

    static func requiredTwice(_ name: String) -> String {
        "\(quoted(name, 100)) is listed more than once under required"
    }

    static func unknownType(_ name: String, _ known: [String]) -> String {
        "\(quoted(name, 100)) is not a valid type; the types are \(listed(known, "and"))"
    }

    static func badPattern(_ pattern: String, _ reason: String, _ offset: Int) -> String {
        "the pattern \(cut(pattern, 200)) cannot be used: \(reason) (at character \(offset + 1))"
    }

    static func legacyPattern(_ pattern: String, _ reason: String, _ offset: Int) -> String {
        "the pattern \(cut(pattern, 200)) is valid only without the u flag, so it is matched without it: \(reason)"
            + " (at character \(offset + 1))"
    }

    static func patternLiteral(_ pattern: String) -> String {
        "the pattern \(cut(pattern, 200)) has slashes and flags, which are matched as text"
    }

    static func literalHelp(_ body: String) -> String {
        "write the pattern without slashes and flags: \(cut(body, 200))"
    }

    /// The body of a pattern that is written as in a program, as in `/^a$/i`; `nil` for other patterns.
    ///
    /// A pattern may contain slashes on purpose, as in `/v1/`. Without flags, only an anchor next to a slash, where it
    /// can never match, shows that the slashes are delimiters.
    static func literalBody(_ pattern: String) -> String? {
        let scalars = Array(pattern.unicodeScalars)
        guard scalars.first == "/", let last = scalars.lastIndex(of: "/"), last > 1 else { return nil }
        let flags = scalars[(last + 1)...]
        guard flags.allSatisfy({ "dgimsuvy".unicodeScalars.contains($0) }), Set(flags).count == flags.count else {
            return nil
        }
        var body = String.UnicodeScalarView()
        body.append(contentsOf: scalars[1..<last])
        let isAnchored = scalars[1] == "^" || (scalars[last - 1] == "$" && scalars[last - 2] != "\\")
        return isAnchored || !flags.isEmpty ? String(body) : nil
    }

    /// An escape that has a meaning in other engines but is a plain letter here, such as the anchors `\A` and `\z`.
    static func foreignEscape(_ pattern: String) -> Character? {
        var isEscaped = false
        for scalar in pattern.unicodeScalars {
            if isEscaped, "AZzGhHQEXRKaeLUlNy".unicodeScalars.contains(scalar) { return Character(scalar) }
            isEscaped = scalar == "\\" && !isEscaped
        }
        return nil
    }

    static func foreignEscape(_ pattern: String, _ letter: Character) -> String {
        "the pattern \(cut(pattern, 200)) matches the letter \(letter): \\\(letter) has no other meaning in ECMA-262"
    }

    static func mappingNotText(_ name: String) -> String {
        "the mapping of \(quoted(name, 100)) must be a string that names a schema"
    }

    static func mappingUnknown(_ text: String) -> String {
        "the mapping refers to \(quoted(text, 100)), but components/schemas has no schema with that name"
    }

    // MARK: Notes

    static func ignoredBesideReference(_ name: String, _ family: ResourceDialect.Family) -> String {
        "\(name) is ignored beside $ref in \(family.name)"
    }

    static func laterKeyword(_ name: String, _ family: ResourceDialect.Family) -> String {
        "\(name) is not a keyword of \(family.name) and has no effect"
    }

    static func unknownKeyword(_ name: String) -> String {
        "unknown keyword \(quoted(name, 100)) has no effect"
    }

    static func unknownFormat(_ name: String) -> String {
        "the format \(quoted(name, 100)) is unknown, so it is not validated"
    }

    static func formatOutOfPlace(_ name: String, _ kinds: KindSet) -> String {
        let names = kinds.names(integerOnly: false).map { "\($0)s" }
        return "the format \(name) applies to \(listed(names, "and")), which the schema does not allow"
    }

    // MARK: References and identifiers

    static let unknownDocumentHelp = "load the document first: references are never fetched"
    static let cycle = "the schema applies itself to the same value, so validation would never end"
    static let cycleHelp = "a schema may contain itself only below a member or an element"
    static let firstUse = "first used here"

    static func unknownDocument(_ reference: String, _ uri: String) -> String {
        "the reference '\(cut(reference, 200))' leads to \(cut(uri, 200)), which is not loaded"
    }

    static func remoteDocument(_ reference: String) -> String {
        "the reference '\(cut(reference, 200))' leads to another host, and remote documents are not fetched"
    }

    static func leadsToNoMap(_ reference: String) -> String {
        "the reference \(quoted(reference, 200)) leads to no schemas by name"
    }

    static func badFragment(_ reference: String) -> String {
        "the fragment of the reference '\(cut(reference, 200))' is neither a JSON Pointer nor an anchor"
    }

    static func unknownAnchor(_ reference: String, _ name: String) -> String {
        "the reference '\(cut(reference, 200))' leads nowhere: unknown anchor \(quoted(name, 100))"
    }

    static func leadsNowhere(_ reference: String, _ way: JSONPointer, _ place: JSONNode, _ token: String) -> String {
        let container = way.tokens.isEmpty ? "the document" : quoted(way.description, 200)
        let reason =
            switch place.kind {
            case .object: "\(container) has no member \(quoted(token, 100))"
            case .array: "\(container) has no element \(quoted(token, 100))"
            default: "\(container) is \(article(place.kind))"
            }
        return "the reference '\(cut(reference, 200))' leads nowhere: \(reason)"
    }

    static func leadsToNoSchema(_ reference: String, _ kind: JSONKind) -> String {
        "the reference '\(cut(reference, 200))' leads to \(article(kind)), which is not a schema"
    }

    static func leadsToOther(_ reference: String) -> String {
        "the reference '\(cut(reference, 200))' does not lead to a schema"
    }

    static func noSuchPlace(_ place: SchemaPlace) -> String {
        "no schema at \(quoted(place.pointer.description, 200)) of \(cut(place.uri, 200))"
    }

    static func didYouMean(_ name: String) -> String {
        "did you mean `\(cut(name, 100))`?"
    }

    static func identifierTwice(_ uri: String) -> String {
        "the identifier \(cut(uri, 200)) already belongs to another schema"
    }

    static func anchorTwice(_ name: String) -> String {
        "duplicate anchor \(quoted(name, 100)) in one schema resource"
    }

    static func unknownDialect(_ uri: String) -> String {
        "the dialect \(cut(uri, 200)) is unknown; the schema is read as JSON Schema 2020-12"
    }

    static func unsupportedDialect(_ uri: String) -> String {
        "the dialect \(cut(uri, 200)) is not supported; the schema is read as JSON Schema 2020-12"
    }

    static func unknownVocabulary(_ uri: String) -> String {
        "the dialect requires the unknown vocabulary \(cut(uri, 200))"
    }
}

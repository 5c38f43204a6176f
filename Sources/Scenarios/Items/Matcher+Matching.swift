internal import ECMAPattern
import Exchanges
public import JSONDocument
internal import JSONSchema
public import OpenAPI
public import Primitives

/// The result of applying a matcher to a value.
public enum MatchOutcome: Sendable, Hashable {
    /// It matches.
    case match
    /// It does not match; `wanted` describes the expected value, such as "a UUID" or "a length of 3".
    case noMatch(wanted: String)
    /// It could not be decided; the text says why.
    case undecided(String)
}

extension Matcher {
    /// Expands the text of a template.
    public typealias Expanding = (Template) throws(ValueFailure) -> String

    /// Whether a received value matches.
    ///
    /// - Parameters:
    ///   - value: A value that is present; an absent one never matches.
    ///   - wire: The text as received, if it differs from the value's own spelling (a header).
    ///   - time: The time of the exchange, for `near:now`.
    ///   - contract: The contract for `schema:`.
    ///   - expand: Expands the templates of arguments.
    /// - Throws: ``ValueFailure`` if an argument is not available.
    public func matches(
        _ value: JSONValue, wire: String? = nil, time: Instant, contract: Contract?, expand: Expanding
    ) throws(ValueFailure) -> MatchOutcome {
        switch self {
        case .url: Matcher.isURL(value) ? .match : .noMatch(wanted: "an absolute URL")
        case .uuid: Matcher.format("uuid", value, wanted: "a UUID")
        case .email: Matcher.format("email", value, wanted: "an e-mail address")
        case .date: Matcher.format("date", value, wanted: "a date")
        case .dateTime: Matcher.format("date-time", value, wanted: "a date and time with offset (RFC 3339)")
        case .number: Matcher.kind(value.kind == .number, "a number")
        case .integer: Matcher.kind(value.number?.isInteger ?? false, "an integer")
        case .string: Matcher.kind(value.kind == .string, "a string")
        case .boolean: Matcher.kind(value.kind == .boolean, "a boolean")
        case .null: Matcher.kind(value.isNull, "null")
        case .present: .match
        case .nonempty: Matcher.kind(Matcher.isNonempty(value), "a non-empty value")
        case .length(let range): Matcher.kind(Matcher.length(value).map(range.contains) ?? false, Matcher.text(range))
        case .contains(let template): Matcher.contains(value, try expand(template))
        case .starts(let template):
            try Matcher.compare(value, try expand(template), "a string that starts with") { $0.starts(with: $1) }
        case .ends(let template):
            try Matcher.compare(value, try expand(template), "a string that ends with") { text, part in
                text.count >= part.count && text.suffix(part.count).elementsEqual(part)
            }
        case .text(let template): Matcher.isText(wire ?? Matcher.text(of: value), try expand(template))
        case .oneOf(let templates): try Matcher.isOne(value, of: templates, expand)
        case .near(let template, let tolerance): try Matcher.isNear(value, template, tolerance, time, expand)
        case .schema(let name): Matcher.fits(value, schema: name, of: contract)
        }
    }

    /// The text of a scalar: a string itself, a number as spelt; `nil` for null, arrays and objects.
    static func text(of value: JSONValue) -> String? {
        switch value {
        case .string(let text): text
        case .number(let number): number.lexeme
        case .boolean(let flag): flag ? "true" : "false"
        case .null, .array, .object: nil
        }
    }

    private static func kind(_ holds: Bool, _ wanted: String) -> MatchOutcome {
        holds ? .match : .noMatch(wanted: wanted)
    }

    private static func isNonempty(_ value: JSONValue) -> Bool {
        switch value {
        case .null: false
        case .string, .array, .object: length(value) != 0
        case .number, .boolean: true
        }
    }

    private static func length(_ value: JSONValue) -> Int? {
        switch value {
        case .string(let text): text.unicodeScalars.count
        case .array(let elements): elements.count
        case .object(let object): object.count
        case .null, .number, .boolean: nil
        }
    }

    private static func text(_ range: ClosedRange<Int>) -> String {
        if range.lowerBound == range.upperBound { return "a value of length \(range.lowerBound)" }
        if range.upperBound == Int.max { return "a value of length \(range.lowerBound) or more" }
        return "a value of length \(range.lowerBound) to \(range.upperBound)"
    }

    private static func compare(
        _ value: JSONValue, _ part: String, _ wanted: String, _ holds: (String.UTF8View, String.UTF8View) -> Bool
    ) throws(ValueFailure) -> MatchOutcome {
        guard let text = text(of: value), holds(text.utf8, part.utf8) else {
            return .noMatch(wanted: "\(wanted) '\(part)'")
        }
        return .match
    }

    private static func contains(_ value: JSONValue, _ part: String) -> MatchOutcome {
        if case .array(let elements) = value {
            return kind(elements.contains { equals($0, part) }, "an array with an element '\(part)'")
        }
        let text = Array((text(of: value) ?? "").utf8)
        let wanted = Array(part.utf8)
        let isInside =
            Matcher.text(of: value) != nil && wanted.count <= text.count
            && (0...(text.count - wanted.count)).contains { text[$0..<($0 + wanted.count)].elementsEqual(wanted) }
        return kind(isInside, "a string that contains '\(part)'")
    }

    private static func isText(_ text: String?, _ wanted: String) -> MatchOutcome {
        kind(text.map { $0.isSame(as: wanted) } ?? false, "exactly the text '\(wanted)'")
    }

    private static func isOne(
        _ value: JSONValue, of templates: [Template], _ expand: Expanding
    ) throws(ValueFailure) -> MatchOutcome {
        var texts: [String] = []
        for template in templates {
            let text = try expand(template)
            if equals(value, text) { return .match }
            texts.append(text)
        }
        return .noMatch(wanted: "one of \(texts.map { "'\($0)'" }.joined(separator: ", "))")
    }

    /// Whether a text, typed like the value, equals it: numbers exactly, texts by code point.
    static func equals(_ value: JSONValue, _ text: String) -> Bool {
        switch value {
        case .number(let number): JSONNumber(text) == number
        case .array, .object: false
        case .null: text.isSame(as: "null")
        default: (Matcher.text(of: value) ?? "").isSame(as: text)
        }
    }

    private static func isNear(
        _ value: JSONValue, _ template: Template?, _ tolerance: Duration, _ time: Instant, _ expand: Expanding
    ) throws(ValueFailure) -> MatchOutcome {
        var other = time
        if let template {
            let text = try expand(template)
            guard let instant = Instant(text) else { throw .invalid("'\(text)' is not a valid time (RFC 3339)") }
            other = instant
        }
        let wanted = "a time within \(tolerance) of \(other)"
        guard case .string(let text) = value, let instant = Instant(text) else { return .noMatch(wanted: wanted) }
        let distance = Duration.microseconds(abs(instant.microsecondsSinceEpoch - other.microsecondsSinceEpoch))
        return kind(distance <= tolerance, wanted)
    }

    private static func isURL(_ value: JSONValue) -> Bool {
        guard case .string(let text) = value, format("uri", value, wanted: "") == .match else { return false }
        // An absolute URL with an authority: `scheme://something`.
        guard let colon = text.utf8.firstIndex(of: 0x3A) else { return false }
        let rest = text.utf8[text.utf8.index(after: colon)...]
        return rest.starts(with: "//".utf8) && rest.count > 2 && rest.dropFirst(2).first != 0x2F
    }

    private static func fits(_ value: JSONValue, schema name: String, of contract: Contract?) -> MatchOutcome {
        guard let contract, let schema = contract.schema(name) else {
            return .undecided("no contract has the schema '\(name)'")
        }
        do throws(SchemaCompilationError) {
            let compiled = try schema.compiled()
            switch compiled.isValid(JSONDocument(value).root, ValidationOptions(direction: .response)) {
            case .valid where !compiled.unusable.isEmpty:
                return .undecided("the schema '\(name)' has an unusable keyword")
            case .valid: return .match
            case .invalid: return .noMatch(wanted: "a value that satisfies the schema '\(name)'")
            case .undecided: return .undecided("the schema '\(name)' could not be decided")
            }
        } catch {
            return .undecided("the schema '\(name)' cannot be used")
        }
    }

    /// The schema formats, one schema each, so that a name means the same in tables and contracts.
    private static let formats: SchemaStore = {
        var documents = SchemaDocuments()
        for name in ["uuid", "email", "date", "date-time", "uri"] {
            let schema: JSONValue = ["type": "string", "format": .string(name)]
            documents.add(JSONDocument(schema), uri: "format:\(name)", file: name, dialect: .draft202012)
        }
        return SchemaStore(documents)
    }()

    private static func format(_ name: String, _ value: JSONValue, wanted: String) -> MatchOutcome {
        let place = SchemaPlace(uri: "format:\(name)", pointer: .root)
        guard let compiled = try? formats.compiled(place) else {
            return .undecided("the format '\(name)' is unknown")
        }
        switch compiled.isValid(JSONDocument(value).root, ValidationOptions(direction: .none)) {
        case .valid: return .match
        case .invalid: return .noMatch(wanted: wanted)
        case .undecided: return .undecided("the format '\(name)' could not be decided")
        }
    }
}

extension ItemPattern {
    /// Whether the pattern matches the whole text of a received scalar.
    ///
    /// - Parameter expand: Returns the source with templates expanded and their values escaped.
    /// - Throws: ``ValueFailure`` if a template's value is not available.
    public func matches(_ value: JSONValue, expand: Matcher.Expanding) throws(ValueFailure) -> MatchOutcome {
        let wanted = MatchOutcome.noMatch(wanted: "a string that matches /\(template.text)/")
        guard let text = Matcher.text(of: value) else { return wanted }
        let pattern: ECMAPattern
        if let constant {
            pattern = constant
        } else {
            let source = try expand(template)
            do throws(ECMAPatternSyntaxError) {
                pattern = try ECMAPattern(source)
            } catch {
                throw .invalid("the pattern /\(source)/ is not valid: \(error.message)")
            }
        }
        switch pattern.matchesWhole(text) {
        case .match: return .match
        case .noMatch: return wanted
        case .undecided: return .undecided("the pattern took too long")
        }
    }
}

import Diagnostics

/// The reason why a text with references is invalid: a message, and its position in Unicode scalars.
struct TemplateSyntaxError: Error, Equatable {
    let message: String
    let help: String?
    let offset: Int
    let length: Int
}

/// Parses texts that contain `{{…}}`.
enum ValueReferenceParser {
    /// All first words of references, for suggestions.
    static let words = [
        "request", "entity", "owner", "item", "input", "now", "counter", "token", "digits", "field", "received",
        "reason", "id",
        "state", "list", "version",
    ]

    /// Splits `text` into literal text and references; `{{'{{'}}` is a pair of braces.
    static func parts(of text: String) throws(TemplateSyntaxError) -> [ValueTemplate.TextPart] {
        let scalars = Array(text.unicodeScalars)
        var parts: [ValueTemplate.TextPart] = []
        var literal = String.UnicodeScalarView()
        var index = 0
        while index < scalars.count {
            guard isPair("{", at: index, in: scalars) else {
                literal.append(scalars[index])
                index += 1
                continue
            }
            let start = index + 2
            if isBraces(at: start, in: scalars) {
                literal.append(contentsOf: "{{".unicodeScalars)
                index = start + 6
                continue
            }
            var end = start
            while end < scalars.count, !isPair("}", at: end, in: scalars) { end += 1 }
            guard end < scalars.count else {
                throw TemplateSyntaxError(
                    message: "`{{` is never closed", help: "close it with `}}`, or write {{'{{'}} for two braces",
                    offset: index, length: 2)
            }
            if !literal.isEmpty { parts.append(.literal(String(literal))) }
            literal = String.UnicodeScalarView()
            parts.append(.reference(try reference(Array(scalars[start..<end]), offset: start)))
            index = end + 2
        }
        if !literal.isEmpty { parts.append(.literal(String(literal))) }
        return parts
    }

    private static func isPair(_ scalar: Unicode.Scalar, at index: Int, in scalars: [Unicode.Scalar]) -> Bool {
        index + 1 < scalars.count && scalars[index] == scalar && scalars[index + 1] == scalar
    }

    private static func isBraces(at index: Int, in scalars: [Unicode.Scalar]) -> Bool {
        scalars[index...].starts(with: "'{{'}}".unicodeScalars)
    }

    private static func reference(
        _ scalars: [Unicode.Scalar], offset: Int
    ) throws(TemplateSyntaxError) -> ValueReference {
        let isBlank = { (scalar: Unicode.Scalar) in scalar == " " || scalar == "\t" }
        let leading = scalars.prefix(while: isBlank).count
        var trimmed = scalars.dropFirst(leading)
        while let last = trimmed.last, isBlank(last) { trimmed.removeLast() }
        let text = string(trimmed)
        let failure = { (message: String, help: String?) in
            TemplateSyntaxError(
                message: message, help: help, offset: offset + leading, length: max(trimmed.count, 1))
        }
        guard !trimmed.isEmpty else { throw failure("`{{}}` is empty", "write a value, such as {{now}}") }
        if let simple = simple(text) { return simple }
        if trimmed.starts(with: "now".unicodeScalars), let seconds = seconds(trimmed.dropFirst(3)) {
            return .now(seconds)
        }
        if let argument = argument(of: trimmed, after: "counter:"), !argument.isEmpty { return .counter(argument) }
        if let argument = argument(of: trimmed, after: "token:") {
            guard let length = Int(argument), (1...256).contains(length) else {
                throw failure("'\(text)' requires a length from 1 to 256", "write {{token:12}}")
            }
            return .token(length)
        }
        if let argument = argument(of: trimmed, after: "digits:") {
            guard let length = Int(argument), (1...18).contains(length) else {
                throw failure("'\(text)' requires a length from 1 to 18", "write {{digits:10}}")
            }
            return .digits(length)
        }
        let names = trimmed.split(separator: ".", omittingEmptySubsequences: false).map(string)
        guard !names.contains(where: \.isEmpty) else { throw failure("'\(text)' has an empty name", nil) }
        switch names[0] {
        case "entity" where names.count > 1: return .entity(Array(names.dropFirst()))
        case "owner" where names.count > 1: return .owner(Array(names.dropFirst()))
        case "item" where names.count > 1: return .item(Array(names.dropFirst()))
        case "input" where names.count > 1: return .input(Array(names.dropFirst()))
        case "request" where names.count > 1: return try part(names, failure: failure)
        default: break
        }
        let suggestion = nearestName(to: names[0], among: words).map { "did you mean `\($0)`?" }
        throw failure(
            "unknown reference '\(text)'",
            suggestion ?? "references start with one of \(words.joined(separator: ", "))")
    }

    private static func part(
        _ names: [String], failure: (String, String?) -> TemplateSyntaxError
    ) throws(TemplateSyntaxError) -> ValueReference {
        let rest = names.dropFirst(2).joined(separator: ".")
        switch names[1] {
        case "body": return .body(Array(names.dropFirst(2)))
        case "method" where names.count == 2: return .method
        case "path" where names.count > 2: return .pathValue(rest)
        case "query" where names.count > 2: return .query(rest)
        case "header" where names.count > 2: return .header(rest)
        default: break
        }
        let suggestion = nearestName(to: names[1], among: ["body", "path", "query", "header", "method"])
        throw failure(
            "'\(names.joined(separator: "."))' is not a part of a request",
            suggestion.map { "did you mean `request.\($0)`?" }
                ?? "write request.body.x, request.path.x, request.query.x, request.header.x or request.method")
    }

    private static func simple(_ text: String) -> ValueReference? {
        switch text {
        case "now": .now(0)
        case "field": .field
        case "received": .received
        case "reason": .reason
        case "id": .id
        case "state": .state
        case "list": .list
        case "version": .version
        default: nil
        }
    }

    /// `+30d`, `-5m` as seconds; `nil` for anything else or beyond a hundred years.
    private static func seconds(_ scalars: ArraySlice<Unicode.Scalar>) -> Int? {
        guard let sign = scalars.first, sign == "+" || sign == "-",
            let duration = seconds(duration: string(scalars.dropFirst()))
        else { return nil }
        return sign == "+" ? duration : -duration
    }

    /// `30s`, `5m`, `2h`, `30d` as seconds; `nil` for anything else or beyond a hundred years.
    static func seconds(duration: String) -> Int? {
        let scalars = Array(duration.unicodeScalars)
        guard let unit = scalars.last, let factor = ["s": 1, "m": 60, "h": 3_600, "d": 86_400][Character(unit)]
        else { return nil }
        let digits = scalars.dropLast()
        guard !digits.isEmpty, digits.count <= 10, digits.allSatisfy({ ("0"..."9").contains($0) }),
            let count = Int(string(digits)), count <= 3_155_760_000 / factor
        else { return nil }
        return count * factor
    }

    private static func argument(of scalars: ArraySlice<Unicode.Scalar>, after prefix: String) -> String? {
        guard scalars.starts(with: prefix.unicodeScalars) else { return nil }
        return string(scalars.dropFirst(prefix.unicodeScalars.count))
    }

    private static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}

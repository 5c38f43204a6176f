import Primitives

/// The URL of a callback, in which runtime expressions refer to the request (OpenAPI 3.1.1, section 4.8.20.4).
enum CallbackExpression {
    /// The expression as a template of a behaviour file: `{$request.body#/a/b}` becomes `{{request.body.a.b}}`; `nil`
    /// if it refers to something else than the method or a part of the request.
    static func template(of expression: String) -> String? {
        var result = ""
        var rest = Substring(expression)
        while let start = rest.firstIndex(of: "{") {
            guard let end = rest[start...].firstIndex(of: "}") else { return nil }
            guard let reference = reference(rest[rest.index(after: start)..<end]) else { return nil }
            result += rest[..<start] + "{{\(reference)}}"
            rest = rest[rest.index(after: end)...]
        }
        // An expression may also be the whole URL, without braces.
        if result.isEmpty, rest.first == "$" { return reference(rest).map { "{{\($0)}}" } }
        return result + rest
    }

    private static func reference(_ expression: Substring) -> String? {
        if expression == "$method" { return "request.method" }
        let body = "$request.body#/"
        if expression.utf8.starts(with: body.utf8) {
            let tokens = expression.dropFirst(body.count).split(separator: "/", omittingEmptySubsequences: false)
            // A member with an escaped name, or an element, cannot be written as a path with dots.
            guard tokens.allSatisfy({ token in isName(token) }) else { return nil }
            return "request.body." + tokens.joined(separator: ".")
        }
        for part in ["query", "header", "path"] {
            let start = "$request.\(part)."
            guard expression.utf8.starts(with: start.utf8), isName(expression.dropFirst(start.count)) else { continue }
            return "request.\(part)." + expression.dropFirst(start.count)
        }
        return nil
    }

    private static func isName(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || $0 == 0x5F || $0 == 0x2D }
    }
}

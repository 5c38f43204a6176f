internal import Diagnostics
internal import JSONDocument
internal import Primitives

extension ContractReader {
    /// The servers that an object declares; `nil` if it declares none and inherits them.
    mutating func servers(of value: DocumentNode) -> [Server]? {
        guard let list = inner(value["servers"]), list.node.kind == .array, list.node.count > 0 else { return nil }
        return list.elements.compactMap { resolved($0) }.compactMap { readServer($0) }
    }

    private mutating func readServer(_ value: DocumentNode) -> Server? {
        guard value.node.kind == .object else { return nil }
        guard let template = value.text("url") else {
            report("server.url", .error, "the server has no `url`", at: value)
            return nil
        }
        guard let parts = parts(template, of: value) else { return nil }
        let url = parts.map(\.defaultText).joined()
        if let problem = ServerURL.problem(in: url) {
            report("server.url", .error, "the server URL \(problem)", at: value["url"] ?? value)
            return nil
        }
        return Server(
            url: url,
            template: parts,
            description: value.text("description") ?? "",
            location: documents.location(of: value)
        )
    }

    /// The literal texts and the variables of a server's URL; mistakes are reported and give `nil`.
    private mutating func parts(_ template: String, of server: DocumentNode) -> [ServerURLPart]? {
        let variables = inner(server["variables"])
        var result: [ServerURLPart] = []
        var literal: [UInt8] = []
        var name: [UInt8]?
        var isUsable = true
        for byte in template.utf8 {
            switch (byte, name) {
            case (UInt8(ascii: "{"), nil):
                name = []
            case (UInt8(ascii: "}"), .some(let bytes)):
                let text = String(decoding: bytes, as: UTF8.self)
                if let variable = variable(text, among: variables, of: server) {
                    result += [.literal(String(decoding: literal, as: UTF8.self)), variable]
                } else {
                    isUsable = false
                }
                literal = []
                name = nil
            case (_, .some(let bytes)):
                name = bytes + [byte]
            default:
                literal.append(byte)
            }
        }
        if name != nil {
            report("server.url", .error, "the server URL has unbalanced braces", at: server["url"] ?? server)
            return nil
        }
        result.append(.literal(String(decoding: literal, as: UTF8.self)))
        return isUsable ? result : nil
    }

    private mutating func variable(
        _ name: String, among variables: DocumentNode?, of server: DocumentNode
    )
        -> ServerURLPart?
    {
        guard let variable = inner(variables?[name]), variable.node.kind == .object else {
            report(
                "server.variable",
                .error,
                "the server URL uses the variable '\(Reference.excerpt(name))', which `variables` does not declare",
                at: server["url"] ?? server
            )
            return nil
        }
        // A number or boolean is reported as a value of the wrong shape, and its text is used.
        guard let value = variable["default"]?.node.scalarText else {
            report("server.variable", .error, "the server variable '\(name)' has no default", at: variable)
            return nil
        }
        checkValues(of: variable, named: name, default: value)
        let allowed = variable["enum"]
        let values =
            allowed?.node.kind == .array ? allowed?.elements.compactMap(\.node.scalarText) ?? [] : []
        return .variable(values: [value] + values.filter { $0 != value }, isOpen: allowed == nil)
    }

    private mutating func checkValues(of variable: DocumentNode, named name: String, default value: String) {
        guard let allowed = variable["enum"], allowed.node.kind == .array else { return }
        let values = allowed.elements.compactMap(\.node.scalarText)
        let message: String
        if values.isEmpty {
            message = "the server variable '\(name)' has an empty list of values"
        } else if !values.contains(where: { $0.isSame(as: value) }) {
            message = "the default of the server variable '\(name)' is not one of its values"
        } else {
            return
        }
        // OpenAPI 3.0.4, section 4.7.6, only recommends what 3.1.1, section 4.8.6, requires.
        let severity: Severity = documents.version(of: variable) == .v30 ? .warning : .error
        report("server.variable", severity, message, at: values.isEmpty ? allowed : variable["default"] ?? variable)
    }
}

extension ServerURLPart {
    /// The part of the URL when no other value is chosen.
    fileprivate var defaultText: String {
        switch self {
        case .literal(let text): text
        case .variable(let values, _): values.first ?? ""
        }
    }
}

extension JSONNode {
    /// The text of a string, number or boolean, as spelt.
    fileprivate var scalarText: String? {
        switch kind {
        case .string: string
        case .number, .boolean: spelling
        case .null, .array, .object: nil
        }
    }
}

/// The required form of a server URL: absolute with http or https, or relative (RFC 3986, section 4.1).
enum ServerURL {
    /// The mistake, as the end of a sentence that begins with "the server URL"; `nil` if there is none.
    static func problem(in url: String) -> String? {
        // An empty reference is the URL of the document itself (RFC 3986, section 4.4).
        guard !url.utf8.isEmpty else { return nil }
        if let bad = url.unicodeScalars.first(where: {
            $0.value <= 0x20 || $0.value >= 0x7F || "<>\"{}|\\^`".unicodeScalars.contains($0)
        }) {
            let code = String(bad.value, radix: 16, uppercase: true)
            let name = String(repeating: "0", count: max(0, 4 - code.utf8.count)) + code
            return "contains the character U+\(name), which a URL cannot contain"
        }
        if url.utf8.contains(UInt8(ascii: "?")) || url.utf8.contains(UInt8(ascii: "#")) {
            return "has a query or a fragment, which a base URL cannot have"
        }
        let scheme = url.utf8.prefix { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "/") }
        guard scheme.endIndex < url.utf8.endIndex, url.utf8[scheme.endIndex] == UInt8(ascii: ":") else { return nil }
        let name = (String(scheme) ?? "").lowercased()
        guard name == "http" || name == "https" else {
            return "has the scheme '\(name)', but only http and https are supported"
        }
        let rest = url.utf8[scheme.endIndex...].dropFirst()
        let host = rest.dropFirst(2).prefix { $0 != UInt8(ascii: "/") }
        guard rest.starts(with: "//".utf8), !host.isEmpty else { return "has no host" }
        guard !host.contains(UInt8(ascii: "@")) else { return "contains credentials" }
        return nil
    }
}

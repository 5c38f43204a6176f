internal import Diagnostics
internal import JSONDocument

extension ContractReader {
    /// The servers that an object declares; `nil` when it declares none and takes over those around it.
    mutating func servers(of value: DocumentNode) -> [Server]? {
        guard let list = value["servers"], list.node.kind == .array, list.node.count > 0 else { return nil }
        return list.elements.compactMap { readServer($0) }
    }

    private mutating func readServer(_ value: DocumentNode) -> Server? {
        guard value.node.kind == .object else { return nil }
        guard let template = value.text("url") else {
            report("server.url", .error, "the server has no \"url\"", at: value)
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

    /// The literal texts and the variables of a server's URL; `nil` and reports where they cannot be read.
    private mutating func parts(_ template: String, of server: DocumentNode) -> [ServerURLPart]? {
        let variables = server["variables"]
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
            report("server.url", .error, "the braces of the server URL do not match", at: server["url"] ?? server)
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
        guard let variable = variables?[name], variable.node.kind == .object else {
            report(
                "server.variable",
                .error,
                "the server URL has the variable \"\(Reference.excerpt(name))\", which \"variables\" does not declare",
                at: server["url"] ?? server
            )
            return nil
        }
        guard let value = variable.text("default") else {
            report("server.variable", .error, "the server variable \"\(name)\" has no default", at: variable)
            return nil
        }
        var values: [String] = []
        let allowed = variable["enum"]
        if let allowed, allowed.node.kind == .array {
            values = allowed.elements.compactMap(\.node.string)
            if !values.contains(where: { $0.utf8.elementsEqual(value.utf8) }) {
                report(
                    "server.variable",
                    .error,
                    "the default of the server variable \"\(name)\" is not among its values",
                    at: variable["default"] ?? variable
                )
            }
        }
        return .variable(values: [value] + values.filter { $0 != value }, isOpen: allowed == nil)
    }
}

extension ServerURLPart {
    /// The part of the URL that is used where nobody chooses another value.
    fileprivate var defaultText: String {
        switch self {
        case .literal(let text): text
        case .variable(let values, _): values.first ?? ""
        }
    }
}

/// What a server URL must look like: absolute with http or https, or relative (RFC 3986, section 4.1).
enum ServerURL {
    /// What is wrong, to be put after "the server URL"; `nil` when nothing is.
    static func problem(in url: String) -> String? {
        guard !url.utf8.isEmpty else { return "is empty" }
        if let bad = url.unicodeScalars.first(where: {
            $0.value <= 0x20 || $0.value >= 0x7F || "<>\"{}|\\^`".unicodeScalars.contains($0)
        }) {
            let code = String(bad.value, radix: 16, uppercase: true)
            let name = String(repeating: "0", count: max(0, 4 - code.utf8.count)) + code
            return "holds the character U+\(name), which no URL can hold"
        }
        if url.utf8.contains(UInt8(ascii: "?")) || url.utf8.contains(UInt8(ascii: "#")) {
            return "has a query or a fragment, which a base URL cannot have"
        }
        let scheme = url.utf8.prefix { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "/") }
        guard scheme.endIndex < url.utf8.endIndex, url.utf8[scheme.endIndex] == UInt8(ascii: ":") else { return nil }
        let name = (String(scheme) ?? "").lowercased()
        guard name == "http" || name == "https" else {
            return "has the scheme \"\(name)\", where http or https belongs"
        }
        let rest = url.utf8[scheme.endIndex...].dropFirst()
        let host = rest.dropFirst(2).prefix { $0 != UInt8(ascii: "/") }
        guard rest.starts(with: "//".utf8), !host.isEmpty else { return "has no host" }
        guard !host.contains(UInt8(ascii: "@")) else { return "holds credentials" }
        return nil
    }
}

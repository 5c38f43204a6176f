/// `link` headers (RFC 8288, section 3): `<https://api.example/items?page=2>; rel="next", …`.
public enum LinkHeader {
    /// The target of the first link with the relation type `relation`, as written; `nil` if there is none.
    ///
    /// - Parameters:
    ///   - lines: The values of all `link` header lines.
    ///   - relation: The relation type in lower case, such as `next`.
    public static func target(_ relation: String, in lines: [String]) -> String? {
        for line in lines {
            var rest = line.utf8[...]
            while let link = nextLink(&rest) {
                if link.relations.contains(where: { $0.isSame(as: relation) }) { return link.target }
            }
        }
        return nil
    }

    private static func nextLink(_ rest: inout Substring.UTF8View) -> (target: String, relations: [String])? {
        guard let open = rest.firstIndex(of: UInt8(ascii: "<")),
            let close = rest[open...].firstIndex(of: UInt8(ascii: ">"))
        else { return nil }
        let target = String(Substring(rest[rest.index(after: open)..<close]))
        rest = rest[rest.index(after: close)...]
        var relations: [String]?
        while let parameter = nextParameter(&rest) {
            // RFC 8288, section 3.3: only the first `rel` of a link counts.
            guard relations == nil, parameter.name.isSame(as: "rel") else { continue }
            relations = parameter.value.lowercasedASCII.split(separator: " ").map(String.init)
        }
        return (target, relations ?? [])
    }

    /// The next `; name=value` of the link; `nil` at the end of the link.
    private static func nextParameter(_ rest: inout Substring.UTF8View) -> (name: String, value: String)? {
        skipBlanks(&rest)
        guard rest.first == UInt8(ascii: ";") else { return nil }
        rest = rest.dropFirst()
        skipBlanks(&rest)
        let name = rest.prefix { !"=;, \t".utf8.contains($0) }
        rest = rest[name.endIndex...]
        skipBlanks(&rest)
        guard rest.first == UInt8(ascii: "=") else { return (text(name), "") }
        rest = rest.dropFirst()
        skipBlanks(&rest)
        guard rest.first == UInt8(ascii: "\"") else {
            let value = rest.prefix { !";, \t".utf8.contains($0) }
            rest = rest[value.endIndex...]
            return (text(name), String(Substring(value)))
        }
        return (text(name), quoted(&rest))
    }

    /// A quoted string (RFC 9110, section 5.6.4).
    private static func quoted(_ rest: inout Substring.UTF8View) -> String {
        rest = rest.dropFirst()
        var bytes: [UInt8] = []
        while let byte = rest.first, byte != UInt8(ascii: "\"") {
            rest = rest.dropFirst()
            guard byte == UInt8(ascii: "\\"), let escaped = rest.first else {
                bytes.append(byte)
                continue
            }
            bytes.append(escaped)
            rest = rest.dropFirst()
        }
        rest = rest.dropFirst()
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func text(_ name: Substring.UTF8View) -> String { String(Substring(name)).lowercasedASCII }

    private static func skipBlanks(_ rest: inout Substring.UTF8View) {
        rest = rest.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    }
}

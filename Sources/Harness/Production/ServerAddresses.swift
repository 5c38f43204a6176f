import Exchanges
import OpenAPI
import Project

/// The addresses that a declared server can have: one for each combination of the values of its variables.
///
/// A variable without `enum` can have any value (OpenAPI 3.1.1, section 4.8.6), so it matches any text.
struct ServerAddresses {
    /// How many combinations are written out; the variables beyond that count as open.
    private static let limit = 1_024
    private static let openText = "*"

    /// Hosts in the spelling of `HostName`; `*` is an open variable.
    let patterns: [HostName]
    /// Paths without a slash at the end; `*` is an open variable.
    let paths: [String]

    init(_ server: Server) {
        var texts = [""]
        for part in server.template {
            switch part {
            case .literal(let text):
                texts = texts.map { $0 + text }
            case .variable(let values, let isOpen):
                let isBounded = texts.count * values.count <= Self.limit
                let choices = isBounded ? values + (isOpen ? [Self.openText] : []) : [Self.openText]
                texts = texts.flatMap { text in choices.map { text + $0 } }
            }
        }
        var patterns: [HostName] = []
        for host in texts.compactMap(HostName.init(ofURL:)) where !patterns.contains(host) { patterns.append(host) }
        self.patterns = patterns
        var paths: [String] = []
        for text in texts {
            let path = Server.path(ofURL: text)
            if !paths.contains(path) { paths.append(path) }
        }
        self.paths = paths
    }

    /// Whether `host` is one of the hosts.
    func contains(_ host: HostName) -> Bool {
        patterns.contains { Self.matches($0.text.utf8[...], host.text.utf8[...]) }
    }

    /// The hosts that are names and complete, so that their addresses can be found.
    var names: [HostName] { patterns.filter { !$0.isAddress && !$0.text.utf8.contains(UInt8(ascii: "*")) } }

    /// Whether `text` is `pattern`, with any text for each `*`.
    ///
    /// A pattern that names no domain of its own (`*`, `*.com`) says nothing about who is behind the host.
    private static func matches(_ pattern: Substring.UTF8View, _ text: Substring.UTF8View) -> Bool {
        let pieces = pattern.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
        guard pieces.count > 1, let first = pieces.first, let last = pieces.last else {
            return pattern.elementsEqual(text)
        }
        guard last.first == UInt8(ascii: "."), last.dropFirst().contains(UInt8(ascii: ".")),
            text.starts(with: first), text.count >= first.count + last.count
        else { return false }
        var rest = text.dropFirst(first.count)
        guard rest.suffix(last.count).elementsEqual(last) else { return false }
        rest = rest.dropLast(last.count)
        for piece in pieces.dropFirst().dropLast() where !piece.isEmpty {
            guard let found = rest.firstRange(of: piece) else { return false }
            rest = rest[found.upperBound...]
        }
        return true
    }
}

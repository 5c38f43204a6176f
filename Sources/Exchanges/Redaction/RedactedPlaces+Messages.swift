internal import JSONDocument
internal import Primitives

extension RedactedPlaces {
    /// Returns the header lines with tokens in the redacted places.
    func masked(_ headers: [HeaderField]) -> [HeaderField] {
        headers.map { header in
            var masked = header
            for place in places {
                switch place {
                case .header(let name) where header.isNamed(name):
                    if !Self.isMask(masked.value.utf8) { masked.value = token(for: Array(masked.value.utf8)) }
                case .cookie(let name) where header.isNamed("cookie"):
                    masked.value = maskedPairs(masked.value, named: name, between: UInt8(ascii: ";"))
                case .cookie(let name) where header.isNamed("set-cookie"):
                    let end = masked.value.utf8.firstIndex(of: UInt8(ascii: ";")) ?? masked.value.endIndex
                    masked.value =
                        maskedPairs(String(masked.value[..<end]), named: name, between: UInt8(ascii: ";"))
                        + masked.value[end...]
                default: break
                }
            }
            return masked
        }
    }

    /// Returns the URL with tokens in the redacted places.
    func masked(url: String) -> String {
        guard let mark = url.utf8.firstIndex(of: UInt8(ascii: "?")) else { return url }
        let start = url.utf8.index(after: mark)
        var query = String(url[start...])
        for case .query(let name) in places {
            query = maskedPairs(query, named: name, between: UInt8(ascii: "&"))
        }
        return String(url[..<start]) + query
    }

    private func maskedPairs(_ text: String, named name: String, between separator: UInt8) -> String {
        let pairs = text.utf8.split(separator: separator, omittingEmptySubsequences: false)
        return pairs.map { pair -> String in
            let whole = String(decoding: pair, as: UTF8.self)
            guard let equals = pair.firstIndex(of: UInt8(ascii: "=")) else { return whole }
            let own = pair[..<equals].drop { $0 == UInt8(ascii: " ") }
            guard own.elementsEqual(name.utf8) || isEncoded(own, name) else { return whole }
            let value = Array(pair[pair.index(after: equals)...])
            guard !Self.isMask(value) else { return whole }
            return String(decoding: pair[...equals], as: UTF8.self)
                + token(for: PercentEncoding.decodedLeniently(bytes: value))
        }
        .joined(separator: String(UnicodeScalar(separator)))
    }

    /// Whether `text` is `name` with escapes: `filter%5Bkey%5D` is `filter[key]`, and `+` is a space.
    private func isEncoded(_ text: some Collection<UInt8>, _ name: String) -> Bool {
        PercentEncoding.decodedLeniently(bytes: text, plusIsBlank: true).elementsEqual(name.utf8)
    }

    /// Returns the body with tokens in the redacted places; every other byte is unchanged.
    func masked(body: [UInt8]) -> [UInt8] {
        let paths = places.compactMap { if case .body(let path) = $0 { path } else { nil } }
        guard !paths.isEmpty, !body.isEmpty, let document = try? JSONDocument(parsing: body) else { return body }
        let found = paths.flatMap { nodes(at: $0, from: document.root) }
        var result: [UInt8] = []
        var end = 0
        for node in found.sorted(by: { $0.position.offset < $1.position.offset }) {
            let start = node.position.offset
            // This value is inside a masked value, or is the same value again.
            guard start >= end, start < body.count else { continue }
            if let text = node.string, Self.isMask(text.utf8) { continue }
            result += body[end..<start]
            let value = node.string.map { Array($0.utf8) } ?? Array(node.spelling.utf8)
            result += "\"\(token(for: value, isText: node.kind == .string))\"".utf8
            end = endOfValue(in: body, from: start)
        }
        return end == 0 ? body : result + body[end...]
    }

    private func nodes(at path: [RedactedPlace.Segment], from root: JSONNode) -> [JSONNode] {
        path.reduce([root]) { nodes, segment in
            nodes.flatMap { node -> [JSONNode] in
                switch segment {
                // A duplicate name has several values.
                case .name(let name):
                    node.members.filter { $0.name.isSame(as: name) }.map(\.value)
                case .index(let index): node[index].map { [$0] } ?? []
                case .every: Array(node.elements)
                }
            }
        }
    }
}

/// The offset after the JSON value that begins at `start`, in a text known to be JSON.
private func endOfValue(in text: [UInt8], from start: Int) -> Int {
    var place = start
    var depth = 0
    while place < text.count {
        switch text[place] {
        case UInt8(ascii: "\""):
            place += 1
            while place < text.count, text[place] != UInt8(ascii: "\"") {
                place += text[place] == UInt8(ascii: "\\") ? 2 : 1
            }
            if depth == 0 { return min(place + 1, text.count) }
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            if depth == 0 { return place }
            depth -= 1
            if depth == 0 { return place + 1 }
        case UInt8(ascii: ","), 0x20, 0x09, 0x0A, 0x0D:
            if depth == 0 { return place }
        default: break
        }
        place += 1
    }
    return text.count
}

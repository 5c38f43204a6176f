import OpenAPI
import Primitives

/// The media types that a client accepts, and how much it prefers each (RFC 9110, section 12.5.1).
struct Accept {
    private struct Range {
        let name: MediaTypeName
        let quality: Double
    }

    private let ranges: [Range]

    init(_ header: String) {
        ranges = Self.split(header, at: UInt8(ascii: ",")).compactMap(Self.range)
    }

    /// The index of the name that the client prefers; `nil` when it accepts none. A header without any media type
    /// accepts everything.
    func best(of names: [MediaTypeName]) -> Int? {
        guard !ranges.isEmpty else { return names.isEmpty ? nil : 0 }
        var best: (place: Int, quality: Double)?
        for (place, name) in names.enumerated() {
            let quality = quality(of: name)
            if quality > best?.quality ?? 0 { best = (place, quality) }
        }
        return best?.place
    }

    /// The weight of the most specific fitting range; 0 when there is none.
    private func quality(of name: MediaTypeName) -> Double {
        var found: (rank: Int, quality: Double)?
        for range in ranges {
            // A documented range includes any type in it that the client accepts.
            guard range.name.matches(name) || (name.isRange && name.matches(range.name)) else { continue }
            let rank = !range.name.isRange ? 2 + range.name.parameters.count : range.name.type == "*" ? 0 : 1
            if rank > found?.rank ?? -1 { found = (rank, range.quality) }
        }
        return found?.quality ?? 0
    }

    // MARK: Reading

    /// Reads one media range with its parameters. `q` is the weight, and later parameters do not belong to the media
    /// type.
    private static func range(_ text: String) -> Range? {
        var pieces = split(text, at: UInt8(ascii: ";")).map(trimmed)
        guard let first = pieces.first else { return nil }
        if first == "*" { pieces[0] = "*/*" }
        let weight = pieces.dropFirst().firstIndex { $0.lowercased().hasPrefix("q=") }
        let parameters = pieces[1..<(weight ?? pieces.count)].filter { !isCharset($0) }
        guard let name = MediaTypeName(([pieces[0]] + parameters).joined(separator: ";")) ?? MediaTypeName(pieces[0])
        else { return nil }
        return Range(name: name, quality: weight.flatMap { Double(pieces[$0].dropFirst(2)) } ?? 1)
    }

    /// The character encoding belongs to `Accept-Charset`, and most documents do not mention it.
    private static func isCharset(_ parameter: String) -> Bool { parameter.lowercased().hasPrefix("charset=") }

    /// The parts between separators outside of quoted strings (RFC 9110, section 5.6.4).
    private static func split(_ text: String, at separator: UInt8) -> [String] {
        guard text.utf8.contains(UInt8(ascii: "\"")) else {
            return text.utf8.split(separator: separator).map { String(decoding: $0, as: UTF8.self) }
        }
        var parts: [[UInt8]] = [[]]
        var isQuoted = false
        var isEscaped = false
        for byte in text.utf8 {
            if !isQuoted, byte == separator {
                parts.append([])
                continue
            }
            parts[parts.count - 1].append(byte)
            if isEscaped {
                isEscaped = false
            } else if isQuoted, byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            }
        }
        return parts.filter { !$0.isEmpty }.map { String(decoding: $0, as: UTF8.self) }
    }

    private static func trimmed(_ text: String) -> String {
        guard let first = text.utf8.firstIndex(where: { !$0.isBlank }),
            let last = text.utf8.lastIndex(where: { !$0.isBlank })
        else { return "" }
        return String(Substring(text.utf8[first...last]))
    }
}

/// The preferences of a request in its `prefer` header (RFC 7240).
struct Preference: Sendable {
    /// `code=404`: the response documented for this status.
    var status: Int?
    /// `example=name`: the example of this name.
    var example: String?
    /// `dynamic=true`: a generated value instead of an example.
    var isDynamic = false
    /// `seed=text`: other generated values.
    var seed: String?

    /// No preferences.
    init() {}

    /// Reads the header; unknown preferences are ignored (RFC 7240, section 2).
    init(_ header: String) {
        for preference in header.split(whereSeparator: { $0 == "," || $0 == ";" }) {
            let parts = preference.split(separator: "=", maxSplits: 1).map { $0.drop { $0 == " " } }
            guard parts.count == 2 else { continue }
            let value = String(parts[1].filter { $0 != "\"" && $0 != " " })
            switch parts[0].filter({ $0 != " " }).lowercased() {
            case "code": status = Int(value).flatMap { (100...999).contains($0) ? $0 : nil }
            case "example": example = value
            case "dynamic": isDynamic = value == "true"
            case "seed": seed = value
            default: continue
            }
        }
    }

    /// Whether the response must come from the document alone.
    var isForDocument: Bool { status != nil || example != nil || isDynamic }
}

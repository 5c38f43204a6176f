internal import Exchanges
internal import Primitives

/// Records header fields that are not plain US-ASCII (RFC 9110, section 5.5).
struct HeaderOctets {
    /// The names of fields, as far as they fit into a message.
    private var undecodable: [String] = []
    private var foreign: [String] = []

    /// Whether every field is plain.
    var isEmpty: Bool { undecodable.isEmpty && foreign.isEmpty }

    /// Checks a field line, name and value.
    mutating func look(at line: UnsafeRawBufferPointer) {
        guard line.contains(where: { $0 >= 0x80 }) else { return }
        let name = String(decoding: line.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self)
        if String(validating: line, as: UTF8.self) == nil {
            undecodable.append(Self.shown(name))
        } else {
            foreign.append(Self.shown(name))
        }
    }

    /// Checks a field decoded by a library, which replaces invalid bytes with U+FFFD.
    mutating func look(name: String, value: String) {
        guard value.utf8.contains(where: { $0 >= 0x80 }) else { return }
        if value.unicodeScalars.contains("\u{FFFD}") {
            undecodable.append(Self.shown(name))
        } else {
            foreign.append(Self.shown(name))
        }
    }

    /// At most one defect of each kind, regardless of the number of fields.
    var defects: [TransportDefect] {
        var defects: [TransportDefect] = []
        if !undecodable.isEmpty {
            defects.append(
                TransportDefect(
                    .headerOctets,
                    "the response has invalid UTF-8 in \(Self.listed(undecodable)); they were read as U+FFFD"
                ))
        }
        if !foreign.isEmpty {
            defects.append(
                TransportDefect(.headerText, "the response has text that is not US-ASCII in \(Self.listed(foreign))"))
        }
        return defects
    }

    private static func listed(_ names: [String]) -> String {
        var distinct: [String] = []
        for name in names where !distinct.contains(name) { distinct.append(name) }
        let more = distinct.count > 3 ? " and \(distinct.count - 3) more" : ""
        return
            "\(distinct.count == 1 ? "the header" : "the headers") \(distinct.prefix(3).joined(separator: ", "))\(more)"
    }

    private static func shown(_ name: String) -> String {
        let isPlain = name.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        return !name.isEmpty && isPlain && name.utf8.count <= 40 ? "'\(name)'" : "with an unusual name"
    }
}

/// A pattern of paths: `*` and `?` match characters of one name, `**` any number of folders.
///
/// A pattern that ends in a plain name matches that file, or everything below that folder.
struct PathPattern {
    private let parts: [[UInt8]]

    init(_ text: String) {
        parts = text.utf8.split(separator: UInt8(ascii: "/")).map(Array.init).filter { $0 != Array(".".utf8) }
    }

    /// The folder above everything that the pattern may match.
    var folder: String {
        let fixed = parts.prefix { !$0.contains(UInt8(ascii: "*")) && !$0.contains(UInt8(ascii: "?")) }
        let folders = fixed.count == parts.count ? fixed.dropLast(fixed.last.map(Self.isFile) == true ? 1 : 0) : fixed
        return folders.isEmpty ? "." : folders.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/")
    }

    /// Whether `path` matches; both are relative to the same folder.
    func matches(_ path: String) -> Bool {
        let names = path.utf8.split(separator: UInt8(ascii: "/")).map(Array.init)
        let isPlain = !(parts.last?.contains(UInt8(ascii: "*")) ?? false)
        return Self.matches(parts, names)
            || isPlain && Self.matches(parts + [Array("**".utf8), Array("*".utf8)], names)
    }

    private static func isFile(_ name: [UInt8]) -> Bool { name.dropFirst().contains(UInt8(ascii: ".")) }

    private static func matches(_ parts: [[UInt8]], _ names: [[UInt8]]) -> Bool {
        matches(parts, names, isStar: { $0 == Array("**".utf8) }) { part, name in
            matches(part, name, isStar: { $0 == UInt8(ascii: "*") }) { $0 == $1 || $0 == UInt8(ascii: "?") }
        }
    }

    /// Matches with stars that match any number of elements; going back to the last star is enough, so the cost
    /// is at most the product of both lengths.
    private static func matches<Element>(
        _ pattern: [Element],
        _ text: [Element],
        isStar: (Element) -> Bool,
        matchesOne: (Element, Element) -> Bool
    ) -> Bool {
        var (index, place) = (0, 0)
        var lastStar: (index: Int, place: Int)?
        while place < text.count {
            if index < pattern.count, isStar(pattern[index]) {
                lastStar = (index, place)
                index += 1
            } else if index < pattern.count, matchesOne(pattern[index], text[place]) {
                index += 1
                place += 1
            } else if let star = lastStar {
                lastStar = (star.index, star.place + 1)
                (index, place) = (star.index + 1, star.place + 1)
            } else {
                return false
            }
        }
        return pattern[index...].allSatisfy(isStar)
    }
}

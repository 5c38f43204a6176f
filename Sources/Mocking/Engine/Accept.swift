import OpenAPI

/// The media types that a client takes, and how much it likes each (RFC 9110, 12.5.1).
struct Accept {
    private struct Range {
        let name: MediaTypeName
        let quality: Double
    }

    private let ranges: [Range]

    init(_ header: String) {
        ranges = header.split(separator: ",").compactMap { part in
            let pieces = part.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
            guard let first = pieces.first, let name = MediaTypeName(first == "*" ? "*/*" : first) else { return nil }
            let weight = pieces.dropFirst().first { $0.lowercased().hasPrefix("q=") }
            return Range(name: name, quality: weight.flatMap { Double($0.dropFirst(2)) } ?? 1)
        }
    }

    /// The place of the name that the client likes best; `nil` when it takes none. A header without any media type
    /// takes everything.
    func best(of names: [MediaTypeName]) -> Int? {
        guard !ranges.isEmpty else { return names.isEmpty ? nil : 0 }
        var best: (place: Int, quality: Double)?
        for (place, name) in names.enumerated() {
            let quality = quality(of: name)
            if quality > best?.quality ?? 0 { best = (place, quality) }
        }
        return best?.place
    }

    /// What the most specific fitting range says; 0 when there is none.
    private func quality(of name: MediaTypeName) -> Double {
        var found: (rank: Int, quality: Double)?
        for range in ranges {
            // A documented range meets what the client names inside of it.
            guard range.name.matches(name) || (name.isRange && name.matches(range.name)) else { continue }
            let rank = !range.name.isRange ? 2 + range.name.parameters.count : range.name.type == "*" ? 0 : 1
            if rank > found?.rank ?? -1 { found = (rank, range.quality) }
        }
        return found?.quality ?? 0
    }
}

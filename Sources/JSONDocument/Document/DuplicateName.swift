/// A member name that occurs twice in one object.
public struct DuplicateName: Sendable, Hashable {
    /// The name.
    public let name: String
    /// The place of the members in the document.
    public let pointer: JSONPointer
    /// The position of the first occurrence.
    public let first: TextPosition
    /// The position of the repetition; this member is the one that counts.
    public let second: TextPosition
}

extension JSONDocument {
    /// The repeated names in the order of their repetition, at most ``JSONLimits/maximumDuplicateNames`` of them.
    ///
    /// A name that occurs three times gives two entries with the same first position.
    public var duplicateNames: [DuplicateName] {
        guard !storage.repeated.isEmpty else { return [] }
        var firsts: [Int: Int] = [:]
        var found: [(object: Int, first: Int, second: Int)] = []
        for record in storage.repeated {
            let first = firsts[record.earlier] ?? record.earlier
            firsts[record.later] = first
            found.append((record.object, first, record.later))
        }
        found.sort { $0.second < $1.second }
        let pointers = storage.pointers(to: found.map(\.second))
        return zip(found, pointers).map { item, pointer in
            DuplicateName(
                name: storage.withTape { $0.string(at: item.second) },
                pointer: pointer,
                first: storage.position(of: item.first),
                second: storage.position(of: item.second)
            )
        }
    }

    /// Whether more names are repeated than are listed in ``duplicateNames``.
    public var hasMoreDuplicateNames: Bool { storage.isRepeatedCut }
}

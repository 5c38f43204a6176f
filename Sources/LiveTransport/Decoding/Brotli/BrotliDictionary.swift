internal import Primitives

/// The static dictionary (RFC 7932, section 8 and appendix A).
enum BrotliDictionary {
    /// The lengths of words.
    static let lengths = 4...24
    /// How many bits a word's index has, by its length from 4 on.
    private static let indexBits = [10, 10, 11, 11, 10, 10, 10, 10, 10, 9, 9, 8, 7, 7, 8, 7, 7, 6, 6, 5, 5]
    /// Where the words of each length start.
    private static let starts: [Int] = zip(lengths, indexBits).reduce(into: [0]) { starts, entry in
        starts.append(starts[starts.count - 1] + entry.0 << entry.1)
    }
    /// All words, one after the other; empty only if the packed data were damaged, which a test excludes.
    static let words: [UInt8] =
        Base64.decode(Array(packed.utf8)).flatMap { try? Inflater.inflated($0, limit: 1 << 17) } ?? []

    /// The bytes for a reference: a word of a length, changed by a transform; `nil` if there are not so many.
    static func bytes(length: Int, reference: Int) -> [UInt8]? {
        guard lengths.contains(length) else { return nil }
        let bits = indexBits[length - lengths.lowerBound]
        let (index, transform) = (reference & (1 << bits - 1), reference >> bits)
        let start = starts[length - lengths.lowerBound] + index * length
        guard transform < BrotliTransform.all.count, start + length <= words.count else { return nil }
        return BrotliTransform.all[transform].applied(to: words[start..<(start + length)])
    }
}

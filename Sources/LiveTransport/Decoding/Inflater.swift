/// Decompresses a deflate stream (RFC 1951), up to a limit.
struct Inflater {
    /// Why a stream cannot be decompressed.
    enum Failure: Error, Equatable {
        /// The result exceeds the limit.
        case tooLarge
        /// The stream ends too early.
        case truncated
        /// The stream violates the format.
        case invalid(String)
    }

    private var bits: BitReader
    private let limit: Int
    private var output: [UInt8] = []

    /// Reads `bytes` from an index on. The result has `limit` bytes at most.
    init(_ bytes: [UInt8], from start: Int = 0, limit: Int) {
        bits = BitReader(bytes, from: start)
        self.limit = limit
    }

    /// The result for a stream without a header.
    static func inflated(_ bytes: [UInt8], limit: Int) throws(Failure) -> [UInt8] {
        var inflater = Inflater(bytes, limit: limit)
        return try inflater.run()
    }

    /// The index of the first byte after the stream, once it has been read.
    var end: Int { bits.end }

    /// Reads every block.
    mutating func run() throws(Failure) -> [UInt8] {
        var isLast = false
        while !isLast {
            isLast = try bits.read(1) == 1
            switch try bits.read(2) {
            case 0: try copyStored()
            case 1: try readCodes(.fixedLiterals, .fixedDistances)
            case 2:
                let (literals, distances) = try readTables()
                try readCodes(literals, distances)
            default: throw .invalid("a block has an unknown type")
            }
        }
        return output
    }

    /// RFC 1951, section 3.2.4.
    private mutating func copyStored() throws(Failure) {
        bits.alignToByte()
        let length = try bits.read(16)
        guard try bits.read(16) == ~length & 0xFFFF else { throw .invalid("a stored block has a wrong length") }
        guard output.count + length <= limit else { throw .tooLarge }
        output += try bits.bytes(length)
    }

    /// RFC 1951, section 3.2.5.
    private mutating func readCodes(_ literals: HuffmanTable, _ distances: HuffmanTable) throws(Failure) {
        while true {
            let symbol = try literals.read(&bits)
            if symbol < 256 {
                guard output.count < limit else { throw .tooLarge }
                output.append(UInt8(symbol))
            } else if symbol == 256 {
                return
            } else {
                guard symbol - 257 < Self.lengths.count else { throw .invalid("an unknown length") }
                let (base, extra) = Self.lengths[symbol - 257]
                let length = base + (try bits.read(extra))
                let place = try distances.read(&bits)
                guard place < Self.distances.count else { throw .invalid("an unknown distance") }
                let (start, more) = Self.distances[place]
                try copy(length, from: start + (try bits.read(more)))
            }
        }
    }

    private mutating func copy(_ length: Int, from distance: Int) throws(Failure) {
        guard distance <= output.count else { throw .invalid("a distance leads before the start") }
        guard output.count + length <= limit else { throw .tooLarge }
        // The copy may overlap its own result.
        for index in (output.count - distance)..<(output.count - distance + length) { output.append(output[index]) }
    }

    /// RFC 1951, section 3.2.7.
    private mutating func readTables() throws(Failure) -> (literals: HuffmanTable, distances: HuffmanTable) {
        let literals = try bits.read(5) + 257
        let distances = try bits.read(5) + 1
        let count = try bits.read(4) + 4
        var own = [UInt8](repeating: 0, count: 19)
        for place in Self.order.prefix(count) { own[place] = UInt8(try bits.read(3)) }
        let table = try HuffmanTable(own)
        var lengths: [UInt8] = []
        while lengths.count < literals + distances {
            let symbol = try table.read(&bits)
            switch symbol {
            case 16:
                guard let last = lengths.last else { throw .invalid("a code length repeats nothing") }
                lengths += [UInt8](repeating: last, count: 3 + (try bits.read(2)))
            case 17: lengths += [UInt8](repeating: 0, count: 3 + (try bits.read(3)))
            case 18: lengths += [UInt8](repeating: 0, count: 11 + (try bits.read(7)))
            default: lengths.append(UInt8(symbol))
            }
        }
        guard lengths.count == literals + distances else { throw .invalid("too many code lengths") }
        return (try HuffmanTable(Array(lengths[..<literals])), try HuffmanTable(Array(lengths[literals...])))
    }

    /// The order of the code lengths of the code lengths.
    private static let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

    /// The base and the number of extra bits of each length code.
    private static let lengths: [(Int, Int)] = Array(
        zip(
            [
                3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
                227, 258,
            ],
            [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]))

    /// The base and the number of extra bits of each distance code.
    private static let distances: [(Int, Int)] = (0..<30).map { code in
        let extra = max(0, code / 2 - 1)
        return (code < 4 ? code + 1 : (2 + code % 2) << extra + 1, extra)
    }
}

/// Reads bits from the low end of each byte.
struct BitReader {
    private let bytes: [UInt8]
    private var index: Int
    /// Bits that were taken from `bytes` and not read yet.
    private var held: UInt64 = 0
    private var heldCount = 0

    init(_ bytes: [UInt8], from start: Int) {
        self.bytes = bytes
        index = start
    }

    /// The index of the first byte of which nothing has been read.
    var end: Int { index - heldCount / 8 }

    /// How many bits of the present byte are left.
    var bitsToByte: Int { heldCount % 8 }

    /// The next bits as a number; at most 32.
    mutating func read(_ count: Int) throws(Inflater.Failure) -> Int {
        let value = peek(count)
        try drop(count)
        return value
    }

    /// The next bits without reading them; missing ones are zero.
    mutating func peek(_ count: Int) -> Int {
        while heldCount < count, index < bytes.count {
            held |= UInt64(bytes[index]) << UInt64(heldCount)
            heldCount += 8
            index += 1
        }
        return Int(held & (1 << UInt64(count) - 1))
    }

    /// Reads bits that ``peek(_:)`` returned.
    mutating func drop(_ count: Int) throws(Inflater.Failure) {
        guard heldCount >= count else { throw .truncated }
        held >>= UInt64(count)
        heldCount -= count
    }

    /// Skips to the start of the next byte.
    mutating func alignToByte() {
        let rest = heldCount % 8
        held >>= UInt64(rest)
        heldCount -= rest
    }

    /// The next whole bytes; the reader must be at the start of a byte.
    mutating func bytes(_ count: Int) throws(Inflater.Failure) -> ArraySlice<UInt8> {
        index = end
        (held, heldCount) = (0, 0)
        guard bytes.count - index >= count else { throw .truncated }
        defer { index += count }
        return bytes[index..<(index + count)]
    }
}

/// A canonical Huffman code (RFC 1951, section 3.2.2), as a table with an entry for every possible text of its longest
/// code.
struct HuffmanTable {
    /// The symbol and the length of the code that each index begins with; length 0 for none.
    private var entries: [(symbol: UInt16, length: UInt8)]
    private let longest: Int

    /// A code from the lengths of its symbols, each at most 15; 0 for symbols without a code.
    ///
    /// - Throws: `Inflater.Failure.invalid` if there are more codes than the lengths allow.
    init(_ lengths: [UInt8]) throws(Inflater.Failure) {
        longest = Int(lengths.max() ?? 0)
        entries = Array(repeating: (0, 0), count: 1 << longest)
        var counts = [Int](repeating: 0, count: longest + 1)
        for length in lengths where length > 0 { counts[Int(length)] += 1 }
        // The first code of each length.
        var next = [Int](repeating: 0, count: longest + 1)
        for length in stride(from: 1, through: longest, by: 1) {
            next[length] = (next[length - 1] + counts[length - 1]) << 1
        }
        for (symbol, length) in lengths.enumerated() where length > 0 {
            let length = Int(length)
            guard next[length] < 1 << length else { throw .invalid("too many codes") }
            let reversed = Self.reversed(next[length], length)
            next[length] += 1
            for index in stride(from: reversed, to: entries.count, by: 1 << length) {
                entries[index] = (UInt16(symbol), UInt8(length))
            }
        }
    }

    /// The next symbol.
    func read(_ bits: inout BitReader) throws(Inflater.Failure) -> Int {
        let entry = entries[bits.peek(longest)]
        guard entry.length > 0 else { throw .invalid("an unknown code") }
        try bits.drop(Int(entry.length))
        return Int(entry.symbol)
    }

    private static func reversed(_ code: Int, _ length: Int) -> Int {
        (0..<length).reduce(0) { $0 << 1 | (code >> $1) & 1 }
    }

    /// RFC 1951, section 3.2.6. The lengths are those of a valid code.
    static let fixedLiterals = fixed(
        [UInt8](repeating: 8, count: 144) + [UInt8](repeating: 9, count: 112) + [UInt8](repeating: 7, count: 24)
            + [UInt8](repeating: 8, count: 8))
    static let fixedDistances = fixed([UInt8](repeating: 5, count: 30))

    private static func fixed(_ lengths: [UInt8]) -> HuffmanTable {
        (try? HuffmanTable(lengths)) ?? HuffmanTable()
    }

    /// A code without symbols.
    private init() {
        (entries, longest) = ([(0, 0)], 0)
    }
}

/// A prefix code (RFC 7932, section 3).
struct BrotliCode {
    /// The longest code in bits.
    private static let longest = 15
    /// Codes up to this length are found with one look-up.
    private static let quickBits = 8

    /// The symbols by the lengths of their codes, then by value.
    private let symbols: [UInt16]
    /// How many codes have each length.
    private let counts: [Int]
    /// The symbol and the length of the code that each index begins with; length 0 for longer codes.
    private var quick: [(symbol: UInt16, length: UInt8)]

    /// A code from the lengths of its symbols. A single symbol needs no bits.
    ///
    /// - Throws: `Inflater.Failure.invalid` if the code is not complete.
    init(_ lengths: [UInt8]) throws(Inflater.Failure) {
        var counts = [Int](repeating: 0, count: Self.longest + 1)
        var symbols: [[UInt16]] = Array(repeating: [], count: Self.longest + 1)
        for (symbol, length) in lengths.enumerated() where length > 0 {
            counts[Int(length)] += 1
            symbols[Int(length)].append(UInt16(symbol))
        }
        let used = (1...Self.longest).reduce(0) { $0 + counts[$1] << (Self.longest - $1) }
        guard used == 1 << Self.longest else { throw .invalid("a prefix code is not complete") }
        self.init(symbols: symbols.flatMap { $0 }, counts: counts)
    }

    /// The code of one symbol, which has no bits.
    init(only symbol: Int) {
        symbols = [UInt16(symbol)]
        counts = []
        quick = []
    }

    private init(symbols: [UInt16], counts: [Int]) {
        self.symbols = symbols
        self.counts = counts
        quick = Array(repeating: (0, 0), count: 1 << Self.quickBits)
        var (code, index) = (0, 0)
        for length in 1...Self.quickBits {
            for _ in 0..<counts[length] {
                let first = (0..<length).reduce(0) { $0 << 1 | code >> $1 & 1 }
                for entry in stride(from: first, to: quick.count, by: 1 << length) {
                    quick[entry] = (symbols[index], UInt8(length))
                }
                code += 1
                index += 1
            }
            code <<= 1
        }
    }

    /// Reads the next symbol.
    func read(_ bits: inout BitReader) throws(Inflater.Failure) -> Int {
        guard !counts.isEmpty else { return Int(symbols[0]) }
        let (symbol, length) = quick[bits.peek(Self.quickBits)]
        if length > 0 {
            try bits.drop(Int(length))
            return Int(symbol)
        }
        let next = bits.peek(Self.longest)
        var (code, first, index) = (0, 0, 0)
        for length in 1...Self.longest {
            code |= next >> (length - 1) & 1
            let count = counts[length]
            if code - first < count {
                try bits.drop(length)
                return Int(symbols[index + code - first])
            }
            index += count
            first = (first + count) << 1
            code <<= 1
        }
        throw .invalid("an unknown code")
    }
}

/// Reading a prefix code from a stream.
extension BrotliCode {
    /// Reads a code for `size` symbols (sections 3.4 and 3.5).
    static func read(size: Int, _ bits: inout BitReader) throws(Inflater.Failure) -> BrotliCode {
        let skipped = try bits.read(2)
        return skipped == 1 ? try simple(size, &bits) : try complex(size, skipping: skipped, &bits)
    }

    private static func simple(_ size: Int, _ bits: inout BitReader) throws(Inflater.Failure) -> BrotliCode {
        let width = Int.bitWidth - (size - 1).leadingZeroBitCount
        let count = try bits.read(2) + 1
        var symbols: [Int] = []
        for _ in 0..<count {
            let symbol = try bits.read(width)
            guard symbol < size, !symbols.contains(symbol) else { throw .invalid("a prefix code has a wrong symbol") }
            symbols.append(symbol)
        }
        let lengths: [UInt8]
        switch count {
        case 1: return BrotliCode(only: symbols[0])
        case 2: lengths = [1, 1]
        case 3: lengths = [1, 2, 2]
        default: lengths = try bits.read(1) == 0 ? [2, 2, 2, 2] : [1, 2, 3, 3]
        }
        var all = [UInt8](repeating: 0, count: size)
        for (symbol, length) in zip(symbols, lengths) { all[symbol] = length }
        return try BrotliCode(all)
    }

    /// The order of the code lengths of the code lengths.
    private static let order = [1, 2, 3, 4, 0, 5, 17, 6, 16, 7, 8, 9, 10, 11, 12, 13, 14, 15]
    /// The value and the length of the code that each four bits begin with, for lengths of code length codes.
    private static let lengthCodes: [(value: UInt8, length: Int)] = [
        (0, 2), (4, 2), (3, 2), (2, 3), (0, 2), (4, 2), (3, 2), (1, 4), (0, 2), (4, 2), (3, 2), (2, 3), (0, 2), (4, 2),
        (3, 2), (5, 4),
    ]

    private static func complex(
        _ size: Int, skipping skipped: Int, _ bits: inout BitReader
    ) throws(Inflater.Failure) -> BrotliCode {
        var own = [UInt8](repeating: 0, count: 18)
        var space = 32
        for place in order.dropFirst(skipped) where space > 0 {
            let (value, length) = lengthCodes[bits.peek(4)]
            try bits.drop(length)
            own[place] = value
            if value > 0 { space -= 32 >> Int(value) }
        }
        let used = own.indices.filter { own[$0] > 0 }
        guard space == 0 || used.count == 1 else { throw .invalid("the lengths of a prefix code are not complete") }
        let code = used.count == 1 ? BrotliCode(only: used[0]) : try BrotliCode(own)
        return try BrotliCode(try lengths(size, code, &bits))
    }

    /// The lengths of `size` codes; codes 16 and 17 repeat the last length and zero, and follow each other as digits.
    private static func lengths(
        _ size: Int, _ code: BrotliCode, _ bits: inout BitReader
    ) throws(Inflater.Failure) -> [UInt8] {
        var lengths: [UInt8] = []
        lengths.reserveCapacity(size)
        var (last, repeated, count) = (UInt8(8), UInt8(0), 0)
        var space = 1 << longest
        while lengths.count < size, space > 0 {
            let symbol = try code.read(&bits)
            guard symbol >= 16 else {
                count = 0
                lengths.append(UInt8(symbol))
                if symbol > 0 {
                    last = UInt8(symbol)
                    space -= 1 << (longest - symbol)
                }
                continue
            }
            let extra = symbol - 14
            let value = symbol == 16 ? last : 0
            if value != repeated { (count, repeated) = (0, value) }
            let before = count
            if count > 0 { count = (count - 2) << extra }
            count += try bits.read(extra) + 3
            let added = count - before
            guard lengths.count + added <= size else { throw .invalid("a prefix code has too many lengths") }
            lengths += [UInt8](repeating: value, count: added)
            if value > 0 { space -= added << (longest - Int(value)) }
        }
        guard space == 0 else { throw .invalid("a prefix code is not complete") }
        return lengths + [UInt8](repeating: 0, count: size - lengths.count)
    }
}

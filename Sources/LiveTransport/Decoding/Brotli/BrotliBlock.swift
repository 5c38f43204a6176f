/// The header of a compressed meta-block, and the state of its block types (RFC 7932, sections 5, 6, 7 and 9.2).
struct BrotliBlock {
    /// An insert-and-copy command.
    struct Command {
        /// The number of literals.
        var insert: Int
        /// The number of bytes to copy, or the length of the word.
        var copy: Int
        /// Whether the last distance is used again.
        var repeatsDistance: Bool
    }

    /// How the numbers of distances are written.
    struct Distances {
        let direct: Int
        let postfix: Int

        /// How many distance codes exist.
        var codeCount: Int { 16 + direct + 48 << postfix }

        /// The distance for a code from 16 on, counted from there.
        func value(_ code: Int, _ bits: inout BitReader) throws(Inflater.Failure) -> Int {
            guard code >= direct else { return code + 1 }
            let rest = code - direct
            let extra = 1 + rest >> (postfix + 1)
            let high = rest >> postfix
            let offset = (2 + high & 1) << extra - 4
            return (offset + (try bits.read(extra))) << postfix + rest & (1 << postfix - 1) + direct + 1
        }
    }

    let distances: Distances
    private var literals: BlockTypes
    private var commands: BlockTypes
    private var distanceTypes: BlockTypes
    private let modes: [BrotliContext]
    private let literalMap: ContextMap
    private let distanceMap: ContextMap
    private let literalCodes: [BrotliCode]
    private let commandCodes: [BrotliCode]
    private let distanceCodes: [BrotliCode]

    init(_ bits: inout BitReader) throws(Inflater.Failure) {
        literals = try BlockTypes(&bits)
        commands = try BlockTypes(&bits)
        distanceTypes = try BlockTypes(&bits)
        let postfix = try bits.read(2)
        distances = Distances(direct: try bits.read(4) << postfix, postfix: postfix)
        var modes: [BrotliContext] = []
        for _ in 0..<literals.count { modes.append(BrotliContext(rawValue: try bits.read(2)) ?? .leastBits) }
        self.modes = modes
        literalMap = try ContextMap(contexts: 64 * literals.count, &bits)
        distanceMap = try ContextMap(contexts: 4 * distanceTypes.count, &bits)
        literalCodes = try Self.codes(literalMap.codeCount, size: 256, &bits)
        commandCodes = try Self.codes(commands.count, size: 704, &bits)
        distanceCodes = try Self.codes(distanceMap.codeCount, size: distances.codeCount, &bits)
    }

    private static func codes(
        _ count: Int, size: Int, _ bits: inout BitReader
    ) throws(Inflater.Failure) -> [BrotliCode] {
        var codes: [BrotliCode] = []
        for _ in 0..<count { codes.append(try BrotliCode.read(size: size, &bits)) }
        return codes
    }

    /// Reads the next command.
    mutating func command(_ bits: inout BitReader) throws(Inflater.Failure) -> Command {
        try commands.next(&bits)
        let symbol = try commandCodes[commands.current].read(&bits)
        let (insertStart, copyStart) = Self.cells[symbol >> 6]
        let (insert, insertExtra) = Self.inserts[insertStart + symbol >> 3 & 7]
        let (copy, copyExtra) = Self.copies[copyStart + symbol & 7]
        return Command(
            insert: insert + (try bits.read(insertExtra)), copy: copy + (try bits.read(copyExtra)),
            repeatsDistance: symbol < 128)
    }

    /// Reads the next literal.
    mutating func literal(
        after last: UInt8, _ earlier: UInt8, _ bits: inout BitReader
    ) throws(Inflater.Failure) -> UInt8 {
        try literals.next(&bits)
        let type = literals.current
        let code = literalMap[64 * type + modes[type].id(last, earlier)]
        return UInt8(truncatingIfNeeded: try literalCodes[code].read(&bits))
    }

    /// Reads the next distance code, for a copy of a length.
    mutating func distanceCode(copying length: Int, _ bits: inout BitReader) throws(Inflater.Failure) -> Int {
        try distanceTypes.next(&bits)
        return try distanceCodes[distanceMap[4 * distanceTypes.current + min(length, 5) - 2]].read(&bits)
    }

    /// The first insert and copy code of each 64 commands.
    private static let cells = [
        (0, 0), (0, 8), (0, 0), (0, 8), (8, 0), (8, 8), (0, 16), (16, 0), (8, 16), (16, 8), (16, 16),
    ]
    /// The base and the number of extra bits of each insert length code.
    private static let inserts: [(Int, Int)] = [
        (0, 0), (1, 0), (2, 0), (3, 0), (4, 0), (5, 0), (6, 1), (8, 1), (10, 2), (14, 2), (18, 3), (26, 3), (34, 4),
        (50, 4), (66, 5), (98, 5), (130, 6), (194, 7), (322, 8), (578, 9), (1090, 10), (2114, 12), (6210, 14),
        (22594, 24),
    ]
    /// The base and the number of extra bits of each copy length code.
    private static let copies: [(Int, Int)] = [
        (2, 0), (3, 0), (4, 0), (5, 0), (6, 0), (7, 0), (8, 0), (9, 0), (10, 1), (12, 1), (14, 2), (18, 2), (22, 3),
        (30, 3), (38, 4), (54, 4), (70, 5), (102, 5), (134, 6), (198, 7), (326, 8), (582, 9), (1094, 10), (2118, 24),
    ]
}

extension BrotliBlock {
    /// The block types of literals, commands or distances (section 6).
    struct BlockTypes {
        /// How many types exist.
        let count: Int
        /// The present type.
        private(set) var current = 0
        private var last = 1
        /// How many elements of the present type follow.
        private var left = 1 << 24
        private var codes: (types: BrotliCode, lengths: BrotliCode)?

        init(_ bits: inout BitReader) throws(Inflater.Failure) {
            count = try Self.readCount(&bits)
            guard count > 1 else { return }
            let codes = (
                types: try BrotliCode.read(size: count + 2, &bits), lengths: try BrotliCode.read(size: 26, &bits)
            )
            self.codes = codes
            left = try Self.length(codes.lengths, &bits)
        }

        /// Prepares for the next element, which may begin another type.
        mutating func next(_ bits: inout BitReader) throws(Inflater.Failure) {
            if left == 0, let codes {
                let symbol = try codes.types.read(&bits)
                let type = symbol == 0 ? last : symbol == 1 ? (current + 1) % count : symbol - 2
                (last, current) = (current, type)
                left = try Self.length(codes.lengths, &bits)
            }
            left -= 1
        }

        /// A number from 1 to 256 (section 9.2).
        static func readCount(_ bits: inout BitReader) throws(Inflater.Failure) -> Int {
            guard try bits.read(1) == 1 else { return 1 }
            let width = try bits.read(3)
            return 1 << width + 1 + (try bits.read(width))
        }

        private static func length(_ code: BrotliCode, _ bits: inout BitReader) throws(Inflater.Failure) -> Int {
            let (base, extra) = lengths[try code.read(&bits)]
            return base + (try bits.read(extra))
        }

        /// The base and the number of extra bits of each block count code.
        private static let lengths: [(Int, Int)] = [
            (1, 2), (5, 2), (9, 2), (13, 2), (17, 3), (25, 3), (33, 3), (41, 3), (49, 4), (65, 4), (81, 4), (97, 4),
            (113, 5), (145, 5), (177, 5), (209, 5), (241, 6), (305, 6), (369, 7), (497, 8), (753, 9), (1265, 10),
            (2289, 11), (4337, 12), (8433, 13), (16625, 24),
        ]
    }

    /// Which prefix code each context has (section 7.3).
    struct ContextMap {
        /// How many codes exist.
        let codeCount: Int
        private var codes: [UInt8]

        subscript(context: Int) -> Int { Int(codes[context]) }

        init(contexts: Int, _ bits: inout BitReader) throws(Inflater.Failure) {
            codeCount = try BlockTypes.readCount(&bits)
            codes = []
            guard codeCount > 1 else {
                codes = [UInt8](repeating: 0, count: contexts)
                return
            }
            let longestRun = try bits.read(1) == 1 ? try bits.read(4) + 1 : 0
            let code = try BrotliCode.read(size: codeCount + longestRun, &bits)
            while codes.count < contexts {
                let symbol = try code.read(&bits)
                guard symbol > 0, symbol <= longestRun else {
                    codes.append(UInt8(symbol == 0 ? 0 : symbol - longestRun))
                    continue
                }
                let count = 1 << symbol + (try bits.read(symbol))
                guard codes.count + count <= contexts else { throw .invalid("a context map is too long") }
                codes += [UInt8](repeating: 0, count: count)
            }
            if try bits.read(1) == 1 { moveToFront() }
        }

        /// Undoes the move-to-front transform.
        private mutating func moveToFront() {
            var order = Array(UInt8.min...UInt8.max)
            for index in codes.indices {
                let place = Int(codes[index])
                let value = order.remove(at: place)
                order.insert(value, at: 0)
                codes[index] = value
            }
        }
    }
}

/// Decompresses a Brotli stream (RFC 7932), up to a limit.
struct BrotliDecoder {
    private var bits: BitReader
    private let limit: Int
    private let count: Int
    private var output: [UInt8] = []
    /// The last four distances, the latest first (section 4).
    private var distances = [4, 11, 15, 16]
    /// The farthest distance of a copy.
    private var window = 0

    private init(_ bytes: [UInt8], limit: Int) {
        bits = BitReader(bytes, from: 0)
        count = bytes.count
        self.limit = limit
    }

    /// The decompressed bytes, at most `limit`.
    static func decoded(_ bytes: [UInt8], limit: Int) throws(Inflater.Failure) -> [UInt8] {
        var decoder = BrotliDecoder(bytes, limit: limit)
        try decoder.run()
        return decoder.output
    }

    private mutating func run() throws(Inflater.Failure) {
        window = 1 << (try windowBits()) - 16
        var isLast = false
        while !isLast {
            isLast = try bits.read(1) == 1
            if isLast, try bits.read(1) == 1 { break }
            guard let length = try metaBlockLength() else { continue }
            guard output.count + length <= limit else { throw .tooLarge }
            if !isLast, try bits.read(1) == 1 {
                try alignToByte()
                output += try bits.bytes(length)
            } else {
                try readBlock(length)
            }
        }
        try alignToByte()
        guard bits.end == count else { throw .invalid("bytes follow the end of the stream") }
    }

    /// Section 9.1.
    private mutating func windowBits() throws(Inflater.Failure) -> Int {
        guard try bits.read(1) == 1 else { return 16 }
        let high = try bits.read(3)
        guard high == 0 else { return 17 + high }
        let low = try bits.read(3)
        guard low != 1 else { throw .invalid("its window is larger than the format allows") }
        return low == 0 ? 17 : 8 + low
    }

    /// The number of bytes of the next meta-block; `nil` for one with metadata, which is skipped (section 9.2).
    private mutating func metaBlockLength() throws(Inflater.Failure) -> Int? {
        let nibbles = try bits.read(2) + 4
        guard nibbles < 7 else {
            guard try bits.read(1) == 0 else { throw .invalid("a reserved bit is set") }
            let length = try number(try bits.read(2), bitsEach: 8)
            try alignToByte()
            _ = try bits.bytes(length ?? 0)
            return nil
        }
        return try number(nibbles, bitsEach: 4)
    }

    /// A number plus one, in groups of bits; the last group must not be zero if it is not needed.
    private mutating func number(_ groups: Int, bitsEach width: Int) throws(Inflater.Failure) -> Int? {
        guard groups > 0 else { return nil }
        let least = width == 4 ? 4 : 1
        var value = 0
        for group in 0..<groups {
            let part = try bits.read(width)
            guard part > 0 || group + 1 < groups || groups == least else {
                throw .invalid("a length has a needless zero")
            }
            value |= part << (group * width)
        }
        return value + 1
    }

    private mutating func alignToByte() throws(Inflater.Failure) {
        guard try bits.read(bits.bitsToByte) == 0 else { throw .invalid("padding is not zero") }
    }

    /// The compressed data of a meta-block (section 9.3).
    private mutating func readBlock(_ length: Int) throws(Inflater.Failure) {
        var block = try BrotliBlock(&bits)
        let end = output.count + length
        while output.count < end {
            let command = try block.command(&bits)
            guard output.count + command.insert <= end else { throw .invalid("too many literals") }
            for _ in 0..<command.insert {
                let last = output.last ?? 0
                let earlier = output.count > 1 ? output[output.count - 2] : 0
                output.append(try block.literal(after: last, earlier, &bits))
            }
            if output.count == end { return }
            let code = command.repeatsDistance ? 0 : try block.distanceCode(copying: command.copy, &bits)
            let distance = try distance(code, block)
            let farthest = min(window, output.count)
            if distance <= farthest {
                if code > 0 { distances = [distance] + distances.dropLast() }
                guard output.count + command.copy <= end else { throw .invalid("a copy is too long") }
                // The copy may overlap its own result.
                let start = output.count - distance
                for index in start..<(start + command.copy) { output.append(output[index]) }
            } else {
                let word = BrotliDictionary.bytes(length: command.copy, reference: distance - farthest - 1)
                guard let word else { throw .invalid("a word is not in the dictionary") }
                guard output.count + word.count <= end else { throw .invalid("a word is too long") }
                output += word
            }
        }
    }

    /// The distance for a code (section 4).
    private mutating func distance(_ code: Int, _ block: BrotliBlock) throws(Inflater.Failure) -> Int {
        let distance: Int
        switch code {
        case ..<4: distance = distances[code]
        case ..<10: distance = distances[0] + Self.offsets[code - 4]
        case ..<16: distance = distances[1] + Self.offsets[code - 10]
        default: distance = try block.distances.value(code - 16, &bits)
        }
        guard distance > 0 else { throw .invalid("a distance is not positive") }
        return distance
    }

    private static let offsets = [-1, 1, -2, 2, -3, 3]
}

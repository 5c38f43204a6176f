/// The encoding of Unicode labels in ASCII (RFC 3492).
enum Punycode {
    private static let base = 36
    private static let initialBias = 72
    private static let initialScalar = 128

    /// The scalars of an encoded label (without `xn--`), or `nil` if it is invalid.
    static func decode(_ text: Bytes) -> [Unicode.Scalar]? {
        var output: [Unicode.Scalar] = []
        var rest = text
        if let hyphen = text.lastIndex(of: UInt8(ascii: "-")) {
            output = text[..<hyphen].map { Unicode.Scalar($0) }
            rest = text[(hyphen + 1)...]
        }
        guard !rest.isEmpty else { return nil }
        var scalar = initialScalar
        var bias = initialBias
        var position = 0
        while !rest.isEmpty {
            let start = position
            var weight = 1
            var step = base
            while true {
                guard let byte = rest.popFirst(), let digit = digit(byte) else { return nil }
                position += digit * weight
                let threshold = threshold(step, bias)
                if digit < threshold { break }
                weight *= base - threshold
                step += base
                guard position < 1 << 40, weight < 1 << 40 else { return nil }
            }
            let count = output.count + 1
            bias = adapted(position - start, count, isFirst: start == 0)
            scalar += position / count
            position %= count
            guard scalar <= 0x10FFFF, let decoded = Unicode.Scalar(UInt32(scalar)) else { return nil }
            output.insert(decoded, at: position)
            position += 1
        }
        return output
    }

    /// The number of ASCII characters for a label, or `nil` if it is far too long.
    static func encodedLength(_ label: [Unicode.Scalar]) -> Int? {
        guard label.count <= 256 else { return nil }
        var handled = label.count { $0.isASCII }
        let basic = handled
        var length = basic > 0 ? basic + 1 : 0
        var scalar = initialScalar
        var bias = initialBias
        var delta = 0
        while handled < label.count {
            guard let next = label.lazy.map({ Int($0.value) }).filter({ $0 >= scalar }).min() else { return nil }
            delta += (next - scalar) * (handled + 1)
            scalar = next
            for value in label.map({ Int($0.value) }) {
                if value < scalar { delta += 1 }
                guard value == scalar else { continue }
                var rest = delta
                var step = base
                while rest >= threshold(step, bias) {
                    let threshold = threshold(step, bias)
                    rest = (rest - threshold) / (base - threshold)
                    length += 1
                    step += base
                }
                length += 1
                bias = adapted(delta, handled + 1, isFirst: handled == basic)
                delta = 0
                handled += 1
            }
            delta += 1
            scalar += 1
        }
        return length
    }

    private static func threshold(_ step: Int, _ bias: Int) -> Int {
        min(max(step - bias, 1), 26)
    }

    private static func adapted(_ delta: Int, _ count: Int, isFirst: Bool) -> Int {
        var delta = isFirst ? delta / 700 : delta / 2
        delta += delta / count
        var bias = 0
        while delta > ((base - 1) * 26) / 2 {
            delta /= base - 1
            bias += base
        }
        return bias + base * delta / (delta + 38)
    }

    private static func digit(_ byte: UInt8) -> Int? {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(byte - UInt8(ascii: "a"))
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(byte - UInt8(ascii: "A"))
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte - UInt8(ascii: "0")) + 26
        default: nil
        }
    }
}

import JSONDocument

/// A reader of RFC 8259 written as plainly as possible, to compare the fast one with: recursive, on decoded scalars.
struct ReferenceReader {
    struct Refused: Error {}

    private let scalars: [Unicode.Scalar]
    private var place = 0

    /// The value of a text; nil when it is no JSON text.
    static func value(_ bytes: [UInt8]) -> JSONValue? {
        guard var text = String(validating: bytes, as: UTF8.self) else { return nil }
        if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
        var reader = ReferenceReader(scalars: Array(text.unicodeScalars))
        guard let value = try? reader.value() else { return nil }
        reader.skipBlanks()
        return reader.place == reader.scalars.count ? value : nil
    }

    private init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

    private var next: Unicode.Scalar? { place < scalars.count ? scalars[place] : nil }

    private mutating func skipBlanks() {
        while let next, " \t\r\n".unicodeScalars.contains(next) { place += 1 }
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        place += 1
        return true
    }

    private mutating func expect(_ text: String) throws {
        for scalar in text.unicodeScalars where !take(scalar) { throw Refused() }
    }

    private mutating func value() throws -> JSONValue {
        skipBlanks()
        switch next {
        case "{": return try object()
        case "[": return try array()
        case "\"": return .string(try string())
        case "t":
            try expect("true")
            return true
        case "f":
            try expect("false")
            return false
        case "n":
            try expect("null")
            return .null
        default: return .number(try number())
        }
    }

    private mutating func object() throws -> JSONValue {
        var members: [(String, JSONValue)] = []
        try expect("{")
        skipBlanks()
        if take("}") { return [:] }
        repeat {
            skipBlanks()
            let name = try string()
            skipBlanks()
            try expect(":")
            members.append((name, try value()))
            skipBlanks()
        } while take(",")
        try expect("}")
        return .object(JSONObject(members))
    }

    private mutating func array() throws -> JSONValue {
        var elements: [JSONValue] = []
        try expect("[")
        skipBlanks()
        if take("]") { return [] }
        repeat {
            elements.append(try value())
            skipBlanks()
        } while take(",")
        try expect("]")
        return .array(elements)
    }

    private mutating func string() throws -> String {
        try expect("\"")
        var text = String.UnicodeScalarView()
        while !take("\"") {
            guard let scalar = next, scalar.value >= 0x20 else { throw Refused() }
            place += 1
            text.append(scalar == "\\" ? try escape() : scalar)
        }
        return String(text)
    }

    private mutating func escape() throws -> Unicode.Scalar {
        guard let letter = next else { throw Refused() }
        place += 1
        switch letter {
        case "\"", "\\", "/": return letter
        case "b": return "\u{8}"
        case "f": return "\u{C}"
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "u":
            let unit = try codeUnit()
            if let scalar = Unicode.Scalar(unit) { return scalar }
            guard unit < 0xDC00 else { throw Refused() }
            try expect("\\u")
            let low = try codeUnit()
            guard (0xDC00..<0xE000).contains(low) else { throw Refused() }
            let joined = 0x10000 + (UInt32(unit) - 0xD800) * 0x400 + (UInt32(low) - 0xDC00)
            guard let scalar = Unicode.Scalar(joined) else { throw Refused() }
            return scalar
        default: throw Refused()
        }
    }

    private mutating func codeUnit() throws -> UInt16 {
        var value: UInt16 = 0
        for _ in 0..<4 {
            guard let next, next.isASCII, let digit = Character(next).hexDigitValue else { throw Refused() }
            value = value * 16 + UInt16(digit)
            place += 1
        }
        return value
    }

    private mutating func number() throws -> JSONNumber {
        let start = place
        _ = take("-")
        if !take("0") { try digits() }
        if take(".") { try digits() }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try digits()
        }
        let text = String(String.UnicodeScalarView(scalars[start..<place]))
        guard let number = JSONNumber(text) else { throw Refused() }
        return number
    }

    private mutating func digits() throws {
        let start = place
        while let next, ("0"..."9").contains(next) { place += 1 }
        if place == start { throw Refused() }
    }
}

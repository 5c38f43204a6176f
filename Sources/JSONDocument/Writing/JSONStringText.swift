extension [UInt8] {
    /// Appends `text` as a JSON string: quoted, with only quotes, backslashes and control characters escaped (RFC 8259,
    /// section 7).
    public mutating func appendJSONString(_ text: String) {
        var text = text
        text.withUTF8 { appendJSONString($0) }
    }

    /// Appends `text`, which must be UTF-8, as a JSON string.
    public mutating func appendJSONString(_ text: UnsafeBufferPointer<UInt8>) {
        append(UInt8(ascii: "\""))
        var run = 0
        for place in 0..<text.count {
            let byte = text[place]
            guard byte < 0x20 || byte == 0x22 || byte == 0x5C else { continue }
            append(contentsOf: UnsafeBufferPointer(rebasing: text[run..<place]))
            run = place + 1
            append(UInt8(ascii: "\\"))
            switch byte {
            case 0x22, 0x5C: append(byte)
            case 0x08: append(UInt8(ascii: "b"))
            case 0x09: append(UInt8(ascii: "t"))
            case 0x0A: append(UInt8(ascii: "n"))
            case 0x0C: append(UInt8(ascii: "f"))
            case 0x0D: append(UInt8(ascii: "r"))
            default:
                append(contentsOf: byte < 0x10 ? "u000".utf8 : "u001".utf8)
                append("0123456789abcdef".utf8.dropFirst(Int(byte & 15)).first ?? 0x30)
            }
        }
        append(contentsOf: UnsafeBufferPointer(rebasing: text[run...]))
        append(UInt8(ascii: "\""))
    }
}

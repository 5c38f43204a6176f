import Primitives

/// The parts of a `multipart/*` body (RFC 2046, section 5.1; RFC 7578).
struct MultipartBody {
    /// One part.
    struct Part {
        /// The name of the field; `nil` if the part has none.
        var name: String?
        var contentType: MediaTypeName?
        /// All header lines of the part, in order.
        var headers: [(name: String, value: String)] = []
        /// The media type as written; `nil` if the part has none.
        var writtenType: String?
        /// The line of the body where the part starts, from 1.
        var line = 1
        var bytes: ArraySlice<UInt8>

        /// The media type of the part: text by default (RFC 2046, section 5.2; RFC 7578, section 4.4).
        var type: MediaTypeName? {
            writtenType == nil ? MediaTypeName("text/plain") : contentType
        }
    }

    /// The maximum number of parts; no real form has more.
    private static let maximumParts = 10_000

    let parts: [Part]

    /// Splits a body at its boundary; `nil` if it is not a valid multipart body.
    init?(_ body: [UInt8], boundary: String) {
        // A boundary has 1 to 70 characters (RFC 2046, section 5.1.1).
        guard (1...70).contains(boundary.utf8.count) else { return nil }
        let delimiter = Array("--".utf8) + boundary.utf8
        var parts: [Part] = []
        var start: Int?
        var index = 0
        // The line of the current part, and the offset up to which lines were counted.
        var (line, counted) = (1, 0)
        while let found = Self.next(delimiter, in: body, from: index) {
            if let start {
                // The line break before a delimiter belongs to the delimiter.
                guard parts.count < Self.maximumParts, found - 2 >= start,
                    var part = Self.part(body[start..<(found - 2)])
                else { return nil }
                part.line = line
                parts.append(part)
            }
            var end = found + delimiter.count
            if body[end...].starts(with: "--".utf8) {
                self.parts = parts
                return
            }
            while end < body.count, body[end] == 0x20 || body[end] == 0x09 { end += 1 }
            guard body[end...].starts(with: [0x0D, 0x0A]) else { return nil }
            start = end + 2
            line += body[counted..<(end + 2)].count { $0 == 0x0A }
            counted = end + 2
            // The first line of a part may be the line break before the next delimiter.
            index = end
        }
        return nil
    }

    /// The next place where a line begins with the delimiter.
    private static func next(_ delimiter: [UInt8], in body: [UInt8], from start: Int) -> Int? {
        var index = start
        while index + delimiter.count <= body.count {
            let isLineStart = index == 0 || (index >= 2 && body[index - 1] == 0x0A && body[index - 2] == 0x0D)
            if isLineStart, body[index] == delimiter[0], body[index...].starts(with: delimiter) { return index }
            index += 1
        }
        return nil
    }

    private static func part(_ bytes: ArraySlice<UInt8>) -> Part? {
        var part = Part(name: nil, contentType: nil, bytes: [])
        var rest = bytes
        while true {
            guard let end = rest.firstIndex(of: 0x0D), rest[end...].starts(with: [0x0D, 0x0A]) else { return nil }
            let line = rest[..<end]
            rest = rest[(end + 2)...]
            if line.isEmpty { break }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
            let name = String(decoding: line[..<colon], as: UTF8.self)
            let value = String(decoding: line[(colon + 1)...], as: UTF8.self)
            part.headers.append((name, CookiePairs.trimmed(value[...])))
            if name.equalsIgnoringASCIICase("content-type") {
                part.contentType = MediaTypeName(value)
                part.writtenType = value
            }
            if name.equalsIgnoringASCIICase("content-disposition") { part.name = fieldName(value) }
        }
        part.bytes = rest
        return part
    }

    /// The `name` of `form-data; name="a"`; browsers percent-encode quotes and line breaks in it.
    private static func fieldName(_ disposition: String) -> String? {
        var scanner = FieldScanner(disposition)
        scanner.skipBlanks()
        guard scanner.token() != nil else { return nil }
        scanner.skipBlanks()
        while scanner.take(UInt8(ascii: ";")) {
            scanner.skipBlanks()
            guard let parameter = scanner.token() else { continue }
            guard scanner.take(UInt8(ascii: "=")), let value = scanner.quotedString() ?? scanner.token() else {
                return nil
            }
            if parameter.equalsIgnoringASCIICase("name") {
                return PercentEncoding.text(Array(value.utf8)[...], plusIsBlank: false) ?? value
            }
            scanner.skipBlanks()
        }
        return nil
    }
}

internal import Exchanges
internal import JSONDocument
internal import Primitives

/// Form fields that an archive lists instead of the text of a body.
enum HARForm {
    /// The fields as `a=b&c=d`.
    static func urlEncoded(_ fields: JSONNode) -> String {
        fields.elements.compactMap { field -> String? in
            guard let name = field["name"]?.string else { return nil }
            return PercentEncoding.formEncoded(name) + "=" + PercentEncoding.formEncoded(field["value"]?.string ?? "")
        }
        .joined(separator: "&")
    }

    /// The body with these fields; `nil` if the archive does not contain all of it, such as an uploaded file.
    static func body(_ fields: JSONNode, mediaType: String) -> [UInt8]? {
        let type = mediaType.lowercased()
        if type.hasPrefix("multipart/") { return multipart(fields, mediaType) }
        guard type.isEmpty || type.hasPrefix("application/x-www-form-urlencoded") else { return nil }
        return Array(urlEncoded(fields).utf8)
    }

    /// A multipart body (RFC 7578) with the boundary of `mediaType`.
    private static func multipart(_ fields: JSONNode, _ mediaType: String) -> [UInt8]? {
        guard let mark = mediaType.utf8.firstRange(of: "boundary=".utf8) else { return nil }
        let boundary = mediaType.utf8[mark.upperBound...].drop { $0 == UInt8(ascii: "\"") }
            .prefix { !"\"; ".utf8.contains($0) }
        guard !boundary.isEmpty else { return nil }
        let delimiter = "--" + String(decoding: boundary, as: UTF8.self)
        var body = ""
        for field in fields.elements {
            guard let name = field["name"]?.string, let value = field["value"]?.string else { return nil }
            let file = field["fileName"]?.string
            // Tools store the name of an uploaded file, but not its content.
            if file != nil, value.isEmpty { return nil }
            body += delimiter + "\r\nContent-Disposition: form-data; name=\"\(quoted(name))\""
            if let file { body += "; filename=\"\(quoted(file))\"" }
            if let type = field["contentType"]?.string, !type.isEmpty, isLine(type) {
                body += "\r\nContent-Type: \(type)"
            }
            body += "\r\n\r\n" + value + "\r\n"
        }
        return Array((body + delimiter + "--\r\n").utf8)
    }

    /// The text inside a quoted string, as browsers write it (WHATWG HTML, multipart/form-data).
    private static func quoted(_ text: String) -> String {
        text.replacing("\"", with: "%22").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
    }

    private static func isLine(_ text: String) -> Bool { text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } }
}

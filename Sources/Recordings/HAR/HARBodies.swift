internal import Diagnostics
internal import Exchanges
internal import JSONDocument
internal import Primitives

/// The bodies of one archive entry, as far as the archive contains their bytes.
struct HARBodies {
    /// The mistakes in the bodies. Copies share them, because the entry reports them once.
    final class Problems {
        var found: [(message: String, node: JSONNode, severity: Severity)] = []
    }

    let path: String
    let attachment: (String) -> [UInt8]?
    let problems = Problems()

    // MARK: Our own recordings

    func ownRequest(_ data: JSONNode?) -> [UInt8]? {
        guard let data, let text = data["text"]?.string else { return nil }
        guard data["_encoding"]?.string == "base64" else { return Array(text.utf8) }
        return decoded(text, hash: data["_sha256"]?.string, at: data, severity: .error)
    }

    func ownResponse(_ content: JSONNode?) -> [UInt8]? {
        guard let content, let text = content["text"]?.string else { return nil }
        guard content["encoding"]?.string == "base64" else { return Array(text.utf8) }
        return decoded(text, hash: content["_sha256"]?.string, at: content, severity: .error)
    }

    // MARK: Requests of other tools

    /// Adds the body to a request, with facts about it from other members of the archive.
    func complete(_ message: inout RequestMessage, _ request: JSONNode) {
        let length = message.header("content-length").first.flatMap { Int($0) } ?? 0
        // Requests are stored without the header lines that depend on how they are sent.
        message.headers.removeAll { $0.isNamed("content-length") || $0.isNamed("host") }
        let hadHeaders = !message.headers.isEmpty
        if message.header("cookie").isEmpty, let line = cookies(request["cookies"]) {
            message.headers.append(HeaderField(name: "cookie", value: line))
        }
        let data = request["postData"].flatMap { Self.isEmpty($0) ? nil : $0 }
        let expected = max(length, request["bodySize"]?.integer ?? 0)
        guard let data else {
            // Some tools omit large bodies.
            if expected > 0 { message.cut = unrecorded(&message.body, expected) }
            return
        }
        let type = data["mimeType"]?.string ?? ""
        if message.header("content-type").isEmpty, type.utf8.contains(UInt8(ascii: "/")) {
            message.headers.append(HeaderField(name: "content-type", value: type))
        } else if !hadHeaders, message.header("content-type").isEmpty, data["params"]?.count ?? 0 > 0 {
            message.headers.append(HeaderField(name: "content-type", value: "application/x-www-form-urlencoded"))
        }
        let mediaType = message.header("content-type").first ?? type
        let isCompressed = !message.header("content-encoding").isEmpty
        guard let body = requestBody(data, mediaType: mediaType) else {
            if expected > 0 || data["params"]?.count ?? 0 > 0 || data["_file"] != nil {
                message.cut = unrecorded(&message.body, expected)
            }
            return
        }
        message.body = body
        if isCompressed, !Self.isStillEncoded(body, mediaType) {
            message.headers.removeAll { $0.isNamed("content-encoding") }
        } else if isMarkedCut(data) || !isCompressed && expected > body.count, !Self.isWholeJSON(body, mediaType) {
            message.cut = BodyCut(length: max(expected, body.count), hash: "")
        }
    }

    /// Whether the request has no body. Some tools write `postData` for every request.
    private static func isEmpty(_ data: JSONNode) -> Bool {
        guard data.kind == .object else { return true }
        return data["text"]?.string?.isEmpty != false && data["params"]?.count ?? 0 == 0
            && data["_file"] == nil && data["_sha1"] == nil
    }

    private func requestBody(_ data: JSONNode, mediaType: String) -> [UInt8]? {
        let params = data["params"].flatMap { $0.kind == .array && $0.count > 0 ? $0 : nil }
        if let text = data["text"]?.string, !text.isEmpty || params == nil {
            guard Self.isBase64(data["_encoding"] ?? data["encoding"]) else {
                return Self.bytes(text, charset: Self.charset(of: mediaType))
            }
            return decoded(text, hash: nil, at: data, severity: .warning)
        }
        if let file = data["_file"] ?? data["_sha1"], let bytes = attached(file) { return bytes }
        return params.flatMap { HARForm.body($0, mediaType: mediaType) }
    }

    private func cookies(_ list: JSONNode?) -> String? {
        guard let list, list.kind == .array else { return nil }
        let pairs = list.elements.compactMap { cookie -> String? in
            guard let name = cookie["name"]?.string, let value = cookie["value"]?.string else { return nil }
            return "\(name)=\(value)"
        }
        return pairs.isEmpty ? nil : pairs.joined(separator: "; ")
    }

    private func unrecorded(_ body: inout [UInt8]?, _ length: Int) -> BodyCut {
        body = []
        return BodyCut(length: max(0, length), hash: "")
    }

    // MARK: Responses of other tools

    /// Adds the body to a response, and whether it is the whole body.
    func complete(_ message: inout ResponseMessage, _ response: JSONNode, of method: String, isCached: Bool) {
        let content = response["content"]
        let type = message.header("content-type").first ?? content?["mimeType"]?.string ?? ""
        let isEncoded = !message.header("content-encoding").isEmpty
        let forbidsBody = method == "HEAD" || [204, 205].contains(message.status)
        var announced = content?["size"]?.integer ?? 0
        // The length on the wire equals the length of the body unless the body was encoded.
        if !isEncoded, !forbidsBody, message.header("transfer-encoding").isEmpty {
            announced = max(announced, message.header("content-length").first.flatMap { Int($0) } ?? 0)
        }
        guard let body = content.flatMap({ responseBody($0, type) }) else {
            let onWire = response["bodySize"]?.integer ?? 0
            let isStream = type.lowercased().hasPrefix("text/event-stream")
            let isKnownEmpty = content?["size"]?.integer == 0 && announced == 0 && onWire <= 0 && !isCached && !isStream
            if !forbidsBody, !isKnownEmpty || content?["_file"] != nil {
                message.cut =
                    announced > 0 || onWire > 0 ? BodyCut(length: max(announced, onWire), hash: "") : .unrecorded
            }
            return
        }
        message.body = body
        if isEncoded, Self.isStillEncoded(body, type) { return }
        if isEncoded {
            // Archives contain decoded bodies (HAR 1.2, `content.text`).
            message.headers.removeAll { $0.isNamed("content-encoding") || $0.isNamed("content-length") }
        }
        let wasAborted = response["_error"]?.string.map { !$0.isEmpty } ?? false
        let isKnownCut = content.map(isMarkedCut) == true || wasAborted
        if isKnownCut || announced > body.count || isCached && body.isEmpty, !Self.isWholeJSON(body, type) {
            message.cut = BodyCut(length: max(announced, body.count), hash: "")
        }
    }

    private func responseBody(_ content: JSONNode, _ type: String) -> [UInt8]? {
        guard let text = content["text"]?.string else {
            return (content["_file"] ?? content["_sha1"]).flatMap { attached($0) }
        }
        guard !Self.isBase64(content["encoding"]) else {
            return decoded(text, hash: content["_sha256"]?.string, at: content, severity: .warning)
        }
        if let encoding = content["encoding"]?.string,
            !["", "utf8", "utf-8", "text", "identity"].contains(encoding.lowercased())
        {
            report("the body has the unknown encoding '\(encoding.prefix(40))' and is not judged", at: content)
            return nil
        }
        return Self.bytes(text, charset: Self.charset(of: type))
    }

    // MARK: Bytes

    private static func isBase64(_ node: JSONNode?) -> Bool { node?.string?.lowercased() == "base64" }

    /// The bytes on the wire. Text in an archive is Unicode, regardless of the charset of the media type.
    private static func bytes(_ text: String, charset: String?) -> [UInt8] {
        if let charset, ["iso-8859-1", "latin1"].contains(charset),
            text.unicodeScalars.allSatisfy({ $0.value < 0x100 })
        {
            return text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        }
        return Array(text.utf8)
    }

    private static func charset(of mediaType: String) -> String? {
        // Most media types have no parameter, and the search is slow.
        guard mediaType.utf8.contains(UInt8(ascii: "=")) else { return nil }
        let type = mediaType.lowercased()
        guard let mark = type.utf8.firstRange(of: "charset=".utf8) else { return nil }
        let value = type.utf8[mark.upperBound...].drop { $0 == UInt8(ascii: "\"") }
        return String(decoding: value.prefix { !"\"; ".utf8.contains($0) }, as: UTF8.self)
    }

    /// The bytes of base64 text. Some tools split it into lines, and some omit the padding.
    private func decoded(_ text: String, hash: String?, at node: JSONNode, severity: Severity) -> [UInt8]? {
        var characters = text.utf8.filter { $0 > 0x20 }
        while severity < .error, !characters.count.isMultiple(of: 4), characters.count % 4 != 1 {
            characters.append(UInt8(ascii: "="))
        }
        guard let bytes = Base64.decode(characters) else {
            report("the body is not valid base64" + (severity < .error ? " and is not judged" : ""), at: node, severity)
            return nil
        }
        if let hash, hash != SHA256.hex(bytes) {
            report("the body differs from its hash `_sha256`", at: node, .error)
        }
        return bytes
    }

    /// A body in a separate file, as written by Playwright.
    private func attached(_ name: JSONNode) -> [UInt8]? {
        guard let file = name.string else { return nil }
        let bytes = attachment(file)
        if bytes == nil {
            report("the body is in the file '\(file.prefix(80))', which cannot be read, and is not judged", at: name)
        }
        return bytes
    }

    private func report(_ message: String, at node: JSONNode, _ severity: Severity = .warning) {
        problems.found.append((message, node, severity))
    }

    // MARK: Whole, cut and encoded bodies

    /// Whether a tool declares that it has cut the body.
    private func isMarkedCut(_ node: JSONNode) -> Bool {
        if node["_truncated"]?.boolean == true || node["_isTruncated"]?.boolean == true { return true }
        guard let comment = node["comment"]?.string?.lowercased() else { return false }
        return comment.utf8.firstRange(of: "truncat".utf8) != nil
            || comment.utf8.firstRange(of: "not included".utf8) != nil
    }

    /// Whether the body is a complete JSON object, array or string, so that it cannot have been cut.
    ///
    /// Tools count characters, compressed bytes or UTF-16 units. A different size does not prove that the body was cut.
    private static func isWholeJSON(_ body: [UInt8], _ type: String) -> Bool {
        let kind = type.lowercased().utf8.prefix { $0 != UInt8(ascii: ";") }
        guard kind.firstRange(of: "json".utf8) != nil, let document = try? JSONDocument(parsing: body) else {
            return false
        }
        return [.object, .array, .string].contains(document.root.kind)
    }

    /// Whether a body is still encoded, because the tool does not decode bodies.
    private static func isStillEncoded(_ body: [UInt8], _ type: String) -> Bool {
        if body.starts(with: [0x1F, 0x8B]) || body.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) { return true }
        // The start of gzip data that a tool has decoded as text.
        if body.starts(with: [0x1F, 0xEF, 0xBF, 0xBD]) { return true }
        let kind = type.lowercased()
        let isText =
            kind.hasPrefix("text/") || kind.utf8.firstRange(of: "json".utf8) != nil
            || kind.utf8.firstRange(of: "xml".utf8) != nil || kind.utf8.firstRange(of: "urlencoded".utf8) != nil
        return isText && String(validating: body, as: UTF8.self) == nil && charset(of: type) == nil
    }
}

/// A body in an HTTP Archive: as text if possible, otherwise in base64.
///
/// JSON strings contain Unicode text, so only UTF-8 bytes can be stored as text. All others are stored in base64 with a
/// hash of the original, so that a damaged recording is detected.
struct HARBody {
    /// The text, or the base64 text.
    var text: String
    /// Whether `text` is base64.
    var isBase64: Bool
    /// SHA-256 of the bytes in hex; only for base64.
    var hash: String?

    init(_ bytes: [UInt8]) {
        if let text = String(validating: bytes, as: UTF8.self) {
            self.text = text
            isBase64 = false
        } else {
            text = String(decoding: Base64.encode(bytes), as: UTF8.self)
            isBase64 = true
            hash = SHA256.hex(bytes)
        }
    }
}

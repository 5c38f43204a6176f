internal import JSONDocument
internal import OpenAPI

/// Writes a body in its media type.
enum BodyEncoder {
    /// The bytes of `value`.
    ///
    /// JSON is compact, with members in order. A form is `a=1&b=2` (URL Standard, form serialisation, with `%20` for a
    /// space), with members serialised as described by `media`. Other text is a string without changes. Parts of
    /// multipart bodies have the media types from `media`, and the elements of a list are the items of a sequence. The
    /// returned media type includes the boundary.
    ///
    /// - Parameters:
    ///   - files: The values that are files, by their places in `value`. Only parts can be binary.
    ///   - headers: Headers of parts.
    static func bytes(
        _ value: JSONValue, contentType: String, media: MediaType?, files: [JSONPointer: ProjectFile] = [:],
        headers: PartHeaders = PartHeaders()
    ) throws(ValueFailure) -> (bytes: [UInt8], contentType: String) {
        let name = MediaTypeName(contentType)
        guard let name, name.type == "multipart" else {
            guard headers.isEmpty else { throw .invalid("only the parts of a multipart body have headers") }
            if let binary = files.first(where: { !$0.value.isText }) {
                throw .invalid(
                    "the file '\(binary.value.path)' is not text, so only a multipart body can contain it; "
                        + "`file PATH` in `body` sends it as the whole body")
            }
            return (try bytes(value, named: name, media: media), contentType)
        }
        let body = MultipartWriter.body(
            value, named: name, as: media, files: files.mapValues(\.content), headers: headers.headers)
        guard let body else {
            throw .invalid(
                "a multipart body is made of the members of an object or the elements of a list, but the body is a "
                    + "value of type \(value.kind.name)")
        }
        return (body.bytes, body.contentType)
    }

    private static func bytes(
        _ value: JSONValue, named name: MediaTypeName?, media: MediaType?
    ) throws(ValueFailure) -> [UInt8] {
        guard let name else {
            // This is not checked here: an `invalid` row may send an invalid media type.
            return Array(value.text.utf8)
        }
        if name.isForm { return Array(try form(value, media).utf8) }
        if let form = SequenceText.form(of: name, as: media), case .array(let items) = value {
            return Array(SequenceText.text(of: items, form, as: media).utf8)
        }
        if name.type == "text", !name.isJSON, case .string(let text) = value { return Array(text.utf8) }
        return Array(value.text.utf8)
    }

    private static func form(_ value: JSONValue, _ media: MediaType?) throws(ValueFailure) -> String {
        guard case .object(let object) = value else {
            throw .invalid(
                "a form requires an object, but the body is of type \(value.kind.name)")
        }
        do {
            return try FormWriter.text(of: object, as: media)
        } catch {
            throw .invalid(error.message)
        }
    }
}

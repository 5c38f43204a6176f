internal import JSONDocument
internal import OpenAPI

/// Writes a body in its media type.
enum BodyEncoding {
    /// The bytes of `value`.
    ///
    /// JSON is compact with its members in order; a form is `a=1&b=2` (URL Standard, form serialisation, with `%20`
    /// for a blank), its members written as `media` says; other text is a string as it is.
    static func bytes(_ value: JSONValue, contentType: String, media: MediaType?) throws(ValueFailure) -> [UInt8] {
        guard let name = MediaTypeName(contentType) else {
            // Not ours to judge: an `invalid` row may well send a media type that is none.
            return Array(value.text.utf8)
        }
        if name.isForm { return Array(try form(value, media).utf8) }
        if name.type == "multipart" {
            throw .invalid("the media type \(contentType) is not supported for bodies yet; send JSON or a form")
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

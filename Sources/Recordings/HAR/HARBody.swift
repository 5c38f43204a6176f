internal import Exchanges
internal import Primitives

/// A body as an HTTP Archive contains it: as text where it is text, else in base64.
///
/// JSON strings contain Unicode text, so only bytes that are UTF-8 survive as text. All others are kept in base64 with a
/// hash of the original, so that a damaged recording is noticed.
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

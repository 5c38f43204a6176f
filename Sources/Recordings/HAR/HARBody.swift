internal import Exchanges

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

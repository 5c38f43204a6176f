/// The allowed content of header fields in requests (RFC 9110, section 5).
public enum FieldRules {
    /// Why `name` is not a valid field name (a token: RFC 9110, section 5.1); `nil` if it is valid.
    static func problem(name: String) -> String? {
        let isToken =
            !name.isEmpty
            && name.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
        return isToken ? nil : "'\(visible(name))' is not a valid header name"
    }

    /// Why `value` cannot be sent as a field value; `nil` if it can.
    ///
    /// Only visible ASCII, spaces and tabs are sent. Control characters would end the field or be dropped, and other
    /// characters have no agreed encoding (RFC 9110, section 5.5). Spaces at the ends would be lost.
    public static func problem(value: String) -> String? {
        for byte in value.utf8 {
            switch byte {
            case 0x0D, 0x0A: return "contains a line break"
            case 0x00: return "contains a NUL character"
            case 0x09, 0x20...0x7E: continue
            case 0x80...: return "contains non-ASCII characters, for which headers have no agreed encoding"
            default: return "contains a control character"
            }
        }
        let blanks: [UInt8] = [0x20, 0x09]
        if let first = value.utf8.first, let last = value.utf8.last, blanks.contains(first) || blanks.contains(last) {
            return "starts or ends with a space, which is lost in transit"
        }
        return nil
    }

    /// The text cut for a message, with control characters made visible.
    static func visible(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(60) {
            result.append(scalar.value < 0x20 || scalar.value == 0x7F ? "\u{FFFD}" : scalar)
        }
        return String(result) + (text.unicodeScalars.count > 60 ? "…" : "")
    }
}

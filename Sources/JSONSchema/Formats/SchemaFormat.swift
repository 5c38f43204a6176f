import ECMAPattern
import JSONDocument

/// The values of `format` that are known.
enum SchemaFormat: String, CaseIterable {
    case dateTime = "date-time"
    case date
    case time
    case duration
    case email
    case internationalEmail = "idn-email"
    case hostname
    case internationalHostname = "idn-hostname"
    case ipv4
    case ipv6
    case uri
    case uriReference = "uri-reference"
    case iri
    case iriReference = "iri-reference"
    case uriTemplate = "uri-template"
    case uuid
    case jsonPointer = "json-pointer"
    case relativeJSONPointer = "relative-json-pointer"
    case regex
    case byte
    case binary
    case password
    case int32
    case int64
    case float
    case double

    /// The format of this name; names are compared code unit by code unit.
    init?(name: String) {
        guard let format = SchemaFormat.allCases.first(where: { $0.rawValue.utf8.elementsEqual(name.utf8) }) else {
            return nil
        }
        self = format
    }

    /// The kind of value that the format describes.
    var speaksAbout: JSONKind {
        switch self {
        case .int32, .int64, .float, .double: .number
        default: .string
        }
    }

    /// Whether the format can fail a value of its kind.
    var decides: Bool {
        self != .binary && self != .password
    }

    /// Whether a text, in UTF-8, has the format.
    func accepts(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        switch self {
        case .dateTime: DateFormats.isDateTime(text[...])
        case .date: DateFormats.isDate(text[...])
        case .time: DateFormats.isTime(text[...])
        case .duration: DurationFormat.accepts(text[...])
        case .email: EmailFormats.isEmail(text[...], international: false)
        case .internationalEmail: EmailFormats.isEmail(text[...], international: true)
        case .hostname: HostnameFormats.isHostname(text[...])
        case .internationalHostname: HostnameFormats.isInternationalHostname(text)
        case .ipv4: AddressFormats.isIPv4(text[...])
        case .ipv6: AddressFormats.isIPv6(text[...])
        case .uri: URIFormats.accepts(text, requiresScheme: true, international: false)
        case .uriReference: URIFormats.accepts(text, requiresScheme: false, international: false)
        case .iri: URIFormats.accepts(text, requiresScheme: true, international: true)
        case .iriReference: URIFormats.accepts(text, requiresScheme: false, international: true)
        case .uriTemplate: URITemplateFormat.accepts(text)
        case .uuid: TokenFormats.isUUID(text)
        case .jsonPointer: TokenFormats.isJSONPointer(text[...])
        case .relativeJSONPointer: TokenFormats.isRelativeJSONPointer(text[...])
        case .regex: TokenFormats.isPattern(text)
        case .byte: TokenFormats.isBase64(text)
        case .binary, .password, .int32, .int64, .float, .double: true
        }
    }

    /// Whether a number has the format.
    func accepts(numberAt entry: Int, _ tape: JSONTape) -> Bool {
        switch self {
        case .int32:
            guard let value = NumberFormats.integer(tape, entry) else { return false }
            return Int32(exactly: value) != nil
        case .int64: return NumberFormats.integer(tape, entry) != nil
        case .float: return NumberFormats.isFinite(tape, entry) { Float($0)?.isFinite ?? false }
        case .double: return NumberFormats.isFinite(tape, entry) { Double($0)?.isFinite ?? false }
        default: return true
        }
    }
}

/// A part of a text in UTF-8.
typealias Bytes = Swift.Slice<UnsafeBufferPointer<UInt8>>

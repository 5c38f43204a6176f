import ECMAPattern
import JSONDocument
import Primitives

/// The known values of `format`: those of JSON Schema and of the OpenAPI Format Registry.
enum SchemaFormat: String, CaseIterable {
    case dateTime = "date-time"
    case date
    case time
    case localDateTime = "date-time-local"
    case localTime = "time-local"
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
    case base64url
    case character = "char"
    case int8
    case int16
    case int32
    case int64
    case uint8
    case uint16
    case uint32
    case uint64
    case float
    case double
    case doubleInteger = "double-int"
    case decimal
    case decimal128
    // The remaining formats only describe a value.
    case binary
    case password
    case commonmark
    case html
    case httpDate = "http-date"
    case mediaRange = "media-range"
    case unixTime = "unixtime"
    case fieldBinary = "sf-binary"
    case fieldBoolean = "sf-boolean"
    case fieldDecimal = "sf-decimal"
    case fieldInteger = "sf-integer"
    case fieldString = "sf-string"
    case fieldToken = "sf-token"

    /// Creates a format from its name; names are compared code unit by code unit.
    init?(name: String) {
        guard let format = SchemaFormat.allCases.first(where: { $0.rawValue.isSame(as: name) }) else {
            return nil
        }
        self = format
    }

    /// The kinds of values that the format applies to, as listed in the OpenAPI Format Registry.
    var kinds: KindSet {
        switch self {
        case .int8, .int16, .int32, .uint8, .uint16, .uint32, .float, .double, .doubleInteger: .number
        case .int64, .uint64, .decimal, .decimal128, .unixTime, .fieldDecimal, .fieldInteger: [.number, .string]
        case .fieldBoolean: [.boolean, .string]
        default: .string
        }
    }

    /// Whether the format can reject a string.
    var decidesTexts: Bool {
        switch self {
        case .int8, .int16, .int32, .uint8, .uint16, .uint32, .float, .double, .doubleInteger: false
        case .binary, .password, .commonmark, .html, .httpDate, .mediaRange, .unixTime: false
        case .fieldBinary, .fieldBoolean, .fieldDecimal, .fieldInteger, .fieldString, .fieldToken: false
        default: true
        }
    }

    /// Whether the format can reject a number.
    var decidesNumbers: Bool {
        switch self {
        case .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64, .float, .double, .doubleInteger: true
        default: false
        }
    }

    /// Whether a UTF-8 text has the format.
    func accepts(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        switch self {
        case .dateTime: DateFormats.isDateTime(text[...])
        case .date: DateFormats.isDate(text[...])
        case .time: DateFormats.isTime(text[...])
        case .localDateTime: DateFormats.isDateTime(text[...], isLocal: true)
        case .localTime: DateFormats.isTime(text[...], isLocal: true)
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
        case .base64url: TokenFormats.isBase64URL(text)
        case .character: String(decoding: text, as: UTF8.self).count == 1
        case .int64: NumberFormats.isInteger(text[...], isSigned: true)
        case .uint64: NumberFormats.isInteger(text[...], isSigned: false)
        case .decimal: NumberFormats.isDecimal(text[...])
        case .decimal128: NumberFormats.isDecimal(text[...]) || NumberFormats.isSpecialNumber(text[...])
        default: true
        }
    }

    /// Whether a number has the format.
    func accepts(numberAt entry: Int, _ tape: JSONTape) -> Bool {
        switch self {
        case .int8: NumberFormats.fits(tape, entry, Int8.self)
        case .int16: NumberFormats.fits(tape, entry, Int16.self)
        case .int32: NumberFormats.fits(tape, entry, Int32.self)
        case .int64: NumberFormats.integer(tape, entry) != nil
        case .uint8: NumberFormats.fits(tape, entry, UInt8.self)
        case .uint16: NumberFormats.fits(tape, entry, UInt16.self)
        case .uint32: NumberFormats.fits(tape, entry, UInt32.self)
        case .uint64: NumberFormats.isUnsigned64(tape, entry)
        // A double represents every integer up to this one exactly.
        case .doubleInteger: NumberFormats.integer(tape, entry).map { $0.magnitude < 1 << 53 } ?? false
        case .float: NumberFormats.isFinite(tape, entry) { Float($0)?.isFinite ?? false }
        case .double: NumberFormats.isFinite(tape, entry) { Double($0)?.isFinite ?? false }
        default: true
        }
    }
}

/// A part of a text in UTF-8.
typealias Bytes = Swift.Slice<UnsafeBufferPointer<UInt8>>

extension Bytes {
    /// Whether all parts between separators, including empty ones, satisfy a condition. Allocates no list.
    @inline(__always)
    func allParts(separatedBy separator: UInt8, _ satisfies: (Bytes) -> Bool) -> Bool {
        var start = startIndex
        var index = startIndex
        while index < endIndex {
            if self[index] == separator {
                guard satisfies(self[start..<index]) else { return false }
                start = index + 1
            }
            index += 1
        }
        return satisfies(self[start..<endIndex])
    }
}

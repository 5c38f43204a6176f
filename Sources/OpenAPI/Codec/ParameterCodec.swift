public import JSONDocument
import Primitives

/// Serialises and parses the values of parameters and response headers (OpenAPI 3.1.1, sections 4.8.12 and 4.8.17).
///
/// A parsed value has the types that the schema requires; whether it is valid is checked separately. A parameter that
/// the specification says to ignore is always absent.
public enum ParameterCodec {
    /// The result of parsing a text.
    public enum Parsed: Sendable, Hashable {
        /// The value.
        case value(JSONValue)
        /// The parameter is absent.
        case absent
        /// The text does not have the declared form; the clause says what is wrong: `"abc" is not a number`.
        case invalid(String)
        /// The specification does not define this style for this shape of value, so nothing can be checked; the text
        /// says why.
        case undefined(String)
    }

    /// Serialises a value for its place.
    ///
    /// - Returns: The text of a path expression, a query string (`a=1&a=2`), a header's value, or the pairs of a Cookie
    ///   header (`a=1; b=2`); empty for an empty list if the style omits it.
    /// - Throws: ``ParameterError`` for a value that the style cannot represent.
    public static func serialise(
        _ value: JSONValue,
        as parameter: Parameter
    ) throws(ParameterError) -> String {
        if let content = parameter.content {
            let text = try ContentText.text(of: value, as: content.range)
            switch parameter.place {
            case .querystring: return content.range.isForm ? text : PercentEncoding.encoded(text)
            case .query: return PercentEncoding.encoded(parameter.name) + "=" + PercentEncoding.encoded(text)
            case .path: return PercentEncoding.encoded(text)
            case .header: return try HeaderText.checked(text)
            case .cookie: return parameter.name + "=" + PercentEncoding.encoded(text)
            }
        }
        switch parameter.place {
        case .path: return try PathText.text(of: value, parameter)
        case .query, .querystring: return try QueryText.text(of: value, parameter)
        case .header: return try HeaderText.text(of: value, explode: parameter.explode)
        case .cookie: return try CookieText.text(of: value, parameter)
        }
    }

    /// The field lines of a response header with a value.
    ///
    /// - Throws: ``ParameterError`` for a value that a header cannot represent.
    public static func serialise(_ value: JSONValue, as header: Header) throws(ParameterError) -> [String] {
        if let content = header.content {
            return [try HeaderText.checked(try ContentText.text(of: value, as: content.range))]
        }
        if header.isSetCookie, case .array(let elements) = value {
            var lines: [String] = []
            for element in elements {
                lines.append(try HeaderText.checked(try ScalarText.text(of: element)))
            }
            return lines
        }
        return [try HeaderText.text(of: value, explode: header.explode)]
    }

    /// Parses a path parameter.
    ///
    /// - Parameter pathText: The text in place of the template's expression, percent-encoded.
    public static func parse(pathText: String, as parameter: Parameter) -> Parsed {
        let bytes = Array(pathText.utf8)[...]
        if let content = parameter.content {
            return ContentText.parsed(PercentEncoding.text(bytes), as: content)
        }
        return ShapeReader.read(parameter.schema) { shape in PathText.reading(bytes, parameter, shape) }
    }

    /// Parses a query parameter.
    ///
    /// - Parameters:
    ///   - query: The whole query string, percent-encoded, without `?`; `nil` if the request has none.
    ///   - others: The names of the operation's other query parameters, which are not members of an exploded object.
    public static func parse(
        query: String?,
        as parameter: Parameter,
        besides others: [String] = []
    ) -> Parsed {
        if parameter.place == .querystring, let content = parameter.content {
            return QueryText.whole(query, as: content)
        }
        guard let pairs = QueryText.Pairs(query ?? "") else {
            return .invalid("the query contains a name that is not percent-encoded UTF-8")
        }
        if let content = parameter.content {
            let values = pairs.values(of: parameter.name)
            guard let value = values.first else { return .absent }
            guard values.count == 1 else { return .invalid("occurs \(values.count) times") }
            return ContentText.parsed(PercentEncoding.text(value, plusIsBlank: true), as: content)
        }
        return ShapeReader.read(parameter.schema) { shape in
            QueryText.reading(pairs, parameter, shape, besides: others)
        }
    }

    /// Parses a header parameter.
    ///
    /// - Parameter headerLines: The values of all field lines with the parameter's name, in order.
    public static func parse(headerLines: [String], as parameter: Parameter) -> Parsed {
        guard !headerLines.isEmpty, !parameter.isIgnored else { return .absent }
        if let content = parameter.content {
            return ContentText.parsed(HeaderText.joined(headerLines), as: content)
        }
        return ShapeReader.read(parameter.schema) { shape in
            HeaderText.reading(headerLines, explode: parameter.explode, shape)
        }
    }

    /// Parses a cookie parameter.
    ///
    /// - Parameter cookie: The value of the Cookie header; `nil` if the request has none.
    public static func parse(cookie: String?, as parameter: Parameter) -> Parsed {
        let pairs = CookieText.Pairs(cookie ?? "")
        if let content = parameter.content {
            guard let value = pairs.values(of: parameter.name).first else { return .absent }
            return ContentText.parsed(PercentEncoding.text(value), as: content)
        }
        return ShapeReader.read(parameter.schema) { shape in CookieText.reading(pairs, parameter, shape) }
    }

    /// Parses a response header.
    ///
    /// - Parameter headerLines: The values of all field lines with the header's name, in order.
    public static func parse(headerLines: [String], as header: Header) -> Parsed {
        guard !headerLines.isEmpty, !header.isIgnored else { return .absent }
        guard header.hasLegalStyle else { return .undefined("a header can only have the style simple") }
        if let content = header.content {
            return ContentText.parsed(HeaderText.joined(headerLines), as: content)
        }
        return ShapeReader.read(header.schema) { shape in
            header.isSetCookie
                ? HeaderText.cookieReading(headerLines, shape)
                : HeaderText.reading(headerLines, explode: header.explode, shape)
        }
    }

    /// Percent-encodes every character except unreserved ones (RFC 3986, section 2.3) and those in `kept`.
    public static func percentEncode(_ text: String, keeping kept: String = "") -> String {
        PercentEncoding.encoded(text, keeping: kept)
    }
}

/// Why a value cannot be serialised in a style.
public struct ParameterError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The reason, as a clause: `null has no text form`.
    public let message: String

    init(_ message: String) {
        self.message = message
    }

    /// The message.
    public var description: String { message }
}

extension Header {
    /// Set-Cookie has one value per line and is never a list (RFC 6265, section 3).
    var isSetCookie: Bool { name.equalsIgnoringASCIICase("set-cookie") }
}

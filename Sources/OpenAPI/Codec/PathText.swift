internal import JSONDocument
internal import Primitives

/// The styles of path parameters: simple, label and matrix.
enum PathText {
    static func text(of value: JSONValue, _ parameter: Parameter) throws(ParameterError) -> String {
        switch parameter.style {
        case .label: return try label(value, explode: parameter.explode)
        case .matrix: return try matrix(value, parameter)
        default:
            let text = try joined(value, explode: parameter.explode, separator: ",")
            // A segment of only dots would be removed as a dot segment (RFC 3986, section 5.2.4).
            guard text == "." || text == ".." else { return text }
            return text == "." ? "%2E" : "%2E%2E"
        }
    }

    private static func label(_ value: JSONValue, explode: Bool) throws(ParameterError) -> String {
        "." + (try joined(value, explode: explode, separator: explode ? "." : ","))
    }

    /// The percent-encoded text of an item. Percent-encoding keeps '.', so it is encoded where it separates items.
    private static func item(_ text: String, separator: String) -> String {
        let encoded = PercentEncoding.encoded(text)
        return separator == "." ? encoded.replacing(".", with: "%2E") : encoded
    }

    private static func matrix(_ value: JSONValue, _ parameter: Parameter) throws(ParameterError) -> String {
        let name = PercentEncoding.encoded(parameter.name)
        if parameter.explode {
            switch value {
            case .array(let elements):
                let texts = try ScalarText.texts(of: elements)
                return texts.map { ";\(name)=" + PercentEncoding.encoded($0) }.joined()
            case .object(let object):
                let pairs = try ScalarText.pairs(of: object)
                return pairs.map { ";" + PercentEncoding.encoded($0.name) + "=" + PercentEncoding.encoded($0.text) }
                    .joined()
            default: break
            }
        }
        let text = try joined(value, explode: false, separator: ",")
        return ";\(name)" + (text.utf8.isEmpty ? "" : "=" + text)
    }

    private static func joined(
        _ value: JSONValue,
        explode: Bool,
        separator: String
    ) throws(ParameterError) -> String {
        switch value {
        case .array(let elements):
            return try ScalarText.texts(of: elements).map { item($0, separator: separator) }
                .joined(separator: separator)
        case .object(let object):
            let inner = explode ? "=" : ","
            return try ScalarText.pairs(of: object)
                .map { item($0.name, separator: separator) + inner + item($0.text, separator: separator) }
                .joined(separator: separator)
        default:
            return PercentEncoding.encoded(try ScalarText.text(of: value))
        }
    }

    static func reading(_ bytes: ArraySlice<UInt8>, _ parameter: Parameter, _ shape: ValueShape) -> ShapedText {
        switch parameter.style {
        case .label:
            guard bytes.first == UInt8(ascii: ".") else { return .invalid("does not start with '.'") }
            return items(
                bytes.dropFirst(),
                shape,
                separator: UInt8(ascii: parameter.explode ? "." : ","),
                explode: parameter.explode
            )
        case .matrix:
            return matrix(bytes, parameter, shape)
        default:
            return items(bytes, shape, separator: UInt8(ascii: ","), explode: parameter.explode)
        }
    }

    private static func matrix(
        _ bytes: ArraySlice<UInt8>,
        _ parameter: Parameter,
        _ shape: ValueShape
    ) -> ShapedText {
        guard bytes.first == UInt8(ascii: ";") else { return .invalid("does not start with ';'") }
        let parts = bytes.dropFirst().split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
        if parameter.explode, shape == .object {
            return .assignments(parts) { PercentEncoding.text($0) }
        }
        var values: [ArraySlice<UInt8>] = []
        for part in parts {
            let name = part.prefix { $0 != UInt8(ascii: "=") }
            guard let decoded = PercentEncoding.text(name), decoded.isSame(as: parameter.name) else {
                return .invalid("has another name than '\(parameter.name)'")
            }
            values.append(part.dropFirst(name.count + 1))
        }
        if parameter.explode, shape == .list { return .list(values.map { PercentEncoding.text($0) }) }
        guard values.count == 1 else { return .invalid("occurs \(values.count) times") }
        return items(values[0], shape, separator: UInt8(ascii: ","), explode: false)
    }

    private static func items(
        _ bytes: ArraySlice<UInt8>,
        _ shape: ValueShape,
        separator: UInt8,
        explode: Bool
    ) -> ShapedText {
        let parts = bytes.isEmpty ? [] : bytes.split(separator: separator, omittingEmptySubsequences: false)
        switch shape {
        case .scalar: return PercentEncoding.text(bytes).map { .text($0) } ?? .notText
        case .list: return .list(parts.map { PercentEncoding.text($0) })
        case .object where explode: return .assignments(parts) { PercentEncoding.text($0) }
        case .object: return .alternating(parts.map { PercentEncoding.text($0) })
        }
    }
}

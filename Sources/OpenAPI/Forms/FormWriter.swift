public import JSONDocument
import Primitives

/// Writes bodies of `application/x-www-form-urlencoded`.
public enum FormWriter {
    /// Writes an object as a form (`a=1&b=2`, `%20` for a space), each member by its encoding.
    ///
    /// - Parameters:
    ///   - object: The members, in the order of writing.
    ///   - media: The description of the form in the contract.
    /// - Throws: ``ParameterError`` for a value that a declared style cannot represent; the message names the member.
    public static func text(of object: JSONObject, as media: MediaType?) throws(ParameterError) -> String {
        var pairs: [String] = []
        for member in object.members {
            do {
                pairs += try self.pairs(of: member.value, named: member.name, as: media?.formFields.field(member.name))
            } catch {
                throw ParameterError("`body.\(member.name)`: \(error.message)")
            }
        }
        return pairs.filter { !$0.isEmpty }.joined(separator: "&")
    }

    private static func pairs(
        of value: JSONValue, named name: String, as field: FormField?
    ) throws(ParameterError) -> [String] {
        switch field {
        case .style(let parameter):
            if parameter.style == .deepObject {
                return try BracketedValue.pairs(of: value, named: PercentEncoding.encoded(name))
            }
            switch (value, parameter.style) {
            // A row may send a single value on purpose although the schema requires a list.
            case (.null, _), (.string, .spaceDelimited), (.string, .pipeDelimited), (.number, .spaceDelimited),
                (.number, .pipeDelimited), (.boolean, .spaceDelimited), (.boolean, .pipeDelimited):
                return [pair(name, value)]
            default:
                return [try QueryText.text(of: value, parameter)]
            }
        case .json:
            return [PercentEncoding.encoded(name) + "=" + PercentEncoding.encoded(value.text)]
        case .plain, nil:
            guard case .array(let elements) = value else { return [pair(name, value)] }
            return elements.map { pair(name, $0) }
        }
    }

    private static func pair(_ name: String, _ value: JSONValue) -> String {
        let text = if case .string(let string) = value { string } else { value.text }
        return PercentEncoding.encoded(name) + "=" + PercentEncoding.encoded(text)
    }
}

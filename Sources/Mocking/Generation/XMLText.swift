import JSONDocument
import JSONSchema

/// Values as XML, as the `xml` keyword of schemas describes it (OpenAPI 3.1.1, section 4.8.26).
struct XMLText {
    let schema: SchemaView?

    /// The document: one element around the value.
    func text(of value: JSONValue) -> String {
        var name = own(schema)?["name"]?.string
        // The name of the component, otherwise a common one.
        if name == nil, let tokens = schema?.place.pointer.tokens, tokens.dropLast().last == "schemas" {
            name = tokens.last
        }
        let root = Self.safe(name ?? "root")
        guard case .array(let elements) = value else { return element(root, value, schema) }
        let item = schema?.items
        let inner = elements.map { element(Self.safe(own(item)?["name"]?.string ?? "item"), $0, item) }
        return "<\(root)>\(inner.joined())</\(root)>"
    }

    private func own(_ schema: SchemaView?) -> JSONNode? { schema?.keyword("xml") }

    private func element(_ name: String, _ value: JSONValue, _ schema: SchemaView?) -> String {
        let xml = own(schema)
        let prefix = xml?["prefix"]?.string.map(Self.safe)
        let tag = prefix.map { "\($0):\(name)" } ?? name
        var attributes = ""
        if let space = xml?["namespace"]?.string {
            attributes += " xmlns\(prefix.map { ":\($0)" } ?? "")=\"\(Self.escaped(space))\""
        }
        var content = ""
        switch value {
        case .object(let object):
            for member in object.members {
                let part = schema?.property(member.name)
                let xml = own(part)
                let name = Self.safe(xml?["name"]?.string ?? member.name)
                if xml?["attribute"]?.boolean == true {
                    attributes += " \(name)=\"\(Self.escaped(plainText(member.value)))\""
                } else {
                    content += self.member(name, member.value, part)
                }
            }
        case .array(let elements):
            content = elements.map { element("item", $0, schema?.items) }.joined()
        case .null: break
        default: content = Self.escaped(plainText(value))
        }
        return content.isEmpty ? "<\(tag)\(attributes)/>" : "<\(tag)\(attributes)>\(content)</\(tag)>"
    }

    /// An array becomes repeated elements, inside of another element where `wrapped` is true.
    private func member(_ name: String, _ value: JSONValue, _ schema: SchemaView?) -> String {
        guard case .array(let elements) = value else { return element(name, value, schema) }
        let item = schema?.items
        let inner = elements.map { element(Self.safe(own(item)?["name"]?.string ?? name), $0, item) }.joined()
        return own(schema)?["wrapped"]?.boolean == true ? "<\(name)>\(inner)</\(name)>" : inner
    }

    /// The name, with `_` for characters that element names cannot contain.
    private static func safe(_ name: String) -> String {
        var text = ""
        for scalar in name.unicodeScalars {
            let isLetter = scalar.properties.isAlphabetic || scalar == "_"
            let isOther = scalar.properties.numericType == .decimal || scalar == "-" || scalar == "."
            text.unicodeScalars.append(isLetter || (isOther && !text.isEmpty) ? scalar : "_")
        }
        return text.isEmpty ? "_" : text
    }

    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { text, scalar in
            switch scalar {
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "&": text += "&amp;"
            case "\"": text += "&quot;"
            // XML does not allow other control characters (XML 1.0, section 2.2).
            case "\t", "\n", "\r": text.unicodeScalars.append(scalar)
            default: text.unicodeScalars.append(scalar.value < 0x20 ? "\u{FFFD}" : scalar)
            }
        }
    }
}

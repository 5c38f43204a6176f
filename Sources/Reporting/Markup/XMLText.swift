import Primitives

/// Text from outside as the content of an XML element or attribute. Characters that XML 1.0, section 2.2, does not allow
/// are invisible, and so they are written as escapes.
///
/// - Parameter multiline: Whether line breaks stay, as they may in an element.
func xmlText(_ text: String, multiline: Bool = false) -> String {
    var result = ""
    for scalar in visibleText(text, multiline: multiline).unicodeScalars {
        switch scalar {
        case "&": result += "&amp;"
        case "<": result += "&lt;"
        case ">": result += "&gt;"
        case "\"": result += "&quot;"
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result
}

/// An XML element, written with its content on lines of its own.
struct XMLElement {
    var name: String
    /// The attributes with their values, in order.
    var attributes: [(name: String, value: String)] = []
    /// The text of the element; it comes before the children.
    var text: String?
    var children: [XMLElement] = []

    /// Writes the element without text, and with the children that `children` adds in place of its own. Each is written
    /// before the next one is made.
    func write(to pieces: inout TextPieces, children: (_ add: (XMLElement) -> Void) -> Void) {
        let head = XMLElement(name: name, attributes: attributes).render()
        var isEmpty = true
        children { child in
            if isEmpty { pieces.add(String(head.dropLast("/>\n".utf8.count)) + ">\n") }
            isEmpty = false
            pieces.add(child.render(depth: 1))
        }
        pieces.add(isEmpty ? head : "</\(name)>\n")
    }

    /// The lines of the element, each indented by `depth` steps of two spaces. Lines of the text are not indented.
    func render(depth: Int = 0) -> String {
        let indent = String(repeating: "  ", count: depth)
        let head = attributes.reduce("<" + name) { "\($0) \($1.name)=\"\(xmlText($1.value))\"" }
        let content = (text.map { xmlText($0, multiline: true) } ?? "")
        guard !children.isEmpty else {
            return content.isEmpty ? "\(indent)\(head)/>\n" : "\(indent)\(head)>\(content)</\(name)>\n"
        }
        let inner = children.map { $0.render(depth: depth + 1) }.joined()
        return "\(indent)\(head)>\(content)\n\(inner)\(indent)</\(name)>\n"
    }
}

/// Reads XML 1.0 strictly, as far as reports use it: a declaration, elements, attributes, text and the five entities.
struct XMLReader {
    struct Element {
        var name: String
        var attributes: [String: String] = [:]
        var children: [Element] = []
        var text = ""

        /// This element and all below it.
        var all: [Element] { [self] + children.flatMap(\.all) }
    }

    struct Mistake: Error {
        var message: String
        var offset: Int
    }

    private let scalars: [Unicode.Scalar]
    private var place = 0

    private init(_ text: String) { scalars = Array(text.unicodeScalars) }

    /// The root element of a document that contains nothing else.
    static func read(_ text: String) throws -> Element {
        var reader = XMLReader(text)
        guard reader.scalars.allSatisfy(isCharacter) else { throw Mistake(message: "not a character", offset: 0) }
        try reader.skip("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")
        reader.skipBlanks()
        let root = try reader.element()
        reader.skipBlanks()
        guard reader.place == reader.scalars.count else { throw reader.mistake("content after the root") }
        return root
    }

    /// XML 1.0, production 2.
    private static func isCharacter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }

    private func mistake(_ message: String) -> Mistake { Mistake(message: message, offset: place) }

    private var next: Unicode.Scalar? { place < scalars.count ? scalars[place] : nil }

    private func begins(_ text: String) -> Bool { scalars[place...].starts(with: text.unicodeScalars) }

    private mutating func skip(_ text: String) throws {
        guard begins(text) else { throw mistake("expected \(text)") }
        place += text.unicodeScalars.count
    }

    private mutating func skipBlanks() {
        while let scalar = next, " \n\t\r".unicodeScalars.contains(scalar) { place += 1 }
    }

    private mutating func name() throws -> String {
        var name = ""
        while let scalar = next, scalar.properties.isAlphabetic || scalar == "-" {
            name.unicodeScalars.append(scalar)
            place += 1
        }
        guard !name.isEmpty else { throw mistake("expected a name") }
        return name
    }

    private mutating func element() throws -> Element {
        try skip("<")
        var element = Element(name: try name())
        while true {
            skipBlanks()
            if begins("/>") {
                try skip("/>")
                return element
            }
            if begins(">") { break }
            let name = try name()
            try skip("=\"")
            guard element.attributes[name] == nil else { throw mistake("the attribute \(name) is repeated") }
            element.attributes[name] = try text(until: "\"")
            try skip("\"")
        }
        try skip(">")
        while !begins("</") {
            if begins("<") { element.children.append(try self.element()) } else { element.text += try text(until: "<") }
        }
        try skip("</\(element.name)>")
        return element
    }

    /// Character data (XML 1.0, production 14): without `<`, `]]>` and entities that are not predefined.
    private mutating func text(until end: Unicode.Scalar) throws -> String {
        var text = ""
        while let scalar = next, scalar != end {
            guard scalar != "<", !begins("]]>") else { throw mistake("\(scalar) in text") }
            guard scalar == "&" else {
                text.unicodeScalars.append(scalar)
                place += 1
                continue
            }
            let entities = [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'")]
            guard let entity = entities.first(where: { begins($0.0) }) else { throw mistake("unknown entity") }
            try skip(entity.0)
            text += entity.1
        }
        guard next != nil else { throw mistake("the text does not end") }
        return text
    }
}

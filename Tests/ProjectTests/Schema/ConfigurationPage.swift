import JSONDocument

/// The tables of `docs/configuration.md`, one for each mapping with fixed keys, made from the schema.
struct ConfigurationPage {
    /// The line before the tables; the tables are the rest of the page.
    static let mark = "<!-- keys:begin -->\n"

    let schema: ConfigurationSchema

    /// A heading and a table of keys for each mapping with fixed keys.
    var tables: String {
        let places = schema.places()
        return places.compactMap { place in
            let keys = places.filter {
                $0.path.dropLast() == place.path[...] && !$0.path.isEmpty && $0.path.last != "NAME"
            }
            guard !keys.isEmpty else { return nil }
            let heading = place.path.isEmpty ? "The file" : "`\(place.name)`"
            return """

                ### \(heading)

                | key | value | default | meaning | example |
                | --- | --- | --- | --- | --- |
                \(keys.map(row).joined(separator: "\n"))

                """
        }.joined()
    }

    private func row(_ place: ConfigurationSchema.Place) -> String {
        let holders = [place.schema] + schema.alternatives(of: place.schema)
        let meaning = holders.lazy.compactMap { $0["description"]?.string }.first ?? ""
        let example = holders.lazy.compactMap { $0["examples"]?[0] }.first
        let cells = [
            "`\(place.path.last ?? "")`", value(place), place.isRequired ? "required" : defaultText(place), meaning,
            example.map { "`\(Self.flow($0))`" } ?? "",
        ]
        return "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
    }

    private func defaultText(_ place: ConfigurationSchema.Place) -> String {
        place.schema["default"].map { "`\(Self.flow($0))`" } ?? "–"
    }

    /// The kind of a value, with a reference to the table of a mapping.
    private func value(_ place: ConfigurationSchema.Place) -> String {
        if place.shape == .any { return "any JSON" }
        switch ConfigurationSchema.definition(place.schema) {
        case "duration"?: return "duration"
        case "text"?: return "text"
        case "texts"?: return "text or list of texts"
        default: break
        }
        var words: [String] = []
        for alternative in schema.alternatives(of: place.schema) {
            let word = word(for: alternative)
            if !words.contains(word) { words.append(word) }
        }
        return words.joined(separator: " or ")
    }

    private func word(for schema: JSONNode) -> String {
        if let choices = schema["enum"] {
            var words: [String] = []
            for choice in choices.elements.map({ "`\($0.string ?? $0.spelling)`" }) where !words.contains(choice) {
                words.append(choice)
            }
            return words.joined(separator: ", ")
        }
        switch schema["type"]?.string {
        case "boolean": return "true or false"
        case "integer": return "number"
        case "array": return "list"
        case "object": return schema["properties"] == nil ? "mapping of names" : "mapping"
        default: return "text"
        }
    }

    /// A value as YAML on one line.
    private static func flow(_ node: JSONNode) -> String {
        switch node.kind {
        case .object: "{" + node.members.map { "\($0.name): \(flow($0.value))" }.joined(separator: ", ") + "}"
        case .array: "[" + node.elements.map(flow).joined(separator: ", ") + "]"
        case .string: isPlain(node.string ?? "") ? node.string ?? "" : "'\(node.string ?? "")'"
        default: node.spelling
        }
    }

    /// Whether a text needs no quotes: it starts with a letter or digit, and YAML reads it as text.
    private static func isPlain(_ text: String) -> Bool {
        let words = ["true", "false", "null", "yes", "no"]
        guard text.utf8.first.map({ $0 | 0x20 > 0x60 || (0x30...0x39).contains($0) }) == true, !words.contains(text)
        else { return false }
        return JSONNumber(text) == nil && !text.contains(": ")
            && text.utf8.allSatisfy { !"{}[],&#'\"".utf8.contains($0) }
    }
}

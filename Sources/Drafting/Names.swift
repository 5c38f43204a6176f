import Primitives

/// Names for scenarios, steps and files, derived from names in a document.
enum Names {
    /// `createPet`, `Create Pet` and `create_pet` as `create-pet`; ASCII letters and digits only.
    static func slug(_ text: String) -> String {
        var result: [UInt8] = []
        var wasLower = false
        let bytes = Array(text.utf8)
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"):
                // The last of several capitals begins the next word: `APIKey` is `api-key`.
                let isFollowed =
                    index + 1 < bytes.count && (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(bytes[index + 1])
                let wasCapital = index > 0 && (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(bytes[index - 1])
                if wasLower || (wasCapital && isFollowed) { result.append(UInt8(ascii: "-")) }
                result.append(byte + 32)
                wasLower = false
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                result.append(byte)
                wasLower = true
            default:
                if result.last != UInt8(ascii: "-") { result.append(UInt8(ascii: "-")) }
                wasLower = false
            }
        }
        while result.last == UInt8(ascii: "-") { result.removeLast() }
        while result.first == UInt8(ascii: "-") { result.removeFirst() }
        return String(decoding: result.prefix(60), as: UTF8.self)
    }

    /// A name for a step: it starts with a letter and is not a word used in templates.
    static func step(_ text: String) -> String {
        let slug = slug(text)
        let reserved = ["env", "row", "secret", "var", "uuid", "random", "now", "req"]
        guard let first = slug.utf8.first else { return "step" }
        return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first) && !reserved.contains(slug) ? slug : "a-\(slug)"
    }

    /// The first line of a summary as a note: short, without characters that a spreadsheet or a template interprets.
    static func title(_ text: String) -> String {
        let line = text.unicodeScalars.prefix { $0 != "\n" && $0 != "\r" }
        var title = String.UnicodeScalarView()
        for scalar in line {
            if scalar.properties.isWhitespace {
                if title.last != " ", !title.isEmpty { title.append(" ") }
            } else if scalar.properties.generalCategory != .control, scalar.properties.generalCategory != .format,
                scalar != "{", scalar != "}", scalar != "\"", scalar != "\u{201C}", scalar != "\u{201D}"
            {
                title.append(scalar)
            }
        }
        while let last = title.last, last == " " || last == "." { title.removeLast() }
        while let first = title.first, !first.properties.isAlphabetic { title.removeFirst() }
        guard title.count > 80 else { return String(title) }
        let cut = title.prefix(80)
        let end = cut.lastIndex(of: " ") ?? cut.endIndex
        return String(cut[..<end]) + "…"
    }

    /// The first part of a path that names a resource: not `api`, `rest`, a version or a parameter.
    static func resource(_ path: String) -> String {
        let parts = path.split(separator: "/").map(String.init)
        let named = parts.first { part in
            let isVersion =
                part.utf8.first == UInt8(ascii: "v")
                && part.utf8.dropFirst().allSatisfy { byte in
                    byte.isASCIIDigit || byte == UInt8(ascii: ".")
                }
            return !isVersion && !["api", "rest"].contains(part.lowercased()) && !part.utf8.contains(UInt8(ascii: "{"))
        }
        return named ?? parts.first ?? "api"
    }

    /// The singular: `orders` is `order`, `categories` is `category`.
    static func singular(_ text: String) -> String {
        let bytes = Array(text.utf8)
        func ends(_ suffix: String) -> Bool { bytes.reversed().starts(with: suffix.utf8.reversed()) }
        func without(_ count: Int) -> String { String(decoding: bytes.dropLast(count), as: UTF8.self) }
        if ends("ies"), bytes.count > 4 { return without(3) + "y" }
        if ends("sses") || ends("xes") || ends("ches") || ends("shes") { return without(2) }
        if ends("s"), !ends("ss"), !ends("us"), bytes.count > 2 { return without(1) }
        return text
    }
}

/// Names already in use.
struct UsedNames {
    private var used: Set<String> = []
    /// The number to try next for names that are in use.
    private var numbers: [String: Int] = [:]

    /// `name`, or `name-2` and so on if it is already in use.
    mutating func unique(_ name: String) -> String {
        if used.insert(name).inserted { return name }
        var number = numbers[name] ?? 2
        while !used.insert("\(name)-\(number)").inserted { number += 1 }
        numbers[name] = number + 1
        return "\(name)-\(number)"
    }
}

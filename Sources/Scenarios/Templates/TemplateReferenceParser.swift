import Diagnostics
import Primitives

/// Parses the part of an expression that refers to a value; `term` is trimmed and not empty.
struct TemplateReferenceParser {
    private let term: ArraySlice<Unicode.Scalar>
    private var next: Int

    init(term: ArraySlice<Unicode.Scalar>) {
        self.term = term
        next = term.startIndex
    }

    /// The maximum number of random characters, far above any real need.
    static let maximumRandomLength = 1_000

    /// The maximum offset of a time; longer ones cannot be written as a date with a four-digit year.
    private static let maximumOffsetSeconds = 100_000_000_000

    mutating func reference() throws(ItemSyntaxError) -> TemplateReference {
        if peek == "'" { return .literal(try literal()) }
        let word = word()
        switch (word, peek) {
        case ("env", "."): return .environment(try nameAfterDot("the environment variable"))
        case ("secret", "."): return .secret(try nameAfterDot("the secret"))
        case ("var", "."): return .variable(try nameAfterDot("the configuration variable"))
        case ("row", "."): return .row(try nameAfterDot("the data column"))
        case ("session", "."): return .session(try session())
        case ("receiver", ".") where rest(from: next) == ".url": return .receiver
        case ("req", "."): return .current(try path(from: term.startIndex))
        case ("uuid", nil): return .uuid(name: nil)
        case ("uuid", ":"): return .uuid(name: try generatedName())
        case ("random", ":"): return try random()
        case ("now", nil), ("now", "+"), ("now", ":"): return .now(try now(afterWord: 3))
        case ("file", ":"): return .file(try filePath())
        case ("", _): throw unknown(word)
        case (_, "."): return try step(word)
        case (_, "["): return try step(word + expandedCase(of: word))
        default:
            // `-` is allowed in step names, so `now-1d` arrives here as one word.
            if word.utf8.starts(with: "now-".utf8) { return .now(try now(afterWord: 3)) }
            throw unknown(word)
        }
    }

    private var peek: Unicode.Scalar? { next < term.endIndex ? term[next] : nil }

    private mutating func word() -> String {
        var word = String.UnicodeScalarView()
        while let scalar = peek, PathScanner.isNameScalar(scalar) {
            word.append(scalar)
            next += 1
        }
        return String(word)
    }

    private func rest(from index: Int) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: term[index...])
        return String(view)
    }

    private mutating func literal() throws(ItemSyntaxError) -> String {
        next += 1
        var view = String.UnicodeScalarView()
        while let scalar = peek {
            next += 1
            if scalar == "'" {
                guard peek == "'" else { break }
                next += 1
            }
            view.append(scalar)
        }
        guard next == term.endIndex, term.count > 1, term.last == "'" else {
            throw ItemSyntaxError(
                "the quoted text is not closed, or is followed by other text",
                offset: term.startIndex,
                length: term.count,
                help: "write {{'{{'}} for a literal {{"
            )
        }
        return String(view)
    }

    private mutating func nameAfterDot(_ what: String) throws(ItemSyntaxError) -> String {
        next += 1
        guard next < term.endIndex else {
            throw ItemSyntaxError("the name of \(what) is missing", offset: next)
        }
        return rest(from: next)
    }

    private func filePath() throws(ItemSyntaxError) -> String {
        guard next + 1 < term.endIndex else {
            throw ItemSyntaxError(
                "the path of the file is missing", offset: next, help: "write {{file:images/cat.png}}")
        }
        return rest(from: next + 1)
    }

    private mutating func generatedName() throws(ItemSyntaxError) -> String {
        next += 1
        let start = next
        let name = word()
        guard !name.isEmpty, peek == nil else {
            throw ItemSyntaxError(
                name.isEmpty
                    ? "the name of the generated value is missing" : "the name of a generated value must be one word",
                offset: start,
                length: term.endIndex - start,
                help: "a name reuses one value in the whole scenario: {{uuid:link}}, {{random:8:link}}"
            )
        }
        return name
    }

    private mutating func random() throws(ItemSyntaxError) -> TemplateReference {
        next += 1
        let start = next
        guard let length = number(), (1...TemplateReferenceParser.maximumRandomLength).contains(length) else {
            throw ItemSyntaxError(
                "`random:` must be followed by a number of characters from 1 to \(TemplateReferenceParser.maximumRandomLength)",
                offset: start,
                length: term.endIndex - start,
                help: "write {{random:8}}"
            )
        }
        switch peek {
        case nil: return .random(length: length, name: nil)
        case ":": return .random(length: length, name: try generatedName())
        default:
            throw ItemSyntaxError(
                "a number of characters can contain only digits",
                offset: start,
                length: term.endIndex - start,
                help: "write {{random:8}}, or {{random:8:name}} for one value in the whole scenario"
            )
        }
    }

    private mutating func number() -> Int? {
        var value: Int?
        while let digit = peek, ("0"..."9").contains(digit) {
            value = min((value ?? 0) * 10 + Int(digit.value - 0x30), 1_000_000_000_000)
            next += 1
        }
        return value
    }

    private mutating func now(afterWord length: Int) throws(ItemSyntaxError) -> NowReference {
        next = term.startIndex + length
        var result = NowReference()
        if peek == "+" || peek == "-" {
            let sign = peek == "-" ? -1 : 1
            let start = next
            next += 1
            let amount = number()
            let unit: Int? =
                switch peek {
                case "s": 1
                case "m": 60
                case "h": 3_600
                case "d": 86_400
                default: nil
                }
            guard let amount, let unit, amount * unit <= TemplateReferenceParser.maximumOffsetSeconds else {
                throw ItemSyntaxError(
                    "a time offset is a number and one of s, m, h, d",
                    offset: start,
                    length: term.endIndex - start,
                    help: "write {{now+30m}} or {{now-1d}}"
                )
            }
            next += 1
            result.offsetSeconds = sign * amount * unit
        }
        guard peek != nil else { return result }
        guard rest(from: next) == ":date" else {
            throw ItemSyntaxError(
                "'\(rest(from: next))' is not a valid time format",
                offset: next,
                length: term.endIndex - next,
                help: "write {{now}} for RFC 3339 in UTC, {{now:date}} for the date only, {{now+30m}} for a later time"
            )
        }
        result.form = .date
        return result
    }

    /// `scenario.name`, or `scenario[case].name` for one data row of the scenario.
    private mutating func session() throws(ItemSyntaxError) -> SessionReference {
        next += 1
        let start = next
        var scenario = word()
        if peek == "[", !scenario.isEmpty {
            let end = term[next...].firstIndex(of: "]")
            guard let end else {
                throw ItemSyntaxError("`]` is missing after the data case", offset: next, length: term.endIndex - next)
            }
            scenario += String(String.UnicodeScalarView(term[next...end]))
            next = end + 1
        }
        guard peek == ".", !scenario.isEmpty else {
            throw ItemSyntaxError(
                scenario.isEmpty
                    ? "the name of the session scenario is missing"
                    : "'\(scenario)' names a session scenario, but no value of it",
                offset: start, length: max(1, term.endIndex - start),
                help: "write {{session.\(scenario.isEmpty ? "SCENARIO" : scenario).NAME}}")
        }
        let path = try path(from: next + 1)
        guard path.isBare, case .name? = path.segments.first else {
            throw ItemSyntaxError(
                "'\(path.text)' is not the name of a saved value", offset: next + 1, length: term.endIndex - next - 1,
                help: "save the value in the session scenario: save = NAME=\(path.text)")
        }
        return SessionReference(scenario: scenario, path: path)
    }

    /// `[A+B]` after the name of a step that was expanded.
    private mutating func expandedCase(of step: String) throws(ItemSyntaxError) -> String {
        let start = next
        while let scalar = peek, scalar != "]" {
            _ = scalar
            next += 1
        }
        guard peek == "]" else {
            throw ItemSyntaxError("`]` is missing after the step's case", offset: start, length: next - start)
        }
        next += 1
        var view = String.UnicodeScalarView()
        view.append(contentsOf: term[start..<next])
        // Names of security schemes start with a letter; any other text is a path into the body.
        guard let first = view.dropFirst().first, first.properties.isAlphabetic else {
            throw ItemSyntaxError(
                "'\(String(view))' is not a valid part of a step",
                offset: start,
                length: next - start,
                help: "write {{\(step).$\(String(view))}} for an element of its body"
            )
        }
        return String(view)
    }

    private mutating func step(_ name: String) throws(ItemSyntaxError) -> TemplateReference {
        guard peek == "." else {
            throw ItemSyntaxError(
                "'\(name)' names a step, but no value of it",
                offset: term.startIndex,
                length: term.count,
                help: "write {{\(name).path}}, or {{\(name).$}} for the whole body"
            )
        }
        if let nested = nestedStep(from: next + 1) {
            return .step(name + nested.name, try path(from: nested.path))
        }
        return .step(name, try path(from: next + 1))
    }

    /// `inner.$…`: the body of a step in a used scenario.
    private func nestedStep(from start: Int) -> (name: String, path: Int)? {
        var index = start
        while index < term.endIndex, PathScanner.isNameScalar(term[index]) || term[index] == "." {
            index += 1
            guard index < term.endIndex, term[index] == "$", term[index - 1] == ".", index - 1 > start else { continue }
            var name = String.UnicodeScalarView(term[start..<(index - 1)])
            var path = index
            // `req.$` is the body of the step's own request.
            if String(name) == "req" { return nil }
            if String(name).utf8.suffix(4).elementsEqual(".req".utf8) {
                name.removeLast(4)
                path -= 4
            }
            return (".\(name)", path)
        }
        return nil
    }

    private func path(from index: Int) throws(ItemSyntaxError) -> ItemPath {
        let path: ItemPath
        do {
            path = try ItemPath.parse(rest(from: index), in: .reference)
        } catch {
            var placed = error
            placed.offset += index
            throw placed
        }
        guard path.asksForSome else { return path }
        throw ItemSyntaxError(
            "[?] does not select a value",
            offset: index,
            length: term.endIndex - index,
            help: "write [0] for one element, or [*] for an array of all"
        )
    }

    private func unknown(_ word: String) -> ItemSyntaxError {
        let written = rest(from: term.startIndex)
        let forms = [
            "uuid", "random:8", "now", "env.NAME", "secret.NAME", "var.name", "row.column", "session.SCENARIO.NAME",
            "receiver.url", "step.path", "file:PATH",
        ]
        let words = ["uuid", "random", "now", "env", "secret", "var", "row", "session", "receiver"]
        let near = nearestName(to: word, among: words).flatMap { near in
            words.firstIndex { $0.isSame(as: near) }.map { forms[$0] }
        }
        return ItemSyntaxError(
            "unknown value '\(written)'",
            offset: term.startIndex,
            length: term.count,
            help: near.map { "did you mean `{{\($0)}}`?" }
                ?? "values are {{\(forms.joined(separator: "}}, {{"))}}; write {{'{{'}} for a literal {{"
        )
    }
}

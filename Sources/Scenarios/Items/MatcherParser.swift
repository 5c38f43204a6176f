import Diagnostics
import Exchanges
import Primitives

/// Parses the text after `~`: `uuid`, `len:1..10`, `oneof:A|B` …
enum MatcherParser {
    static let simple: [(name: String, matcher: Matcher)] = [
        ("url", .url), ("uuid", .uuid), ("email", .email), ("date", .date), ("datetime", .dateTime),
        ("number", .number), ("integer", .integer), ("string", .string), ("boolean", .boolean), ("null", .null),
        ("present", .present), ("nonempty", .nonempty),
    ]
    static let withArgument = ["contains", "starts", "ends", "len", "oneof", "near", "text", "schema"]

    static func parse(_ text: String) throws(ItemSyntaxError) -> Matcher {
        let scalars = Array(text.unicodeScalars)
        guard let colon = scalars.firstIndex(of: ":") else {
            if let found = simple.first(where: { $0.name.isSame(as: text) }) { return found.matcher }
            throw unknown(text, length: scalars.count)
        }
        let name = string(scalars[..<colon])
        let start = colon + 1
        let argument = string(scalars[start...])
        guard withArgument.contains(where: { $0.isSame(as: name) }) else {
            if simple.contains(where: { $0.name.isSame(as: name) }) {
                throw ItemSyntaxError(
                    "the matcher `\(name)` takes no argument", offset: colon, length: scalars.count - colon,
                    help: "write ~\(name)")
            }
            throw unknown(name, length: colon)
        }
        guard start < scalars.count else {
            throw ItemSyntaxError(
                "the matcher `\(name)` requires an argument", offset: colon, length: 1,
                help: usage(of: name).map { "write \($0)" })
        }
        switch name {
        case "contains": return .contains(try template(argument, from: start))
        case "starts": return .starts(try template(argument, from: start))
        case "ends": return .ends(try template(argument, from: start))
        case "text": return .text(try template(argument, from: start))
        case "schema": return .schema(argument)
        case "len": return .length(try length(argument, from: start))
        case "near": return try near(argument, from: start)
        default: return .oneOf(try alternatives(scalars, from: start))
        }
    }

    private static func unknown(_ name: String, length: Int) -> ItemSyntaxError {
        let near = nearestName(to: name, among: simple.map(\.name) + withArgument)
        let help =
            near.map { "did you mean `~\(usage(of: $0) ?? $0)`?" }
            ?? "the matchers are \((simple.map(\.name) + withArgument.map { $0 + ":…" }).joined(separator: " ")) /…/"
        return ItemSyntaxError("unknown matcher '\(name)'", offset: 0, length: length, help: help)
    }

    private static func usage(of name: String) -> String? {
        switch name {
        case "len": "len:3 or len:1..10"
        case "oneof": "oneof:A|B"
        case "near": "near:now:5s"
        case "schema": "schema:Name"
        case "text": "text:100.50"
        case "contains", "starts", "ends": "\(name):text"
        default: nil
        }
    }

    private static func length(_ text: String, from start: Int) throws(ItemSyntaxError) -> ClosedRange<Int> {
        let scalars = Array(text.unicodeScalars)
        func number(_ slice: ArraySlice<Unicode.Scalar>) -> Int? {
            guard !slice.isEmpty, slice.allSatisfy({ ("0"..."9").contains($0) }) else { return nil }
            return Int(string(slice))
        }
        if let exact = number(scalars[...]) { return exact...exact }
        if let dots = scalars.indices.dropLast().first(where: { scalars[$0] == "." && scalars[$0 + 1] == "." }) {
            let upper = scalars[(dots + 2)...]
            if let low = number(scalars[..<dots]), let high = upper.isEmpty ? Int.max : number(upper), low <= high {
                return low...high
            }
        }
        throw ItemSyntaxError(
            "'\(visibleText(text))' is not a valid length", offset: start, length: scalars.count,
            help: "write len:3, len:1..10 or len:1..")
    }

    /// Parses `now:5s`, or a template or time and a tolerance; the tolerance follows the last colon.
    private static func near(_ text: String, from start: Int) throws(ItemSyntaxError) -> Matcher {
        let scalars = Array(text.unicodeScalars)
        guard let colon = scalars.lastIndex(of: ":"), colon > 0,
            let tolerance = DurationText.parse(string(scalars[(colon + 1)...]))
        else {
            throw ItemSyntaxError(
                "'\(visibleText(text))' is not a valid time and tolerance", offset: start, length: scalars.count,
                help: "write near:now:5s or near:{{step.path}}:2m")
        }
        let time = string(scalars[..<colon])
        if time == "now" { return .near(nil, tolerance: tolerance) }
        let template = try template(time, from: start)
        if let constant = template.constantText, Instant(constant) == nil {
            throw ItemSyntaxError(
                "'\(visibleText(constant))' is not a valid time", offset: start, length: colon,
                help: "write now, a reference {{step.path}}, or a time such as 2026-02-28T12:00:00Z")
        }
        return .near(template, tolerance: tolerance)
    }

    private static func alternatives(_ scalars: [Unicode.Scalar], from start: Int) throws(ItemSyntaxError) -> [Template]
    {
        var result: [Template] = []
        var begin = start
        var depth = 0
        for index in start...scalars.count {
            if index < scalars.count {
                // A `|` inside {{…}} belongs to a filter.
                if scalars[index] == "{" { depth += 1 }
                if scalars[index] == "}" { depth = max(0, depth - 1) }
                guard scalars[index] == "|", depth < 2 else { continue }
            }
            guard begin < index else {
                throw ItemSyntaxError(
                    "an alternative is empty", offset: begin, length: index < scalars.count ? 1 : 0,
                    help: "write oneof:A|B")
            }
            result.append(try template(string(scalars[begin..<index]), from: begin))
            begin = index + 1
        }
        return result
    }

    private static func template(_ text: String, from start: Int) throws(ItemSyntaxError) -> Template {
        do throws(ItemSyntaxError) {
            return try Template.parse(text)
        } catch {
            throw ItemSyntaxError(error.message, offset: start + error.offset, length: error.length, help: error.help)
        }
    }

    private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}

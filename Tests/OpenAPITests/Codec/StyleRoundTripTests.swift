import JSONDocument
import OpenAPI
import TestKit
import Testing

/// Random values in every place, style and shape. Each is rejected, or written and read as the same value.
@Suite("Round trips through styles")
struct StyleRoundTripTests {
    struct Combination: Sendable, CustomTestStringConvertible {
        let place: String
        let style: String
        let explode: Bool
        let shape: Shape

        var testDescription: String { "\(place) \(style)\(explode ? "*" : "") \(shape)" }
    }

    enum Shape: String, Sendable, CaseIterable {
        case text = #"{"type":"string"}"#
        case number = #"{"type":"number"}"#
        case flag = #"{"type":"boolean"}"#
        case texts = #"{"type":"array","items":{"type":"string"}}"#
        case numbers = #"{"type":"array","items":{"type":"number"}}"#
        case object =
            #"{"type":"object","properties":{"a":{"type":"string"},"b c":{"type":"number"},"é&=":{"type":"boolean"}},"additionalProperties":false}"#
        case open = #"{"type":"object","additionalProperties":{"type":"string"}}"#

        var isObject: Bool { self == .object || self == .open }
        var isArray: Bool { self == .texts || self == .numbers }
    }

    static let combinations: [Combination] = {
        let styles: [(String, [String])] = [
            ("path", ["simple", "label", "matrix"]),
            ("query", ["form", "spaceDelimited", "pipeDelimited", "deepObject"]), ("header", ["simple"]),
            ("cookie", ["form"]),
        ]
        return styles.flatMap { place, styles in
            styles.flatMap { style in
                [false, true].flatMap { explode in
                    Shape.allCases.map { Combination(place: place, style: style, explode: explode, shape: $0) }
                }
            }
        }.filter { isDefined($0) }
    }()

    /// Whether the specification gives the combination a meaning.
    private static func isDefined(_ combination: Combination) -> Bool {
        switch combination.style {
        case "deepObject": combination.explode && combination.shape.isObject
        case "spaceDelimited", "pipeDelimited": !combination.explode && combination.shape.isArray
        // A cookie of several pairs cannot be separated from its neighbours.
        case "form" where combination.place == "cookie": !combination.explode
        default: true
        }
    }

    private static let texts = [
        "a", "", "a b", "a,b", "a;b", "a=b", "a&b", "a|b", "a.b", "a/b", "a?b", "a#b", "a%b", "%41", "a+b", "é日😀",
        "\"a\"", "[a]", "{a}", "a\\b", "null", "true", "12", ".", "..", "~", ";p=x", ".x", "p=x", "\u{7F}", "a\tb",
        "a\nb", "\u{0}", " a", "a ", "'", "$&", "\u{85}",
    ]

    private static func value(_ shape: Shape, _ random: inout SplitMix) -> JSONValue {
        func text() -> JSONValue { .string(random.pick(texts) + (random.once(in: 3) ? random.pick(texts) : "")) }
        func number() -> JSONValue {
            JSONNumber(random.pick(["0", "-1", "1.50", "1e3", "-0.001", "12345678901234567890", "1E-2"])).map {
                .number($0)
            } ?? .null
        }
        switch shape {
        case .text: return text()
        case .number: return number()
        case .flag: return .boolean(random.once(in: 2))
        case .texts: return .array((0...random.number(below: 3)).map { _ in text() })
        case .numbers: return .array((0...random.number(below: 3)).map { _ in number() })
        case .object:
            var object = JSONObject()
            if !random.once(in: 3) { object["a"] = text() }
            if !random.once(in: 3) { object["b c"] = number() }
            if object.isEmpty || random.once(in: 2) { object["é&="] = .boolean(random.once(in: 2)) }
            return .object(object)
        case .open:
            var object = JSONObject()
            for _ in 0...random.number(below: 3) { object["k" + random.pick(texts)] = text() }
            return .object(object)
        }
    }

    private static func parameter(_ combination: Combination) throws -> Parameter {
        let contract = try Contract.load(
            text: """
                {"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{"/a/{p}":{"get":{"parameters":[{"name":"p",
                "in":"\(combination.place)","style":"\(combination.style)","explode":\(combination.explode),
                "required":\(combination.place == "path"),"schema":\(combination.shape.rawValue)}],"responses":{}}}}}
                """)
        return try #require(contract.operations.first?.parameters.first)
    }

    private static func parsed(_ wire: String, _ parameter: Parameter, _ place: String) -> ParameterCodec.Parsed {
        switch place {
        case "path": ParameterCodec.parse(pathText: wire, as: parameter)
        case "header": ParameterCodec.parse(headerLines: [wire], as: parameter)
        case "cookie": ParameterCodec.parse(cookie: wire, as: parameter)
        default: ParameterCodec.parse(query: wire, as: parameter)
        }
    }

    @Test("a value is rejected, or read back unchanged", arguments: combinations)
    func roundTrip(combination: Combination) throws {
        let parameter = try Self.parameter(combination)
        var random = SplitMix(seed: combination.testDescription.unicodeScalars.reduce(7) { $0 &* 31 &+ Int($1.value) })
        var written = 0
        for _ in 0..<80 {
            let value = Self.value(combination.shape, &random)
            guard !Self.isKnown(value, combination) else { continue }
            guard let wire = try? ParameterCodec.serialise(value, as: parameter) else { continue }
            written += 1
            let read = Self.parsed(wire, parameter, combination.place)
            #expect(read == .value(value), "\(value.text) as \(wire.debugDescription)")
            if combination.place != "header" {
                let isVisible = wire.utf8.allSatisfy { (0x21...0x7E).contains($0) }
                #expect(
                    isVisible || combination.place == "cookie" && wire.utf8.allSatisfy { (0x20...0x7E).contains($0) },
                    "\(wire.debugDescription)")
            } else {
                let isText = wire.unicodeScalars.allSatisfy { $0 == "\t" || $0.value >= 0x20 && $0.value != 0x7F }
                #expect(isText, "\(wire.debugDescription)")
            }
        }
        #expect(written >= 10, "only \(written) of 80 values were written")
    }

    /// Whether a value is one of those that ``written(place:style:explode:schema:value:)`` lists.
    private static func isKnown(_ value: JSONValue, _ combination: Combination) -> Bool {
        let items = value.elements ?? value.object?.members.map(\.value) ?? []
        let names = value.object?.names ?? []
        let texts = items.map { $0.string ?? $0.text } + names
        if items == [""] { return true }
        switch (combination.place, combination.style) {
        case (_, "label") where combination.explode: return texts.contains { $0.contains(".") }
        case (_, "deepObject"): return names.contains { $0.contains("[") || $0.contains("]") }
        case ("header", _):
            let isBare = texts.contains {
                $0.isEmpty || $0.first?.isWhitespace == true || $0.last?.isWhitespace == true
            }
            return isBare || combination.explode && names.contains { $0.contains("=") }
        default: return false
        }
    }

    @Test(
        "values that a style cannot represent, but that are written and read as other values",
        arguments: [
            ("path", "label", true, Shape.texts, #"["a.b"]"#), ("path", "label", true, .numbers, "[1.50]"),
            ("path", "label", true, .object, #"{"a":"x.y"}"#), ("path", "label", false, .texts, #"[""]"#),
            ("query", "form", false, .texts, #"[""]"#), ("query", "spaceDelimited", false, .texts, #"[""]"#),
            ("query", "deepObject", true, .open, #"{"k[a]":"x"}"#), ("header", "simple", false, .texts, #"["a ","b"]"#),
            ("header", "simple", false, .texts, #"["a","","b"]"#),
            ("header", "simple", false, .object, #"{"a":" x","b c":1}"#),
            ("header", "simple", false, .object, #"{"a":""}"#), ("header", "simple", true, .open, #"{"k=x":"y"}"#),
        ])
    func written(place: String, style: String, explode: Bool, shape: Shape, value: String) throws {
        let combination = Combination(place: place, style: style, explode: explode, shape: shape)
        let parameter = try Self.parameter(combination)
        let value = try JSONDocument(parsing: value).root.value
        #expect(Self.isKnown(value, combination))
        withKnownIssue {
            guard let wire = try? ParameterCodec.serialise(value, as: parameter) else { return }
            #expect(Self.parsed(wire, parameter, place) == .value(value))
        }
    }
}

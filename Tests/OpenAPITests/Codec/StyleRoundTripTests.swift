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

    /// Whether a value is a list of one empty text, which most styles write like an empty list.
    private static func isKnown(_ value: JSONValue, _ combination: Combination) -> Bool {
        value.elements == [""] && !(combination.explode && ["form", "matrix"].contains(combination.style))
            && combination.place != "header"
    }

    @Test(
        "a list of one empty text is written like an empty list",
        arguments: [("path", "label", true), ("path", "simple", false), ("query", "form", false)])
    func emptyItem(place: String, style: String, explode: Bool) throws {
        let combination = Combination(place: place, style: style, explode: explode, shape: .texts)
        let parameter = try Self.parameter(combination)
        #expect(Self.isKnown([""], combination))
        withKnownIssue("RFC 6570, section 2.3 omits empty lists, and path parameters cannot be omitted") {
            let wire = try ParameterCodec.serialise([""], as: parameter)
            #expect(Self.parsed(wire, parameter, place) == .value([""]))
        }
    }

    @Test(
        "'.' in the items of an exploded label is percent-encoded, because it separates items",
        arguments: [
            (Shape.texts, #"["a.b","c"]"#, ".a%2Eb.c"), (.numbers, "[1.50,2]", ".1%2E50.2"),
            (.object, #"{"a":"x.y"}"#, ".a=x%2Ey"), (.open, #"{"k.l":"m"}"#, ".k%2El=m"), (.text, #""a.b""#, ".a.b"),
        ])
    func dots(shape: Shape, value: String, wire: String) throws {
        let parameter = try Self.parameter(Combination(place: "path", style: "label", explode: true, shape: shape))
        let value = try JSONDocument(parsing: value).root.value
        #expect(try ParameterCodec.serialise(value, as: parameter) == wire)
        #expect(ParameterCodec.parse(pathText: wire, as: parameter) == .value(value))
    }

    @Test(
        "a value that a style would change is rejected",
        arguments: [
            (
                "header", "simple", false, Shape.texts, #"["a ","b"]"#,
                "an item of a list in a header cannot start or end with a space"
            ),
            (
                "header", "simple", false, .texts, #"["a","\tb"]"#,
                "an item of a list in a header cannot start or end with a space"
            ),
            ("header", "simple", false, .texts, #"["a","","b"]"#, "an item of a list in a header cannot be empty"),
            ("header", "simple", false, .texts, #"[""]"#, "an item of a list in a header cannot be empty"),
            ("header", "simple", false, .object, #"{"a":""}"#, "an item of a list in a header cannot be empty"),
            (
                "header", "simple", false, .object, #"{"a":" x","b c":1}"#,
                "an item of a list in a header cannot start or end with a space"
            ),
            (
                "header", "simple", true, .object, #"{"a":"x ","b c":1}"#,
                "an item of a list in a header cannot start or end with a space"
            ),
            (
                "header", "simple", true, .open, #"{"k=x":"y"}"#,
                "the name 'k=x' of a member in a header cannot contain '='"
            ),
            (
                "query", "deepObject", true, .open, #"{"k[a]":"x"}"#,
                "the name 'k[a]' of a member cannot contain brackets in the style deepObject"
            ),
            (
                "query", "deepObject", true, .open, #"{"]":"x"}"#,
                "the name ']' of a member cannot contain brackets in the style deepObject"
            ),
        ])
    func rejected(
        place: String, style: String, explode: Bool, shape: Shape, value: String, message: String
    ) throws {
        let parameter = try Self.parameter(Combination(place: place, style: style, explode: explode, shape: shape))
        let value = try JSONDocument(parsing: value).root.value
        let error = #expect(throws: ParameterError.self) { try ParameterCodec.serialise(value, as: parameter) }
        #expect(error?.description == message)
    }

    @Test(
        "an exploded object in a header may have empty values and blanks between name and value",
        arguments: [(#"{"a":""}"#, "a="), (#"{"a":" x"}"#, "a= x")])
    func exploded(value: String, wire: String) throws {
        let parameter = try Self.parameter(
            Combination(place: "header", style: "simple", explode: true, shape: .object))
        let value = try JSONDocument(parsing: value).root.value
        #expect(try ParameterCodec.serialise(value, as: parameter) == wire)
        #expect(ParameterCodec.parse(headerLines: [wire], as: parameter) == .value(value))
    }
}

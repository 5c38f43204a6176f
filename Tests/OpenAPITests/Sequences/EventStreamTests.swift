import JSONDocument
import OpenAPI
import TestKit
import Testing

/// Reading and writing event streams by the description of their items (WHATWG HTML, section 9.2.6).
@Suite("Event streams")
struct EventStreamTests {
    /// The media type `text/event-stream`; `nil` describes no items.
    private static func media(_ item: String?) throws -> MediaType {
        let contract = try contract(
            """
            openapi: 3.2.0
            info: {title: t, version: '1'}
            paths:
              /s:
                get:
                  operationId: s
                  responses:
                    '200': {description: ok, content: {text/event-stream: {\(item.map { "itemSchema: \($0)" } ?? "")}}}
            """)
        return try #require(contract.operation("s")?.responses.first?.content.first)
    }

    /// The events of a stream, each as its line and its JSON text.
    private static func events(_ stream: String, _ item: String?) throws -> [String] {
        try SequenceText.pieces(Array(stream.utf8), .events, as: media(item)).map { piece in
            "\(piece.line): \(String(decoding: piece.text, as: UTF8.self))"
        }
    }

    static let json = "{type: object, required: [n], properties: {n: {type: integer}}}"

    @Test(
        "the examples of the standard are read as it says",
        arguments: [
            ("data: YHOO\ndata: +2\ndata: 10\n\n", [#"1: {"data":"YHOO\n+2\n10"}"#]),
            (
                """
                : test stream

                data: first event
                id: 1

                data:second event
                id

                data:  third event


                """,
                [
                    #"3: {"id":"1","data":"first event"}"#, #"6: {"id":"","data":"second event"}"#,
                    #"9: {"data":" third event"}"#,
                ]
            ),
            ("data\n\ndata\ndata\n\ndata:", [#"1: {"data":""}"#, #"3: {"data":"\n"}"#]),
            ("data:test\n\ndata: test\n\n", [#"1: {"data":"test"}"#, #"3: {"data":"test"}"#]),
            ("event: add\ndata: 73857293\n\n", [#"1: {"event":"add","data":"73857293"}"#]),
        ])
    func standard(stream: String, expected: [String]) throws {
        #expect(try Self.events(stream, nil) == expected)
    }

    @Test(
        "each field follows its own rule, and what is not a field is ignored",
        arguments: [
            // A name is everything before the first colon; case counts, and a space before the colon belongs to it.
            ("data: a:b: c\n\n", [#"1: {"data":"a:b: c"}"#]), ("Data: a\ndata : b\n data: c\n\n", []),
            ("data: a\nDATA: b\n\n", [#"1: {"data":"a"}"#]),
            // Only one space after the colon is removed, and a tab is not a space.
            ("data:\ta\n\n", [#"1: {"data":"\ta"}"#]), ("data:   a \n\n", [#"1: {"data":"  a "}"#]),
            // The last value of a field counts; data is collected.
            ("event: a\nevent: b\ndata: x\n\n", [#"1: {"event":"b","data":"x"}"#]),
            ("id: 1\nid: 2\ndata: x\n\n", [#"1: {"id":"2","data":"x"}"#]),
            ("id: a\u{0}\ndata: x\n\n", [#"1: {"data":"x"}"#]),
            ("retry: 1500\ndata: x\n\n", [#"1: {"retry":1500,"data":"x"}"#]),
            ("retry: 0000\ndata: x\n\n", [#"1: {"retry":0,"data":"x"}"#]),
            ("retry:\nretry: -1\nretry: 1.5\nretry: ١\ndata: x\n\n", [#"1: {"data":"x"}"#]),
            // Fields do not pass to the next event.
            ("event: a\ndata: x\n\ndata: y\n\n", [#"1: {"event":"a","data":"x"}"#, #"4: {"data":"y"}"#]),
            ("event: a\n\ndata: y\n\n", [#"3: {"data":"y"}"#]),
            // The byte order mark is allowed once, and only at the start.
            ("\u{FEFF}data: a\n\n\u{FEFF}data: b\n\n", [#"1: {"data":"a"}"#]),
            // Separators of Unicode do not end a line.
            ("data: a\u{2028}b\u{85}c\u{B}d\n\n", [#"1: {"data":"a\#u{2028}b\#u{85}c\u000Bd"}"#]),
            ("", []), ("\n\n\n", []), (":\n\n", []), ("data: a", []), ("data: a\n", []),
        ])
    func fields(stream: String, expected: [String]) throws {
        let found = try Self.events(stream, nil).map { try Self.canonical($0) }
        #expect(found == (try expected.map { try Self.canonical($0) }))
    }

    /// The line and the value in one spelling.
    private static func canonical(_ text: String) throws -> String {
        let line = text.prefix { $0 != ":" }
        return "\(line): " + (try JSONDocument(parsing: String(text.dropFirst(line.count + 2))).root.value.text)
    }

    @Test(
        "the schema of the items says what is judged: the fields, the JSON in the data, or its text",
        arguments: [
            (json, "event: a\nid: 1\ndata: {\ndata: \"n\": 1}\n\n", ["3: {\n\"n\": 1}"]),
            (json, "data: {}\n\ndata: [DONE]\n\n", ["1: {}"]),
            (json, "data: [DONE]\n\ndata: {}\n\n", ["1: [DONE]", "3: {}"]),
            ("{type: integer}", "data: 7\n\n", ["1: 7"]), ("{type: [array, 'null']}", "data: null\n\n", ["1: null"]),
            ("{type: string}", "data: 7\n\n", [#"1: "7""#]), ("{type: string}", "data: [DONE]\n\n", [#"1: "[DONE]""#]),
            ("{type: [string, integer]}", "data: 7\n\n", [#"1: "7""#]),
            ("{}", "data: 7\n\n", [#"1: {"data":"7"}"#]), ("{type: object}", "data: 7\n\n", [#"1: {"data":"7"}"#]),
            (
                "{type: object, properties: {event: {type: string}}}", "event: a\ndata: {}\n\n",
                [#"1: {"event":"a","data":"{}"}"#]
            ),
            ("{properties: {data: {type: object}}}", "data: {\"a\": 1}\n\n", [#"1: {"data":{"a":1}}"#]),
            ("{properties: {data: {type: object}}}", "data: {\"a\"\n\n", [#"1: {"data":"{\"a\""}"#]),
            ("{properties: {data: {type: [object, string]}}}", "data: {}\n\n", [#"1: {"data":"{}"}"#]),
            ("{properties: {data: {}}}", "data: 7\n\n", [#"1: {"data":"7"}"#]),
            ("{allOf: [{properties: {data: {type: integer}}}]}", "data: 7\n\n", [#"1: {"data":7}"#]),
        ])
    func contents(item: String, stream: String, expected: [String]) throws {
        #expect(try Self.events(stream, item) == expected)
    }

    @Test(
        "an item is written in the form in which it is read",
        arguments: [
            ("{}", #"{"data":"a"}"#, "data: a\n\n"),
            ("{}", #"{"id":7,"data":"a","retry":10,"event":"x"}"#, "event: x\nid: 7\nretry: 10\ndata: a\n\n"),
            // A line break would end the field and start another one.
            ("{}", #"{"event":"x\ndata: y","id":"a\rb","data":"a"}"#, "data: a\n\n"),
            ("{}", #"{"data":"a\nb\r\nc\rd"}"#, "data: a\ndata: b\ndata: c\ndata: d\n\n"),
            ("{}", #"{"data":""}"#, "data: \n\n"), ("{}", #"{"other":1}"#, "data: {\"other\":1}\n\n"),
            ("{type: string}", #""a b""#, "data: a b\n\n"), (json, #"{"n":1}"#, "data: {\"n\":1}\n\n"),
            (json, #"{"data":1,"n":1}"#, "data: {\"data\":1,\"n\":1}\n\n"),
            ("{properties: {data: {type: object}}}", #"{"data":{"a":"x\ny"}}"#, "data: {\"a\":\"x\\ny\"}\n\n"),
        ])
    func written(item: String, value: String, expected: String) throws {
        let value = try JSONDocument(parsing: value).root.value
        #expect(try SequenceText.text(of: [value], .events, as: Self.media(item)) == expected)
    }

    private static let texts = [
        "a", "", " ", "\n", "data: x", ":", "é😀", "\u{2028}", "\u{85}", "\u{B}", "\u{C}", "[DONE]", "{}", "\t",
        "\u{FEFF}",
    ]

    @Test("written texts are read back unchanged, whatever characters they have", arguments: 0..<8)
    func roundTrip(seed: Int) throws {
        var random = SplitMix(seed: seed)
        let media = try Self.media("{type: string}")
        for _ in 0..<100 {
            let items: [JSONValue] = (0..<random.number(below: 4)).map { _ in
                .string((0..<random.number(below: 4)).map { _ in random.pick(Self.texts) }.joined())
            }
            let stream = SequenceText.text(of: items, .events, as: media)
            let read = try SequenceText.pieces(Array(stream.utf8), .events, as: media).map { piece in
                try JSONDocument(parsing: piece.text).root.value
            }
            #expect(read == items, "\(stream.debugDescription)")
        }
    }

    @Test("the three line ends give the same events at the same lines", arguments: 0..<6)
    func lineEnds(seed: Int) throws {
        var random = SplitMix(seed: seed)
        let lines = ["", "", "data: a", "data", "event: b", ": c", "id: 1", "retry: 7", "x: y", "data: é"]
        for _ in 0..<60 {
            let stream = (0..<12).map { _ in random.pick(lines) }
            let found = try ["\n", "\r\n", "\r"].map { end in
                try Self.events(stream.map { $0 + end }.joined(), nil)
            }
            #expect(found[1] == found[0] && found[2] == found[0], "\(stream)")
        }
    }
}

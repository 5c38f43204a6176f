import Exchanges
import JSONDocument
import Primitives
import TestKit
import Testing

@testable import Scenarios

@Suite("Properties of paths") struct PathPropertyTests {
    private static let names = [
        "a", "b_c", "x-1", "@id", "7", "é", "odd.name", "a b", "it's", "", "[0]", "$", "body", "header", "status",
        "time", "req",
        "a]b", "'", "''", "=", ";", "{{x}}", "🙂", "e\u{301}", "\n",
    ]

    private static func path(_ numbers: inout SplitMix) -> ItemPath {
        func segment() -> ItemPath.Segment {
            switch numbers.number(below: 4) {
            case 0: .index(numbers.number(below: 30))
            case 1: .every
            default: .name(numbers.pick(names))
            }
        }
        let segments = (0..<numbers.number(below: 5)).map { _ in segment() }
        let name = numbers.pick(names)
        let root: ItemPath.Root =
            switch numbers.number(below: 8) {
            case 0: .header(name)
            case 1: .query(name)
            case 2: .path(name)
            case 3: .cookie(name)
            default: .body
            }
        return ItemPath(root, segments)
    }

    @Test("the canonical spelling of a path is read as the same path")
    func roundTrip() throws {
        var numbers = SplitMix(seed: 21)
        for _ in 0..<3_000 {
            let path = Self.path(&numbers)
            let again = try ItemPath.parse(path.text)
            #expect(again == path, "\(path.text)")
            #expect(again.text == path.text && again.segments.count == path.segments.count)
            // Nothing of a path ends it early, so the operator of an item is found.
            let scalars = Array("\(path.text)=1".unicodeScalars)
            #expect(ItemPath.end(of: scalars) == scalars.count - 2, "\(path.text)")
        }
    }

    @Test("paths are equal if their spellings are, and then have one hash")
    func equality() {
        var numbers = SplitMix(seed: 22)
        let paths = (0..<60).map { _ in Self.path(&numbers) }
        for first in paths {
            for second in paths {
                #expect((first == second) == first.text.utf8.elementsEqual(second.text.utf8))
                if first == second { #expect(first.hashValue == second.hashValue) }
            }
        }
    }

    @Test(
        "one place has one canonical spelling",
        arguments: [
            ("$.a", "body.a"), ("body['a']", "body.a"), ("$['a b'][0]", "body['a b'][0]"),
            ("header.X-Id", "header.x-id"),
            ("header['X-ID']", "header.x-id"), ("query['a']", "query.a"), ("['a']", "a"), ("body", "body"), ("$", "$"),
            ("path.Id", "path.Id"), ("cookie['s id']", "cookie['s id']"), ("$['it''s']", "body['it''s']"),
        ])
    func spellings(text: String, canonical: String) throws {
        let path = try ItemPath.parse(text)
        let expected = try ItemPath.parse(canonical)
        #expect(path == expected)
        #expect(path.text == text && path.description == text)
    }

    @Test("names that only look alike are different, as are cases outside of header names")
    func different() throws {
        let pairs = [
            ("\u{E9}", "e\u{301}"), ("query.A", "query.a"), ("a", "A"), ("a[0]", "a['0']"), ("path.a", "query.a"),
            ("a", "a[*]"),
        ]
        for (first, second) in pairs {
            #expect(try ItemPath.parse(first) != ItemPath.parse(second), "\(first) \(second)")
        }
    }

    private static func view(_ value: JSONValue) -> ExchangeView {
        let exchange = Exchange(
            sequence: 1, scenario: "s", step: "a", operation: nil, contract: "1",
            request: RequestMessage(method: "GET", url: "https://x.example/"),
            outcome: .response(ResponseMessage(status: 200, body: Array(value.text.utf8))),
            startedAt: Instant(microsecondsSinceEpoch: 0), duration: .zero)
        return ExchangeView.parsing(exchange, operation: nil)
    }

    @Test("a path selects the value that was set at it, and nothing once it is removed")
    func setAndSelect() throws {
        var numbers = SplitMix(seed: 23)
        for round in 0..<800 {
            let names = (0..<(1 + numbers.number(below: 3))).map { _ in ItemPath.Segment.name(numbers.pick(Self.names))
            }
            let segments = names + (numbers.once(in: 2) ? [.index(0)] : [])
            let path = ItemPath(.body, segments)
            var editor = BodyEditor(value: .object(JSONObject([("other", 1)])))
            try editor.set(.integer(round), at: segments[...], path.text)
            let body = try #require(editor.value)
            guard case .one(let value, let pointer) = path.select(in: Self.view(body)) else {
                Issue.record("\(path.text) in \(body.text)")
                continue
            }
            #expect(value == .integer(round))
            #expect(JSONDocument(body).root.node(at: try #require(pointer))?.value == value)
            #expect(editor.holdsValue(at: segments[...]))
            try editor.remove(at: segments[...], path.text)
            #expect(path.select(in: Self.view(editor.value ?? .null)) == .absent)
            #expect(editor.value?["other"] == 1)
            #expect(!editor.holdsValue(at: segments[...]))
        }
    }

    @Test("a wildcard selects as many values as there are elements, in their order")
    func wildcards() throws {
        var numbers = SplitMix(seed: 24)
        for _ in 0..<200 {
            let rows = (0..<numbers.number(below: 6)).map { _ in
                JSONValue.array((0..<numbers.number(below: 4)).map { _ in .integer(numbers.number(below: 100)) })
            }
            let view = Self.view(.object(JSONObject([("rows", .array(rows))])))
            func values(_ path: String) throws -> [JSONValue?] {
                guard case .many(let selected, _) = try ItemPath.parse(path).select(in: view) else { return [] }
                return selected.map(\.value)
            }
            #expect(try values("rows[*]") == rows)
            #expect(try values("rows[*][*]") == rows.flatMap { $0.elements ?? [] })
            #expect(try values("rows[?][0]") == rows.map { $0.elements?.first })
        }
    }

    @Test("no text makes the parser of paths fail in another way than with a mistake inside of the text")
    func anyText() {
        var numbers = SplitMix(seed: 25)
        let pieces = [
            "a", ".", "[", "]", "'", "*", "?", "0", "9", "$", "header", "body", "req", "status", " ", "é", "part", "-",
            "=", "\u{0}",
        ]
        for _ in 0..<5_000 {
            let text = (0..<numbers.number(below: 9)).map { _ in numbers.pick(pieces) }.joined()
            let count = text.unicodeScalars.count
            for context in [PathContext.step, .set, .law, .reference] {
                do {
                    #expect(try ItemPath.parse(text, in: context).text == text)
                } catch {
                    #expect(
                        error.offset >= 0 && error.length >= 0 && error.offset + error.length <= count,
                        "\(text): \(error)")
                }
            }
            #expect(ItemPath.end(of: Array(text.unicodeScalars)) <= count)
        }
    }
}

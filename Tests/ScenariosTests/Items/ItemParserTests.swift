import Diagnostics
import JSONDocument
import Testing

@testable import Scenarios

/// An item as text: path, operator, kind and text of its value.
private func shown(_ item: ParsedItem) -> String {
    let value =
        switch item.value {
        case nil: ""
        case .text(let template): " text<\(template.text)>"
        case .quoted(let template): " quoted<\(template.text)>"
        case .json(let value): " json<\(value.text)>"
        case .matcher(let matcher): " \(matcher)"
        case .pattern(let pattern): " pattern<\(pattern.template.text)>"
        }
    return "\(item.path.text) \(item.op.rawValue)\(value)"
}

private func items(_ text: String, _ context: PathContext = .step) -> [String] {
    var parser = ItemParser(text, context: context)
    let items = parser.items().map(shown)
    return items + parser.problems.map { "\($0.offset)+\($0.length) \($0.message)" }
}

@Suite("Items") struct ItemParserTests {
    @Test(
        "items follow the grammar",
        arguments: [
            ("a=1", ["a = text<1>"]),
            (" a = 1 ; b != x y ;", ["a = text<1>", "b != text<x y>"]),
            ("a<1; b<=2; c>3; d>=4", ["a < text<1>", "b <= text<2>", "c > text<3>", "d >= text<4>"]),
            ("!a.b; ! header.x", ["a.b !", "header.x !"]),
            ("a='x;y'; b=''; c='it''s'", ["a = quoted<x;y>", "b = quoted<>", "c = quoted<it's>"]),
            ("name=O'Brien", ["name = text<O'Brien>"]),
            ("a=x=y", ["a = text<x=y>"]),
            ("a:={\"b\":[1,null]}", ["a := json<{\"b\":[1,null]}>"]),
            ("a:='{\"b\":\"x;y\"}'", ["a := json<{\"b\":\"x;y\"}>"]),
            ("a:=1.0", ["a := json<1.0>"]),
            ("a~uuid; b!~url", ["a ~ uuid", "b !~ url"]),
            ("a~/^x\\/y;z$/; b=1", ["a ~ pattern<^x\\/y;z$>", "b = text<1>"]),
            ("a~/\\d{2}/", ["a ~ pattern<\\d{2}>"]),
            ("a={{create.id}}; b={{'{{'}}", ["a = text<{{create.id}}>", "b = text<{{'{{'}}>"]),
            ("['odd; name']=1; a['=']~uuid", ["['odd; name'] = text<1>", "a['='] ~ uuid"]),
            (
                "$[*].id~present; status=200; header.x[0]=a",
                ["$[*].id ~ present", "status = text<200>", "header.x[0] = text<a>"]
            ),
            ("a=1\nb=2", ["a = text<1\nb=2>"]),
            ("", []),
        ])
    func grammar(text: String, expected: [String]) {
        #expect(items(text) == expected)
    }

    @Test(
        "each mistake is reported with its place, and the other items are read",
        arguments: [
            ("a", ["0+1 'a' has no operator and no value"]),
            ("a=1; b; c=2", ["a = text<1>", "c = text<2>", "5+1 'b' has no operator and no value"]),
            ("a=", ["2+0 no value after `=`"]),
            ("=1", ["0+1 expected a path at the start of an item, found '='"]),
            (";a=1", ["a = text<1>", "0+1 an item is missing before ';'"]),
            ("a=1;;b=2", ["a = text<1>", "b = text<2>", "4+1 an item is missing before ';'"]),
            ("!a=1", ["2+1 '!a' omits the field, so no value can follow it"]),
            ("a b=1", ["2+1 unknown operator 'b'"]),
            ("a='x", ["2+1 the quote that opens this value is never closed"]),
            ("a='x'y; b=1", ["b = text<1>", "5+1 unexpected 'y' after the closing quote"]),
            ("a~/x", ["2+1 the pattern is never closed"]),
            ("a~/x/i", ["5+1 unexpected 'i' after the pattern"]),
            ("a~/(/", ["3+1 the pattern is not valid: "]),
            ("a:={\"b\":1", ["9+0 the text after `:=` is not valid JSON: "]),
            ("a:={\"b\":1,\"b\":2}", ["10+1 duplicate member \"b\""]),
            ("a:=\"{{x.y}}\"", ["4+2 templates are not expanded in a JSON literal"]),
            ("a={{x}", ["2+2 `{{` is never closed"]),
            ("a='it''s {{'", ["9+2 `{{` is never closed"]),
            ("a.=1", ["2+0 "]),
        ])
    func mistakes(text: String, expected: [String]) {
        let found = items(text)
        #expect(found.count == expected.count)
        for (found, expected) in zip(found, expected) {
            #expect(found.utf8.starts(with: expected.utf8), "\(found)")
        }
    }

    @Test("typographic quotes are read as quotes, with a warning")
    func typographicQuotes() {
        var parser = ItemParser("a=‘x;y’; b=l’été; c=“z”; [‘odd name’]=1")
        #expect(
            parser.items().map(shown) == [
                "a = quoted<x;y>", "b = text<l’été>", "c = text<“z”>", "['odd name'] = text<1>",
            ])
        #expect(parser.problems.map(\.severity) == [.warning, .warning])
        #expect(
            parser.problems.map(\.message) == [
                "typographic quotes are read as '…'", "the typographic quote is sent as part of the text",
            ])
        #expect(parser.problems[0].help == "write 'x;y'")
    }

    @Test("the positions of items are those of the cell")
    func places() {
        var parser = ItemParser(" a = 1 ;  b.c~'len:2' ; !d ")
        let items = parser.items()
        #expect(items.map(\.range) == [1..<6, 10..<21, 24..<26])
        #expect(items.map(\.pathRange) == [1..<2, 10..<13, 25..<26])
        #expect(items.map(\.valueRange) == [5..<6, 14..<21, 26..<26])
        #expect(items.map(\.place) == [0, 1, 2])
    }
}

@Suite("Promoted columns") struct PromotedItemTests {
    private func item(_ text: String) throws -> String {
        var parser = ItemParser(text)
        let item = parser.promoted(try ItemPath.parse("amount"))
        return item.map(shown) ?? parser.problems.map { "\($0.offset)+\($0.length) \($0.message)" }.joined()
    }

    @Test(
        "a cell is an operator and a value, or a value",
        arguments: [
            ("100", "amount = text<100>"),
            ("=100", "amount = text<100>"),
            (">= 5", "amount >= text<5>"),
            ("~uuid", "amount ~ uuid"),
            (":=null", "amount := json<null>"),
            ("!", "amount !"),
            ("'100'", "amount = quoted<100>"),
            ("'100", "amount = text<100>"),
            ("'it''s'", "amount = quoted<it's>"),
            ("'+49 30", "amount = text<+49 30>"),
            ("''", "amount = quoted<>"),
            ("!x", "amount = text<!x>"),
            ("~/a;b/", "amount ~ pattern<a;b>"),
            ("", ""),
        ])
    func cells(text: String, expected: String) throws {
        #expect(try item(text) == expected)
    }

    @Test("a second item in the cell is rejected")
    func twoItems() throws {
        #expect(try item("1; b=2") == "1+1 the column contains one item, but ';' separates items")
    }

    @Test("data cells may start with a quote, as in spreadsheets")
    func dataCells() {
        #expect(["'007", "'007'", "it's", "'", ""].map(dataText) == ["007", "007", "it's", "", ""])
    }
}

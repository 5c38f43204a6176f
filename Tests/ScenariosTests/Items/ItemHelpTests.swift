import Testing

@testable import Scenarios

/// The text to type that each mistake of an item comes with.
@Suite("Help for items") struct ItemHelpTests {
    private func problems(_ text: String, _ context: PathContext = .step) -> [String] {
        var parser = ItemParser(text, context: context)
        _ = parser.items()
        return parser.problems.map { "\($0.offset)+\($0.length) \($0.rule) \($0.message) | \($0.help ?? "-")" }
    }

    @Test(
        "a mistake in the form of an item",
        arguments: [
            ("a", "0+1 table.item 'a' has no operator and no value | write a=value, or !a"),
            ("a.b ; c=1", "0+3 table.item 'a.b' has no operator and no value | write a.b=value, or !a.b"),
            ("a=", "2+0 table.item no value after `=` | write '' for an empty string, or !name to omit the field"),
            ("a~ ;b=1", "3+0 table.item no value after `~` | -"), ("a:=", "3+0 table.item no value after `:=` | -"),
            ("a != ", "5+0 table.item no value after `!=` | -"),
            ("%a=1", "0+1 table.item expected a path at the start of an item, found '%' | write name=value, or !name"),
            (
                "!",
                "1+0 table.item expected a path at the start of an item, found the end of the cell | write name=value, or !name"
            ),
            ("! ;", "2+1 table.item expected a path at the start of an item, found ';' | write name=value, or !name"),
            (" ; ", "1+1 table.item an item is missing before ';' | quote a value that contains ';': name='a;b'"),
            (
                "!a~x",
                "2+1 table.item '!a' omits the field, so no value can follow it | write a!=value to reject one value"
            ),
            (
                "a ? 1",
                "2+1 table.item unknown operator '?' | the operators are = != < <= > >= ~ !~ :=; quote a name with special characters: ['odd name']"
            ),
            (
                "a !1",
                "2+1 table.item unknown operator '!' | the operators are = != < <= > >= ~ !~ :=; quote a name with special characters: ['odd name']"
            ),
            (
                "a:1",
                "1+1 table.item unknown operator ':' | the operators are = != < <= > >= ~ !~ :=; quote a name with special characters: ['odd name']"
            ),
            (
                "a\u{1B}=1",
                "1+1 table.item unknown operator '\\u{1b}' | the operators are = != < <= > >= ~ !~ :=; quote a name with special characters: ['odd name']"
            ),
        ])
    func items(text: String, message: String) {
        #expect(problems(text) == [message])
    }

    @Test(
        "a mistake in quotes",
        arguments: [
            (
                "a='",
                "2+1 table.quote the quote that opens this value is never closed | end the value with ', or write '''' for one quote"
            ),
            (
                "a='b''",
                "2+1 table.quote the quote that opens this value is never closed | end the value with ', or write '''' for one quote"
            ),
            (
                "a='b' c",
                "6+1 table.quote unexpected 'c' after the closing quote | double a quote inside a quoted value: 'it''s'; separate items with ';'"
            ),
            (
                "a='b', c='d'",
                "5+1 table.quote unexpected ',' after the closing quote | double a quote inside a quoted value: 'it''s'; separate items with ';'"
            ),
            (
                "a~/b/ c",
                "6+1 table.quote unexpected 'c' after the pattern | double a quote inside a quoted value: 'it''s'; separate items with ';'"
            ),
        ])
    func quotes(text: String, message: String) {
        #expect(problems(text) == [message])
    }

    @Test(
        "a mistake in a pattern is at its place",
        arguments: [
            ("a~/b", "2+1 table.pattern the pattern is never closed | end it with /; write a slash inside as \\/"),
            ("a~/b\\/", "2+1 table.pattern the pattern is never closed | end it with /; write a slash inside as \\/"),
            ("a!~/b\\", "3+1 table.pattern the pattern is never closed | end it with /; write a slash inside as \\/"),
        ])
    func patterns(text: String, message: String) {
        #expect(problems(text) == [message])
    }

    @Test("a pattern with a wrong syntax names the place, and with a template the whole pattern")
    func patternSyntax() throws {
        let constant = try #require(problems("ab~/x[/; c=1").first)
        #expect(constant.hasPrefix("5+") || constant.hasPrefix("6+0"), "\(constant)")
        #expect(
            constant.contains("table.pattern the pattern is not valid: ")
                && constant.hasSuffix("| escape a special character with \\"))
        let template = try #require(problems("ab~/{{x.y}}[/").first)
        #expect(template.hasPrefix("4+8 table.pattern the pattern is not valid: "), "\(template)")
        #expect(problems("ab~/{{x}}/").first?.contains("'x'") == true)
    }

    @Test(
        "a mistake in a JSON literal",
        arguments: [
            ("a:=x", "3+1", "write a string as :=\"…\" or =…"),
            ("a:={\"b\":1;c=2", "9+0", "quote a value that contains ';': :='…'"),
            ("a:='[1,]'", "7+1", "write a string as :=\"…\" or =…"),
            ("a:='\"it''s'", "10+0", "write a string as :=\"…\" or =…"),
            ("a:={{x.y}}", "4+1", "write a string as :=\"…\" or =…"),
            ("a:=\"x {{y.z}}\"", "6+2", "set the member by its path (\"a.b={{…}}\"), or use a body file"),
        ])
    func json(text: String, range: String, help: String) throws {
        let found = problems(text)
        let first = try #require(found.first)
        #expect(first.hasPrefix("\(range) table.json "), "\(found)")
        #expect(first.hasSuffix(" | \(help)"), "\(found)")
    }

    @Test(
        "a mistake in a path is at its place in the cell",
        arguments: [
            (
                "a=1; b..c=2",
                "7+1 table.path a name is missing here | quote a name with special characters: ['odd.name']"
            ),
            (
                "b.=2",
                "2+0 table.path a name is missing at the end of the path | quote a name with special characters: ['odd.name']"
            ),
            (
                "b[x]=2",
                "1+3 table.path invalid text in the brackets | write [0] for one element, [*] for every, [?] for some, or ['odd.name'] for a member"
            ),
            (
                "b[01]=2",
                "1+4 table.path invalid text in the brackets | write [0] for one element, [*] for every, [?] for some, or ['odd.name'] for a member"
            ),
            (
                "b[-1]=2",
                "1+4 table.path invalid text in the brackets | write [0] for one element, [*] for every, [?] for some, or ['odd.name'] for a member"
            ),
            ("b['x]=2", "1+6 table.path the quoted name is never closed | end it with ']"),
            (
                "status.x=2",
                "0+6 table.path `status` is a single value and has no members | write body.status for a body member of that name"
            ),
            (
                "time[0]=2",
                "0+4 table.path `time` is a single value and has no members | write body.time for a body member of that name"
            ),
            (
                "a[*].b[?]=2",
                "0+9 table.path [*] and [?] cannot be combined in one path | use two items, one for every element and one for some element"
            ),
        ])
    func paths(text: String, message: String) {
        #expect(problems(text) == [message])
    }

    @Test("a path of a hundred segments is read, and a longer one is not")
    func longPath() {
        let path = { (count: Int) in (0..<count).map { "a\($0)" }.joined(separator: ".") }
        #expect(problems(path(100) + "=1") == [])
        #expect(problems(path(101) + "=1").first?.contains("the path has more than 100 segments") == true)
    }

    @Test("the words of laws are members elsewhere")
    func contexts() throws {
        #expect(problems("operation=x; tag=y; req.method=POST", .law) == [])
        #expect(problems("operation.x=1", .law).count == 1)
        #expect(try ItemPath.parse("operation.x").segments.count == 2)
        #expect(try ItemPath.parse("req.method").isRequest == false)
        #expect(try ItemPath.parse("part.photo.header.x-sum", in: .set).segments.isEmpty)
        #expect(try ItemPath.parse("part.photo.header.x-sum").segments.count == 4)
        #expect(try ItemPath.parse("part.photo.name", in: .set).segments.count == 3)
        #expect(
            problems("req.status=1", .law) == [
                "4+6 table.path `req.` must be followed by a part of the request | a request has method, path, header.…, query.…, path.…, cookie.… and body.…: write req.body.status for a member of its body"
            ])
    }

    @Test("single braces are reported at their place, but only as a name with a dot and outside of quotes")
    func singleBraces() {
        #expect(
            problems("a=x {b.c}; d=${e.f[0]}") == [
                "4+5 table.single-brace '{b.c}' is plain text, not a value of a step | write {{b.c}}; quote the text if it contains the braces: '{b.c}'",
                "13+9 table.single-brace '${e.f[0]}' is plain text, not a value of a step | write {{e.f[0]}}; quote the text if it contains the braces: '${e.f[0]}'",
            ])
        for text in ["a={b}", "a='{b.c}'", "a={ b.c }", "a={1.2}", "a={{b.c}}{d.e}"] {
            #expect(problems(text) == [], "\(text)")
        }
    }

    @Test("a thousand items are read, and the next one ends the cell")
    func manyItems() {
        let cell = { (count: Int) in (0..<count).map { "a\($0)=1" }.joined(separator: ";") }
        var parser = ItemParser(cell(1_000))
        #expect(parser.items().count == 1_000 && parser.problems.isEmpty)
        var longer = ItemParser(cell(1_002))
        #expect(longer.items().count == 1_000 && longer.problems.count == 1)
    }
}

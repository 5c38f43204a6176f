import Testing

@testable import Scenarios

private func body(_ name: String) -> ItemPath {
    ItemPath(.body, [.name(name)], isBare: true)
}

@Suite("Parsing templates")
struct TemplateParsingTests {
    @Test(
        "each form refers to its value",
        arguments: [
            ("{{create.link_id}}", .step("create", body("link_id"))),
            ("{{ create.link_id }}", .step("create", body("link_id"))),
            ("{{cancel-again.$}}", .step("cancel-again", ItemPath(.body))),
            (
                "{{create.items[0]['a|b']}}",
                .step("create", ItemPath(.body, [.name("items"), .index(0), .name("a|b")], isBare: true))
            ),
            ("{{create.items['}}']}}", .step("create", ItemPath(.body, [.name("items"), .name("}}")], isBare: true))),
            ("{{create.req.header.x-id}}", .step("create", ItemPath(.header("x-id"), isRequest: true))),
            ("{{alt[Key+Secret].id}}", .step("alt[Key+Secret]", body("id"))),
            ("{{req.header.x-id}}", .current(ItemPath(.header("x-id"), isRequest: true))),
            ("{{row.amount}}", .row("amount")),
            ("{{row.link amount}}", .row("link amount")),
            ("{{env.API_KEY}}", .environment("API_KEY")),
            ("{{secret.key}}", .secret("key")),
            ("{{var.currency}}", .variable("currency")),
            ("{{uuid}}", .uuid(name: nil)),
            ("{{uuid:link}}", .uuid(name: "link")),
            ("{{random:8}}", .random(length: 8, name: nil)),
            ("{{random:8:code}}", .random(length: 8, name: "code")),
            ("{{now}}", .now(NowReference())),
            ("{{now+30m}}", .now(NowReference(offsetSeconds: 1_800))),
            ("{{now-1d}}", .now(NowReference(offsetSeconds: -86_400))),
            ("{{now+1d:date}}", .now(NowReference(offsetSeconds: 86_400, form: .date))),
            ("{{now:date}}", .now(NowReference(form: .date))),
            ("{{now-x.id}}", .step("now-x", body("id"))),
        ] as [(String, TemplateReference)])
    func forms(_ text: String, _ reference: TemplateReference) throws {
        let template = try Template.parse(text)
        #expect(template.references == [reference])
        #expect(!template.isConstant)
    }

    @Test("text around expressions and single braces are kept")
    func parts() throws {
        let template = try Template.parse("a {b} {{uuid}} } }} {{ row.x }}!")
        #expect(template.expressions.map(\.text) == ["uuid", "row.x"])
        #expect(template.expressions.map(\.offset) == [6, 20])
        #expect(template.expressions.map(\.length) == [8, 11])
        #expect(template.constantText == nil)
    }

    @Test("quoted braces are text")
    func literal() throws {
        #expect(try Template.parse("a {{'{{'}} b }}").constantText == "a {{ b }}")
        #expect(try Template.parse("{{'}}'}}").constantText == "}}")
        #expect(try Template.parse("{{'it''s'}}").constantText == "it's")
        #expect(try Template.parse("plain {text}").constantText == "plain {text}")
        #expect(try Template.parse("").constantText?.isEmpty == true)
        #expect(Template(constant: "{{uuid}}").constantText == "{{uuid}}")
    }

    @Test("filters follow in order, and their secrets count as references")
    func filters() throws {
        let template = try Template.parse("{{row.x|upper| base64 |hmac:secret.sign}}")
        #expect(template.expressions.first?.filters == [.upper, .base64, .hmac(secret: "sign")])
        #expect(template.references == [.row("x"), .secret("sign")])
    }

    @Test("only a template of a single step value keeps its type")
    func type() throws {
        #expect(try Template.parse("{{create.amount}}").keepsType)
        #expect(try !Template.parse("{{create.amount|upper}}").keepsType)
        #expect(try !Template.parse(" {{create.amount}}").keepsType)
        #expect(try !Template.parse("{{row.amount}}").keepsType)
        #expect(try !Template.parse("{{create.a}}{{create.b}}").keepsType)
    }

    @Test(
        "a mistake is reported with its place and a correction",
        arguments: [
            (
                "x {{uuid", 2, 2, "`{{` is never closed",
                "end the value with }}; write {{'{{'}} for a literal {{"
            ),
            (
                "{{}}", 0, 4, "the braces are empty",
                "write a value such as {{step.path}} or {{uuid}}; write {{'{{'}} for a literal {{"
            ),
            ("a{{uuuid}}", 3, 5, "unknown value 'uuuid'", "did you mean `{{uuid}}`?"),
            ("{{randm:8}}", 2, 7, "unknown value 'randm:8'", "did you mean `{{random:8}}`?"),
            (
                "{{creation}}", 2, 8, "unknown value 'creation'",
                "values are {{uuid}}, {{random:8}}, {{now}}, {{env.NAME}}, {{secret.NAME}}, {{var.name}}, "
                    + "{{row.column}}, {{session.SCENARIO.NAME}}, {{receiver.url}}, {{step.path}}, {{file:PATH}}; write {{'{{'}} for a literal {{"
            ),
            (
                "{{random:0}}", 9, 1, "`random:` must be followed by a number of characters from 1 to 1000",
                "write {{random:8}}"
            ),
            (
                "{{random:99999999999999999999}}", 9, 20,
                "`random:` must be followed by a number of characters from 1 to 1000", "write {{random:8}}"
            ),
            (
                "{{random:8x}}", 9, 2, "a number of characters can contain only digits",
                "write {{random:8}}, or {{random:8:name}} for one value in the whole scenario"
            ),
            (
                "{{uuid:}}", 7, 0, "the name of the generated value is missing",
                "a name reuses one value in the whole scenario: {{uuid:link}}, {{random:8:link}}"
            ),
            (
                "{{uuid:a b}}", 7, 3, "the name of a generated value must be one word",
                "a name reuses one value in the whole scenario: {{uuid:link}}, {{random:8:link}}"
            ),
            (
                "{{now+3}}", 5, 2, "a time offset is a number and one of s, m, h, d",
                "write {{now+30m}} or {{now-1d}}"
            ),
            (
                "{{now:time}}", 5, 5, "':time' is not a valid time format",
                "write {{now}} for RFC 3339 in UTC, {{now:date}} for the date only, {{now+30m}} for a later time"
            ),
            ("{{env.}}", 6, 0, "the name of the environment variable is missing", nil),
            (
                "{{create[0].id}}", 8, 3, "'[0]' is not a valid part of a step",
                "write {{create.$[0]}} for an element of its body"
            ),
            ("{{uuid|uper}}", 7, 4, "unknown filter 'uper'", "did you mean `|upper`?"),
            (
                "{{uuid|}}", 7, 0, "a filter is missing after `|`",
                "the filters are |upper, |lower, |base64 and |hmac:secret.NAME"
            ),
            ("{{uuid|hmac}}", 7, 4, "unknown filter 'hmac'", "name the key: hmac:secret.NAME"),
            (
                "{{create.items[x]}}", 14, 3, "invalid text in the brackets",
                "write [0] for one element, [*] for every, [?] for some, or ['odd.name'] for a member"
            ),
            (
                "{{create.items[?].id}}", 9, 11, "[?] does not select a value",
                "write [0] for one element, or [*] for an array of all"
            ),
            (
                "{{'a' b}}", 2, 5, "the quoted text is not closed, or is followed by other text",
                "write {{'{{'}} for a literal {{"
            ),
        ] as [(String, Int, Int, String, String?)])
    func mistakes(_ text: String, _ offset: Int, _ length: Int, _ message: String, _ help: String?) {
        #expect(throws: ItemSyntaxError(message, offset: offset, length: length, help: help)) {
            try Template.parse(text)
        }
    }

    @Test("a megabyte of braces is read or rejected in time")
    func large() throws {
        let text = String(repeating: "{", count: 1_000_000)
        #expect(throws: ItemSyntaxError.self) { try Template.parse(text) }
        let plain = String(repeating: "x{ }", count: 250_000)
        #expect(try Template.parse(plain).constantText?.utf8.count == 1_000_000)
    }
}

import Testing

@testable import Scenarios

@Suite("Parsing paths")
struct ItemPathParsingTests {
    @Test(
        "a path has one canonical spelling",
        arguments: [
            ("link_id", "link_id"),
            ("meta.a.b", "meta.a.b"),
            ("items[0].id", "items[0].id"),
            ("items[*].id", "items[*].id"),
            ("items[?].id", "items[?].id"),
            ("['odd.name']", "['odd.name']"),
            ("['plain']", "plain"),
            ("a['it''s'][2]", "a['it''s'][2]"),
            ("a['plain'].b", "a.plain.b"),
            ("$", "$"),
            ("$[0]", "body[0]"),
            ("$.a", "body.a"),
            ("$['a b']", "body['a b']"),
            ("body.status", "body.status"),
            ("body[3]", "body[3]"),
            ("body", "body"),
            ("status", "status"),
            ("time", "time"),
            ("statuses", "statuses"),
            ("header.X-Request-Id", "header.x-request-id"),
            ("header.etag[0]", "header.etag[0]"),
            ("header['odd;name']", "header['odd;name']"),
            ("query.page", "query.page"),
            ("query.filter.from", "query.filter.from"),
            ("path.id", "path.id"),
            ("cookie.session", "cookie.session"),
            ("header", "header"),
            ("header[0]", "header[0]"),
            ("req.header.x", "req.header.x"),
            ("operation", "operation"),
            ("größe", "größe"),
            ("@type", "@type"),
        ])
    func canonical(_ text: String, _ canonical: String) throws {
        let path = try ItemPath.parse(text)
        #expect(path.canonical == canonical)
        #expect(path.text == text)
    }

    @Test("a bare name may be a parameter, and a prefixed one may not")
    func bareness() throws {
        #expect(try ItemPath.parse("amount").isBare)
        #expect(try ItemPath.parse("['a b'].c").isBare)
        #expect(try !ItemPath.parse("body.amount").isBare)
        #expect(try !ItemPath.parse("$.amount").isBare)
        #expect(try !ItemPath.parse("status").isBare)
    }

    @Test("`operation`, `tag` and `req.` are special in laws, and body members elsewhere")
    func lawWords() throws {
        for (text, canonical) in [
            ("operation", "operation"), ("tag", "tag"), ("req.method", "req.method"), ("req.path", "req.path"),
            ("req.path.id", "req.path.id"), ("req.header.x", "req.header.x"), ("req.query.x", "req.query.x"),
            ("req.cookie.x", "req.cookie.x"), ("req.body.x", "req.body.x"), ("req.body", "req.$"), ("req.$", "req.$"),
            ("req.body[0].x", "req.body[0].x"),
        ] {
            let path = try ItemPath.parse(text, in: .law)
            #expect(path.canonical == canonical)
            #expect(path.isRequest == text.hasPrefix("req."))
            #expect(!path.isBare)
        }
        #expect(try ItemPath.parse("operation").isBare)
        #expect(try ItemPath.parse("operation", in: .reference).isBare)
        #expect(try !ItemPath.parse("req.header.x").isRequest)
        #expect(try ItemPath.parse("req.header.x", in: .reference).isRequest)
    }

    @Test(
        "a mistake is reported with its place and a correction",
        arguments: [
            ("", 0, 0, "the path is empty", nil),
            (
                "a.", 2, 0, "a name is missing at the end of the path",
                "quote a name with special characters: ['odd.name']"
            ),
            ("a..b", 2, 1, "a name is missing here", "quote a name with special characters: ['odd.name']"),
            ("a.[0]", 2, 1, "a name is missing here", "quote a name with special characters: ['odd.name']"),
            (".a", 0, 1, "a name is missing here", "quote a name with special characters: ['odd.name']"),
            ("a b", 1, 1, "unexpected ' ' in a path", "quote a name with special characters: ['odd.name']"),
            ("$a", 1, 1, "unexpected 'a' in a path", "quote a name with special characters: ['odd.name']"),
            (
                "a[x]", 1, 3, "invalid text in the brackets",
                "write [0] for one element, [*] for every, [?] for some, or ['odd.name'] for a member"
            ),
            (
                "a[-1]", 1, 4, "invalid text in the brackets",
                "write [0] for one element, [*] for every, [?] for some, or ['odd.name'] for a member"
            ),
            (
                "a[01]", 1, 4, "invalid text in the brackets",
                "write [0] for one element, [*] for every, [?] for some, or ['odd.name'] for a member"
            ),
            (
                "a[99999999999999999999]", 1, 22, "invalid text in the brackets",
                "write [0] for one element, [*] for every, [?] for some, or ['odd.name'] for a member"
            ),
            (
                "a[0", 1, 2, "invalid text in the brackets",
                "write [0] for one element, [*] for every, [?] for some, or ['odd.name'] for a member"
            ),
            ("a['b", 1, 3, "the quoted name is never closed", "end it with ']"),
            (
                "a['b'c", 5, 1, "`]` is missing after the quoted name",
                "quote a name with special characters: ['odd.name']; double a quote inside: ''"
            ),
            (
                "status.a", 0, 6, "`status` is a single value and has no members",
                "write body.status for a body member of that name"
            ),
            (
                "time[0]", 0, 4, "`time` is a single value and has no members",
                "write body.time for a body member of that name"
            ),
            (
                "a[*].b[?]", 0, 9, "[*] and [?] cannot be combined in one path",
                "use two items, one for every element and one for some element"
            ),
        ] as [(String, Int, Int, String, String?)])
    func mistakes(_ text: String, _ offset: Int, _ length: Int, _ message: String, _ help: String?) {
        #expect(throws: ItemSyntaxError(message, offset: offset, length: length, help: help)) {
            try ItemPath.parse(text)
        }
    }

    @Test("an unknown part of a request is reported with the nearest one, or with the path to the body")
    func requestParts() {
        #expect(
            throws: ItemSyntaxError(
                "`req.` must be followed by a part of the request", offset: 4, length: 6,
                help: "did you mean `req.header`?")
        ) {
            try ItemPath.parse("req.heador.x", in: .law)
        }
        let help =
            "a request has method, path, header.…, query.…, path.…, cookie.… and body.…: "
            + "write req.body.amount for a member of its body"
        #expect(
            throws: ItemSyntaxError(
                "`req.` must be followed by a part of the request", offset: 4, length: 6, help: help)
        ) {
            try ItemPath.parse("req.amount", in: .law)
        }
    }

    @Test("a path of extreme length is rejected")
    func bounded() {
        let path = "a" + String(repeating: ".b", count: 100_000)
        #expect(throws: ItemSyntaxError.self) { try ItemPath.parse(path) }
        #expect(throws: ItemSyntaxError.self) { try ItemPath.parse("a" + String(repeating: "[", count: 100_000)) }
    }

    @Test("names that only look alike are different")
    func canonicalEquivalence() throws {
        let composed = try ItemPath.parse("caf\u{E9}")
        let decomposed = try ItemPath.parse("cafe\u{301}")
        #expect(composed != decomposed)
        #expect(try ItemPath.parse("['plain']") == ItemPath.parse("plain"))
    }

    @Test(
        "the end of a path is found whatever follows",
        arguments: [
            ("a.b[0]=5", 6), ("a!=5", 1), ("header.x-y~present", 10), ("$~len:0", 1), ("a['=;~'].b>=1", 10),
            ("a['it''s']=1", 10), ("a:=1", 1), ("a[*]", 4), ("a b", 1), ("a[0=1", 1), ("", 0), ("a['b=1", 6),
        ])
    func end(_ text: String, _ end: Int) {
        #expect(ItemPath.end(of: Array(text.unicodeScalars)) == end)
    }
}

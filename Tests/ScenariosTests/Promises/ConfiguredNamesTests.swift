import Diagnostics
import OpenAPI
import Scenarios
import Testing

/// A promise with an unknown name would be disabled silently, so each name of the configuration must be in a contract.
@Suite("Names in the configuration") struct ConfiguredNamesTests {
    /// The mismatches as text: place, severity unless error, message, help.
    private static func found(_ check: (inout ConfiguredNames) -> Void) -> [String] {
        var names = ConfiguredNames(Library.contracts.all)
        check(&names)
        return names.mismatches.map { mismatch in
            let severity = mismatch.severity == .error ? "" : "\(mismatch.severity.rawValue): "
            return "\(mismatch.place.joined(separator: "/")) \(severity)\(mismatch.message)"
                + (mismatch.help.map { " | \($0)" } ?? "")
        }
    }

    private static func path(_ text: String) -> ItemPath { (try? ItemPath.parse(text)) ?? ItemPath(.status) }

    private static func promises(_ change: (inout ResourcePromise) -> Void) -> Promises {
        var resource = ResourcePromise(name: "book", id: "book_id", create: ["addBook"], fetch: ["getBook"])
        change(&resource)
        return Promises(resources: [resource])
    }

    @Test("names of the contract are accepted: operations, members, parameters, headers in any case")
    func known() {
        let resource = ResourcePromise(
            name: "book", id: "book_id", create: ["addBook"], fetch: ["getBook", "moveBook"],
            final: [.init(member: "status", values: ["OUT"])],
            except: ["author.born", "tags[*]", "body.anything", "header.date", "extra.x"].map(Self.path),
            oneEffect: OneEffectPromise(
                operations: ["moveBook"], counts: [.init(of: "addBook", call: "listBooks", items: Self.path("$"))]))
        let promises = Promises(
            idempotency: IdempotencyPromise(
                header: "X-Request-Key", echo: "x-request-id", replayed: .init(header: "X-REQUEST-ID")),
            rateLimit: RateLimitPromise(limit: "x-limit-left", remaining: "X-Limit-Left", retry: "Retry-After"),
            echoes: [EchoPromise(request: "x-request-key", response: "x-request-id")], resources: [resource])
        #expect(Self.found { $0.check(promises) } == [])
    }

    @Test(
        "an operation that no contract has is a mistake, wherever it is named",
        arguments: [
            ("adBook", "did you mean `addBook`?"), ("POST /books", "did you mean `addBook`?"),
            ("GET /books/{book_id}", "did you mean `getBook`?"),
        ])
    func operations(name: String, help: String) {
        let book = "promises/resources/book"
        let message = "no contract has the operation '\(name)' | \(help)"
        #expect(
            Self.found { $0.check(Self.promises { $0.create = ["addBook", name] }) } == ["\(book)/create/1 \(message)"])
        #expect(Self.found { $0.check(Self.promises { $0.fetch = [name] }) } == ["\(book)/fetch/0 \(message)"])
        let on = OneEffectPromise(operations: [name])
        #expect(
            Self.found { $0.check(Self.promises { $0.oneEffect = on }) } == ["\(book)/one-effect/on/0 \(message)"])
        let count = OneEffectPromise(counts: [.init(of: name, call: name, items: Self.path("$"))])
        #expect(
            Self.found { $0.check(Self.promises { $0.oneEffect = count }) } == [
                "\(book)/one-effect/count/\(name) \(message)", "\(book)/one-effect/count/\(name)/call \(message)",
            ])
    }

    @Test("a name like no other has no suggestion")
    func unlike() {
        #expect(
            Self.found { $0.check(Self.promises { $0.create = ["zzzzzzzz"] }) }
                == ["promises/resources/book/create/0 no contract has the operation 'zzzzzzzz'"])
    }

    @Test("members of a resource are searched in its operations")
    func members() {
        #expect(
            Self.found { $0.check(Self.promises { $0.id = "bok_id" }) }
                == ["promises/resources/book/id no body of 'book' has the member 'bok_id' | did you mean `book_id`?"])
        let final = [ResourcePromise.Final(member: "stats", values: ["OUT"])]
        #expect(
            Self.found { $0.check(Self.promises { $0.final = final }) }
                == [
                    "promises/resources/book/final/stats no body of 'book' has the member 'stats' | did you mean `status`?"
                ])
        let except = ["title", "author.nme", "zzzzzz"].map(Self.path)
        #expect(
            Self.found { $0.check(Self.promises { $0.except = except }) } == [
                "promises/resources/book/except/1 no body of 'book' has the member 'nme' | did you mean `name`?",
                "promises/resources/book/except/2 no body of 'book' has the member 'zzzzzz' | "
                    + "write body.zzzzzz for a member that no schema declares",
            ])
    }

    @Test("without operations, nothing is known about the members of a resource")
    func noOperations() {
        let promises = Promises(resources: [ResourcePromise(name: "book", id: "anything")])
        #expect(Self.found { $0.check(promises) } == [])
    }

    @Test("the items of a list are searched in its own messages")
    func lists() {
        let count = OneEffectPromise(counts: [.init(of: "addBook", call: "listBooks", items: Self.path("bokks"))])
        let found = Self.found { $0.check(Self.promises { $0.oneEffect = count }) }
        #expect(
            found.map { String($0.prefix { $0 != "|" }) } == [
                "promises/resources/book/one-effect/count/addBook/items no body of the list has the member 'bokks' "
            ])
    }

    @Test("a header that no message declares is a warning; one that is similar to a declared one is a mistake")
    func headers() {
        let promise = { (header: String) in Promises(idempotency: IdempotencyPromise(header: header)) }
        let place = "promises/idempotency/header"
        #expect(
            Self.found { $0.check(promise("x-request-kee")) } == [
                "\(place) no request of the contracts has the header 'x-request-kee' | did you mean `x-request-key`?"
            ])
        #expect(
            Self.found { $0.check(promise("zzzzzzz")) }
                == ["\(place) warning: no request of the contracts has the header 'zzzzzzz'"])
        // A key of a security scheme is sent as a header too.
        #expect(Self.found { $0.check(promise("X-Key-Id")) } == [])
        let limits = RateLimitPromise(limit: "x-limit-lft", remaining: "nothing", retry: "x-limit-left")
        #expect(
            Self.found { $0.check(Promises(rateLimit: limits)) } == [
                "promises/rate-limit/limit no response of the contracts has the header 'x-limit-lft' | "
                    + "did you mean `x-limit-left`?",
                "promises/rate-limit/remaining warning: no response of the contracts has the header 'nothing'",
            ])
    }

    @Test("a header of a response is not one of a request, and the other way round")
    func directions() {
        let echo = EchoPromise(request: "x-limit-left", response: "x-api-version")
        #expect(
            Self.found { $0.check(Promises(echoes: [echo])) }.map { String($0.prefix { $0 != "|" }) } == [
                "promises/echo/x-limit-left warning: no request of the contracts has the header 'x-limit-left'",
                "promises/echo/x-limit-left warning: no response of the contracts has the header 'x-api-version'",
            ])
    }

    @Test("paths that are never compared must be in some message")
    func volatile() {
        let known = ["added_at", "body.x", "header.date", "status", "a..b", "$[0].tags"]
        #expect(Self.found { $0.checkVolatile(known) } == [])
        #expect(Self.found { $0.checkVolatile([]) } == [])
        let unknown = ["title", "adde_at", "header.x-request-idd", "query.limt", "cookie.zzzzz", "zzzzzz"]
        #expect(
            Self.found { $0.checkVolatile(unknown) } == [
                "volatile/1 no body of any message has the member 'adde_at' | did you mean `added_at`?",
                "volatile/2 no response of the contracts has the header 'x-request-idd' | did you mean `x-request-id`?",
                "volatile/3 no request of the contracts has the query parameter 'limt' | did you mean `limit`?",
                "volatile/4 warning: no request of the contracts has the cookie 'zzzzz'",
                "volatile/5 no body of any message has the member 'zzzzzz' | "
                    + "write body.zzzzzz for a member that no schema declares",
            ])
    }

    @Test("a redacted name is a mistake only if it is similar to a declared one: messages may have more members")
    func redacted() {
        #expect(Self.found { $0.checkRedacted(["isbn", "author.name", "header.x-key-id", "query.genre"]) } == [])
        #expect(Self.found { $0.checkRedacted([]) } == [])
        let unknown = ["isbm", "zzzzzz", "header.x-ky-id", "query.genr", "cookie.zzzzz"]
        #expect(
            Self.found { $0.checkRedacted(unknown) } == [
                "redact/0 no message of the contracts has the member 'isbm' | did you mean `isbn`?",
                "redact/1 warning: no message of the contracts has the member 'zzzzzz'",
                "redact/2 no response of the contracts has the header 'x-ky-id' | did you mean `x-key-id`?",
                "redact/3 no request of the contracts has the query parameter 'genr' | did you mean `genre`?",
                "redact/4 warning: no request of the contracts has the cookie 'zzzzz'",
            ])
    }

    @Test("a tag is one of an operation, a scenario or a row")
    func tags() {
        #expect(Self.found { $0.checkTags(["smoke"], others: ["smoke", "slow"]) } == [])
        #expect(
            Self.found { $0.checkTags(["smoke", "slw", "zzzzzz"], others: ["smoke", "slow"]) } == [
                "strict-tags/1 no operation, scenario or row has the tag 'slw' | did you mean `slow`?",
                "strict-tags/2 no operation, scenario or row has the tag 'zzzzzz' | add it to a row, or remove it here",
            ])
    }

    private static func money(_ names: [String]) throws -> Promises {
        let members = try names.map { try #require(MemberPath(path($0))) }
        var promises = Promises()
        promises.money = [
            MoneyGroup(
                name: "prices", amounts: Array(members[0...1]), currency: .member(members[2]),
                sums: [
                    MoneySum(.total, members[3], of: [members[4]]),
                    MoneySum(
                        .limit, members[5], of: [members[6]],
                        across: .init(each: members[7], per: members[8], unless: (members[9], ["OUT"]))),
                ])
        ]
        return promises
    }

    @Test("members of amounts may be at any depth, and each of their names must be declared")
    func money() throws {
        let known = [
            "price", "author.pages", "genre", "price", "pages", "price", "body.fee", "isbn", "book_id", "status",
        ]
        let valid = try Self.money(known)
        #expect(Self.found { $0.check(valid) } == [])
        let invalid = try Self.money(
            ["prise", "autor.pages", "zzzzzz", "prise", "page", "price", "pagess", "isbm", "book_i", "sttus"])
        let found = Self.found { $0.check(invalid) }
        #expect(
            found.map { String($0.prefix { $0 != " " }.dropFirst("money/prices/".count)) } == [
                "amounts/0", "amounts/1", "currency", "sums/0/total", "sums/0/parts/0", "sums/1/of/0", "sums/1/each",
                "sums/1/per", "sums/1/unless/sttus",
            ])
        let message = "no body of the contracts has the member"
        #expect(found[0] == "money/prices/amounts/0 \(message) 'prise' | did you mean `price`?")
        #expect(
            found[2]
                == "money/prices/currency \(message) 'zzzzzz' | write body.zzzzzz for a member that no schema declares")
    }
}

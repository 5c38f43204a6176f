import Project
import Testing

/// The text to type that each mistake of the configuration comes with.
@Suite("Help for the configuration") struct ConfigurationHelpTests {
    /// The problems of a text as `line:column message [help]`, without the rule.
    private static func found(_ text: String) -> [String] {
        problems(text).map { problem in
            let parts = problem.split(separator: " ", maxSplits: 2)
            return parts.count == 3 ? "\(parts[0]) \(parts[2])" : problem
        }
    }

    private static let box = "targets:\n  box:\n    base-url: https://a.example\n    "

    @Test(
        "a target",
        arguments: [
            ("rate: fast", "4:11 `rate` is not a valid rate: 'fast' [write for example 10/s or 60/min]"),
            ("rate: 10", "4:11 rate must be a string, found number [quote it]"),
            (
                "rate-limit: {remaining: a}",
                "4:17 `rate-limit` must name two headers, remaining and reset [write {remaining: ratelimit-remaining, reset: ratelimit-reset}]"
            ),
            (
                "http-version: 2",
                "4:19 `http-version` can only be 1.1 [remove it to use HTTP/2 wherever the server offers it over TLS]"
            ),
            ("headers: {Host: a}", "4:15 the header 'Host' cannot be set for every request [change `base-url`]"),
            (
                "headers: {content-type: a}",
                "4:15 the header 'content-type' cannot be set for every request [set it in the row: it depends on the body]"
            ),
            (
                "headers: {Accept-Encoding: a}",
                "4:15 the header 'Accept-Encoding' cannot be set for every request [use the target's key `accept-encoding`]"
            ),
            (
                "headers: {TE: a}",
                "4:15 the header 'TE' cannot be set for every request [remove it: it belongs to the connection]"
            ),
            (
                "headers: {proxy-authorization: a}",
                "4:15 the header 'proxy-authorization' cannot be set for every request [put the credentials into `proxy`]"
            ),
            (
                "headers: {x: '{{uuuid}}'}",
                "4:18 the header 'x' is not a valid template: unknown value 'uuuid' [did you mean `{{uuid}}`?]"
            ),
            (
                "accept-encoding: [gzip, bz2]",
                "4:29 `accept-encoding` has a coding that Assay cannot decode: 'bz2' [the codings are gzip, deflate, br]"
            ),
            (
                "events: {'a=b': {call: x}}",
                "4:14 'a=b' is not a valid name of an event [use letters, digits, '-' and '_']"
            ),
            (
                "events: {a: {call: x, body: {b: '{{item.c|upper}}'}}}",
                "4:37 the event 'a' uses a filter on an item [write the filter in the row: event NAME item={{value|upper}}]"
            ),
            (
                "events: {a: {call: x, set: {b: '{{step.c}}'}}}",
                "4:36 the event 'a' uses a value that only a row has [write {{item.NAME}}, and pass the value in the row: event NAME item={{step.path}}]"
            ),
            (
                "events: {a: {call: x, body: '{{item.b'}}",
                "4:33 `body` of the event 'a' is not a valid template: `{{` is never closed [end the value with }}; write {{'{{'}} for a literal {{]"
            ),
        ])
    func targets(entry: String, message: String) {
        #expect(Self.found(Self.box + entry) == [message])
    }

    @Test(
        "an address has a host and no secret",
        arguments: [
            ("{}", "2:3 target 'box' has no address [add base-url: https://host/path, or kind: mock]"),
            (
                "{base-url: 'https://{{secret.X}}'}",
                "2:19 base-url cannot contain a secret [use {{env.NAME}} or {{var.name}}]"
            ),
            (
                "{base-url: 'https://{{a.b}}'}",
                "2:19 base-url uses a value that only a row has [use {{env.NAME}} or {{var.name}}]"
            ),
            ("{base-url: 'https://a.example?x'}", "2:19 base-url has a query [write https://host:port/path]"),
            ("{kind: fixture}", "2:15 unknown kind of target 'box': 'fixture' [did you mean `fixtures`?]"),
            (
                "{kind: fixtures, base-url: 'https://a.example'}",
                "2:35 target 'box' has the kind fixtures, which has no address [remove `base-url`, or `kind: fixtures`]"
            ),
        ])
    func addresses(entry: String, message: String) {
        #expect(Self.found("targets:\n  box: \(entry)\n") == [message])
    }

    @Test(
        "an entry of `quarantine` has a row, a reason and a day",
        arguments: [
            (
                "{row: a, until: '2026-12-31'}",
                "1:14 the entry of `quarantine` has no `reason` [write {row: SCENARIO/STEP, reason: TEXT, until: '2026-12-31'}]"
            ),
            (
                "{row: a, reason: r, until: '2026-02-30'}",
                "1:41 `until` is not a valid date: '2026-02-30' [write until: '2026-12-31']"
            ),
            (
                "{row: a, reason: r, until: '2026-12-31T00:00:00Z'}",
                "1:41 `until` is not a valid date: '2026-12-31T00:00:00Z' [write until: '2026-12-31']"
            ),
            (
                "{row: 'a/', reason: r, until: '2026-12-31'}",
                "1:20 `row` does not name a scenario or a step: 'a/' [write SCENARIO, SCENARIO/STEP or FILE#SCENARIO/STEP]"
            ),
            ("7", "1:14 an entry of quarantine must be a mapping, found number"),
        ])
    func quarantine(entry: String, message: String) {
        #expect(Self.found("quarantine: [\(entry)]") == [message])
    }

    @Test(
        "promises and amounts",
        arguments: [
            ("promises: {idempotency: {methods: [post]}}", "1:25 `idempotency` has no `header` [add header: NAME]"),
            (
                "promises: {idempotency: {header: k, replayed: {first: a}}}",
                "1:47 `replayed` has no `header` [add header: NAME]"
            ),
            (
                "promises: {idempotency: {header: k, conflict: [409, 99]}}",
                "1:53 `conflict` must be a status or a list of statuses [write for example 422]"
            ),
            (
                "promises: {resources: {book: {fetch: x}}}",
                "1:24 resource 'book' has no `id` [add id: MEMBER, the name of the path parameter and of the body member]"
            ),
            (
                "promises: {rate-limit: {window: 2h}}",
                "1:33 window must be between 1ms and 1h [write for example 500ms, 30s or 2m]"
            ),
            (
                "promises: {resources: {b: {id: i, one-effect: {count: {p: {items: $}}}}}}",
                "1:56 count of 'p' has no `call` [write for example {call: listParcels, items: $}]"
            ),
            (
                "money: {a: {currency: INR}}",
                "1:9 money 'a' has no `amounts` [add amounts: [MEMBER], the names of the body members that are amounts]"
            ),
            (
                "money: {a: {amounts: [x]}}",
                "1:9 money 'a' has no `currency` [add currency: MEMBER or currency: INR, or units: minor]"
            ),
            (
                "money: {a: {amounts: [x], currency: INX}}",
                "1:37 ISO 4217 does not have the currency 'INX' [write a code such as INR, or the name of the member that contains it]"
            ),
            (
                "money: {a: {amounts: ['x[0]'], units: minor}}",
                "1:23 'x[0]' is not the name of a body member [write a name such as order_amount, or splits.amount for a member of 'splits']"
            ),
            (
                "redact: [path.id]",
                "1:10 'path.id' is not a valid place for redact [write header.name, query.name, cookie.name or body.member]"
            ),
            ("refs: {A: {link: 'ftp://a'}}", "1:18 'ftp://a' is not a web address [write https://HOST/PATH]"),
            (
                "refs: {'A B': x}",
                "1:8 the id 'A B' contains a space [write an id without spaces: the column `ref` separates ids by spaces]"
            ),
            ("ill: {max-unjudged: 101%}", "1:21 `max-unjudged` must be between 0% and 100% [write for example 20%]"),
            (
                "fixtures: {folder: ../x}",
                "1:20 `folder` is outside the project: '../x' [write a path below the project, such as fixtures]"
            ),
            (
                "fixtures: {folder: /x}",
                "1:20 `folder` is outside the project: '/x' [write a path below the project, such as fixtures]"
            ),
            (
                "auth: {Wrong: {Key: '{{secret.X}}'}}",
                "1:8 'Wrong' has a special meaning in the column `auth` and cannot name a profile"
            ),
            ("default-target: nothing", "1:17 unknown target 'nothing' [the targets are mock, fixtures]"),
        ])
    func others(text: String, message: String) {
        #expect(Self.found(text) == [message])
    }

    private static let hook = "webhooks: {shop: {scheme: plain, secret: '{{secret.X}}', "

    @Test(
        "webhooks",
        arguments: [
            (
                "secret: x", "webhooks: {shop: {scheme: plain, secret: []}}",
                "1:42 `secret` is empty [write \"{{secret.NAME}}\" and set the environment variable NAME]"
            ),
            ("signs", hook + "signs: '{body'}}", "1:65 `signs` has a brace without its partner: '{body' [\(content)]"),
            ("signs", hook + "signs: '{raw}{body}'}}", "1:65 `signs` has an unknown part: 'raw' [\(content)]"),
            (
                "signs", hook + "signs: '{timestamp}'}}",
                "1:65 `signs` does not contain the body, so the body could be changed: '{timestamp}' [\(content)]"
            ),
            (
                "signs", hook + "signs: '{id}{body}'}}",
                "1:65 the signature covers {id}, but deliveries have no header with an id [add id: header.NAME]"
            ),
            (
                "signs", hook + "signs: '{timestamp}{body}'}}",
                "1:65 the signature covers {timestamp}, but deliveries have no timestamp [add timestamp-header: NAME, or write format: timestamped-list]"
            ),
            (
                "tolerance", hook + "tolerance: 5m}}",
                "1:69 `tolerance` has no effect: deliveries have no timestamp [remove `tolerance`, or add timestamp-header: NAME]"
            ),
            (
                "version", hook + "signature-version: v2}}",
                "1:77 `signature-version` has no effect: the header contains one plain signature [remove `signature-version`, or write format: versioned-list]"
            ),
            (
                "events", hook + "events: {a: b}}}",
                "1:66 `events` has no effect: deliveries do not name their event [remove `events`, or add event: body.MEMBER]"
            ),
            (
                "id", hook + "id: status}}",
                "1:62 'status' is not a valid place of an id [write header.NAME or body.MEMBER]"
            ),
            (
                "event", hook + "event: query.a}}",
                "1:65 'query.a' is not a valid place of an event [write body.MEMBER or header.NAME]"
            ),
        ])
    func webhooks(key: String, text: String, message: String) {
        #expect(Self.found(text) == [message], "\(key)")
    }

    private static let content =
        "write {id}, {timestamp}, {body} or {url} and the text between them, such as '{timestamp}.{body}'"

    @Test(
        "a value where a secret belongs is never repeated in a message",
        arguments: [
            "auth: {p: {Key: hunter2}}", "auth: {p: {Key: '{{uuid}} hunter2'}}", "auth: {p: {Key: 'hunter2 {{'}}",
            "auth: {p: {O: {grant: password, username: u, password: hunter2}}}",
            "auth: {p: {O: {grant: client-credentials, client-id: i, client-secret: hunter2}}}",
            "auth: {p: {O: {grant: client-credentials, client-id: i, client-secret: '{{x hunter2'}}}",
            "webhooks: {w: {scheme: plain, secret: hunter2}}",
            "webhooks: {w: {scheme: plain, secret: ['{{a.b}}hunter2']}}",
            "targets: {t: {base-url: 'https://u:hunter2@a.example'}}",
            "targets: {t: {base-url: 'https://a.example', proxy: 'http://u:hunter2@p:1'}}",
            "targets: {t: {base-url: 'https://a.example', proxy: 'socks://u:hunter2@p:1'}}",
            "targets: {t: {base-url: 'https://a.example', headers: {x: \"hunter2\\n\"}}}",
            "targets: {t: {base-url: 'https://a.example', headers: {x: 'hunter2 {{a.b}}'}}}",
        ])
    func secrets(text: String) {
        let found = problems(text)
        #expect(!found.isEmpty)
        #expect(!found.joined().contains("hunter2"), "\(found)")
    }
}

import Diagnostics
import Primitives
import Project
import Scenarios
import Testing
import Webhooks

@Suite("Reading `webhooks`")
struct WebhookReaderTests {
    @Test("a scheme alone has the parts of the built-in one")
    func builtIn() throws {
        for (name, scheme) in SignatureScheme.builtIn {
            let read = try project("webhooks: {shop: {scheme: \(name), secret: '{{secret.HOOK}}'}}").judging.webhooks
            #expect(read.map(\.name) == ["shop"] && read.map(\.scheme) == [scheme])
            #expect(read.first?.secrets.map(\.text) == ["{{secret.HOOK}}"])
        }
        #expect(SignatureScheme.builtIn.count == 4)
    }

    @Test("each key replaces a part")
    func keys() throws {
        let read = try project(
            """
            webhooks:
              shop:
                scheme: plain
                secret: ['{{secret.NEW}}', '{{env.OLD}}']
                signs: 'v0:{timestamp}:{id}:{body}'
                algorithm: sha512
                encoding: base64
                prefix: v0=
                signature-header: X-Sig
                timestamp-header: X-Time
                timestamp-unit: ms
                secret-encoding: base64
                tolerance: 90s
                id: header.X-Id
                event: body.event.type
                events: {paid: orderPaid}
                for: [orderPaid, orderFailed]
              listed: {scheme: timestamped-list, secret: '{{secret.X}}', signature-version: v9, id: body.id}
              changed: {scheme: standard-webhooks, secret: '{{secret.X}}', format: plain, prefix: 'x-'}
              other: {scheme: plain, secret: '{{secret.X}}', format: versioned-list}
              timed: {scheme: standard-webhooks, secret: '{{secret.X}}', format: timestamped-list}
            """
        ).judging.webhooks
        var scheme = SignatureScheme.plain
        scheme.content = SignedContent([.text("v0:"), .timestamp, .text(":"), .id, .text(":"), .body])
        scheme.algorithm = .sha512
        scheme.encoding = .base64
        scheme.form = .plain(prefix: "v0=")
        scheme.headers = SignatureHeaders(signature: "X-Sig", timestamp: "X-Time", id: "X-Id")
        scheme.unit = .milliseconds
        scheme.secretEncoding = .base64
        scheme.tolerance = .seconds(90)
        #expect(read[0].scheme == scheme)
        #expect(read[0].secrets.map(\.text) == ["{{secret.NEW}}", "{{env.OLD}}"])
        #expect(read[0].event == "body.event.type" && read[0].names == ["orderPaid", "orderFailed"])
        #expect(read[0].webhook(of: "paid") == "orderPaid" && read[0].webhook(of: "orderFailed") == "orderFailed")
        #expect(read[1].scheme.form == .timestampedList(version: "v9") && read[1].bodyID == "body.id")
        #expect(read[2].scheme.form == .plain(prefix: "x-"))
        // The list contains the time, so it has no header of its own.
        #expect(read[4].scheme.form == .timestampedList(version: "v1") && read[4].scheme.headers.timestamp == nil)
        #expect(read[3].scheme.form == .versionedList(version: "v1"))
        #expect(read.settings(for: "orderPaid")?.name == "shop" && read.settings(for: "x")?.name == "listed")
    }

    @Test(
        "mistakes have a location and a help",
        arguments: [
            ("scheme: standard, secret: '{{secret.X}}'", "unknown-choice", "standard-webhooks"),
            ("secret: '{{secret.X}}'", "missing-key", nil),
            ("scheme: plain", "missing-key", nil),
            ("scheme: plain, secret: topsecret", "stored-secret", "{{secret.NAME}}"),
            ("scheme: plain, secret: []", "empty", "{{secret.NAME}}"),
            ("scheme: plain, secret: ['{{create.id}}']", "wrong-template", "{{secret.NAME}}"),
            ("scheme: plain, secret: '{{secret.X}}', sign: x", "unknown-key", "signs"),
            ("scheme: plain, secret: '{{secret.X}}', signs: '{timestamp}'", "wrong-template", "{body}"),
            ("scheme: plain, secret: '{{secret.X}}', signs: '{body'", "wrong-template", "{body}"),
            ("scheme: plain, secret: '{{secret.X}}', signs: '{raw}{body}'", "wrong-template", "{body}"),
            ("scheme: plain, secret: '{{secret.X}}', signs: '{id}{body}'", "wrong-template", "id: header.NAME"),
            ("scheme: plain, secret: '{{secret.X}}', signs: '{timestamp}{body}'", "wrong-template", "timestamp-header"),
            ("scheme: plain, secret: '{{secret.X}}', algorithm: md5", "unknown-choice", "sha256"),
            ("scheme: timestamp-body, secret: '{{secret.X}}', tolerance: 3d", "wrong-duration", "30s"),
            ("scheme: plain, secret: '{{secret.X}}', tolerance: 5m", "unused-key", "timestamp-header"),
            ("scheme: plain, secret: '{{secret.X}}', signature-version: v2", "unused-key", "versioned-list"),
            ("scheme: standard-webhooks, secret: '{{secret.X}}', prefix: v0=", "unused-key", "format: plain"),
            ("scheme: timestamped-list, secret: '{{secret.X}}', timestamp-header: a", "unused-key", "format: plain"),
            ("scheme: plain, secret: '{{secret.X}}', events: {a: b}", "unused-key", "body.MEMBER"),
            ("scheme: plain, secret: '{{secret.X}}', signature-header: 'a b'", "wrong-header", nil),
            ("scheme: plain, secret: '{{secret.X}}', id: status", "wrong-path", "header.NAME"),
            ("scheme: plain, secret: '{{secret.X}}', event: query.a", "wrong-path", "body.MEMBER"),
        ] as [(String, String, String?)])
    func mistakes(_ entry: String, _ rule: String, _ help: String?) throws {
        let found = problems("webhooks: {shop: {\(entry)}}")
        #expect(found.count == 1, "\(found)")
        let only = try #require(found.first)
        #expect(only.hasPrefix("1:") && only.contains(" configuration.\(rule): "), "\(only)")
        if let help { #expect(only.contains("[") && only.contains(help), "\(only)") }
    }

    @Test("a secret in the file is not repeated in the message")
    func storedSecret() {
        let found = problems("webhooks: {shop: {scheme: plain, secret: 'whsec_topsecret'}}")
        #expect(found.count == 1 && !found.joined().contains("topsecret"))
    }
}

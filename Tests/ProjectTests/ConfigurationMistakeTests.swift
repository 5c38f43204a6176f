import Testing

@Suite("Mistakes in the configuration")
struct ConfigurationMistakeTests {
    struct Mistake: Sendable, CustomTestStringConvertible {
        var text: String
        var expected: [String]
        var testDescription: String { expected.first ?? text }

        init(_ text: String, _ expected: String...) {
            self.text = text
            self.expected = expected
        }
    }

    @Test(
        "each mistake is reported completely, once, at its location",
        arguments: [
            Mistake(
                "- a",
                "1:1 configuration.wrong-type: the configuration must be a mapping, found array"),
            Mistake(
                "version: {}",
                #"1:1 configuration.unknown-key: the configuration has no key 'version' [did you mean `versions`?]"#),
            Mistake(
                "flavour: 1",
                #"1:1 configuration.unknown-key: the configuration has no key 'flavour' [the known keys are versions, "#
                    + "default-version, run-versions, scenarios, targets, default-target, auth, default-auth, "
                    + "volatile, redact, vars, promises, money, refs, strict-tags, fixtures, baseline, reports, "
                    + "webhooks, quarantine, ill]"
            ),
            Mistake(
                "scenarios: 5", "1:12 configuration.wrong-type: scenarios must be a list of strings, found number"
            ),
            Mistake("scenarios: ''", "1:12 configuration.empty: scenarios is empty"),
            Mistake("versions: [a]", "1:11 configuration.wrong-type: versions must be a mapping, found array"),
            Mistake("versions:", "1:10 configuration.wrong-type: versions must be a mapping, found null"),
            Mistake(
                "versions:\n  v1: specs/a.yaml",
                #"2:7 configuration.wrong-type: version 'v1' must be a mapping, found string "#
                    + "[write v1: {spec: specs/a.yaml}]"),
            Mistake(
                "versions:\n  v1:\n    overlays: []",
                #"2:3 configuration.missing-key: version 'v1' has no document [add spec: FILE]"#),
            Mistake(
                "versions:\n  v1: { spec: a.yaml, behavior: b.yaml }",
                #"2:23 configuration.unknown-key: version 'v1' has no key 'behavior' [did you mean `behaviour`?]"#),
            Mistake(
                "versions:\n  v1: { spec: a.yaml, overlays: { a: b } }",
                "2:33 configuration.wrong-type: overlays must be a list of strings, found object"),
            Mistake(
                "versions:\n  v1: { spec: a.yaml, overlays: [o.yaml, 7] }",
                "2:42 configuration.wrong-type: each entry of overlays must be a string, found number [quote it]"),
            Mistake(
                "versions:\n  '': { spec: a.yaml }",
                "2:3 configuration.empty: a name in versions is empty"),
            Mistake(
                "default-version: v2\nversions:\n  v1: { spec: a.yaml }",
                #"1:18 configuration.unknown-name: unknown version 'v2' [did you mean `v1`?]"#),
            Mistake("default-version: v2", #"1:18 configuration.unknown-name: unknown version 'v2'"#),
            Mistake(
                "default-target: sandbux\ntargets:\n  sandbox: { base-url: https://a.example }",
                #"1:17 configuration.unknown-name: unknown target 'sandbux' [did you mean `sandbox`?]"#),
            Mistake(
                "default-auth: clerk",
                #"1:15 configuration.unknown-name: unknown auth profile 'clerk'"#),
            Mistake(
                "targets:\n  box: { base-url: https://a.example, auth: nobody }",
                #"2:45 configuration.unknown-name: unknown auth profile 'nobody'"#),
            Mistake(
                "targets:\n  box: { auth: [] }",
                #"2:3 configuration.missing-key: target 'box' has no address [add base-url: https://host/path, "#
                    + #"or kind: mock]"#,
                "2:16 configuration.wrong-type: auth must be a string, found array"),
            Mistake(
                "targets:\n  box: { kind: real }",
                #"2:16 configuration.unknown-kind: unknown kind of target 'box': 'real' [the kinds are mock, live, fixtures]"#
            ),
            Mistake(
                "targets:\n  box: { kind: mock, base-url: https://a.example }",
                #"2:32 configuration.conflict: target 'box' has the kind mock, which has no address "#
                    + #"[remove `base-url`, or `kind: mock`]"#
            ),
            Mistake(
                "default-target: box\ntargets:\n  box: { base-url: ftp://a.example }",
                "3:20 configuration.wrong-base-url: base-url does not start with http:// or https:// [write https://host:port/path]"
            ),
            Mistake(
                "targets:\n  box: { base-url: https://a.example, production: 'no' }",
                "2:51 configuration.wrong-type: production must be true or false, found string"),
            Mistake(
                "targets:\n  box: { base-url: https://a.example, timeout: 2h }",
                "2:48 configuration.wrong-duration: timeout must be between 1ms and 1h "
                    + "[write for example 500ms, 30s or 2m]"
            ),
            Mistake(
                "targets:\n  box: { base-url: https://a.example, timeout: 30 }",
                "2:48 configuration.wrong-duration: timeout must be between 1ms and 1h "
                    + "[write for example 500ms, 30s or 2m]"
            ),
            Mistake(
                "targets:\n  box: { base-url: https://a.example, timeout: 0s }",
                "2:48 configuration.wrong-duration: timeout must be between 1ms and 1h "
                    + "[write for example 500ms, 30s or 2m]"
            ),
            Mistake(
                "auth:\n  wrong: { Key: '{{secret.A}}' }",
                #"2:3 configuration.reserved-name: 'wrong' has a special meaning in the column `auth` and "#
                    + #"cannot name a profile"#
            ),
            Mistake(
                "auth:\n  me: { Key: swordfish }",
                #"2:14 configuration.stored-secret: the credential for 'Key' is written in the configuration "#
                    + credentialHelp
            ),
            Mistake(
                "auth:\n  me: { Key: '{{var.key}}' }",
                #"2:14 configuration.stored-secret: the credential for 'Key' is written in the configuration "#
                    + credentialHelp
            ),
            Mistake(
                "auth:\n  me: { Key: '{{uuid}}' }",
                #"2:14 configuration.wrong-template: the credential for 'Key' uses a value that only a row has "#
                    + credentialHelp
            ),
            Mistake(
                "auth:\n  me: { Key: { env: A } }",
                "2:14 configuration.missing-key: the credential for 'Key' has no `grant` "
                    + "[add grant: client-credentials, or grant: password]",
                "2:16 configuration.unknown-key: the credential for 'Key' has no key 'env' [the known keys are grant, "
                    + "token-url, client-id, client-secret, username, password, scope, client-auth]"),
            Mistake(
                "auth:\n  me: { Key: '{{login.token}}' }",
                "2:14 configuration.wrong-template: the credential for 'Key' uses a value of a scenario that the profile "
                    + "does not name [add login: SCENARIO to the profile, and write {{login.NAME}}]"),
            Mistake(
                "auth:\n  me: { login: a, Key: '{{session.b.token}}' }",
                "2:24 configuration.wrong-template: the credential for 'Key' uses a value of a scenario that the profile "
                    + "does not name [add login: SCENARIO to the profile, and write {{login.NAME}}]"),
            Mistake(
                "auth:\n  me: { login: a, Key: '{{login.header.x-token}}' }",
                "2:24 configuration.wrong-template: the credential for 'Key' names no saved value of the login "
                    + "[write {{login.NAME}}, or name a step: login: a.STEP]"),
            Mistake(
                "auth:\n  me: { login: a, Key: '{{secret.KEY}}' }",
                "2:16 configuration.unused-login: no credential of the profile 'me' uses its login "
                    + "[write SCHEME: '{{login.NAME}}', or remove `login`]"),
            Mistake(
                "auth:\n  me: { login: 3, Key: '{{login.token}}' }",
                "2:16 configuration.wrong-type: login must be a string, found number [quote it]"),
            Mistake(
                "volatile: ['a..b']",
                #"1:12 configuration.wrong-path: 'a..b' is not a valid path: a name is missing here "#
                    + "[quote a name with special characters: ['odd.name']]"),
            Mistake(
                "vars: { count: 3 }",
                #"1:16 configuration.wrong-type: variable 'count' must be a string, found number [quote it]"#),
        ])
    func mistakes(mistake: Mistake) throws {
        #expect(problems(mistake.text) == mistake.expected)
        #expect(try ConfigurationSchema().agrees(about: mistake.text))
    }

    @Test("all mistakes of a file are reported together, by location")
    func together() {
        let text = """
            default-target: nowhere
            versions:
              v1: {}
            targets:
              box: { kind: life }
            auth:
              none: { Key: abc }
            extra: 1
            """
        #expect(
            problems(text).map { $0.split(separator: ":").prefix(2).joined(separator: ":") } == [
                "1:17 configuration.unknown-name", "3:3 configuration.missing-key", "5:16 configuration.unknown-kind",
                "7:3 configuration.reserved-name", "7:16 configuration.stored-secret", "8:1 configuration.unknown-key",
            ])
    }

    @Test("a secret in the place of a variable name is not repeated in the message")
    func secrets() {
        let text = problems("auth:\n  me: { Key: hunter-two, Other: 'hunter {{two' }").joined()
        #expect(!text.isEmpty)
        #expect(!text.contains("hunter"))
    }

    @Test("control characters of a name are not repeated")
    func controls() {
        #expect(
            problems("versions: { \"a\\e[31m\": 1 }")
                == ["1:24 configuration.wrong-type: version 'a\u{FFFD}[31m' must be a mapping, found number"])
    }
}

private let credentialHelp = #"[write "{{secret.NAME}}" and set the environment variable NAME]"#

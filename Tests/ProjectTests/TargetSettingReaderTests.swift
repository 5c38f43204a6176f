import Exchanges
import Project
import Scenarios
import Testing

@Suite("Reading what targets add to requests, and how they are reached")
struct TargetSettingReaderTests {
    @Test("every key is read")
    func everything() throws {
        let project = try project(
            """
            targets:
              live:
                base-url: https://{{var.region}}.example/{{env.PART}}
                vars: {region: eu}
                headers: {x-team: blue, x-key: '{{secret.KEY}}'}
                cookies: true
                proxy: http://{{secret.USER}}:{{secret.PASSWORD}}@proxy:3128
                ca: ca.pem
                cert: cert.pem
                key: key.pem
                accept-encoding: [gzip, deflate]
                http-version: 1.1
              near: {base-url: 'http://127.0.0.1', proxy: false, insecure: true, accept-encoding: 'gzip, deflate'}
            """)
        let live = try #require(project.target("live"))
        #expect(live.kind == .live(baseURL: "https://{{var.region}}.example/{{env.PART}}"))
        #expect(live.variables == [.init(name: "region", value: "eu")])
        #expect(live.requests.headers.map(\.name) == ["x-team", "x-key"])
        #expect(live.requests.secrets == ["KEY"] && live.network.secrets == ["USER", "PASSWORD"])
        #expect(live.requests.keepsCookies && live.network.isHTTP1Only && !live.network.isInsecure)
        #expect(live.network.trustedCertificates == "ca.pem")
        #expect(live.network.certificate == "cert.pem" && live.network.key == "key.pem")
        #expect(live.network.codings == [.gzip, .deflate])
        let near = try #require(project.target("near"))
        #expect(near.network.proxy == .off && near.network.isInsecure && near.network.codings == [.gzip, .deflate])
    }

    @Test("a profile with a login has values of a scenario, or of a step of it, as credentials")
    func logins() throws {
        let project = try project(
            """
            auth:
              anna: {login: sign-in, Token: '{{login.token}}', Key: '{{secret.KEY}}'}
              bob: {login: 'sign-in[bob v.2].enter.post', Token: '{{ login.header.x-token|lower }}'}
              carl: {login: '{{secret.A}}', Token: '{{env.B}}'}
            """)
        #expect(project.profiles[0].login?.text == "sign-in" && project.profiles[0].login?.step == nil)
        let anna = project.profiles[0].credentials
        #expect(
            anna.map(\.scheme) == ["Token", "Key"]
                && anna[0].value.sessionReferences.map(\.text) == ["session.sign-in.token"])
        let bob = project.profiles[1]
        #expect(bob.login?.scenario == "sign-in[bob v.2]" && bob.login?.scenarioName == "sign-in")
        #expect(bob.login?.step == "enter.post")
        #expect(
            bob.credentials[0].value.sessionReferences.map(\.text)
                == ["session.sign-in[bob v.2].enter.post.header.x-token"])
        // A security scheme can have the name `login`; its value is a template.
        #expect(
            project.profiles[2].login == nil && project.profiles[2].credentials.map(\.scheme) == ["login", "Token"])
    }

    @Test("a token has a grant with its parameters")
    func grants() throws {
        let project = try project(
            """
            auth:
              clerk:
                OAuth:
                  grant: client-credentials
                  client-id: '{{secret.ID}}'
                  client-secret: '{{secret.SECRET}}'
                  client-auth: body
                  scope: read write
              "a b":
                OAuth: {grant: password, username: anna, password: '{{env.PASSWORD}}', token-url: 'https://t.test/'}
            """)
        let clerk = project.profiles[0].credentials[0]
        #expect(clerk.value.text == "<token-of-clerk.OAuth>" && clerk.secrets == ["ID", "SECRET"])
        #expect(clerk.grant?.kind == .clientCredentials && clerk.grant?.clientAuthentication == .body)
        let other = project.profiles[1].credentials[0]
        #expect(other.value.text == "<token-of-a%20b.OAuth>" && other.grant?.kind == .password)
        #expect(other.grant?.parameters.map(\.key) == ["token-url", "username", "password"])
    }

    @Test(
        "each mistake is reported with what to do",
        arguments: [
            (
                "headers: {'x y': a}", "wrong-header: 'x y' is not a valid header name"
            ),
            (
                "headers: {Cookie: a}",
                "wrong-header: the header 'Cookie' cannot be set for every request "
                    + "[use `cookies: true`, or set cookie.NAME in a row]"
            ),
            (
                "headers: {x-a: a, X-A: b}",
                "wrong-header: the header 'X-A' is set twice [header names ignore case; remove one of them]"
            ),
            ("headers: {x-a: \"a\\nb\"}", "wrong-header: the value of the header 'x-a' contains a line break"),
            (
                "headers: {x-a: '{{step.body.id}}'}",
                "wrong-template: the header 'x-a' uses a value that only a row has "
                    + "[use {{env.NAME}}, {{var.name}} or {{secret.NAME}}]"
            ),
            ("cookies: 1", "wrong-type: cookies must be true or false, found number"),
            (
                "proxy: true",
                "wrong-type: `proxy` must be a URL or false "
                    + "[write proxy: http://HOST:PORT, with {{secret.NAME}} for a password, or proxy: false for none]"
            ),
            (
                "proxy: https://p.test:1",
                "wrong-proxy: `proxy` has a scheme that is not supported: only HTTP proxies are "
                    + "[write http://HOST:PORT or http://USER:PASSWORD@HOST:PORT]"
            ),
            (
                "proxy: http://anna:canary@p.test:1",
                "stored-secret: the credentials of `proxy` are written in the configuration "
                    + "[write http://{{secret.PROXY_USER}}:{{secret.PROXY_PASSWORD}}@HOST:PORT]"
            ),
            (
                "key: k.pem",
                "missing-key: `key` is set without `cert` [add cert: FILE, the certificate that the key belongs to]"
            ),
            (
                "ca: c.pem, insecure: true",
                "conflict: `ca` has no effect with `insecure: true`, which accepts every certificate "
                    + "[remove one of them]"
            ),
            (
                "accept-encoding: [zstd]",
                "unknown-choice: `accept-encoding` has a coding that Assay cannot decode: 'zstd' "
                    + "[the codings are gzip, deflate, br]"
            ),
            ("insecur: true", "unknown-key: target 'x' has no key 'insecur' [did you mean `insecure`?]"),
        ])
    func mistakes(keys: String, expected: String) {
        let found = problems("targets: {x: {base-url: 'https://a.test', \(keys)}}")
        #expect(found.map { $0.drop { $0 != " " }.dropFirst() } == ["configuration.\(expected)"])
    }

    @Test(
        "a grant without its parameters is reported",
        arguments: [
            ("{}", ["missing-key: the credential for 'O' has no `grant`"]),
            ("{grant: pasword}", ["unknown-choice: unknown value for grant: 'pasword' [did you mean `password`?]"]),
            (
                "{grant: client-credentials, client-id: a}",
                [
                    "missing-key: the credential for 'O' requires `client-secret` for the grant client-credentials "
                        + "[write client-secret: '{{secret.NAME}}']"
                ]
            ),
            (
                "{grant: password, username: a, password: canary}",
                [
                    "stored-secret: `password` is written in the configuration "
                        + "[write \"{{secret.NAME}}\" and set the environment variable NAME]"
                ]
            ),
        ])
    func grantMistakes(grant: String, expected: [String]) {
        let found = problems("auth: {p: {O: \(grant)}}").map { $0.drop { $0 != " " }.dropFirst() }
        #expect(zip(found, expected).allSatisfy { $0.hasPrefix("configuration.\($1)") }, "\(found)")
        #expect(found.count == expected.count)
    }
}

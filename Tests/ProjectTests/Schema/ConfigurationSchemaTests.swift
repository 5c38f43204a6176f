import Diagnostics
import Drafting
import Foundation
import JSONDocument
import OpenAPI
import Project
import Scenarios
import SourceText
import TestKit
import Testing

/// The published schema of `assay.yaml` accepts the same files as its reader.
@Suite("The JSON Schema of the configuration")
struct ConfigurationSchemaTests {
    private let schema: ConfigurationSchema

    init() throws { schema = try ConfigurationSchema() }

    @Test("the schema has every key of the reader, and no other")
    func keys() throws {
        let places = schema.places()
        #expect(places.count > 60)
        for place in places where place.shape != .any {
            let read = try ReaderProbe.shape(at: place.path)
            guard case .keys(let known) = read, case .keys(let listed) = place.shape else {
                #expect(read == place.shape, "\(place.name): the reader expects \(read), the schema \(place.shape)")
                continue
            }
            let missing = known.subtracting(listed).sorted()
            let surplus = listed.subtracting(known).sorted()
            #expect(missing.isEmpty, "\(ConfigurationSchema.file) misses keys of \(place.name): \(missing)")
            #expect(surplus.isEmpty, "the reader does not accept these keys of \(place.name): \(surplus)")
        }
    }

    @Test("every key has a title, a description, and an example that the reader accepts")
    func examples() throws {
        for place in schema.places() where !place.path.isEmpty {
            let holders = [place.schema] + schema.alternatives(of: place.schema)
            func text(_ key: String) -> JSONNode? { holders.lazy.compactMap { $0[key] }.first }
            if place.path.last != "NAME" {
                #expect(text("title")?.string?.isEmpty == false, "\(place.name) has no title")
                #expect(text("description")?.string?.hasSuffix(".") == true, "\(place.name) has no description")
                #expect(text("examples")?.elements.isEmpty == false, "\(place.name) has no example")
            }
            for example in text("examples")?.elements.map(\.value) ?? [] {
                let text = place.path.reversed().reduce(example.text) { "{\"\($1)\": \($0)}" }
                let source = try SourceReader.parse(Array(text.utf8), path: "assay.yaml")
                // An example of one key has neither the other keys nor the names that it refers to.
                let found = Project.reading(source).problems.filter {
                    ![
                        "configuration.missing-key", "configuration.unknown-name", "configuration.unused-login",
                    ].contains($0.rule)
                }
                #expect(found.isEmpty, "\(text): \(found.map(\.message))")
                #expect(try schema.issues(text).allSatisfy(Self.isIncomplete), "\(text)")
            }
        }
    }

    /// Whether an issue is that of a mapping without its required keys, alone or as an alternative.
    private static func isIncomplete(_ issue: String) -> Bool {
        issue.hasSuffix("required") || issue.hasSuffix("anyOf")
    }

    @Test("the defaults are those of the reader")
    func defaults() throws {
        let idempotency = IdempotencyPromise(header: "key")
        let flag = IdempotencyPromise.Flag(header: "flag")
        let used: [String: String] = [
            "scenarios": Project.empty.scenarios.joined(), "default-target": Project.empty.defaults.target,
            "fixtures.folder": Fixtures().folder, "targets.NAME.kind": "live",
            "targets.NAME.timeout": "\(Target.defaultTimeout.components.seconds)s",
            "targets.NAME.strict": "\(Target.mock.isStrict)",
            "targets.NAME.cookies": "\(TargetRequests().keepsCookies)",
            "targets.NAME.insecure": "\(TargetNetwork().isInsecure)",
            "auth.NAME.NAME.client-auth": TokenGrant(.password).clientAuthentication.rawValue,
            "promises.idempotency.methods": idempotency.methods.joined(separator: ", "),
            "promises.idempotency.per": idempotency.isPerOperation ? "operation" : "any",
            "promises.idempotency.replayed.first": flag.first, "promises.idempotency.replayed.again": flag.again,
            "promises.rate-limit.window": "\(RateLimitPromise().window.components.seconds)s",
            "promises.echo.NAME.on": EchoPromise(request: "a", response: "a").isOfSuccess ? "2xx" : "any",
            "promises.resources.NAME.carried": "\(ResourcePromise(name: "a", id: "a").isCarried)",
            "money.NAME.units": MoneyGroup(name: "a", amounts: []).isMinor ? "minor" : "major",
            "refs.NAME.level": Requirement(id: "a").level.rawValue,
            "ill.max-unjudged": "\(Int(Project.Illness().maximumUnjudged))%",
            "ill.rerun": "\(Project.Illness().reruns)",
        ]
        var listed: [String: String] = [:]
        for place in schema.places() {
            guard let value = place.schema["default"] else { continue }
            listed[place.name] =
                value.kind == .array ? value.elements.compactMap(\.string).joined(separator: ", ") : Self.plain(value)
        }
        #expect(listed == used)
    }

    private static func plain(_ node: JSONNode) -> String { node.string ?? node.spelling }

    @Test("the configurations of the repository fit the schema")
    func shipped() throws {
        var paths = ["assay.yaml"]
        for folder in ["Examples", "Benchmarks/Fixtures", "Tests"] {
            paths += try Repository.files(in: folder, endingIn: "assay.yaml").map { "\(folder)/\($0)" }
        }
        for path in paths { #expect(try schema.issues(Repository.text(path)) == [], "\(path)") }
    }

    @Test(
        "the examples of the documentation fit the schema and the reader",
        arguments: ["configuration", "promises", "money", "requirements", "webhooks"])
    func pages(name: String) throws {
        let blocks = try Repository.text("docs/\(name).md").components(separatedBy: "```yaml\n").dropFirst()
            .compactMap { $0.components(separatedBy: "```").first }
        #expect(!blocks.isEmpty)
        for block in blocks {
            #expect(try schema.issues(block) == [], "\(block)")
            #expect(problems(block) == [], "\(block)")
        }
    }

    @Test("drafted configurations fit the schema")
    func drafts() throws {
        let contract = try Contract.load(
            text: """
                openapi: 3.1.0
                info: {title: Shop, version: '2024-01'}
                servers:
                  - {url: 'https://api.example/v1'}
                  - {url: 'http://localhost:8080'}
                paths: {}
                components:
                  securitySchemes:
                    Key: {type: apiKey, in: header, name: x-key}
                    Login: {type: http, scheme: basic}
                """)
        let text = ConfigurationDraft.text(contract, spec: "it's.yaml", variables: [("owner", "it's")])
        #expect(try schema.issues(text) == [])
    }

    @Test(
        "the schema rejects files that the reader rejects because of their structure",
        arguments: [
            "targets: {live: {base-url: 'https://a.example', rate: fast}}",
            "targets: {live: {base-url: 'https://a.example', rate: 0/s}}",
            "targets: {live: {base-url: 'https://a.example', rate-limit: {remaining: a}}}",
            "targets: {live: {base-url: 'https://a.example', http-version: 2}}",
            "targets: {live: {base-url: 'https://a.example?x=1'}}",
            "targets: {live: {base-url: 'https://me@a.example'}}",
            "promises: {idempotency: {conflict: 422}}", "promises: {idempotency: {header: k, conflict: many}}",
            "promises: {idempotency: {header: k, per: sometimes}}", "promises: {limits: 1}",
            "promises: {idempotency: {header: k, replayed: {first: a}}}",
            "promises: {rate-limit: {window: 61m}}", "promises: {echo: {x-id: {on: 4xx}}}",
            "promises: {resources: {parcel: {fetch: x}}}", "promises: {resources: {parcel: {id: x, carried: 1}}}",
            "money: {a: {currency: INR}}", "money: {a: {amounts: [x], currency: INR, units: cents}}",
            "money: {a: {amounts: [x], units: minor, sums: [{total: x}]}}", "refs: 7", "refs: {'a b': x}",
            "money: {a: {amounts: [x], units: minor, sums: [{limit: x, of: y, each: z}]}}", "refs: {A: {level: some}}",
            "refs: {A: {link: 'javascript:x'}}",
            "promises: {resources: {parcel: {id: x, one-effect: maybe}}}",
            "promises: {resources: {parcel: {id: x, one-effect: {refused: many}}}}",
            "promises: {resources: {parcel: {id: x, one-effect: {count: {pay: {call: list}}}}}}",
            "fixtures: {max-age: 3651d}", "fixtures: {max-age: 2h}", "fixtures: {folder: ''}", "baseline: []",
            "reports: {keep: 0}", "reports: {keep: 10001}", "reports: {keep: many}", "reports: {max-age: 3651d}",
            "reports: {days: 30}", "reports: 20",
        ])
    func structure(text: String) throws {
        #expect(!problems(text).isEmpty)
        #expect(try !schema.issues(text).isEmpty)
    }

    @Test(
        "the schema rejects folders outside of the project and places that cannot be masked",
        arguments: [
            "fixtures: {folder: /tmp}", "fixtures: {folder: a/../..}", "fixtures: {folder: ..}", "redact: [status]",
            "redact: path.id",
        ])
    func paths(text: String) throws {
        #expect(!problems(text).isEmpty)
        #expect(try !schema.issues(text).isEmpty)
    }
}

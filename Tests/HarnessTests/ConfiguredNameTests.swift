import Diagnostics
import Foundation
import Harness
import TestKit
import Testing

/// Names of `assay.yaml` that refer to something in the contracts.
@Suite(.inTurn) struct ConfiguredNameTests {
    private static let contract = """
        openapi: 3.0.3
        info: {title: things, version: '1'}
        servers: [{url: /}]
        security: [{Key: []}]
        paths:
          /things:
            post:
              operationId: addThing
              tags: [shop]
              parameters: [{name: x-idempotency-key, in: header, schema: {type: string}}]
              requestBody:
                content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}
              responses:
                '201':
                  description: made
                  headers: {x-trace: {schema: {type: string}}, x-left: {schema: {type: integer}}}
                  content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}
          /things/{id}:
            get:
              operationId: getThing
              parameters:
                - {name: id, in: path, required: true, schema: {type: string}}
                - {name: view, in: query, schema: {type: string}}
              responses:
                '200':
                  description: ok
                  content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}
        components:
          securitySchemes: {Key: {type: apiKey, in: header, name: x-api-key}}
          schemas:
            Thing:
              type: object
              required: [name]
              properties:
                name: {type: string}
                state: {type: string}
                dog: {type: boolean}
                note: {type: object}
                tags: {type: array, items: {type: object, properties: {label: {type: string}}}}
        """

    private static let head = """
        default-version: '1'
        versions:
          '1': {spec: openapi.yaml}

        """

    private static func resource(_ members: String) -> String {
        "promises:\n  resources:\n    thing: {\(members)}\n"
    }

    private static func lint(_ configuration: String) throws -> LintResult {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("assay-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent("scenarios"), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = [
            "assay.yaml": head + configuration, "openapi.yaml": contract,
            "scenarios/t.csv": "scenario,step,call,body,expect,tags\ns,add,addThing,none,201,smoke\n",
        ]
        for (path, text) in files {
            try text.write(to: folder.appendingPathComponent(path), atomically: true, encoding: .utf8)
        }
        return try LintSession.lint(folder.path, LintRequest())
    }

    private static func told(_ configuration: String) throws -> [Diagnostic] {
        try lint(configuration).diagnostics.entries.filter {
            ["configuration.unmatched-name", "auth.unknown-scheme"].contains($0.rule)
        }
    }

    @Test(
        "a name that matches nothing is an error at its place, with the nearest name",
        arguments: [
            (resource("id: id, create: createThing, fetch: [getThing]"), "operation 'createThing'", nil),
            (resource("id: id, create: addThin, fetch: [getThing]"), "operation 'addThin'", "addThing"),
            (resource("id: id, create: addThing, fetch: [getThing, GetThings]"), "operation 'GetThings'", "getThing"),
            (resource("id: id, create: POST /things"), "operation 'POST /things'", "addThing"),
            (resource("id: thing_id, create: addThing, fetch: [getThing]"), "member 'thing_id'", nil),
            (resource("id: nam, create: addThing"), "member 'nam'", "name"),
            (resource("id: id, fetch: getThing, final: {stat: [done]}"), "member 'stat'", "state"),
            (resource("id: id, create: addThing, fetch: [getThing], except: [hasdog]"), "member 'hasdog'", nil),
            (resource("id: name, create: addThing, except: ['tags[*].lable']"), "member 'lable'", "label"),
            ("volatile: [links.selff]\n", "member 'links'", nil),
            ("volatile: [name, stat]\n", "member 'stat'", "state"),
            ("volatile: [header.x-trase]\n", "header 'x-trase'", "x-trace"),
            ("redact: [body.nam]\n", "member 'nam'", "name"),
            ("redact: [header.x-apikey]\n", "header 'x-apikey'", "x-api-key"),
            ("redact: [query.vew]\n", "parameter 'vew'", "view"),
            ("strict-tags: [shpo]\n", "tag 'shpo'", "shop"),
            ("strict-tags: smok\n", "tag 'smok'", "smoke"),
            (
                "promises: {idempotency: {header: x-idempotency-kye}}\n", "header 'x-idempotency-kye'",
                "x-idempotency-key"
            ),
            ("promises: {rate-limit: {remaining: x-lefd}}\n", "header 'x-lefd'", "x-left"),
            ("promises: {echo: {x-idempotency-key: x-trac}}\n", "header 'x-trac'", "x-trace"),
            ("money: {a: {amounts: [dog, nam], currency: INR}}\n", "member 'nam'", "name"),
            ("money: {a: {amounts: [tags.lable], currency: INR}}\n", "member 'lable'", "label"),
            ("money: {a: {amounts: [dog], currency: sate}}\n", "member 'sate'", "state"),
            (
                "money: {a: {amounts: [dog], currency: INR, sums: [{total: dog, parts: [tgs.label]}]}}\n",
                "member 'tgs'", "tags"
            ),
            (
                "money: {a: {amounts: [dog], currency: INR, sums: [{limit: dog, of: note, each: name, per: xid}]}}\n",
                "member 'xid'", "id"
            ),
            ("auth: {main: {Kee: '{{secret.K}}'}}\n", "scheme 'Kee'", "Key"),
        ] as [(String, String, String?)])
    func unmatched(configuration: String, name: String, near: String?) throws {
        let told = try Self.told(configuration)
        #expect(told.count == 1, "\(told)")
        let diagnostic = try #require(told.first)
        #expect(diagnostic.severity == .error)
        #expect(diagnostic.message.contains(name))
        #expect(diagnostic.location?.file == "assay.yaml")
        #expect((diagnostic.location?.line ?? 0) > 3)
        if let near { #expect(diagnostic.help == "did you mean `\(near)`?") }
    }

    @Test(
        "a known name is accepted, and so is a name that the schema allows without declaring it",
        arguments: [
            resource("id: id, create: addThing, fetch: [getThing], carried: true, except: [dog, note.any, tags]"),
            resource("id: name, create: addThing, final: {state: [done]}, except: [body.undeclared]"),
            "volatile: [name, note.anything, 'tags[*].label', '$[*].name', body.undeclared, header.date]\n",
            "redact: [body.name, header.authorization, header.x-api-key, query.view, header.set-cookie]\n",
            "strict-tags: [shop, smoke]\n",
            "promises: {idempotency: {header: X-Idempotency-Key}, echo: {x-idempotency-key: x-trace}}\n",
            """
            money:
              a: {amounts: [dog, tags.label, body.undeclared], currency: state, sums: [{limit: dog, of: note, each: name, per: id}]}

            """,
            "auth: {main: {Key: '{{secret.K}}'}, other: {x-api-key: '{{secret.L}}'}}\n",
        ])
    func matched(configuration: String) throws {
        #expect(try Self.told(configuration) == [])
    }

    @Test(
        "a header or redacted member unlike every known name is a warning: documents do not list all",
        arguments: ["promises: {echo: {correlation: correlation}}\n", "redact: [body.internal_debug]\n"])
    func beyondTheContract(configuration: String) throws {
        let told = try Self.told(configuration)
        #expect(!told.isEmpty)
        #expect(told.allSatisfy { $0.severity == .warning })
    }

    @Test("a missing document is reported at the line of assay.yaml that names it")
    func missingDocument() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("assay-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let text = "versions:\n  '1':\n    spec: openapi.yaml\n    overlays: [a.yaml, b.yaml]\n"
        try text.write(to: folder.appendingPathComponent("assay.yaml"), atomically: true, encoding: .utf8)
        let missing = try LintSession.lint(folder.path, LintRequest()).diagnostics.entries
        #expect(missing.map(\.location?.description) == ["assay.yaml:3:11"])
        let error = #expect(throws: HarnessError.self) {
            try RunSession(try Workspace.open(folder.path), RunRequest())
        }
        #expect(error?.diagnostics.entries.first?.location?.description == "assay.yaml:3:11")
    }
}

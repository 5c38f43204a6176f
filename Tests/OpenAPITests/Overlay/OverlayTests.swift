import Diagnostics
import JSONDocument
import JSONSchema
import OpenAPI
import SourceText
import TestKit
import Testing

@Suite("Overlays")
struct OverlayTests {
    private static let document = """
        openapi: 3.1.0
        info: {title: parcels, version: "1"}
        tags: [{name: a}]
        paths:
          /parcels:
            get:
              operationId: listParcels
              tags: [old, kept]
              responses:
                "200":
                  description: ok
                  content:
                    application/json:
                      schema: {type: array, items: {type: string}}
            post:
              operationId: addParcel
              responses: {"201": {description: made}}
        """

    private static func load(_ actions: String, version: String = "1.0.0") throws -> Contract {
        try TemporaryFolder(["api.yaml": document, "overlay.yaml": overlay(actions, version)])
            .contract(overlays: ["overlay.yaml"])
    }

    private static func overlay(_ actions: String, _ version: String = "1.1.0") -> String {
        "overlay: \(version)\ninfo: {title: t, version: '1'}\nactions:\n\(actions)"
    }

    @Test("an update merges objects, concatenates lists and replaces single values")
    func update() throws {
        let contract = try Self.load(
            """
            - target: $.paths['/parcels'].get
              update:
                summary: all of them
                tags: [new]
                operationId: allParcels
            - target: $.tags
              update: {name: b}
            """
        )
        let operation = try #require(contract.operation("allParcels"))
        #expect(operation.annotations.summary == "all of them")
        #expect(operation.annotations.tags == ["old", "kept", "new"])
        #expect(contract.operations.map(\.name) == ["allParcels", "addParcel"])
        #expect(contract.diagnostics == [])
    }

    @Test("remove deletes members and elements, several at once")
    func remove() throws {
        let contract = try Self.load(
            """
            - target: $.paths.*.post
              description: not built yet
              remove: true
            - target: $..tags[?@ == 'old' || @ == 'kept']
              remove: true
            """
        )
        #expect(contract.operations.map(\.name) == ["listParcels"])
        #expect(contract.operations[0].annotations.tags == [])
    }

    @Test("copy inserts a value of the document into the target")
    func copy() throws {
        let contract = try Self.load(
            """
            - target: $.paths['/parcels'].post.responses
              copy: $.paths['/parcels'].get.responses
            """,
            version: "1.1.0"
        )
        let operation = try #require(contract.operation("addParcel"))
        #expect(operation.responses.map(\.statusKey) == ["201", "200"])
        #expect(operation.response(status: 200)?.location.description == "api.yaml:10:9")
    }

    @Test("actions see the results of earlier actions and overlays")
    func order() throws {
        let project = try TemporaryFolder([
            "api.yaml": Self.document,
            "one.yaml": Self.overlay("- {target: $.info, update: {x-a: {b: 1}}}"),
            "two.yaml": Self.overlay(
                "- {target: \"$.info['x-a']\", update: {title: t}}\n- {target: $.info.title, update: new}"),
        ])
        #expect(try project.contract(overlays: ["one.yaml", "two.yaml"]).info.title == "new")
    }

    @Test("values from an overlay are located in the overlay, other values in the document")
    func provenance() throws {
        let contract = try Self.load(
            """
            - target: $.paths['/parcels'].get.responses['200'].content['application/json'].schema
              update:
                minItems: 1
                items: {maxLength: 3}
            - target: $.paths['/parcels']
              update:
                delete:
                  responses: {"204": {description: gone}}
            """
        )
        #expect(contract.operation("DELETE /parcels")?.location.description == "overlay.yaml:10:5")
        #expect(contract.operation("listParcels")?.location.description == "api.yaml:6:5")
        let media = contract.operation("listParcels")?.response(status: 200)?.content.first
        let schema = try #require(try media?.schema?.compiled())
        let body = try JSONDocument(parsing: "[\"long text\", 1]").root
        let issues = schema.validate(body, .init()).issues
        #expect(issues.map(\.location.description) == ["overlay.yaml:7:13", "api.yaml:14:45"])
        let empty = schema.validate(try JSONDocument(parsing: "[]").root, .init()).issues
        #expect(empty.map(\.location.description) == ["overlay.yaml:6:5"])
    }

    @Test("diagnostics for values from an overlay point into the overlay")
    func problems() throws {
        let overlay = Self.overlay("- target: $.paths['/parcels'].get.responses\n  update: {20x: {description: odd}}\n")
        #expect(
            try findings(Self.document, overlay: overlay) == [
                "overlay.yaml:5:12 error response.status: '20x' is not a valid status; use three digits, a range such as 4XX,"
                    + " or default"
            ]
        )
    }

    @Test("an action without effect is reported with its place")
    func noEffect() throws {
        let title = try contract(Self.document).info.title
        let overlay = Self.overlay("- target: $.info\n  update: {title: '\(title)'}\n")
        #expect(
            try findings(Self.document, overlay: overlay) == [
                "overlay.yaml:4:11 warning overlay.no-effect: the action changes nothing: its target already has the new value"
            ]
        )
    }

    @Test("an action that matches nothing is reported with its place")
    func noMatch() throws {
        let overlay = Self.overlay("- target: $.paths['/letters'].get\n  remove: true\n")
        #expect(
            try findings(Self.document, overlay: overlay) == [
                "overlay.yaml:4:11 warning overlay.no-match: the target '$.paths['/letters'].get' matches nothing,"
                    + " so the action has no effect"
            ]
        )
    }

    @Test(
        "an overlay that cannot be applied is rejected with the place",
        arguments: [
            (
                "- {target: $.info}",
                "overlay.yaml:4:3 warning overlay.action: the action changes nothing: it has no update, copy or remove"
            ),
            ("- {update: {}}", "overlay.yaml:4:3 error overlay.target: the action has no target"),
            (
                "- {target: '$.a[', update: {}}",
                """
                overlay.yaml:4:12 error overlay.target: the query is not valid: expected a name, an index, '*' or '?'
                """
            ),
            (
                "- {target: '$.paths[?foo(@)]', remove: true}",
                "overlay.yaml:4:12 error overlay.target: the query is not valid: 'foo' is not supported here"
            ),
            (
                "- {target: $.info, update: 5}",
                "overlay.yaml:4:28 error overlay.conflict: a number cannot be merged into an object"
            ),
            (
                "- {target: $.info, update: {title: {a: 1}}}",
                "overlay.yaml:4:36 error overlay.conflict: an object cannot be merged into a string"
            ),
            (
                "- {target: $, remove: true}",
                "overlay.yaml:4:12 error overlay.action: the whole document cannot be removed"
            ),
            ("- {target: $.info, copy: $.tags.*.*}", "-"),
            (
                "- {target: $.info, copy: $.nope}",
                "overlay.yaml:4:26 error overlay.action: `copy` must match one value, but matches 0"
            ),
            (
                "- {target: '$..*', update: {}}",
                """
                overlay.yaml:4:12 error overlay.action: the target matches values of different kinds: objects, \
                lists and single values
                """
            ),
            (
                "- {target: $.info, update: {x-a: 1}, remvoe: true}",
                "overlay.yaml:4:38 warning overlay.unknown-field: an action has no field 'remvoe'"
            ),
        ]
    )
    func refused(action: String, expected: String) throws {
        let found = try findings(Self.document, overlay: Self.overlay(action + "\n"))
        if expected != "-" { #expect(found == [expected]) } else { #expect(!found.isEmpty) }
    }

    @Test("only overlays of known versions are applied")
    func versions() throws {
        #expect(
            try findings(Self.document, overlay: "overlay: 2.0.0\nactions: []")
                == ["overlay.yaml:1:10 error overlay.version: Overlay 2.0.0 is not supported; use 1.0 or 1.1"]
        )
        #expect(
            try findings(Self.document, overlay: "actions: []") == [
                """
                overlay.yaml:1:1 error overlay.not-a-document: the file is not an overlay: the field `overlay` is \
                missing
                """
            ]
        )
    }
}

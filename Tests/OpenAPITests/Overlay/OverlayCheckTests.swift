import Diagnostics
import OpenAPI
import SourceText
import TestKit
import Testing

/// Overlays by themselves, and the documents that they extend (Overlay Specification 1.0, section 4.4.1).
@Suite("Checks of overlays")
struct OverlayCheckTests {
    private static let document = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\n"

    private static func check(_ text: String) -> (file: String?, found: [String]) {
        do {
            let source = try SourceReader.parse(Array(text.utf8), path: "o.yaml")
            let check = try OverlayCheck(source)
            return (check.extendedFile, check.diagnostics.map(\.testLine))
        } catch {
            return (nil, error.diagnostics.map(\.testLine))
        }
    }

    static let action = "\nactions: [{target: $.info, update: {}}]"

    @Test(
        "an overlay names the document that it extends, if that is a file",
        arguments: [
            ("", nil, []), ("\nextends: api.yaml", "api.yaml", []), ("\nextends: docs/api.yaml", "docs/api.yaml", []),
            ("\nextends: a%20b.yaml", "a b.yaml", []), ("\nextends: 'api.yaml#/x'", "api.yaml", []),
            ("\nextends: https://a.example/api.yaml", nil, []), ("\nextends: 'ftp://a.example/api.yaml'", nil, []),
            ("\nextends: ''", nil, []),
            ("\nextends: 7", nil, ["o.yaml:2:10 warning overlay.extends: `extends` must be a URL, found a number"]),
            (
                "\nextends: [api.yaml]", nil,
                ["o.yaml:2:10 warning overlay.extends: `extends` must be a URL, found a list"]
            ),
            ("\nextend: api.yaml", nil, ["o.yaml:2:1 warning overlay.unknown-field: an overlay has no field 'extend'"]),
            ("\nx-extend: api.yaml", nil, []),
        ] as [(String, String?, [String])])
    func extended(line: String, file: String?, found: [String]) {
        let check = Self.check("overlay: 1.0.0\(line)\(Self.action)")
        #expect(check.file == file)
        #expect(check.found == found)
    }

    @Test("all mistakes of an overlay are reported together, each at its place")
    func together() {
        let found = Self.check(
            """
            overlay: 1.1.0
            actions:
            - 7
            - {target: 5, update: {}}
            - {target: '$.a[', update: {}}
            - {target: $.a, remove: 'yes'}
            - {target: $.a, update: {}, copy: $.b}
            - {target: $.a, copy: b}
            - {target: $.a, remove: false}
            - {target: $.a, remove: true, update: {}}
            """
        ).found
        #expect(
            found.map { $0.prefix { $0 != "'" && $0 != "`" }.trimmingSpaces } == [
                "o.yaml:3:3 error overlay.action: expected an action, found a number",
                "o.yaml:4:12 error overlay.target: expected a JSONPath query, found a number",
                "o.yaml:5:12 error overlay.target: the query is not valid: expected a name, an index,",
                "o.yaml:6:25 error overlay.action:",
                "o.yaml:6:3 warning overlay.action: the action changes nothing: it has no update, copy or remove",
                "o.yaml:7:35 error overlay.action:",
                "o.yaml:8:23 error overlay.target: the query is not valid: a query must start with",
                "o.yaml:9:3 warning overlay.action: the action changes nothing: it has no update, copy or remove",
            ])
    }

    @Test(
        "an overlay without a list of actions is refused",
        arguments: [
            ("overlay: 1.0.0", "1:1"), ("overlay: 1.0.0\nactions: []", "2:10"), ("overlay: 1.0.0\nactions: {}", "2:10"),
            ("overlay: 1.0.0\nactions: x", "2:10"), ("overlay: 1.0.0\nactions: null", "2:10"),
        ])
    func noActions(text: String, place: String) {
        #expect(Self.check(text).found == ["o.yaml:\(place) error overlay.actions: the overlay has no list of actions"])
    }

    @Test(
        "versions 1.0 and 1.1 are supported, with any patch",
        arguments: [
            ("1.0.0", nil), ("1.1.0", nil), ("1.0.7", nil), ("'1.0'", nil), ("1.1", nil), ("'2.0.0'", "2.0.0"),
            ("1.2.0", "1.2.0"),
            ("'1'", "1"), ("1.10.0", "1.10.0"), ("null", "null"), ("''", ""),
        ] as [(String, String?)])
    func versions(version: String, refused: String?) {
        let expected = refused.map {
            "o.yaml:1:10 error overlay.version: Overlay \($0) is not supported; use 1.0 or 1.1"
        }
        #expect(Self.check("overlay: \(version)\(Self.action)").found == [expected].compactMap { $0 })
    }

    @Test(
        "an overlay that is applied to another document than it extends is reported",
        arguments: [
            ("api.yaml", "overlay.yaml", true), ("./api.yaml", "overlay.yaml", true),
            ("x/../api.yaml", "overlay.yaml", true),
            ("../api.yaml", "deep/overlay.yaml", true), ("api.yaml", "deep/overlay.yaml", false),
            ("other.yaml", "overlay.yaml", false),
            ("https://a.example/other.yaml", "overlay.yaml", true),
        ])
    func applied(extends: String, path: String, isSame: Bool) throws {
        let overlay = "overlay: 1.0.0\nextends: '\(extends)'\nactions: [{target: $.info, update: {title: new}}]\n"
        let folder = try TemporaryFolder(["api.yaml": Self.document, path: overlay])
        let contract = try folder.contract(overlays: [path])
        #expect(contract.info.title == "new")
        let message = "the overlay extends '\(extends)', but is applied to 'api.yaml'"
        #expect(
            contract.diagnostics.map(\.testLine)
                == (isSame ? [] : ["\(path):2:10 warning overlay.extends: \(message)"]))
    }

    @Test("the document that an overlay makes has the limits of a document that is read")
    func limits() throws {
        let copies = (0..<12).map { _ in #"- {target: "$.info['x-a']", copy: "$.info['x-a']"}"# }.joined(
            separator: "\n")
        let folder = try TemporaryFolder([
            "api.yaml": Self.document.replacing("title: t", with: "title: t, x-a: [1]"),
            "overlay.yaml": "overlay: 1.1.0\nactions:\n\(copies)\n",
        ])
        func load(_ nodes: Int) throws -> Contract {
            try ContractLoader.load(
                file: "api.yaml", overlays: ["overlay.yaml"],
                reader: SourceReader(root: folder.path, limits: SourceLimits(maximumNodes: nodes)))
        }
        #expect(try load(10_000).written["info"]?["x-a"]?.elements.count == 4_096)
        let error = #expect(throws: SourceError.self) { try load(1_000) }
        #expect(error?.diagnostics.map(\.rule) == ["overlay.result"])
    }
}

extension Substring {
    /// The text without spaces at its end.
    fileprivate var trimmingSpaces: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}

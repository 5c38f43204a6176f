import Diagnostics
import JSONDocument
import OpenAPI
import SourceText
import TestKit
import Testing

/// One document from the fenced blocks of documentation pages (CommonMark 0.31, section 4.5).
@Suite("Documents in documentation pages")
struct PageImportTests {
    /// The document of pages, or their mistakes, one `line:column severity rule: message` each.
    private static func imported(_ pages: String...) -> (document: JSONValue?, found: [String], count: Int) {
        let pages = pages.enumerated().map { index, text in
            PageImport.Page(path: index == 0 ? "api.yaml" : "page\(index).md", bytes: Array(text.utf8))
        }
        do {
            let result = try PageImport(pages)
            return (result.document, result.diagnostics.map(\.testLine), result.fragmentCount)
        } catch {
            return (nil, error.diagnostics.map(\.testLine), 0)
        }
    }

    static let none = "1:1 error import.no-fragment: the page contains no OpenAPI document in a fenced block"

    @Test(
        "a block is fenced by three or more equal marks, indented by at most three spaces",
        arguments: [
            "```\nopenapi: 3.1.0\n```", "```yaml\nopenapi: 3.1.0\n```\n", "~~~\nopenapi: 3.1.0\n~~~",
            "````\nopenapi: 3.1.0\n````", "````\nopenapi: 3.1.0\n``````", "   ```\n   openapi: 3.1.0\n ```",
            "  ```\n openapi: 3.1.0\n```", "```  yaml  title=x\nopenapi: 3.1.0\n```", "``` YML\nopenapi: 3.1.0\n```",
            "```json\n{\"openapi\": \"3.1.0\"}\n```", "```openapi\nopenapi: 3.1.0\n```",
            "~~~ yaml `x`\nopenapi: 3.1.0\n~~~", "```\r\nopenapi: 3.1.0\r\n```\r\n", "```\nopenapi: 3.1.0\n```  \t",
            // A block that is never closed extends to the end of the page.
            "```\nopenapi: 3.1.0", "```\nopenapi: 3.1.0\n", "```\n# c\n\nopenapi: 3.1.0\n```",
        ])
    func fences(page: String) throws {
        let result = Self.imported(page)
        #expect(result.document == ["openapi": "3.1.0"], "\(result.found)")
        #expect(result.count == 1)
    }

    @Test(
        "other texts are not blocks, and blocks of other languages are not documents",
        arguments: [
            "", "openapi: 3.1.0\n", "``\nopenapi: 3.1.0\n``", "    ```\n    openapi: 3.1.0\n    ```",
            "```js\nopenapi: 3.1.0\n```", "```\nopen: 3.1.0\n```", "```yaml `x`\nopenapi: 3.1.0\n",
            "```\nx: openapi\n```",
            "~~~\n```\n~~~\nopenapi: 3.1.0\n", "```\n```\nopenapi: 3.1.0", "\t```\nopenapi: 3.1.0\n",
            "> openapi: 3.1.0",
        ])
    func others(page: String) {
        #expect(Self.imported(page).found == [Self.none])
    }

    @Test(
        "a mistake in a block has the line and column of the page",
        arguments: [
            ("text\n\n```yaml\nopenapi: 3.1.0\nopenapi: 3.1.0\n```\n", "5:1 error "),
            ("```json\n{\"openapi\": \"3.1.0\",\n]\n```", "3:"),
            (
                "~~~\n\nopenapi: 4.0.0\n~~~",
                "3:10 error openapi.version: OpenAPI 4.0.0 is not supported; use 3.0, 3.1 or 3.2"
            ),
            ("```\nopenapi: 3.1.0\nswagger: '2.0'\n```", "3:10 error openapi.version: Swagger 2.0 is not supported"),
            // A closing fence has no text, so this line belongs to the block.
            ("text\n\n```\nopenapi: 3.1.0\n``` x", "5:"),
            ("x\n```\nopenapi: 3\n```", "3:10 error openapi.version: `openapi` must be a string"),
        ])
    func mistakes(page: String, start: String) {
        let result = Self.imported(page)
        #expect(result.document == nil)
        #expect(result.found.count == 1 && result.found[0].hasPrefix(start), "\(result.found)")
    }

    private static func block(_ text: String) -> String { "# A page\n\n```yaml\nopenapi: 3.1.0\n\(text)\n```\n" }

    @Test("objects are merged member by member, in the order of the pages")
    func merged() throws {
        let result = Self.imported(
            Self.block("paths: {/a: {get: {operationId: a}}}\ntags: [{name: x}]"),
            Self.block(
                "paths: {/b: {get: {operationId: b}}, /a: {put: {operationId: c}}}\ntags: [{name: y}, {name: x}]")
                + Self.block("info: {title: t}"))
        #expect(result.found == [])
        #expect(result.count == 3)
        let document = try #require(result.document)
        #expect(document.object?.names == ["openapi", "paths", "tags", "info"])
        #expect(document["paths"]?.object?.names == ["/a", "/b"])
        #expect(document["paths"]?["/a"]?.object?.names == ["get", "put"])
        #expect(document["tags"] == [["name": "x"], ["name": "y"]])
    }

    @Test(
        "fragments that contradict each other are reported with both places, and the first one counts",
        arguments: [
            ("info: {title: a}", "info: {title: b}", "5:8", "\"b\"", "\"a\""),
            ("info: {x: 1}", "info: {x: 1.0}", nil, "", ""),
            ("info: {x: [1]}", "info: {x: [1, 2]}", "5:8", "[1,2]", "[1]"),
            ("info: {x: {}}", "info: {x: 1}", "5:8", "1", "{}"),
            ("info: {x: 1}", "info: {x: {}}", "5:8", "{}", "1"),
            ("info: {x: null}", "info: {x: false}", "5:8", "false", "null"),
            // Only the tags of the document are a list of names.
            ("info: {tags: [a]}", "info: {tags: [b]}", "5:8", #"["b"]"#, #"["a"]"#),
        ] as [(String, String, String?, String, String)])
    func disagreements(first: String, second: String, place: String?, found: String, kept: String) throws {
        let result = Self.imported(Self.block(first), Self.block(second))
        let document = try #require(result.document)
        let only = try #require(Self.imported(Self.block(first)).document)
        #expect(document == only)
        guard let place else { return #expect(result.found == []) }
        #expect(
            result.found == [
                "page1.md:\(place) error import.disagreement: the fragment has the value \(found), but an earlier fragment"
                    + " has \(kept), which is kept"
            ])
        let related = try PageImport([
            PageImport.Page(path: "a.md", bytes: Array(Self.block(first).utf8)),
            PageImport.Page(path: "b.md", bytes: Array(Self.block(second).utf8)),
        ]).diagnostics.flatMap(\.related)
        #expect(related.map(\.location.description) == ["a.md:5:8"])
    }

    @Test("all mistakes of all pages are reported together, and contradictions are bounded")
    func all() throws {
        let result = Self.imported("no block", Self.block("paths: {"), "no block either")
        #expect(result.document == nil)
        #expect(result.found.count == 3)
        #expect(result.found.first == Self.none)
        #expect(result.found.last?.hasPrefix("page2.md:1:1 error import.no-fragment") == true)
        func wide(_ value: Int) -> String {
            Self.block("info: {" + (0..<1_000).map { "k\($0): \(value)" }.joined(separator: ", ") + "}")
        }
        #expect(Self.imported(wide(1), wide(2)).found.count == 200)
    }

    @Test("the fragments of a whole document give the document, however they are divided", arguments: 0..<8)
    func divided(seed: Int) throws {
        var random = SplitMix(seed: seed)
        var service = RandomService(seed)
        let document = service.document()
        let paths = document["paths"]?.object?.members ?? []
        let schemas = document["components"]?["schemas"]?.object?.members ?? []
        var parts: [JSONValue] = paths.map { ["paths": .object([$0.name: $0.value])] }
        parts += schemas.map { ["components": ["schemas": .object([$0.name: $0.value])]] }
        parts.append(["info": document["info"] ?? .null])
        parts.shuffle(using: &random)
        let pages = parts.map { part -> String in
            var fragment = part
            fragment["openapi"] = document["openapi"]
            return random.once(in: 2)
                ? "```json\n\(fragment.text(.pretty))\n```\n" : "~~~ yaml\n\(YAMLText.write(fragment))~~~\n"
        }
        let result = try PageImport([
            PageImport.Page(path: "a.md", bytes: Array(pages.joined(separator: "\ntext\n").utf8))
        ])
        #expect(result.document == document)
        #expect(result.diagnostics.isEmpty && result.fragmentCount == parts.count)
    }
}

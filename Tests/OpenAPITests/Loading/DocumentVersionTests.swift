import Diagnostics
import OpenAPI
import TestKit
import Testing

/// The field `openapi`, which decides how a document is read (OpenAPI 3.1.1, sections 4.1 and 4.8.1).
@Suite("Versions of documents")
struct DocumentVersionTests {
    private static let rest = "\ninfo: {title: t, version: '1'}\npaths: {}\n"

    @Test(
        "each patch of a supported edition is read like the edition, pre-releases included",
        arguments: [
            ("3.0.0", "schema.unknown-keyword"), ("3.0.4", "schema.unknown-keyword"),
            ("3.0.99", "schema.unknown-keyword"),
            ("3.0.0-rc2", "schema.unknown-keyword"), ("3.1.0", nil), ("3.1.2", nil), ("3.1.0-rc1", nil), ("3.2.0", nil),
        ] as [(String, String?)])
    func editions(version: String, rule: String?) throws {
        let text = "openapi: \(version)" + Self.rest + "components: {schemas: {A: {const: 1}}}\n"
        let contract = try contract(text)
        #expect(contract.info.openAPIVersion == version)
        #expect(contract.written.isOpenAPI30 == version.hasPrefix("3.0"))
        // `const` is a keyword since OpenAPI 3.1.
        #expect(contract.check().map(\.rule) == [rule].compactMap { $0 })
    }

    @Test(
        "a version that is nearly right is used, and the exact spelling is given",
        arguments: [
            ("'3.1'", "3.1", "the version '3.1' has no patch number, which OpenAPI does not allow", "write \"3.1.0\""),
            (
                "' 3.0.4'", "3.0.4", "the version ' 3.0.4' contains spaces, which OpenAPI does not allow",
                "write \"3.0.4\""
            ),
            (
                "\"3.2.0\\n\"", "3.2.0", "the version '3.2.0\n' contains spaces, which OpenAPI does not allow",
                "write \"3.2.0\""
            ),
            (
                "'3.1.x'", "3.1.x", "the version '3.1.x' has no patch number, which OpenAPI does not allow",
                "write \"3.1.0\""
            ),
            (
                "'3.1. 0'", "3.1. 0", "the version '3.1. 0' contains spaces, which OpenAPI does not allow",
                "write \"3.1.0\""
            ),
        ])
    func nearly(version: String, text: String, message: String, help: String) throws {
        let contract = try contract("openapi: \(version)" + Self.rest)
        #expect(contract.info.openAPIVersion == text)
        #expect(contract.diagnostics.map(\.testLine) == ["1:10 warning openapi.version: \(message)"])
        #expect(contract.diagnostics.map(\.help) == [help])
        #expect(contract.diagnostics.map(\.place) == ["#/openapi"])
    }

    @Test(
        "another version is refused at its place",
        arguments: [
            ("'4.0.0'", "OpenAPI 4.0.0 is not supported; use 3.0, 3.1 or 3.2"), ("'3.3.0'", "OpenAPI 3.3.0 is not"),
            ("'3.10.0'", "OpenAPI 3.10.0 is not"), ("'3'", "OpenAPI 3 is not"), ("'3.'", "OpenAPI 3. is not"),
            ("''", "OpenAPI  is not"),
            ("'3..0'", "OpenAPI 3..0 is not"), ("v3.1.0", "OpenAPI v3.1.0 is not"),
            ("'03.1.0'", "OpenAPI 03.1.0 is not"),
            ("'3. 1.0'", "OpenAPI 3. 1.0 is not"),
            ("3.1", "`openapi` must be a string such as \"3.1.0\", found a number"),
            ("null", "`openapi` must be a string such as \"3.1.0\", found null"),
            ("[3.1.0]", "`openapi` must be a string such as"),
        ])
    func refused(version: String, message: String) throws {
        let error = #expect(throws: (any Error).self) { try contract("openapi: \(version)" + Self.rest) }
        let found = try findings("openapi: \(version)" + Self.rest)
        #expect(error != nil && found.count == 1)
        #expect(found.first?.hasPrefix("1:10 error openapi.version: \(message)") == true, "\(found)")
    }

    @Test("a very long version is cut in the message")
    func long() throws {
        let found = try findings("openapi: '\(String(repeating: "9", count: 10_000))'" + Self.rest)
        #expect(found.count == 1 && found[0].utf8.count < 250)
    }

    @Test(
        "a file that is not an OpenAPI document is refused with the reason",
        arguments: [
            ("swagger: '2.0'", "1:10 error openapi.version: Swagger 2.0 is not supported; use OpenAPI 3.0, 3.1 or 3.2"),
            ("swagger: 2.0\nopenapi: 3.1.0", "1:10 error openapi.version: Swagger 2.0 is not supported"),
            (
                "a: 1",
                "1:1 error openapi.not-a-document: the file is not an OpenAPI document: the field `openapi` is missing"
            ),
            (
                "overlay: 1.0.0\nactions: []",
                "1:1 error openapi.not-a-document: the file is not an OpenAPI document: it is an overlay"
            ),
            (
                "[openapi]",
                "1:1 error openapi.not-a-document: an OpenAPI document must be an object, but the file contains a list"
            ),
            (
                "'openapi: 3.1.0'",
                "1:1 error openapi.not-a-document: an OpenAPI document must be an object, but the file contains"
            ),
            ("OpenAPI: 3.1.0", "1:1 error openapi.not-a-document: the file is not an OpenAPI document: the field"),
        ])
    func others(text: String, start: String) throws {
        let found = try findings(text)
        #expect(found.count == 1 && found[0].hasPrefix(start), "\(found)")
    }
}

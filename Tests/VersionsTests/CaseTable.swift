import Diagnostics
import Foundation
import JSONDocument
import OpenAPI
import SourceText
import TestKit
import Testing

@testable import Versions

/// A line of a file under `Cases`, and the documents that it stands for.
struct CaseTable {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Cases")

    /// The lines of a file with the number of each.
    static func rows(_ file: String) throws -> [(line: Int, row: JSONNode)] {
        let bytes = [UInt8](try Data(contentsOf: folder.appendingPathComponent(file)))
        let source = try SourceReader.parse(bytes, path: file)
        let rows = source.document.root.elements.map { (source.location(of: $0).line, $0) }
        guard !rows.isEmpty else { throw NothingToTest(what: "\(file) contains no cases") }
        return rows
    }

    static func texts(_ node: JSONNode?) -> [String] {
        node?.elements.compactMap(\.string) ?? []
    }
}

/// Loads contracts from values, as if they were files.
struct ContractSource {
    let folder: TemporaryFolder

    /// Calls `body` with a folder for documents and removes it.
    static func with<Result>(_ body: (ContractSource) throws -> Result) throws -> Result {
        try body(ContractSource(folder: TemporaryFolder()))
    }

    func load(_ document: JSONValue, _ name: String) throws -> Contract {
        try load(text: document.text(.pretty), name + ".json")
    }

    func load(text: String, _ file: String) throws -> Contract {
        try folder.write(text, to: file)
        return try folder.contract(file)
    }
}

extension JSONValue {
    /// A document whose schema `F` describes bodies, properties, a parameter and a header.
    static func document(of fragment: JSONValue, version: String, schemas: JSONValue? = nil) -> JSONValue {
        document(
            usage: ["$ref": "#/components/schemas/F"], version: version,
            schemas: [("F", fragment)] + (schemas?.object?.members.map { ($0.name, $0.value) } ?? []))
    }

    /// The same contract with the schema written at each place, inside of `allOf` and with its members in reverse.
    static func rewritten(of fragment: JSONValue, version: String, schemas: JSONValue? = nil) -> JSONValue {
        let reversed: JSONValue =
            fragment.object.map { .object(JSONObject($0.members.reversed().map { ($0.name, $0.value) })) } ?? fragment
        return document(
            usage: ["allOf": [reversed]], version: version,
            schemas: schemas?.object?.members.map { ($0.name, $0.value) } ?? [])
    }

    private static func document(usage: JSONValue, version: String, schemas: [(String, JSONValue)]) -> JSONValue {
        let wrapped: JSONValue = ["type": "object", "properties": ["x": usage]]
        func media(_ schema: JSONValue) -> JSONValue { ["application/json": ["schema": schema]] }
        func operation(_ schema: JSONValue) -> JSONValue {
            [
                "post": [
                    "requestBody": ["content": media(schema)],
                    "responses": ["200": ["description": "ok", "content": media(schema)]],
                ]
            ]
        }
        let parameters: JSONValue = [
            ["name": "q", "in": "query", "content": media(usage)],
            ["name": "r", "in": "query", "content": media(wrapped)],
        ]
        let headers: JSONValue = ["x-h": ["content": media(usage)], "x-p": ["content": media(wrapped)]]
        return [
            "openapi": version == "3.0" ? "3.0.3" : "3.1.0",
            "info": ["title": "t", "version": "1"],
            "paths": [
                "/body": operation(usage),
                "/property": operation(wrapped),
                "/parameter": [
                    "get": [
                        "parameters": parameters,
                        "responses": ["200": ["description": "ok", "headers": headers]],
                    ]
                ],
            ],
            "components": ["schemas": .object(JSONObject(schemas))],
        ]
    }

    /// The document of a case about operations: members of `fragment` replace those that stand at `place`.
    static func document(with fragment: JSONValue, at place: String) -> JSONValue {
        var operation: JSONValue = [
            "operationId": "doThing", "responses": ["200": ["description": "ok"]],
        ]
        var item: JSONValue = [:]
        var root: JSONValue = [
            "openapi": "3.1.0", "info": ["title": "t", "version": "1"],
            "components": [
                "securitySchemes": [
                    "Key": ["type": "apiKey", "in": "header", "name": "x-key"],
                    "Basic": ["type": "http", "scheme": "basic"],
                    "OAuth": [
                        "type": "oauth2",
                        "flows": [
                            "clientCredentials": [
                                "tokenUrl": "https://auth.example/token", "scopes": ["read": "", "write": ""],
                            ]
                        ],
                    ],
                ]
            ],
        ]
        let members = fragment.object?.members ?? []
        if place == "operation" { for member in members { operation[member.name] = member.value } }
        operation["parameters"] = .array(
            [["name": "id", "in": "path", "required": true, "schema": ["type": "string"]]]
                + (operation["parameters"]?.elements ?? []))
        item["post"] = operation
        if place == "path" {
            for member in members {
                guard member.name == "post" else {
                    item[member.name] = member.value
                    continue
                }
                for inner in member.value.object?.members ?? [] where inner.name == "parameters" {
                    item["post"]?[inner.name] = .array(
                        (operation["parameters"]?.elements ?? []) + (inner.value.elements ?? []))
                }
            }
            if members.contains(where: { $0.name == "get" }) {
                item["parameters"] = [["name": "id", "in": "path", "required": true, "schema": ["type": "string"]]]
            }
        }
        root["paths"] = ["/things/{id}": item]
        if place == "root" { for member in members { root[member.name] = member.value } }
        return root
    }
}

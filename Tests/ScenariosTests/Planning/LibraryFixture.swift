import Diagnostics
import Foundation
import OpenAPI
import Scenarios
import SourceText
import TestKit

/// A small API of a lending library, in two versions, and helpers to plan tables against it.
enum Library {
    static let document = """
        openapi: 3.0.3
        info: {title: Library, version: "1"}
        servers: [{url: https://library.example/api}]
        security:
          - KeyId: []
            KeySecret: []
          - Token: []
        paths:
          /books:
            post:
              operationId: addBook
              parameters:
                - {name: x-api-version, in: header, required: true, schema: {type: string, default: "1"}}
                - {name: x-request-key, in: header, schema: {type: string, minLength: 3}}
              requestBody:
                required: true
                content:
                  application/json:
                    schema: {$ref: '#/components/schemas/NewBook'}
                    examples:
                      novel: {value: {title: Emma, pages: 474}}
                      broken: {value: {title: 7}}
              responses:
                "200":
                  description: added
                  headers:
                    x-request-id: {schema: {type: string}}
                    x-limit-left: {schema: {type: integer}}
                  content: {application/json: {schema: {$ref: '#/components/schemas/Book'}}}
                "400": {$ref: '#/components/responses/Refused'}
                "401": {$ref: '#/components/responses/Refused'}
                "409": {$ref: '#/components/responses/Refused'}
            get:
              operationId: listBooks
              security: []
              parameters:
                - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 100}}
                - {name: genre, in: query, required: true, schema: {$ref: '#/components/schemas/Genre'}}
              responses:
                "200":
                  description: books
                  content:
                    application/json:
                      schema: {type: array, items: {$ref: '#/components/schemas/Book'}}
                default: {$ref: '#/components/responses/Refused'}
          /books/{book_id}:
            parameters:
              - {name: book_id, in: path, required: true, schema: {type: string, maxLength: 40}}
            get:
              operationId: getBook
              responses:
                "200":
                  description: one
                  content: {application/json: {schema: {$ref: '#/components/schemas/Book'}}}
                "404": {$ref: '#/components/responses/Refused'}
            put:
              operationId: moveBook
              requestBody:
                content:
                  application/json:
                    schema:
                      type: object
                      additionalProperties: false
                      properties:
                        book_id: {type: string}
                        shelf: {type: string}
              responses:
                "204": {description: moved}
                "400": {$ref: '#/components/responses/Refused'}
        components:
          securitySchemes:
            KeyId: {type: apiKey, in: header, name: x-key-id}
            KeySecret: {type: apiKey, in: header, name: x-key-secret}
            Token: {type: http, scheme: bearer}
          responses:
            Refused:
              description: refused
              content: {application/json: {schema: {$ref: '#/components/schemas/Refusal'}}}
          schemas:
            Genre: {type: string, enum: [novel, poem, essay]}
            NewBook:
              type: object
              required: [title]
              properties:
                title: {type: string, minLength: 1}
                book_id: {type: string}
                pages: {type: integer, minimum: 1}
                price: {type: number}
                genre: {$ref: '#/components/schemas/Genre'}
                isbn: {type: string, nullable: true}
                lent: {type: boolean}
                author:
                  type: object
                  properties:
                    name: {type: string}
                    born: {type: string, format: date}
                tags: {type: array, items: {type: string}}
                extra: {type: object}
            Book:
              allOf:
                - $ref: '#/components/schemas/NewBook'
                - type: object
                  properties:
                    book_id: {type: string}
                    status: {type: string, enum: [IN, OUT]}
                    added_at: {type: string, format: date-time}
            Refusal:
              type: object
              additionalProperties: false
              properties:
                code: {type: string, enum: [bad_request, unknown, duplicate, forbidden]}
                message: {type: string}
        """

    /// Body files, most of them wrong in one way.
    static let bodies = [
        "scenarios/bodies/ok.json": "{\"title\": \"x\"}",
        "scenarios/bodies/pages.json": "{\"title\": \"x\",\n  \"pages\": 0}",
        "scenarios/bodies/broken.json": "{\"title\": \"x\",\n \"pages\": 1,}",
        "scenarios/bodies/twice.json": "{\"title\": \"x\",\n \"title\": \"y\"}",
        "scenarios/bodies/template.json": "{\n\"title\": \"{{uid}}\"}",
        "scenarios/bodies/unknown.json": "{\"title\": \"{{nobody.x}}\"}",
        "scenarios/bodies/wrong.json": "{\"title\": 7,\n\"lent\": \"{{a.lent}}\"}",
        "scenarios/bodies/hole.json": "{\"title\": \"{{a.title}}\", \"pages\": \"{{a.pages}}\"}",
    ]

    /// The contract '1', and a contract '2024-05-01' that is the same document.
    static let contracts: Contracts = {
        do {
            return Contracts([
                try Contract.load(text: document, name: "1", file: "library.yaml"),
                try Contract.load(text: document, name: "2024-05-01", file: "library.yaml"),
            ])
        } catch {
            return Contracts([])
        }
    }()

    static func settings(
        files: [String: String] = [:], secrets: [String]? = ["TOKEN"], isCI: Bool = false
    ) -> PlanSettings {
        PlanSettings(
            profiles: ["staff", "guest"], variables: ["shelf": "A1"], environment: ["HOME_SHELF": "B2"],
            secrets: secrets, isCI: isCI,
            readFile: { (path: String) throws(SourceError) in
                guard let text = files[path] else {
                    throw SourceError(Diagnostic("source.not-found", .error, "there is no such file"))
                }
                return Array(text.utf8)
            })
    }

    /// Plans one table, `scenarios/t.csv`.
    static func plan(
        _ table: String, files: [String: String] = [:], secrets: [String]? = ["TOKEN"], isCI: Bool = false
    ) -> (Plan, [Diagnostic]) {
        plan(tables: ["scenarios/t.csv": table], files: files, secrets: secrets, isCI: isCI)
    }

    static func plan(
        tables: [String: String], files: [String: String] = [:], secrets: [String]? = ["TOKEN"], isCI: Bool = false
    ) -> (Plan, [Diagnostic]) {
        Planner.plan(
            tables: tables.keys.sorted().map { TableSource(path: $0, bytes: Array((tables[$0] ?? "").utf8)) },
            contracts: contracts, settings: settings(files: files, secrets: secrets, isCI: isCI))
    }

    /// The problems as people read them: place, severity unless error, message, help.
    static func problems(
        _ table: String, files: [String: String] = [:], secrets: [String]? = ["TOKEN"], isCI: Bool = false
    ) -> [String] {
        plan(table, files: files, secrets: secrets, isCI: isCI).1.map(text)
    }

    static func text(_ diagnostic: Diagnostic) -> String {
        let place = diagnostic.location.map { "\($0.line):\($0.column) " } ?? ""
        let severity = diagnostic.severity == .error ? "" : "\(diagnostic.severity.rawValue): "
        return "\(place)\(severity)\(diagnostic.message)" + (diagnostic.help.map { " | \($0)" } ?? "")
    }
}

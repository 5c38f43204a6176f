import Foundation
import OpenAPI
import SourceText
import TestKit

/// A small API of books, whose requests are judged.
enum BookContract {
    static func load() throws -> Contract {
        try Contract.load(text: text, name: "1", file: "books.yaml")
    }

    private static let text = """
        openapi: 3.0.3
        info: {title: Books, version: '1'}
        servers: [{url: 'https://books.example/v1'}]
        paths:
          /books/{isbn}:
            put:
              operationId: PutBook
              security: [{Key: []}]
              parameters:
                - {name: isbn, in: path, required: true, schema: {type: string, pattern: '^[0-9]{3,13}$'}}
                - {name: x-key, in: header, required: true, schema: {type: string}}
                - {name: X-Copies, in: header, required: true, schema: {type: integer, minimum: 1, maximum: 9}}
                - {name: shelf, in: query, schema: {type: array, maxItems: 2, items: {type: string, enum: [a, b]}}}
                - {name: session, in: cookie, required: true, schema: {type: string, minLength: 4}}
                - {name: authorization, in: header, required: true, schema: {type: string}}
                - {name: blob, in: query, style: deepObject, schema: {type: string}}
              requestBody:
                required: true
                content:
                  application/json: {schema: {$ref: '#/components/schemas/Book'}}
                  application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Book'}}
                  text/plain: {schema: {type: string, maxLength: 3}}
                  image/*: {schema: {type: string, format: binary}}
              responses: {'200': {description: ok}}
            get:
              operationId: GetBook
              parameters:
                - {name: isbn, in: path, required: true, schema: {type: string}}
              responses: {'200': {description: ok}}
          /notes:
            post:
              operationId: AddNote
              requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Broken'}}}}
              responses: {'200': {description: ok}}
        components:
          securitySchemes:
            Key: {type: apiKey, in: header, name: X-Key}
          schemas:
            Broken: {type: string, pattern: '('}
            Book:
              type: object
              required: [title, pages, id]
              additionalProperties: false
              properties:
                id: {type: string, readOnly: true}
                title: {type: string, minLength: 1}
                pages: {type: integer}
                tags: {type: array, items: {type: string}}
                price: {type: number}
        """
}

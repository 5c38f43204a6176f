import Diagnostics
import Foundation
import OpenAPI
import Scenarios
import SourceText
import TestKit

@testable import Drafting

/// Contracts from text, and what is drafted for them.
enum Drafts {
    static func contract(_ text: String) throws -> Contract {
        try Contract.load(text: text)
    }

    static func draft(_ text: String) throws -> Draft {
        Drafter.draft(try contract(text), profiles: ["main"]) { _ in nil }
    }

    /// A document of one operation without answers but 200 and 400.
    static func document(_ operation: String, path: String = "/a", components: String = "{}") -> String {
        """
        openapi: 3.1.0
        info: {title: One, version: '1'}
        paths:
          \(path):
            \(operation)
        components: \(components)
        """
    }

    static let shop = """
        openapi: 3.0.3
        info: {title: Shop, version: '1'}
        security: [{Key: []}]
        paths:
          /orders:
            get:
              operationId: listOrders
              responses:
                '200': {description: ok, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Order'}}}}}
            post:
              operationId: createOrder
              requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
              responses: &made
                '201': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
                '400': {description: refused}
                '401': {description: who}
          /orders/{orderId}:
            parameters: [{name: orderId, in: path, required: true, schema: {type: string}}]
            get:
              operationId: getOrder
              responses: &item
                '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
                '404': {description: none}
            delete:
              operationId: deleteOrder
              responses: {'204': {description: gone}, '404': {description: none}}
          /orders/{orderId}/lines:
            parameters: [{name: orderId, in: path, required: true, schema: {type: string}}]
            post:
              operationId: addLine
              requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Line'}}}}
              responses:
                '201': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Line'}}}}
        components:
          securitySchemes: {Key: {type: apiKey, in: header, name: x-key}}
          schemas:
            Order:
              type: object
              required: [sku]
              properties:
                id: {type: string, readOnly: true}
                sku: {type: string, minLength: 2}
                count: {type: integer, minimum: 1, maximum: 9}
            Line: {type: object, required: [text], properties: {text: {type: string}}}
        """
}

extension Draft {
    /// The text of a file.
    func text(_ path: String) -> String? { files.first { $0.path == path }?.text }

    /// The rows of all tables as lines.
    var lines: [String] {
        files.filter { $0.path.hasSuffix(".csv") }.flatMap { $0.text.split(separator: "\n").map(String.init) }
    }

    /// What is left out, a line each.
    var gaps: [String] { leftOut.map { "\($0.what) of \($0.operation): \($0.why)" } }
}

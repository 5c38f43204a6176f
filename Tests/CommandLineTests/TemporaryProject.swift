import Foundation
import TestKit

/// A folder of its own for one test, with small files in it.
struct TemporaryProject {
    private let files: TemporaryFolder

    var folder: URL { files.url }

    func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Executable.Output {
        try Executable.run(arguments, environment: environment, in: folder)
    }

    func write(_ text: String, to path: String) throws { try files.write(text, to: path) }

    func read(_ path: String) throws -> String { try files.read(path) }

    func holds(_ path: String) -> Bool { files.contains(path) }

    /// Copies files and folders by their contents: an ordinary user may read a checkout of root, but not copy its owner.
    static func copy(_ source: URL, to target: URL) throws { try TemporaryFolder.copy(source, to: target) }

    /// Copies the shipped project into `folder`, since a run writes reports into the folder it works in.
    static func copyShippedProject(to folder: URL) throws {
        for name in ["assay.yaml", "specs", "scenarios"] {
            try copy(Executable.repository.appendingPathComponent(name), to: folder.appendingPathComponent(name))
        }
    }

    /// Makes the folder, hands it over and removes it again.
    static func with(_ files: [String: String] = [:], _ body: (TemporaryProject) throws -> Void) throws {
        try body(TemporaryProject(files: TemporaryFolder(files)))
    }

    /// A shop's orders with a table of two scenarios; nothing in it is sent anywhere.
    static let orders = [
        "assay.yaml": """
        versions:
          '1':
            spec: specs/orders.yaml
        targets:
          mock:
            kind: mock
          shop:
            base-url: https://shop.example/v1
            production: false
        default-target: mock
        default-auth: clerk
        auth:
          clerk:
            Key: '{{secret.SHOP_KEY}}'
        """,
        "specs/orders.yaml": """
        openapi: 3.1.0
        info: {title: Orders, version: '1'}
        servers: [{url: https://shop.example/v1}]
        security: [{Key: []}]
        paths:
          /orders:
            post:
              operationId: createOrder
              parameters:
                - {name: x-trace, in: header, schema: {type: string}}
              requestBody:
                required: true
                content:
                  application/json:
                    schema: {$ref: '#/components/schemas/Order'}
              responses: &answers
                '200':
                  description: The order.
                  content:
                    application/json:
                      schema: {$ref: '#/components/schemas/Order'}
                '400': {description: Wrong.}
          /orders/{id}:
            get:
              operationId: readOrder
              parameters:
                - {name: id, in: path, required: true, schema: {type: integer}}
                - {name: view, in: query, required: true, schema: {type: string, default: full}}
              responses: *answers
        components:
          securitySchemes:
            Key: {type: apiKey, in: header, name: x-key}
          schemas:
            Order:
              type: object
              required: [sku]
              properties:
                id: {type: integer}
                sku: {type: string}
                price: {type: number}
                lines:
                  type: array
                  items:
                    type: object
                    properties: {count: {type: integer}}
        """,
        "scenarios/orders.csv": """
        scenario,step,call,body,set,expect,check,opts,tags,note
        buy,*,,,header.x-trace=t1,,,,,
        ,create,createOrder,bodies/order.json,price=9.90; !lines,200,sku=A-1,,smoke,a small order
        ,read,readOrder,,id={{create.id}},200,"id={{create.id}}
        ; price=9.90",,,
        # a remark
        ,again,createOrder,as create,lines[0].count={{create.id}},,,live,,
        bad,no-sku,createOrder,none,,400,,invalid,,
        """,
        "scenarios/bodies/order.json": """
        {
          "sku": "A-1",
          "price": 1
        }
        """,
    ]
}

import Foundation

/// A folder of its own for one test, with small files in it.
struct TemporaryProject {
    let folder: URL

    func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Executable.Output {
        try Executable.run(arguments, environment: environment, in: folder)
    }

    func write(_ text: String, to path: String) throws {
        let file = folder.appendingPathComponent(path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    func read(_ path: String) throws -> String {
        try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
    }

    func holds(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: folder.appendingPathComponent(path).path)
    }

    /// Copies files and folders by their contents: an ordinary user may read a checkout of root, but not copy its owner.
    static func copy(_ source: URL, to target: URL) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: source.path, isDirectory: &isFolder), isFolder.boolValue else {
            return try Data(contentsOf: source).write(to: target)
        }
        try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
        for name in try FileManager.default.contentsOfDirectory(atPath: source.path) {
            try copy(source.appendingPathComponent(name), to: target.appendingPathComponent(name))
        }
    }

    /// Copies the shipped project into `folder`, since a run writes reports into the folder it works in.
    static func copyShippedProject(to folder: URL) throws {
        for name in ["assay.yaml", "specs", "scenarios"] {
            try copy(Executable.repository.appendingPathComponent(name), to: folder.appendingPathComponent(name))
        }
    }

    /// Makes the folder, hands it over and removes it again.
    static func with(_ files: [String: String] = [:], _ body: (TemporaryProject) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("assay-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let project = TemporaryProject(folder: folder)
        for (path, text) in files { try project.write(text, to: path) }
        try body(project)
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

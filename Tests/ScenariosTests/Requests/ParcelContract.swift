import Diagnostics
import Exchanges
import Foundation
import JSONDocument
import OpenAPI
import Primitives
import SourceText
import TestKit

@testable import Scenarios

/// A small API of parcels, on which requests are built.
enum ParcelContract {
    static func load(_ text: String = text) throws -> Contract {
        try Contract.load(text: text, name: "1", file: "parcels.yaml")
    }

    static let text = """
        openapi: 3.0.3
        info: {title: Parcels, version: '1'}
        servers: [{url: 'https://parcels.example/v1'}]
        security: [{ApiId: [], ApiKey: []}]
        paths:
          /parcels:
            post:
              operationId: SendParcel
              tags: [sending, core]
              parameters:
                - {name: X-Version, in: header, required: true, schema: {type: string, default: '2024-05'}}
                - {name: x-key, in: header, schema: {type: string}}
                - {name: dry_run, in: query, schema: {type: boolean}}
                - {name: accept, in: header, schema: {type: string}}
              requestBody:
                required: true
                content:
                  application/json: {schema: {$ref: '#/components/schemas/Parcel'}}
                  application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Parcel'}}
              responses:
                '201':
                  description: sent
                  headers:
                    x-left: {schema: {type: integer}}
                    x-tags: {schema: {type: array, items: {type: string}}}
                    x-size: {schema: {type: object, properties: {w: {type: integer}, h: {type: integer}}}}
                  content: {application/json: {schema: {$ref: '#/components/schemas/Parcel'}}}
                '400': {description: wrong, content: {application/problem+json: {}, application/json: {}}}
            get:
              operationId: ListParcels
              security: [{Token: []}]
              parameters:
                - {name: tag, in: query, schema: {type: array, items: {type: string}}}
                - {name: page, in: query, required: true, schema: {type: integer, default: 1}}
                - name: filter
                  in: query
                  style: deepObject
                  explode: true
                  schema: {type: object, properties: {from: {type: string}, weight: {type: number}}}
                - {name: session, in: cookie, schema: {type: string}}
              responses:
                '200': {description: all}
          /forms:
            post:
              operationId: SendForm
              requestBody:
                content:
                  application/x-www-form-urlencoded:
                    encoding:
                      to: {style: deepObject, explode: true}
                      ids: {explode: false}
                      odd: {style: pipeDelimited, explode: true}
                      data: {contentType: application/json}
                    schema:
                      type: object
                      properties:
                        to: {type: object, properties: {name: {type: string}, lines: {type: array, items: {type: string}}}}
                        ids: {type: array, items: {type: integer}}
                        odd: {type: array, items: {type: integer}}
                        data: {type: object}
              responses: {'200': {description: ok}}
          /parcels/{parcel_id}/labels/{format}:
            get:
              operationId: PrintLabel
              security: [{Login: []}, {QueryKey: []}, {CookieKey: []}, {}]
              parameters:
                - {name: parcel_id, in: path, required: true, schema: {type: string}}
                - {name: format, in: path, required: true, schema: {type: string, default: pdf}}
              responses: {'200': {description: label, content: {application/pdf: {}}}}
          /doors/{door}:
            put:
              operationId: OpenDoor
              security: []
              parameters:
                - {name: door, in: path, required: true, schema: {type: integer}}
                - {name: x-owner, in: header, required: true, schema: {type: string}}
              responses: {'204': {description: open}}
        components:
          securitySchemes:
            ApiId: {type: apiKey, in: header, name: x-id}
            ApiKey: {type: apiKey, in: header, name: x-secret}
            Token: {type: http, scheme: bearer}
            Login: {type: http, scheme: basic}
            QueryKey: {type: apiKey, in: query, name: 'api key'}
            CookieKey: {type: apiKey, in: cookie, name: sid}
          schemas:
            Parcel:
              type: object
              required: [id, weight]
              properties:
                id: {type: string}
                weight: {type: number}
                count: {type: integer}
                fragile: {type: boolean}
                remark: {type: string, nullable: true}
                to:
                  type: object
                  properties: {name: {type: string}, zip: {type: string}, floor: {type: integer}}
                items: {type: array, items: {type: object, properties: {sku: {type: string}, price: {type: number}}}}
        """

    static let base = "https://parcels.example/v1"

    static let credentials = [
        "shop": ["ApiId": "id-1", "ApiKey": "Secret-99"],
        "desk": ["Token": "tok", "Login": "ann:pa:ss", "QueryKey": "k&1", "CookieKey": "c1"],
    ]

    static func credentialSet(_ contract: Contract, target: String? = "shop") -> CredentialSet {
        CredentialSet(profiles: credentials, targetProfile: target, schemes: ["1": contract.securitySchemes])
    }

    static let scope = ValueScope(
        seed: "s",
        table: "scenarios/parcels.csv",
        scenario: "sending",
        now: Instant(microsecondsSinceEpoch: 0)
    )

    static func step(
        _ name: String,
        _ call: Call,
        auth: AuthCase = .profile(nil),
        body: BodySource = .unset,
        set: [Item] = [],
        invalid: Bool = false
    ) -> Step {
        let location = SourceLocation(file: "scenarios/parcels.csv", line: 2, column: 1)
        var options = StepOptions()
        options.isInvalid = invalid
        return Step(
            name: name,
            location: location,
            call: call,
            contract: "1",
            expected: StepExpectation(StatusExpectation([], text: "", location: location, isDefault: true)),
            request: StepRequest(auth: auth, body: body, set: set),
            options: options
        )
    }

    /// A `set` item; no value leaves the path out.
    static func item(_ path: String, _ op: ItemOperator = .equal, _ value: ItemValue?, place: Int = 0) throws -> Item {
        Item(
            path: try ItemPath.parse(path),
            op: value == nil ? .absent : op,
            value: value,
            location: SourceLocation(file: "scenarios/parcels.csv", line: 2, column: 1),
            column: "set",
            text: path,
            place: place
        )
    }

    /// Items from `path=value`, `path='value'`, `path:=json` and `!path`.
    static func items(_ texts: [String]) throws -> [Item] {
        try texts.enumerated().map { place, text in
            if text.hasPrefix("!") { return try item(String(text.dropFirst()), nil, place: place) }
            let end = ItemPath.end(of: Array(text.unicodeScalars))
            let path = String(String.UnicodeScalarView(text.unicodeScalars.prefix(end)))
            let rest = String(String.UnicodeScalarView(text.unicodeScalars.dropFirst(end)))
            if rest.hasPrefix(":=") {
                let json = try JSONDocument(parsing: String(rest.dropFirst(2))).root.value
                return try item(path, .literal, .json(json), place: place)
            }
            let value = String(rest.dropFirst())
            if value.hasPrefix("'") {
                return try item(path, .quoted(Template.parse(String(value.dropFirst().dropLast()))), place: place)
            }
            return try item(path, .text(Template.parse(value)), place: place)
        }
    }

    static func item(_ path: String, _ value: ItemValue?, place: Int = 0) throws -> Item {
        try item(path, .equal, value, place: place)
    }
}

extension BuiltRequest {
    /// The whole request as text, as one would read it.
    var text: String {
        let head = ["\(message.method) \(message.url)"] + message.headers.map { "\($0.name): \($0.value)" }
        let body = message.body.map { ["", String(decoding: $0, as: UTF8.self)] } ?? []
        return (head + body).joined(separator: "\n")
    }
}

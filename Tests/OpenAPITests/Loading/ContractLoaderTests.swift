import Diagnostics
import JSONDocument
import JSONSchema
import OpenAPI
import SourceText
import TestKit
import Testing

@Suite("Loading a contract")
struct ContractLoadingTests {
    private static let document = """
        openapi: 3.1.0
        info: {title: Parcels, version: "2024-05"}
        servers:
          - url: https://{region}.parcels.example/{base}
            description: main
            variables:
              region: {default: eu, enum: [eu, us]}
              base: {default: v1}
        security: [{key: []}]
        paths:
          /parcels/{id}:
            servers: [{url: /other}]
            parameters:
              - {$ref: '#/components/parameters/id'}
              - {name: verbose, in: query, schema: {type: boolean}}
            get:
              operationId: getParcel
              summary: one parcel
              deprecated: true
              tags: [parcels]
              parameters:
                - {name: verbose, in: query, required: true, schema: {type: integer}}
                - {name: X-Trace, in: header, schema: {type: string}, examples: {a: {value: t1}}}
              security: [{key: [], user: []}, {}]
              responses:
                "200":
                  description: found
                  headers:
                    X-Left: {required: true, schema: {type: integer}}
                  content:
                    application/json:
                      schema: {$ref: '#/components/schemas/Parcel'}
                      examples:
                        small: {value: {id: a}}
                        shared: {$ref: '#/components/examples/Big'}
                4XX: {$ref: '#/components/responses/Failed'}
                default: {description: other}
            put:
              requestBody:
                required: true
                content:
                  application/json: {schema: {$ref: '#/components/schemas/Parcel'}, example: {id: b}}
              responses: {"204": {description: kept}}
        components:
          parameters:
            id: {name: id, in: path, required: true, schema: {type: string}}
          examples:
            Big: {value: {id: zzz}}
          responses:
            Failed: {description: failed}
          schemas:
            Parcel: {type: object, required: [id], properties: {id: {type: string}}}
          securitySchemes:
            key: {type: apiKey, name: x-key, in: header}
            user: {type: http, scheme: Bearer}
        """

    @Test("the parts of a document are read from their specified places")
    func parts() throws {
        let contract = try contract(Self.document)
        #expect(contract.diagnostics == [])
        #expect(contract.check() == [])
        #expect(contract.info.title == "Parcels")
        #expect(contract.name == "2024-05")
        #expect(contract.info.openAPIVersion == "3.1.0")
        #expect(contract.servers.map(\.url) == ["https://eu.parcels.example/v1"])
        #expect(contract.operations.map(\.name) == ["getParcel", "PUT /parcels/{id}"])
        #expect(contract.schemaNames == ["Parcel"])
        #expect(
            contract.securitySchemes.map(\.kind) == [.apiKey(name: "x-key", place: .header), .http(scheme: "bearer")])
        #expect(contract.operation("GET /parcels/{id}")?.id == "getParcel")
    }

    @Test("an operation inherits the values that it does not override")
    func operation() throws {
        let contract = try contract(Self.document)
        let get = try #require(contract.operation("getParcel"))
        #expect(get.location.description == "api.yaml:16:5")
        #expect(get.parameters.map(\.name) == ["id", "verbose", "X-Trace"])
        #expect(get.parameter("x-trace", in: nil)?.example?.string == "t1")
        #expect(get.parameter("VERBOSE", in: .query) == nil)
        #expect(get.parameter("verbose", in: .query)?.isRequired == true)
        #expect(get.parameter("id", in: .path)?.location.description == "api.yaml:46:5")
        #expect(get.security.map(\.schemes) == [["key", "user"], []])
        #expect(get.servers.map(\.url) == ["/other"])
        #expect(get.annotations.isDeprecated)
        let put = try #require(contract.operation("PUT /parcels/{id}"))
        #expect(put.parameters.map(\.name) == ["id", "verbose"])
        #expect(put.security.map(\.schemes) == [["key"]])
        #expect(put.requestBody?.isRequired == true)
        #expect(put.requestBody?.mediaType(for: "application/json")?.examples.map(\.name) == [nil])
    }

    @Test("a response is found by status, range and default")
    func responses() throws {
        let get = try #require(try contract(Self.document).operation("getParcel"))
        #expect(get.response(status: 200)?.description == "found")
        #expect(get.response(status: 404)?.description == "failed")
        #expect(get.response(status: 404)?.statusKey == "4XX")
        #expect(get.response(status: 500)?.statusKey == "default")
        #expect(get.documentedSuccess == ["200"])
        let header = try #require(get.response(status: 200)?.header("x-left"))
        #expect(header.isRequired)
        #expect(header.schema?.location.description == "api.yaml:29:46")
        let media = try #require(get.response(status: 200)?.mediaType(for: "application/json"))
        #expect(media.examples.map(\.name) == ["small", "shared"])
        #expect(media.examples.map(\.location.description) == ["api.yaml:34:25", "api.yaml:48:11"])
    }

    @Test("schemas are compiled on use and are found by name and pointer")
    func schemas() throws {
        let contract = try contract(Self.document)
        let body = try JSONDocument(parsing: "{}").root
        for reference in ["Parcel", "#/components/schemas/Parcel"] {
            let schema = try #require(contract.schema(reference)).compiled()
            #expect(schema.validate(body, ValidationOptions()).issues.map(\.keyword) == ["required"])
        }
        #expect(contract.schema("Letter") == nil)
        let media = contract.operation("getParcel")?.response(status: 200)?.content.first
        #expect(media?.schema?.view?.propertyNames == ["id"])
    }

    @Test("the fingerprint depends only on the content")
    func fingerprint() throws {
        let first = try contract(Self.document).fingerprint
        #expect(try contract(Self.document).fingerprint == first)
        #expect(try contract(Self.document + "\n").fingerprint != first)
        #expect(first.utf8.count == 16)
    }

    @Test("OpenAPI 3.2 adds methods, querystring and cookie style")
    func version32() throws {
        let contract = try contract(
            """
            openapi: 3.2.0
            info: {title: t, version: "1"}
            paths:
              /a:
                query: {responses: {"200": {}}}
                additionalOperations:
                  LINK: {responses: {"200": {}}}
                get:
                  parameters:
                    - {name: q, in: querystring, content: {application/json: {}}}
                    - {name: c, in: cookie, style: cookie, schema: {type: string}}
                  responses: {"200": {}}
            """
        )
        #expect(contract.diagnostics == [])
        #expect(contract.operations.map(\.method) == ["QUERY", "LINK", "GET"])
        #expect(contract.operations[2].parameters.map(\.style) == [.form, .cookie])
    }

    @Test("JSON and YAML give the same contract")
    func json() throws {
        let text = try SourceReader.parse(Array(Self.document.utf8), path: "api.yaml").document.root.value.text
        let contract = try TemporaryFolder(["api.json": text]).contract("api.json")
        #expect(contract.check() == [])
        #expect(contract.operations.map(\.name) == ["getParcel", "PUT /parcels/{id}"])
    }
}

import Foundation
import OpenAPI
import SourceText
import TestKit

@testable import Versions

/// Changes between two small contracts: a shared component, one edit at many statuses, and a webhook.
enum ChangeSamples {
    static let old = """
        openapi: 3.1.0
        info: {title: Parcels, version: '1'}
        paths:
          /parcels/{id}:
            get:
              operationId: readParcel
              parameters: [{name: id, in: path, required: true, schema: {type: string}}]
              responses:
                '200':
                  description: ok
                  content:
                    application/json: {schema: {$ref: '#/components/schemas/Parcel'}}
                    text/json: {schema: {$ref: '#/components/schemas/Parcel'}}
                '400': {description: bad, content: {application/json: {schema: {$ref: '#/components/schemas/Fault'}}}}
                '404': {description: none, content: {application/json: {schema: {$ref: '#/components/schemas/Fault'}}}}
                '500': {description: bad, content: {application/json: {schema: {$ref: '#/components/schemas/Fault'}}}}
          /parcels:
            post:
              operationId: sendParcel
              requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Parcel'}}}}
              responses:
                '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Parcel'}}}}
                '400': {description: bad, content: {application/json: {schema: {$ref: '#/components/schemas/Fault'}}}}
        webhooks:
          moved: {post: {requestBody: {content: {application/json: {schema: {type: object}}}}, responses: {'200': {description: ok}}}}
        components:
          schemas:
            Parcel: {type: object, properties: {id: {type: integer}, weight: {type: number, maximum: 500}}}
            Fault: {type: object, properties: {code: {type: string}}}
        """

    static let new =
        old
        .replacing("id: {type: integer}", with: "id: {type: string}")
        .replacing("maximum: 500", with: "maximum: 400")
        .replacing("code: {type: string}", with: "code: {type: string, enum: ['<b>|`x`']}")
        .replacing("description: bad,", with: "description: bad, headers: {x-trace: {schema: {type: string}}},")
        .replacing("schema: {type: object}}", with: "schema: {type: object, required: [place]}}")

    static func changes(_ old: String = old, _ new: String = new) throws -> [Change] {
        let before = try Contract.load(text: old, file: "old.yaml")
        let after = try Contract.load(text: new, file: "new.yaml")
        return ContractDiff.compare(before, after).changes
    }
}

/// A small API of parcels: its document, and answers that follow it.
enum Parcels {
    static let document = """
        openapi: 3.0.3
        info: { title: Parcels, version: '1' }
        servers: [{ url: https://parcels.example/v1 }]
        security: [{ Key: [], Pin: [] }, { Token: [] }]
        paths:
          /parcels:
            post:
              operationId: sendParcel
              requestBody:
                required: true
                content:
                  application/json:
                    schema: { $ref: '#/components/schemas/Order' }
              responses:
                '201':
                  description: sent
                  headers:
                    X-Trace: { required: true, schema: { type: string, format: uuid } }
                    X-Left: { schema: { type: integer, minimum: 0, maximum: 60 } }
                    X-Stops: { schema: { type: array, maxItems: 2, items: { type: integer } } }
                    X-Hub: { schema: { type: object, required: [city], properties: { city: { type: string }, gate: { \
        type: integer } } } }
                    X-Hint: { content: { application/json: { schema: { type: object, required: [text] } } } }
                  content:
                    application/json: { schema: { $ref: '#/components/schemas/Parcel' } }
                '4XX': { description: refused, content: { application/json: { schema: { $ref: \
        '#/components/schemas/Problem' } } } }
                '503': { description: busy, content: { application/json: { schema: { $ref: \
        '#/components/schemas/Problem' } } } }
          /parcels/{id}:
            parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
            get:
              operationId: fetchParcel
              responses:
                '200': { description: found, content: { application/json: { schema: { $ref: \
        '#/components/schemas/Parcel' } } } }
                '404': { description: unknown, content: { application/problem+json: { schema: { $ref: \
        '#/components/schemas/Problem' } } } }
                '429': { description: slow down }
            delete:
              operationId: dropParcel
              responses:
                '204': { description: gone }
                '404': { description: unknown, content: { application/*: { schema: { $ref: \
        '#/components/schemas/Problem' } } } }
          /parcels/{id}/label:
            parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
            get:
              operationId: readLabel
              responses:
                '200':
                  description: the label
                  content:
                    text/plain: { schema: { type: string, minLength: 3 } }
                    text/csv: {}
                    application/xml: { schema: { type: object } }
                    image/png: { schema: { type: string, format: binary } }
          /depots:
            get:
              operationId: listDepots
              security: []
              parameters:
                - { name: limit, in: query, schema: { type: integer, maximum: 100 } }
                - { name: near, in: query, schema: { type: string } }
              responses:
                '200':
                  description: all
                  content:
                    application/json:
                      schema: { type: array, minItems: 1, items: { $ref: '#/components/schemas/Depot' } }
                '500': { description: failed, content: { application/json: { schema: { $ref: \
        '#/components/schemas/Problem' } } } }
                default: { description: anything else, content: { application/json: { schema: { $ref: \
        '#/components/schemas/Problem' } } } }
        components:
          securitySchemes:
            Key: { type: apiKey, in: header, name: x-key }
            Pin: { type: apiKey, in: header, name: x-pin }
            Token: { type: http, scheme: bearer }
          schemas:
            Order:
              type: object
              required: [weight]
              properties:
                weight: { type: number, minimum: 0, exclusiveMinimum: true }
                note: { type: string, maxLength: 10 }
                pin: { type: string, writeOnly: true }
            Problem:
              type: object
              required: [message]
              properties: { message: { type: string }, code: { type: string, enum: [unknown, busy, wrong] } }
            Depot:
              type: object
              required: [city]
              properties: { city: { type: string }, gates: { type: integer } }
            Parcel:
              type: object
              required: [id, weight, state]
              properties:
                id: { type: string, pattern: '^P-[0-9]+$' }
                weight: { type: number, minimum: 0, exclusiveMinimum: true, maximum: 30, multipleOf: 0.5 }
                state: { type: string, enum: [packed, sent, lost] }
                note: { type: string, nullable: true, minLength: 2, maxLength: 10 }
                stops: { type: integer, format: int32 }
                sentAt: { type: string, format: date-time }
                mail: { type: string, format: email }
                tags: { type: array, minItems: 1, maxItems: 3, uniqueItems: true, items: { type: string } }
                extras: { type: object, minProperties: 1, maxProperties: 2, additionalProperties: { type: integer } }
                seal: { type: object, additionalProperties: false, properties: { code: { type: string } } }
                to: { $ref: '#/components/schemas/Place' }
                paid: { anyOf: [{ type: boolean }, { type: integer }] }
                size: { allOf: [{ type: object, required: [height] }, { type: object, required: [width] }] }
                rank: { not: { type: string } }
                pin: { type: string, writeOnly: true }
            Place:
              oneOf: [{ $ref: '#/components/schemas/House' }, { $ref: '#/components/schemas/Locker' }]
              discriminator: { propertyName: kind, mapping: { house: '#/components/schemas/House', locker: \
        '#/components/schemas/Locker' } }
            House:
              type: object
              required: [kind, street]
              properties: { kind: { type: string }, street: { type: string } }
            Locker:
              type: object
              required: [kind, number]
              properties: { kind: { type: string }, number: { type: integer } }

        """

    /// An answer to `sendParcel` that follows the document; each member on a line of its own.
    static let parcel = """
        {
          "id": "P-1",
          "weight": 2.5,
          "state": "packed",
          "note": null,
          "stops": 3,
          "sentAt": "2026-01-01T00:00:00Z",
          "mail": "ann@example.com",
          "tags": ["a", "b"],
          "extras": {"ribbon": 1},
          "seal": {"code": "x"},
          "to": {"kind": "house", "street": "Elm"},
          "paid": true,
          "size": {"height": 1, "width": 2},
          "rank": 7
        }
        """

    /// Its headers.
    static let headers = [
        ("Content-Type", "application/json; charset=utf-8"), ("X-Trace", "6b1c3f4e-8a55-4c8e-9d0f-2b7f8a1e6c11"),
        ("X-Left", "59"), ("X-Stops", "1,2"), ("X-Hub", "city,Riga,gate,4"), ("X-Hint", #"{"text":"soon"}"#),
        ("Date", "Thu, 01 Jan 2026 00:00:00 GMT"),
    ]

    /// The answer whole, changed as a test needs it.
    struct Sent {
        var status = 201
        var headers = Parcels.headers
        var body = Parcels.parcel

        /// Puts `new` where `old` stands in the body.
        mutating func replace(_ old: String, _ new: String) {
            body = body.split(separator: old, maxSplits: 1, omittingEmptySubsequences: false).joined(separator: new)
        }

        /// Sets a header, or removes it.
        mutating func set(_ name: String, _ value: String?) {
            let place = headers.firstIndex { $0.0.lowercased() == name.lowercased() } ?? headers.endIndex
            if place < headers.endIndex { headers.remove(at: place) }
            if let value { headers.insert((name, value), at: place) }
        }
    }
}

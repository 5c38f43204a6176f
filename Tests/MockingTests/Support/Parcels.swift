/// An API of our own invention: parcels that are sent, tracked and lost.
enum Parcels {
    static let contract = """
        openapi: 3.0.3
        info: {title: Parcels, version: '1'}
        servers:
          - url: https://parcels.example/api/v1
        paths:
          /parcels:
            post:
              operationId: createParcel
              security: &needed
                - {key: [], secret: []}
                - {token: []}
              parameters:
                - {name: x-trace, in: header, schema: {type: string, maxLength: 8}}
              requestBody:
                required: true
                content:
                  application/json:
                    schema: {$ref: '#/components/schemas/NewParcel'}
              responses: &answers
                '200': {description: done, content: {application/json: {schema: {$ref: '#/components/schemas/Parcel'}}}}
                '400': &error
                  description: refused
                  content: {application/json: {schema: {$ref: '#/components/schemas/Error'}}}
                '401': *error
                '404': *error
                '409': *error
                '422': *error
                '429': *error
            get:
              operationId: listParcels
              security: *needed
              responses:
                '200':
                  description: all
                  content:
                    application/json:
                      schema: {type: array, items: {$ref: '#/components/schemas/Parcel'}}
                '401': *error
          /parcels/{id}:
            parameters: &id
              - {name: id, in: path, required: true, schema: {type: string}}
            get: {operationId: getParcel, security: *needed, responses: *answers}
            delete:
              operationId: deleteParcel
              security: *needed
              responses:
                '204': {description: gone}
                '404': *error
          /parcels/{id}/send:
            parameters: *id
            post: {operationId: sendParcel, security: *needed, responses: *answers}
          /parcels/{id}/stops:
            parameters: *id
            get:
              operationId: listStops
              security: *needed
              responses:
                '200':
                  description: stops
                  content:
                    application/json:
                      schema: {type: array, items: {$ref: '#/components/schemas/Stop'}}
                '404': *error
          /offices:
            get:
              operationId: listOffices
              parameters:
                - {name: limit, in: query, required: true, schema: {type: integer, minimum: 1}}
              responses:
                '200':
                  description: offices
                  headers:
                    x-total: {required: true, schema: {type: integer, minimum: 3}}
                  content:
                    application/json:
                      schema:
                        type: array
                        minItems: 2
                        items: {$ref: '#/components/schemas/Office'}
                      examples:
                        broken: {value: [1]}
                        north: {value: [{code: N1, opens: '2024-01-01'}, {code: N2, opens: '2024-01-02'}]}
                '422':
                  description: wrong
                  content: {application/json: {schema: {$ref: '#/components/schemas/Problem'}}}
        components:
          securitySchemes:
            key: {type: apiKey, in: header, name: x-key}
            secret: {type: apiKey, in: header, name: x-secret}
            token: {type: http, scheme: bearer}
          schemas:
            NewParcel:
              type: object
              required: [id, to]
              properties:
                id: {type: string, maxLength: 20}
                to: {$ref: '#/components/schemas/Address'}
                weight: {type: number}
                fragile: {type: boolean}
                deadline: {type: string}
            Address:
              type: object
              required: [city]
              properties: {city: {type: string}, street: {type: string}}
            Parcel:
              type: object
              additionalProperties: false
              required: [id, status, to, number]
              properties:
                id: {type: string}
                status: {type: string, enum: [WAITING, SENT, LOST]}
                number: {type: integer}
                to: {$ref: '#/components/schemas/Address'}
                weight: {type: number}
                paid: {type: number}
                fragile: {type: string, enum: ['yes', 'no', 'true', 'false']}
                label: {type: string}
                createdAt: {type: string, format: date-time}
                deadline: {type: string}
            Stop:
              type: object
              required: [at, city]
              properties: {at: {type: string, format: date-time}, city: {type: string}, note: {type: string}}
            Office:
              type: object
              required: [code, opens]
              properties:
                code: {type: string, minLength: 2, maxLength: 4}
                opens: {type: string, format: date}
                rooms: {type: integer, minimum: 1, multipleOf: 5}
            Error:
              type: object
              required: [message, code]
              properties: {message: {type: string}, code: {type: string}}
            Problem:
              type: object
              required: [detail, kind]
              properties: {kind: {type: string, enum: [problem]}, detail: {type: string}, where: {type: object}}
        """

    static let behaviour = """
        behaviour: 1
        answers: {ending: "\\n", offset: '+02:00'}
        headers:
          x-trace: '{{request.header.x-trace}}'
          x-mock: {$value: '{{request.header.x-mock}}', $else: ''}
        idempotency:
          header: x-once
          echo: x-once
          replayed: {header: x-again, first: 'no', again: 'yes'}
        rateLimit:
          limit: 1000
          headers: {limit: x-limit, remaining: x-left, retry: x-wait, type: x-by}
        counters: {parcel: 41}
        errors:
          missing: {status: 400, body: {message: '{{field}} is missing', code: missing}}
          invalid: {status: 400, body: {message: '{{field}} {{reason}}, got {{received}}', code: invalid}}
          unknown: {status: 404, body: {message: 'no parcel {{id}}', code: unknown}}
          duplicate: {status: 409, body: {message: 'parcel {{id}} is {{state}} already', code: duplicate}}
          state: {status: 409, body: {message: 'parcel {{id}} is {{state}}', code: state}}
          keyReused: {status: 422, body: {message: 'key {{received}} was used', code: key}}
          tooManyRequests: {status: 429, body: {message: slow down, code: slow}}
        collections:
          parcels:
            key: id
            states: {field: status, initial: WAITING, values: [WAITING, SENT, LOST]}
            fields:
              id: '{{request.body.id}}'
              status: WAITING
              number: '{{counter:parcel}}'
              to: {city: '{{request.body.to.city}}', street: '{{request.body.to.street}}'}
              weight: {$value: '{{request.body.weight}}', $else: 1.50}
              paid: 0
              fragile: {$text: '{{request.body.fragile}}', $else: 'no'}
              label: 'L-{{token:6}}'
              createdAt: '{{now}}'
              deadline: {$value: '{{request.body.deadline}}', $else: '{{now+2d}}'}
            timers:
              - {at: '{{entity.deadline}}', event: lose}
            children:
              stops:
                fields: {at: '{{now}}', city: '{{input.city}}', note: '{{item.city}} of {{entity.id}}'}
        operations:
          createParcel:
            create: parcels
            require:
              - {field: id, notEqual: '', error: missing}
              - {field: weight, more: 0, error: invalid, reason: must be above zero}
              - field: to.city
                oneOf: [Here, There]
                error: {status: 422, body: {message: 'we do not go to {{received}}', code: city}}
          listParcels: {list: parcels}
          getParcel: {read: parcels}
          deleteParcel: {delete: parcels}
          sendParcel:
            change: parcels
            transitions:
              - {from: WAITING, to: SENT}
          listStops: {list: parcels.stops}
        events:
          stop:
            collection: parcels
            inputs: {id: {type: string}, city: {type: string, default: Nowhere}}
            transitions:
              - {from: SENT, append: stops}
          pay:
            collection: parcels
            inputs: {id: {}, amount: {type: number}}
            transitions:
              - if:
                  - value: {$add: ['{{entity.paid}}', '{{input.amount}}']}
                    atMost: '{{entity.weight}}'
                set:
                  paid: {$add: ['{{entity.paid}}', '{{input.amount}}']}
          lose:
            collection: parcels
            inputs: {id: {type: string}}
            transitions:
              - {from: [WAITING, SENT], to: LOST}
        """

    static let parcel = #"{"id":"p1","to":{"city":"Here"}}"#
}

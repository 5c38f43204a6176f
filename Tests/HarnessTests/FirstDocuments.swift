/// Documents of other people's kinds, for first projects.
enum FirstDocuments {
    static let all: [(name: String, text: String)] = [
        ("library", library), ("forms", forms), ("things", things), ("weather", weather), ("paths", paths),
        ("security", security), ("shapes", shapes), ("projects", projects), ("odd", odd),
    ]

    /// A collection with a collection in it, ids chosen by the server, two servers.
    static let library = #"""
        openapi: 3.0.3
        info: {title: Library, version: 1.2.0}
        servers: [{url: 'https://api.library.example/v1', description: Live}, {url: 'https://sandbox.library.example/v1'}]
        security: [{ApiKey: []}]
        tags: [{name: Books}]
        paths:
          /books:
            get:
              tags: [Books]
              operationId: listBooks
              parameters:
                - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 100, default: 20}}
                - {name: sort, in: query, schema: {type: string, enum: [title, year]}}
              responses:
                '200': {description: ok, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Book'}}}}}
                '400': {$ref: '#/components/responses/Problem'}
                '401': {$ref: '#/components/responses/Problem'}
            post:
              tags: [Books]
              operationId: createBook
              requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Book'}}}}
              responses:
                '201': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Book'}}}}
                '400': {$ref: '#/components/responses/Problem'}
                '401': {$ref: '#/components/responses/Problem'}
          /books/{bookId}:
            parameters: [{name: bookId, in: path, required: true, schema: {type: string, format: uuid}}]
            get:
              tags: [Books]
              operationId: getBook
              responses:
                '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Book'}}}}
                '404': {$ref: '#/components/responses/Problem'}
                '401': {$ref: '#/components/responses/Problem'}
            put:
              tags: [Books]
              operationId: replaceBook
              requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Book'}}}}
              responses:
                '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Book'}}}}
                '400': {$ref: '#/components/responses/Problem'}
                '404': {$ref: '#/components/responses/Problem'}
                '401': {$ref: '#/components/responses/Problem'}
            delete:
              tags: [Books]
              operationId: deleteBook
              responses:
                '204': {description: gone}
                '404': {$ref: '#/components/responses/Problem'}
                '401': {$ref: '#/components/responses/Problem'}
          /books/{bookId}/copies:
            parameters: [{name: bookId, in: path, required: true, schema: {type: string, format: uuid}}]
            post:
              tags: [Books]
              operationId: addCopy
              requestBody: {required: true, content: {application/json: {schema: {type: object, required: [shelf], properties: {shelf: {type: string, pattern: '^[A-Z]{2}-[0-9]+$'}, id: {type: integer, readOnly: true}}}}}}
              responses:
                '201': {description: ok, content: {application/json: {schema: {type: object, required: [id], properties: {shelf: {type: string}, id: {type: integer}}}}}}
                '404': {$ref: '#/components/responses/Problem'}
                '422': {$ref: '#/components/responses/Problem'}
          /books/{bookId}/copies/{copyId}:
            parameters:
              - {name: bookId, in: path, required: true, schema: {type: string, format: uuid}}
              - {name: copyId, in: path, required: true, schema: {type: integer}}
            get:
              tags: [Books]
              operationId: getCopy
              responses:
                '200': {description: ok, content: {application/json: {schema: {type: object, required: [id], properties: {shelf: {type: string}, id: {type: integer}}}}}}
                '404': {$ref: '#/components/responses/Problem'}
        components:
          securitySchemes: {ApiKey: {type: apiKey, in: header, name: X-Api-Key}}
          responses:
            Problem: {description: problem, content: {application/problem+json: {schema: {type: object, required: [title], properties: {title: {type: string}, status: {type: integer}}}}}}
          schemas:
            Book:
              type: object
              required: [title, year]
              properties:
                id: {type: string, format: uuid, readOnly: true}
                title: {type: string, minLength: 1, maxLength: 80}
                year: {type: integer, minimum: 1450, maximum: 2100}
                isbn: {type: string, pattern: '^97[89][0-9]{10}$'}
                language: {type: string, enum: [en, de, fr]}
                author: {type: object, required: [name], properties: {name: {type: string}, born: {type: string, format: date}}}
                tags: {type: array, minItems: 1, items: {type: string, minLength: 2}}
        """#

    /// Forms, text, and bodies that no table can hold.
    static let forms = #"""
        openapi: 3.0.3
        info: {title: Tokens, version: '1'}
        servers: [{url: /oauth}]
        paths:
          /token:
            post:
              operationId: token
              requestBody:
                required: true
                content:
                  application/x-www-form-urlencoded:
                    schema: {type: object, required: [grant_type, amount], properties: {grant_type: {type: string, enum: [client_credentials, refresh]}, amount: {type: integer, minimum: 1}, scope: {type: array, items: {type: string}}, nested: {type: object, properties: {a: {type: integer}}}}}
              responses:
                '200': {description: ok, content: {application/json: {schema: {type: object, required: [access_token], properties: {access_token: {type: string}}}}}}
                '400': {description: bad, content: {application/json: {schema: {type: object}}}}
          /upload:
            post:
              operationId: upload
              requestBody:
                required: true
                content:
                  multipart/form-data:
                    schema: {type: object, required: [file, title], properties: {file: {type: string, format: binary}, title: {type: string, maxLength: 20}}}
              responses:
                '200': {description: ok, content: {application/json: {schema: {type: object}}}}
                '400': {description: bad}
          /notes:
            post:
              operationId: addNote
              requestBody: {required: true, content: {text/plain: {schema: {type: string, minLength: 3}}}}
              responses:
                '201': {description: ok, content: {text/plain: {schema: {type: string}}}}
                '422': {description: bad, content: {text/plain: {schema: {type: string}}}}
          /image:
            put:
              operationId: putImage
              requestBody: {required: true, content: {image/png: {schema: {type: string, format: binary}}}}
              responses: {'204': {description: ok}}
          /feed:
            post:
              operationId: feed
              requestBody: {required: true, content: {application/xml: {schema: {type: object, properties: {a: {type: string}}}}}}
              responses: {'202': {description: ok}}
        """#

    /// OpenAPI 3.1: lists of types, const, bounds that exclude, recursion, no operation ids, ranges of statuses.
    static let things = #"""
        openapi: 3.1.0
        info: {title: 'Tricky: "things" & ids', version: 2024-01-01}
        paths:
          /things:
            post:
              summary: Create thing
              requestBody:
                content:
                  application/json:
                    schema:
                      type: object
                      required: [name, kind]
                      additionalProperties: false
                      properties:
                        name: {type: [string, 'null'], minLength: 2}
                        kind: {const: plain}
                        size: {type: number, exclusiveMinimum: 0, exclusiveMaximum: 10}
                        tuple: {type: array, prefixItems: [{type: string}, {type: integer}], items: false}
                        when: {type: string, format: date-time}
                        map: {type: object, additionalProperties: {type: integer}}
                        if: {type: string}
                        status: {type: string, enum: [on, off, 'yes', 'null', '']}
                        child: {$ref: '#/components/schemas/Node'}
                      dependentRequired: {size: [when]}
              responses:
                '201':
                  description: ok
                  content:
                    application/json:
                      schema: {type: object, required: [thing_id], properties: {thing_id: {type: integer}, name: {type: [string, 'null']}, child: {$ref: '#/components/schemas/Node'}}}
                4XX: {description: bad, content: {application/json: {schema: {type: object}}}}
          /things/{thing-id}:
            parameters: [{name: thing-id, in: path, required: true, schema: {type: integer, minimum: 1}}]
            get:
              responses:
                '200': {description: ok, content: {application/json: {schema: {type: object, required: [thing_id], properties: {thing_id: {type: integer}}}}}}
                default: {description: any, content: {application/json: {schema: {type: object}}}}
            patch:
              requestBody: {required: true, content: {application/merge-patch+json: {schema: {type: object, minProperties: 1, properties: {name: {type: string}}}}}}
              responses:
                '200': {description: ok}
                4XX: {description: bad}
            delete:
              responses:
                '204': {description: ok}
                '404': {description: none}
        components:
          schemas:
            Node: {type: object, required: [value], properties: {value: {type: integer}, children: {type: array, items: {$ref: '#/components/schemas/Node'}}, next: {$ref: '#/components/schemas/Node'}}}
        webhooks:
          ping: {post: {responses: {'200': {description: ok}}}}
        """#

    /// Nothing but GET: every way to write a parameter, a redirection, no success at all.
    static let weather = #"""
        openapi: 3.0.0
        info: {title: Read only, version: ''}
        servers: [{url: 'https://{region}.example.com/{base}', variables: {region: {default: eu}, base: {default: v2}}}]
        paths:
          /health: {get: {responses: {'200': {description: ok, content: {text/plain: {schema: {type: string}}}}}}}
          /weather/{city}:
            get:
              parameters:
                - {name: city, in: path, required: true, schema: {type: string}}
                - {name: units, in: query, required: true, schema: {type: string, enum: [metric, imperial]}}
                - {name: days, in: query, schema: {type: integer, minimum: 1, maximum: 16}}
                - {name: fields, in: query, explode: false, schema: {type: array, minItems: 1, items: {type: string, enum: [temp, wind]}}}
                - {name: filter, in: query, style: deepObject, schema: {type: object, required: [from], properties: {from: {type: string, format: date}, to: {type: string, format: date}}}}
                - {name: X-Trace, in: header, required: true, schema: {type: string, format: uuid}}
                - {name: session, in: cookie, schema: {type: string}}
                - {name: box, in: query, content: {application/json: {schema: {type: object, properties: {x: {type: number}}}}}}
              responses:
                '200': {description: ok, headers: {X-Rate: {required: true, schema: {type: integer}}}, content: {application/json: {schema: {type: object, required: [temp], properties: {temp: {type: number}, unit: {type: string}}}}}}
                '400': {description: bad, content: {application/json: {schema: {type: object, properties: {error: {type: string}}}}}}
                '404': {description: none}
          /redirect: {get: {responses: {'302': {description: elsewhere, headers: {Location: {schema: {type: string}}}}}}}
          /nothing: {get: {responses: {'404': {description: only bad}}}}
          /any: {get: {responses: {default: {description: whatever}}}}
          /head: {head: {responses: {'200': {description: ok}}}, options: {responses: {'204': {description: ok}}}, trace: {responses: {'200': {description: ok}}}}
        """#

    /// A path parameter of every type.
    static let paths = #"""
        openapi: 3.0.3
        info: {title: Paths, version: v1}
        paths:
          /str/{a}: {get: {parameters: [{name: a, in: path, required: true, schema: {type: string, minLength: 3, maxLength: 5}}], responses: {'200': {description: ok}, '404': {description: n}, '400': {description: b}}}}
          /int/{a}: {get: {parameters: [{name: a, in: path, required: true, schema: {type: integer, format: int32, minimum: 5}}], responses: {'200': {description: ok}, '404': {description: n}, '400': {description: b}}}}
          /num/{a}: {get: {parameters: [{name: a, in: path, required: true, schema: {type: number}}], responses: {'200': {description: ok}, '404': {description: n}, '400': {description: b}}}}
          /bool/{a}: {get: {parameters: [{name: a, in: path, required: true, schema: {type: boolean}}], responses: {'200': {description: ok}, '404': {description: n}, '400': {description: b}}}}
          /date/{a}: {get: {parameters: [{name: a, in: path, required: true, schema: {type: string, format: date-time}}], responses: {'200': {description: ok}, '404': {description: n}, '400': {description: b}}}}
          /enum/{a}: {get: {parameters: [{name: a, in: path, required: true, schema: {type: string, enum: [x y, 'a/b', 'ü']}}], responses: {'200': {description: ok}, '404': {description: n}, '400': {description: b}}}}
          /arr/{a}: {get: {parameters: [{name: a, in: path, required: true, schema: {type: array, minItems: 2, items: {type: integer}}}], responses: {'200': {description: ok}, '404': {description: n}, '400': {description: b}}}}
          /obj/{a}: {get: {parameters: [{name: a, in: path, required: true, style: matrix, explode: true, schema: {type: object, required: [r], properties: {r: {type: integer}}}}], responses: {'200': {description: ok}, '404': {description: n}, '400': {description: b}}}}
          /label/{a}: {get: {parameters: [{name: a, in: path, required: true, style: label, schema: {type: string}}], responses: {'200': {description: ok}, '404': {description: n}, '400': {description: b}}}}
          /two/{a}-{b}: {get: {parameters: [{name: a, in: path, required: true, schema: {type: string, pattern: '^[a-z]+$'}}, {name: b, in: path, required: true, schema: {type: integer}}], responses: {'200': {description: ok}, '404': {description: n}, '400': {description: b}}}}
          /file/{name}.json: {get: {parameters: [{name: name, in: path, required: true, schema: {type: string}}], responses: {'200': {description: ok}, '404': {description: n}, '400': {description: b}}}}
          /one/{a}: {get: {parameters: [{name: a, in: path, required: true, schema: {oneOf: [{type: integer}, {type: string, format: uuid}]}}], responses: {'200': {description: ok}, '404': {description: n}, '400': {description: b}}}}
          /pat/{a}: {get: {parameters: [{name: a, in: path, required: true, schema: {type: string, pattern: '^ord_[A-Za-z0-9]{14}$'}}], responses: {'200': {description: ok}, '404': {description: n}, '400': {description: b}}}}
          /none/{a}: {get: {parameters: [{name: a, in: path, required: true, schema: {}}], responses: {'200': {description: ok}, '404': {description: n}, '400': {description: b}}}}
        """#

    /// Alternatives of security, and schemes of every kind.
    static let security = #"""
        openapi: 3.0.3
        info: {title: Secure, version: '3'}
        security: [{Key: [], Id: []}, {Bearer: []}]
        paths:
          /a: {get: {operationId: a, responses: {'200': {description: ok, content: {application/json: {schema: {type: object}}}}, '401': {description: no}}}}
          /b: {get: {operationId: b, security: [{}], responses: {'200': {description: ok}}}}
          /c: {get: {operationId: c, security: [{Basic: []}, {}], responses: {'200': {description: ok}, '403': {description: no}}}}
          /d: {get: {operationId: d, security: [{Oauth: [read]}], responses: {'200': {description: ok}, '403': {description: no}}}}
          /e: {get: {operationId: e, security: [{Cookie: []}], responses: {'200': {description: ok}, default: {description: no}}}}
          /f: {get: {operationId: f, security: [{Query: []}], responses: {'200': {description: ok}}}}
          /g: {get: {operationId: g, security: [{Oidc: []}], responses: {'200': {description: ok}, 4XX: {description: no}}}}
          /h: {get: {operationId: h, security: [{Mtls: []}], responses: {'200': {description: ok}, '401': {description: no}}}}
        components:
          securitySchemes:
            Key: {type: apiKey, in: header, name: x-key}
            Id: {type: apiKey, in: header, name: x-id}
            Bearer: {type: http, scheme: bearer}
            Basic: {type: http, scheme: basic}
            Oauth: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://x.example/t', scopes: {read: r}}}}
            Cookie: {type: apiKey, in: cookie, name: sid}
            Query: {type: apiKey, in: query, name: key}
            Oidc: {type: openIdConnect, openIdConnectUrl: 'https://x.example/o'}
            Mtls: {type: mutualTLS}
        """#

    /// JSON: alternatives with a discriminator, ids chosen by the client, arrays, scalars, deep recursion.
    static let shapes = #"""
        {"openapi":"3.0.1","info":{"title":"Shapes","version":"2020-01"},
        "paths":{
         "/shapes":{"post":{"operationId":"create shape, please","tags":["Shapes & Co"],"requestBody":{"required":true,"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Shape"},"examples":{"circle":{"value":{"type":"circle","radius":2.50,"note":"a {{brace}} and; semi"}}}}}},
           "responses":{"200":{"description":"ok","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Shape"}}}},"422":{"description":"bad","content":{"application/json":{"schema":{"type":"object","properties":{"detail":{"type":"array","items":{"type":"object"}}}}}}}}},
           "get":{"tags":["Shapes & Co"],"responses":{"200":{"description":"ok","content":{"application/json":{"schema":{"type":"object","properties":{"items":{"type":"array","items":{"$ref":"#/components/schemas/Shape"}}}}}}}}}},
         "/users":{"post":{"operationId":"createUser","requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object","required":["username","email","age"],"properties":{"username":{"type":"string","minLength":3,"maxLength":20,"pattern":"^[a-z0-9_-]+$"},"email":{"type":"string","format":"email"},"age":{"type":"integer","minimum":18},"address":{"type":"object","nullable":true,"required":["zip"],"properties":{"zip":{"type":"string"},"lines":{"type":"array","maxItems":2,"items":{"type":"string"}}}}}}}}},
           "responses":{"201":{"description":"ok","headers":{"Location":{"schema":{"type":"string"}}}},"400":{"description":"bad"},"409":{"description":"dup"}}}},
         "/users/{username}":{"get":{"operationId":"getUser","parameters":[{"name":"username","in":"path","required":true,"schema":{"type":"string"}}],"responses":{"200":{"description":"ok","content":{"application/json":{"schema":{"type":"object","properties":{"username":{"type":"string"}}}}}},"404":{"description":"none"}}},
           "delete":{"operationId":"deleteUser","parameters":[{"name":"username","in":"path","required":true,"schema":{"type":"string"}}],"responses":{"204":{"description":"ok"},"404":{"description":"none"}}}},
         "/orders":{"post":{"tags":["Orders"],"operationId":"createOrder","parameters":[{"name":"Idempotency-Key","in":"header","required":true,"schema":{"type":"string","format":"uuid"}},{"name":"X-Version","in":"header","required":true,"schema":{"type":"string","default":"2020-01","enum":["2020-01"]}}],"requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object","required":["order_id","amount","customer"],"properties":{"order_id":{"type":"string","minLength":3,"maxLength":45},"amount":{"type":"number","format":"double","minimum":1},"currency":{"type":"string","default":"INR"},"customer":{"allOf":[{"$ref":"#/components/schemas/Person"},{"required":["phone"],"properties":{"phone":{"type":"string","minLength":10,"maxLength":10}}}]}}}}}},
           "responses":{"200":{"description":"ok","content":{"application/json":{"schema":{"type":"object","properties":{"order_id":{"type":"string"},"status":{"type":"string","enum":["ACTIVE","PAID"]},"amount":{"type":"number"}}}}}},"400":{"description":"bad"},"409":{"description":"dup"}}}},
         "/orders/{order_id}":{"get":{"tags":["Orders"],"operationId":"getOrder","parameters":[{"name":"order_id","in":"path","required":true,"schema":{"type":"string"}}],"responses":{"200":{"description":"ok","content":{"application/json":{"schema":{"type":"object","properties":{"order_id":{"type":"string"}}}}}},"404":{"description":"none"}}}},
         "/orders/{order_id}/cancel":{"post":{"tags":["Orders"],"operationId":"cancelOrder","parameters":[{"name":"order_id","in":"path","required":true,"schema":{"type":"string"}}],"responses":{"200":{"description":"ok"},"404":{"description":"none"},"400":{"description":"bad"}}}},
         "/bulk":{"post":{"operationId":"bulk","requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"array","minItems":1,"maxItems":3,"uniqueItems":true,"items":{"type":"object","required":["sku"],"properties":{"sku":{"type":"string","minLength":2},"qty":{"type":"integer","multipleOf":5}}}}}}},"responses":{"202":{"description":"ok"},"400":{"description":"bad"}}}},
         "/scalar":{"put":{"requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"integer","maximum":9}}}},"responses":{"204":{"description":"ok"},"400":{"description":"bad"}}}},
         "/freeform":{"post":{"requestBody":{"required":true,"content":{"application/json":{}}},"responses":{"200":{"description":"ok","content":{"application/json":{}}}}}},
         "/deep":{"post":{"deprecated":true,"requestBody":{"required":true,"content":{"application/vnd.shapes.v1+json":{"schema":{"$ref":"#/components/schemas/Deep"}}}},"responses":{"200":{"description":"ok","content":{"application/vnd.shapes.v1+json":{"schema":{"$ref":"#/components/schemas/Deep"}}}},"400":{"description":"bad"}}}}
        },
        "components":{"schemas":{
         "Shape":{"oneOf":[{"$ref":"#/components/schemas/Circle"},{"$ref":"#/components/schemas/Square"}],"discriminator":{"propertyName":"type","mapping":{"circle":"#/components/schemas/Circle","square":"#/components/schemas/Square"}}},
         "Circle":{"type":"object","required":["type","radius"],"properties":{"type":{"type":"string"},"radius":{"type":"number","minimum":0,"exclusiveMinimum":true},"note":{"type":"string"}}},
         "Square":{"type":"object","required":["type","side"],"properties":{"type":{"type":"string"},"side":{"type":"number"}}},
         "Person":{"type":"object","required":["name"],"properties":{"name":{"type":"string","example":"Zoë; O'Hara"},"boss":{"$ref":"#/components/schemas/Person"}}},
         "Deep":{"type":"object","required":["a"],"properties":{"a":{"type":"object","required":["b"],"properties":{"b":{"type":"object","required":["c"],"properties":{"c":{"type":"object","required":["d"],"properties":{"d":{"type":"array","items":{"$ref":"#/components/schemas/Deep"}}}}}}}}}}
        }}}
        """#
}

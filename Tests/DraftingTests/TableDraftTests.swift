import Testing

@testable import Drafting

/// The tables that are drafted for a document.
struct TableDraftTests {
    @Test("a collection becomes a scenario, rejected requests, unknown ids and calls without credentials")
    func shop() throws {
        let draft = try Drafts.draft(Drafts.shop)
        #expect(
            draft.text("scenarios/orders.csv") == """
                scenario,step,call,auth,body,set,expect,same_as,opts,tags,note
                order-story,create,createOrder,,bodies/create-order.json,,,,,smoke,
                ,read,getOrder,,,orderId={{create.id}},,create,,,
                ,list,listOrders,,,,,,,,
                ,lines,addLine,,bodies/add-line.json,orderId={{create.id}},,,,,
                ,delete,deleteOrder,,,orderId={{create.id}},,,,,
                ,gone,getOrder,,,orderId={{create.id}},404,,,,
                orders-unknown,get-order,getOrder,,,orderId=none-{{random:8}},404,,,negative,
                ,delete-order,deleteOrder,,,orderId=none-{{random:8}},404,,,,
                create-order-refused,*,createOrder,,bodies/create-order.json,,400,,invalid,negative,
                ,no-sku,,,,!sku,,,,,`sku` is required
                ,sku-type,,,,sku:=17,,,,,`sku` is of type string
                ,sku-too-short,,,,sku=x,,,,,`sku` has at least 2 characters
                ,count-type,,,,count='ten',,,,,`count` is of type integer
                ,count-too-small,,,,count=0,,,,,`count` is at least 1
                ,count-too-large,,,,count=10,,,,,`count` is at most 9
                ,count-fraction,,,,count=1.5,,,,,`count` is an integer
                orders-credentials,create-order,createOrder,none,bodies/create-order.json,,401,,,security,

                """)
        #expect(
            draft.files.map(\.path).dropFirst() == [
                "scenarios/bodies/create-order.json", "scenarios/bodies/add-line.json",
            ])
    }

    @Test("parts that the document does not describe well enough are reported")
    func gaps() throws {
        let gaps = try Drafts.draft(Drafts.shop).gaps
        #expect(gaps.contains("an unknown id of addLine: the document declares no response 404"))
        #expect(
            gaps.contains(
                "requests that violate the contract of addLine: the document declares no response 400, 422, 4XX or default"
            ))
        #expect(
            gaps.contains(
                "a request without credentials of listOrders: the document declares no response 401, 403, 4XX or default"
            ))
    }

    @Test("the same document gives the same bytes")
    func deterministic() throws {
        let first = try Drafts.draft(Drafts.shop).files.map(\.text)
        #expect(try Drafts.draft(Drafts.shop).files.map(\.text) == first)
    }

    @Test("an operation without an id is called by method and path; tables are named by tag or path")
    func withoutIDs() throws {
        let draft = try Drafts.draft(
            Drafts.document("get: {tags: ['Big & Small'], responses: {'200': {description: ok}}}", path: "/a-b/{c}"))
        #expect(draft.files.isEmpty)
        let whole = try Drafts.draft(
            Drafts.document(
                "get: {tags: ['Big & Small'], parameters: [{name: c, in: path, required: true, schema: {type: integer, minimum: 7, maximum: 7}}], responses: {'200': {description: ok}}}",
                path: "/a-b/{c}"))
        #expect(
            whole.text("scenarios/big-small.csv") == """
                scenario,step,call,set,tags
                get-a-b-c,works,GET /a-b/{c},c={{var.c}},smoke

                """)
    }

    @Test("an operation whose body does not fit in a table is omitted; rows that depend on it are live only")
    func multipart() throws {
        let draft = try Drafts.draft(
            """
            openapi: 3.1.0
            info: {title: Files, version: '1'}
            paths:
              /files:
                post:
                  operationId: upload
                  requestBody: {required: true, content: {application/xml: {schema: {type: object}}}}
                  responses: {'201': {description: ok, content: {application/json: {schema: {type: object, properties: {id: {type: string}}}}}}}
              /files/{id}:
                get:
                  operationId: getFile
                  parameters: [{name: id, in: path, required: true, schema: {type: string}}]
                  responses: {'200': {description: ok}}
            """)
        #expect(
            draft.gaps.first
                == "the operation of upload: its body is of type application/xml, which drafts do not support yet")
        #expect(draft.lines.contains { $0.hasPrefix("get-file,works,getFile,id=") && $0.contains(",live,") })
    }

    @Test("required headers of parts are set, unless they have a default")
    func partHeaders() throws {
        let draft = try Drafts.draft(
            """
            openapi: 3.1.0
            info: {title: Files, version: '1'}
            paths:
              /files:
                post:
                  operationId: upload
                  requestBody:
                    required: true
                    content:
                      multipart/form-data:
                        schema: {type: object, required: [photo], properties: {photo: {type: string}, note: {type: string}}}
                        encoding:
                          photo:
                            headers:
                              X-Sum: {required: true, example: 17, schema: {type: integer}}
                              X-Kind: {required: true, schema: {type: string, default: cat}}
                              X-Free: {schema: {type: string}}
                          note: {headers: {X-Unused: {required: true, schema: {type: string}}}}
                  responses: {'200': {description: ok}}
            """)
        let row = try #require(draft.lines.first { $0.contains(",works,upload,") })
        #expect(row.contains("part.photo.header.x-sum=17"), "\(draft.lines)")
        #expect(!row.contains("x-kind") && !row.contains("x-free") && !row.contains("x-unused"), "\(row)")
    }

    @Test(
        "ids chosen by the client are new in each row",
        arguments: [
            ("{type: string}", "\"id\": \"id-{{random:12}}\"", ""),
            ("{type: string, format: uuid}", "\"id\": \"{{uuid}}\"", ""),
            ("{type: string, pattern: '^ord_[A-Z0-9]{14}$'}", "_{{random:14|upper}}\"", ""),
            ("{type: integer, minimum: 1}", "\"id\": ", "id=1000001"),
        ])
    func freshIDs(schema: String, body: String, item: String) throws {
        let draft = try Drafts.draft(
            """
            openapi: 3.1.0
            info: {title: Pets, version: '1'}
            paths:
              /pets:
                post:
                  operationId: create
                  requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
                  responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
              /pets/{id}:
                get:
                  operationId: read
                  parameters: [{name: id, in: path, required: true, schema: \(schema)}]
                  responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
            components:
              schemas:
                Pet: {type: object, required: [id], properties: {id: \(schema)}}
            """)
        #expect(draft.text("scenarios/bodies/create.json")?.contains(body) == true)
        #expect(
            draft.lines.contains { $0.hasPrefix("pet-story,create,create,") && (item.isEmpty || $0.contains(item)) })
    }

    @Test("idempotency keys are new in each row")
    func keys() throws {
        let draft = try Drafts.draft(
            Drafts.document(
                "post: {operationId: pay, parameters: [{name: Idempotency-Key, in: header, required: true, schema: {type: string}}], responses: {'200': {description: ok}}}"
            ))
        #expect(draft.lines.contains("pay,works,pay,Idempotency-Key={{uuid}},smoke"))
    }

    @Test(
        "a required parameter gets a value that can be sent",
        arguments: [
            ("{type: integer, default: x, maximum: 3}", "n="), ("{type: integer, default: 2}", ""),
            ("{type: string, nullable: true, enum: [null, b]}", "n=b"),
            ("{type: string, nullable: true, example: null, minLength: 2}", "n="),
        ])
    func sendable(schema: String, item: String) throws {
        let text = """
            openapi: 3.0.4
            info: {title: One, version: '1'}
            paths:
              /a:
                get:
                  operationId: find
                  parameters: [{name: n, in: query, required: true, schema: \(schema)}]
                  responses: {'200': {description: ok}}
            """
        let draft = try Drafts.draft(text)
        let line = try #require(draft.lines.first { $0.contains("find") }, "\(draft.lines)")
        #expect(item.isEmpty ? !line.contains("n=") : line.contains(item), "\(line)")
    }

    @Test("the header parameter Expect is left to the transport")
    func expectation() throws {
        let text = """
            openapi: 3.0.4
            info: {title: One, version: '1'}
            paths:
              /a:
                get:
                  operationId: find
                  parameters: [{name: Expect, in: header, required: true, schema: {type: string}}]
                  responses: {'200': {description: ok}}
            """
        let draft = try Drafts.draft(text)
        #expect(draft.lines.contains { $0.contains("find") })
        #expect(!draft.lines.contains { $0.contains("Expect") })
    }
}

import Testing

@testable import Drafting

/// Where the values of path parameters come from.
struct ChainDraftTests {
    /// Create, read and cancel, with an id of one type in the body and of another in the path.
    private static func document(
        collection: String = "/things", item: String = "{thingId}", member: String = "id",
        memberType: String = "string",
        parameterType: String = "string", wrapper: String? = nil
    ) -> String {
        let thing = "{type: object, required: [\(member)], properties: {\(member): {type: \(memberType)}}}"
        let body = wrapper.map { "{type: object, required: [\($0)], properties: {\($0): \(thing)}}" } ?? thing
        let parents = collection.split(separator: "/").filter { $0.hasPrefix("{") }.map {
            "{name: \($0.dropFirst().dropLast()), in: path, required: true, schema: {type: string}}"
        }
        let own = "{name: thingId, in: path, required: true, schema: {type: \(parameterType)}}"
        return """
            openapi: 3.0.3
            info: {title: Chain, version: '1'}
            paths:
              \(collection):
                parameters: [\(parents.joined(separator: ", "))]
                post:
                  operationId: make
                  responses: {'201': {description: ok, content: {application/json: {schema: \(body)}}}}
              \(collection)/\(item):
                parameters: [\((parents + [own]).joined(separator: ", "))]
                get: {operationId: read, responses: {'200': {description: ok}}}
              \(collection)/\(item):cancel:
                parameters: [\((parents + [own]).joined(separator: ", "))]
                post: {operationId: cancel, responses: {'200': {description: ok}}}
            """
    }

    @Test(
        "the id in the response of the creation is passed on, wherever it is",
        arguments: [
            (document(), "{{create.id}}"),
            (document(member: "thing_id"), "{{create.thing_id}}"),
            (document(memberType: "integer"), "{{create.id}}"),
            (document(memberType: "string", parameterType: "integer"), "{{create.id}}"),
            (document(wrapper: "data"), "{{create.data.id}}"),
            (document(memberType: "integer", wrapper: "thing"), "{{create.thing.id}}"),
            (document(collection: "/things/"), "{{create.id}}"),
            (document(collection: "/orgs/{org}/things"), "{{create.id}}"),
        ])
    func created(text: String, id: String) throws {
        let lines = try Drafts.draft(text.replacing("//{", with: "/{")).lines
        #expect(lines.contains { $0.contains(",read,") && $0.contains("thingId=\(id)") }, "\(lines)")
        #expect(lines.contains { $0.contains(",cancel,") && $0.contains("thingId=\(id)") }, "\(lines)")
    }

    @Test(
        "an id that cannot be the parameter is not passed on",
        arguments: [
            (document(memberType: "string", parameterType: "integer", wrapper: "data")), document(member: "taskId"),
            document(memberType: "boolean"),
            // The id of the parent, which the creation repeats.
            document(collection: "/orgs/{orgId}/things", member: "orgId"),
        ])
    func unfit(text: String) throws {
        let draft = try Drafts.draft(text)
        #expect(draft.lines.contains { $0.contains("thingId={{var.thingId}}") }, "\(draft.lines)")
        #expect(draft.variables.map(\.name).contains("thingId"))
    }

    @Test(
        "a link to a missing response member gives no id, so no row expects an unknown id to be detected",
        arguments: [("id", false), ("name", true)])
    func unfulfilled(member: String, isNoticed: Bool) throws {
        let lines = try Drafts.draft(
            """
            openapi: 3.0.3
            info: {title: Burgers, version: '1'}
            paths:
              /burgers:
                post:
                  operationId: make
                  responses:
                    '200':
                      description: ok
                      content: {application/json: {schema: {type: object, properties: {name: {type: string}}}}}
                      links: {one: {operationId: read, parameters: {burgerId: '$response.body#/\(member)'}}}
              /burgers/{burgerId}:
                parameters: [{name: burgerId, in: path, required: true, schema: {type: string}}]
                get: {operationId: read, responses: {'200': {description: ok}, '404': {description: unknown}}}
            """
        ).lines
        let unknown = try #require(lines.first { $0.hasPrefix("burgers-unknown,") }, "\(lines)")
        #expect(unknown.contains(",404,live,") != isNoticed, "\(unknown)")
    }

    @Test("an integer member is preferred to a text with the parameter's name")
    func fitting() throws {
        let text = Self.document(parameterType: "integer").replacing(
            "properties: {id: {type: string}}", with: "properties: {thing_id: {type: string}, id: {type: integer}}")
        #expect(try Drafts.draft(text).lines.contains { $0.contains("thingId={{create.id}}") })
    }

    @Test("an id chosen by the client is taken from its request: a body member, or the path of a creating PUT")
    func chosen() throws {
        let draft = try Drafts.draft(
            """
            openapi: 3.0.3
            info: {title: Chosen, version: '1'}
            paths:
              /boxes:
                post:
                  operationId: makeBox
                  requestBody: {required: true, content: {application/json: {schema: {type: object, required: [box_name], properties: {box_name: {type: string}}}}}}
                  responses: {'201': {description: made}}
              /boxes/{box_name}:
                parameters: [{name: box_name, in: path, required: true, schema: {type: string}}]
                get: {operationId: getBox, responses: {'200': {description: ok}}}
              /crates/{crate}:
                parameters: [{name: crate, in: path, required: true, schema: {type: string}}]
                put: {operationId: putCrate, responses: {'201': {description: made}, '200': {description: changed}}}
                get: {operationId: getCrate, responses: {'200': {description: ok}}}
            """)
        #expect(draft.lines.contains(",read,getBox,,box_name={{create.req.body.box_name}},"), "\(draft.lines)")
        #expect(draft.text("scenarios/bodies/make-box.json") == "{\n  \"box_name\": \"box-{{random:12}}\"\n}\n")
        #expect(draft.lines.contains("crate-story,create,putCrate,crate=crate-{{random:12}},smoke"))
        #expect(draft.lines.contains(",read,getCrate,crate={{create.req.path.crate}},"))
        #expect(draft.variables.isEmpty)
    }

    @Test(
        "links in the document are followed",
        arguments: [
            ("operationId: read", "$response.body#/deep/ref", "{{create.deep.ref}}"),
            ("operationRef: '#/paths/~1other~1{key}/get'", "$response.body#/deep/ref", "{{create.deep.ref}}"),
            ("operationId: read", "$response.header.X-Id", "{{create.header.x-id}}"),
            ("operationId: read", "$request.body#/own", "{{create.req.body.own}}"),
            ("operationId: read", "$request.query.q", "{{create.req.query.q}}"),
            ("operationId: read", "$statusCode", "{{var.other_key}}"),
            ("operationId: nobody", "$response.body#/deep/ref", "{{var.other_key}}"),
        ])
    func links(target: String, expression: String, value: String) throws {
        let draft = try Drafts.draft(
            """
            openapi: 3.0.3
            info: {title: Links, version: '1'}
            paths:
              /users:
                post:
                  operationId: makeUser
                  parameters: [{name: q, in: query, required: true, schema: {type: string}}]
                  requestBody: {required: true, content: {application/json: {schema: {type: object, required: [own], properties: {own: {type: string}}}}}}
                  responses:
                    '201':
                      description: made
                      headers: {X-Id: {required: true, schema: {type: string}}}
                      content: {application/json: {schema: {type: object, properties: {deep: {type: object, properties: {ref: {type: string}}}}}}}
                      links: {next: {\(target), parameters: {key: '\(expression)'}}}
              /other/{key}:
                parameters: [{name: key, in: path, required: true, schema: {type: string}}]
                get: {operationId: read, responses: {'200': {description: ok}}}
            """)
        #expect(draft.lines.contains { $0.contains("key=\(value)") }, "\(draft.lines)")
    }

    @Test("circular links end")
    func circle() throws {
        let draft = try Drafts.draft(
            """
            openapi: 3.0.3
            info: {title: Circle, version: '1'}
            paths:
              /a/{x}:
                parameters: [{name: x, in: path, required: true, schema: {type: string}}]
                post: {operationId: a, responses: {'200': {description: ok, content: {application/json: {schema: {type: object, properties: {n: {type: string}}}}}, links: {l: {operationId: b, parameters: {y: '$response.body#/n'}}}}}}
              /b/{y}:
                parameters: [{name: y, in: path, required: true, schema: {type: string}}]
                post: {operationId: b, responses: {'200': {description: ok, content: {application/json: {schema: {type: object, properties: {n: {type: string}}}}}, links: {l: {operationId: a, parameters: {x: '$response.body#/n'}}}}}}
            """)
        #expect(draft.lines.contains { $0.contains(",a,") } && draft.lines.contains { $0.contains(",b,") })
    }

    @Test("a parent that no operation creates is one variable for all rows, named after the parent")
    func variables() throws {
        let draft = try Drafts.draft(
            """
            openapi: 3.0.3
            info: {title: Repositories, version: '1'}
            paths:
              /repos/{owner}/{repo}:
                parameters: [&o {name: owner, in: path, required: true, schema: {type: string}}, &r {name: repo, in: path, required: true, schema: {type: string}}]
                get: {operationId: getRepo, responses: {'200': {description: ok}}}
              /repos/{owner}/{repo}/{archive}:
                parameters: [*o, *r, {name: archive, in: path, required: true, schema: {type: string, enum: [zip, tar]}}]
                get: {operationId: getArchive, responses: {'200': {description: ok}}}
              /orders/{id}:
                parameters: [{name: id, in: path, required: true, schema: {type: string, example: o-1}}]
                get: {operationId: getOrder, responses: {'200': {description: ok}}}
              /users/{id}:
                parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
                get: {operationId: getUser, responses: {'200': {description: ok}}}
              /days/{day}:
                parameters: [{name: day, in: path, required: true, schema: {type: string, format: date}}]
                get: {operationId: getDay, responses: {'200': {description: ok}}}
            """)
        #expect(draft.variables.map(\.name) == ["owner", "repo", "order_id", "user_id"])
        #expect(draft.variables.map(\.value) == ["example-owner", "example-repo", "o-1", "1001"])
        #expect(draft.lines.contains("get-repo,works,getRepo,owner={{var.owner}}; repo={{var.repo}},smoke"))
        #expect(draft.lines.contains { $0.contains("getArchive,owner={{var.owner}}; repo={{var.repo}}; archive=zip") })
        #expect(!draft.lines.contains { $0.contains("put in") })
    }

    @Test("an existing configuration provides the variables; missing ones are noted in the row")
    func givenVariables() throws {
        let contract = try Drafts.contract(
            Drafts.document(
                "get: {operationId: read, parameters: [{name: owner, in: path, required: true, schema: {type: string}}, {name: repo, in: path, required: true, schema: {type: string}}], responses: {'200': {description: ok}}}",
                path: "/repos/{owner}/{repo}"))
        let draft = Drafter.draft(contract, profiles: [], variables: ["owner": "ann"]) { _ in nil }
        #expect(draft.variables.isEmpty)
        #expect(
            draft.lines.last
                == "read,works,read,owner={{var.owner}}; repo=example-repo,smoke,\"before a run on a real server, enter a value of `repo` that exists there\""
        )
    }

    @Test(
        "the id of a read is compared with that of the creation where both are of one kind",
        arguments: [
            ("integer", "integer", true), ("string", "string", true), ("integer", "string", false),
            ("string", "integer", false), ("[string, integer]", "string", true),
        ])
    func kinds(created: String, shown: String, isCompared: Bool) throws {
        func response(_ kind: String) -> String {
            "{description: ok, content: {application/json: {schema: {type: object, required: [id], properties: {id: {type: \(kind)}}}}}}"
        }
        let text = """
            openapi: 3.1.0
            info: {title: Kinds, version: '1'}
            paths:
              /things:
                post: {operationId: make, responses: {'201': \(response(created))}}
              /things/{id}:
                parameters: [{name: id, in: path, required: true, schema: {type: string}}]
                get: {operationId: read, responses: {'200': \(response(shown))}}
            """
        let lines = try Drafts.draft(text).lines
        let read = try #require(lines.first { $0.contains("read") }, "\(lines)")
        #expect(read.contains("id={{create.id}},id={{create.id}}") == isCompared, "\(read)")
    }
}

import Testing

@testable import Drafting

/// Created resources: the comparison in rows, and the promise of the configuration.
struct ResourceDraftTests {
    /// A collection whose creation and read have these schemas.
    private static func document(
        created: String, read: String, parameter: String = "orderId", more: String = ""
    ) -> String {
        """
        openapi: 3.1.0
        info: {title: Orders, version: '1'}
        paths:
          /orders:
            post:
              operationId: createOrder
              responses: {'201': {description: ok, content: {application/json: {schema: \(created)}}}}
          /orders/{\(parameter)}:
            parameters: [{name: \(parameter), in: path, required: true, schema: {type: string}}]
            get:
              operationId: readOrder
              responses: {'200': {description: ok, content: {application/json: {schema: \(read)}}}}
            patch:
              operationId: changeOrder
              requestBody: {content: {application/json: {schema: {type: object, properties: {sku: {type: string}}}}}}
              responses: {'200': {description: ok, content: {application/json: {schema: \(read)}}}}
        \(more)
        components:
          schemas:
            Order: {type: object, required: [id], properties: {id: {type: string}, sku: {type: string}}}
        """
    }

    private static let order = "{$ref: '#/components/schemas/Order'}"

    /// An object of strings.
    private static func object(_ names: String..., more: String = "") -> String {
        let members = names.map { "\($0): {type: string}" } + (more.isEmpty ? [] : [more])
        return "{type: object, required: [id], properties: {\(members.joined(separator: ", "))}}"
    }

    @Test(
        "a read is compared with the creation, except for members that differ by their schemas",
        arguments: [
            (order, order, "create"), (object("id", "sku"), object("id", "sku"), "create"),
            (object("id", "sku"), object("id", "sku", "total"), "create except total"),
            (object("id", "sku", "job"), object("id", "sku"), "create except body.job"),
            (
                object("id", "sku", more: "to: \(object("id", "city"))"),
                object("id", "sku", more: "to: \(object("id", "city", "zip"))"), "create except to.zip"
            ),
            (
                object("id", "sku", more: "lines: {type: array, items: \(object("id"))}"),
                object("id", "sku", more: "lines: {type: array, items: \(object("id", "count"))}"),
                "create except lines[*].count"
            ),
            (
                object("id", "sku", more: "count: {type: integer}"), object("id", "sku", "count"),
                "create except count"
            ),
            (object("id", "sku", more: "pin: {type: string, writeOnly: true}"), object("id", "sku"), "create"),
        ])
    func compared(created: String, read: String, sameAs: String) throws {
        let draft = try Drafts.draft(Self.document(created: created, read: read))
        #expect(
            draft.lines.contains { $0.hasPrefix(",read,readOrder,") && $0.contains(",\(sameAs),") }, "\(draft.lines)")
        let except = sameAs.split(separator: " ").dropFirst(2).map(String.init)
        let resource = try #require(draft.resources.first)
        #expect(resource.name == "order" && resource.id == "id" && resource.create == "createOrder")
        #expect(resource.except == except)
    }

    @Test("a wrapped resource is compared without the members next to it, and has no promise")
    func wrapped() throws {
        let read = "{type: object, properties: {data: \(Self.order), meta: {type: object}}}"
        let draft = try Drafts.draft(Self.document(created: read, read: read))
        #expect(draft.lines.contains { $0.contains("{{create.data.id}}") && $0.contains(",create except meta,") })
        #expect(draft.resources.isEmpty)
    }

    @Test(
        "responses with nothing in common but the id are not compared",
        arguments: [
            (object("id"), object("id", "sku")), (object("id", "job"), object("id", "sku")), ("{type: object}", order),
        ])
    func different(created: String, read: String) throws {
        let draft = try Drafts.draft(Self.document(created: created, read: read))
        #expect(draft.lines.first?.contains("same_as") == false, "\(draft.lines)")
        #expect(draft.resources.isEmpty)
    }

    @Test("operations that return the resource by the same schema belong to the promise")
    func returning() throws {
        let draft = try Drafts.draft(Self.document(created: Self.order, read: Self.order))
        #expect(draft.resources.map(\.fetch) == [["readOrder", "changeOrder"]])
        let contract = try Drafts.contract(Self.document(created: Self.order, read: Self.order))
        let text = ConfigurationDraft.text(contract, spec: "a.yaml", resources: draft.resources)
        #expect(text.contains("    order:\n      id: 'id'\n      create: 'createOrder'\n"))
        #expect(text.contains("      fetch: ['readOrder', 'changeOrder']\n"))
    }

    @Test("an id with the same name in another resource gives no promise")
    func ambiguous() throws {
        let other = """
              /books/{id}:
                get:
                  operationId: readBook
                  parameters: [{name: id, in: path, required: true, schema: {type: string}}]
                  responses: {'200': {description: ok, content: {application/json: {schema: \(Self.order)}}}}
            """
        let clear = try Drafts.draft(Self.document(created: Self.order, read: Self.order, parameter: "id"))
        #expect(clear.resources.map(\.name) == ["order"])
        let draft = try Drafts.draft(
            Self.document(created: Self.order, read: Self.order, parameter: "id", more: other))
        #expect(draft.resources.isEmpty)
        #expect(draft.lines.contains { $0.hasPrefix(",read,readOrder,") && $0.contains(",create,") })
    }
}

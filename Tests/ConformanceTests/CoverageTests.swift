import Conformance
import Exchanges
import Testing

@Suite("Coverage")
struct CoverageTests {
    @Test("coverage counts documented responses, ranges and default included")
    func coverage() throws {
        let table = """
            scenario,step,call,set,expect
            a,one,listDepots,,200
            ,two,listDepots,,200
            ,three,sendParcel,weight=1,4xx
            ,four,fetchParcel,id=1,200
            """
        let verdict = try Bench(tables: [("t.csv", table)]).verdict([
            "one": [.answer(200, #"[{"city":"a"}]"#)], "two": [.answer(418, #"{"message":"a"}"#)],
            "three": [.answer(422, #"{"message":"a"}"#), .answer(409, #"{"message":"a"}"#)], "four": [.answer(301)],
        ])
        let counts = verdict.coverage.operations.map { operation in
            "\(operation.operation): " + operation.responses.map { "\($0.status) \($0.count)" }.joined(separator: ", ")
        }
        #expect(
            counts == [
                "sendParcel: 201 0, 4XX 2, 503 0", "fetchParcel: 200 0, 404 0, 429 0", "dropParcel: 204 0, 404 0",
                "readLabel: 200 0", "listDepots: 200 1, 500 0, default 1",
            ])
        #expect(verdict.coverage.exercisedOperations == 2)
        #expect(verdict.coverage.exercisedResponses == 3)
        #expect(verdict.coverage.documentedResponses == 12)
    }

    @Test("media types, headers, members, values and credentials are counted once for each response")
    func points() throws {
        let table = """
            scenario,step,call,auth,set,expect
            a,one,sendParcel,,weight=1,201
            ,two,sendParcel,,weight=1,4xx
            ,three,sendParcel,none,weight=1,401
            ,four,sendParcel,wrong,weight=1,401
            """
        let problem = #"{"message":"a","code":"busy"}"#
        let coverage = try Bench(tables: [("t.csv", table)]).verdict([
            "one": [.answer(201, Parcels.parcel, Parcels.headers)], "two": [.answer(422, problem)],
            "three": [.answer(401, problem)], "four": [.answer(400, "[1]")],
        ]).coverage
        func told(_ points: [CoveragePoint]) -> [String] { points.map { "\($0.name) \($0.count)" } }
        let operation = coverage.operations[0]
        #expect(told(operation.security) == ["Key + Pin 2", "Token 0"])
        let sent = operation.responses[0]
        #expect(told(sent.mediaTypes.all) == ["application/json 1"])
        #expect(told(sent.headers.all) == ["X-Trace 1", "X-Left 1", "X-Stops 1", "X-Hub 1", "X-Hint 1"])
        #expect(
            told(sent.properties.all) == [
                "/id 1", "/weight 1", "/state 1", "/note 1", "/stops 1", "/sentAt 1", "/mail 1", "/tags 1", "/extras 1",
                "/seal 1", "/seal/code 1", "/to 1", "/to/kind 1", "/to/street 1", "/to/number 0", "/paid 1", "/size 1",
                "/rank 1",
            ])
        #expect(told(sent.values.all) == [#"/state="packed" 1"#, #"/state="sent" 0"#, #"/state="lost" 0"#])
        let refused = operation.responses[1]
        #expect(refused.count == 3)
        #expect(told(refused.properties.all) == ["/message 2", "/code 2"])
        #expect(told(refused.values.all) == [#"/code="unknown" 0"#, #"/code="busy" 2"#, #"/code="wrong" 0"#])
        #expect(coverage.share(.security).documented == 8)
    }

    @Test("recursive schemas and elements of lists are counted as far as they are declared")
    func recursion() throws {
        let spec = """
            openapi: 3.1.0
            info: { title: Books, version: '1' }
            paths:
              /shelf:
                get:
                  operationId: readShelf
                  responses:
                    '200':
                      description: all
                      content:
                        application/json:
                          schema: { $ref: '#/components/schemas/Shelf' }
            components:
              schemas:
                Shelf:
                  type: object
                  properties:
                    books: { type: array, items: { type: object, properties: { 'a/b': { enum: [1, 2.0] } } } }
                    below: { $ref: '#/components/schemas/Shelf' }
            """
        let bench = try Bench(spec: spec, tables: [("t.csv", "scenario,step,call\nall,read,readShelf\n")])
        let verdict = try bench.verdict(.answer(200, #"{"books":[{"a/b":1},{"a/b":2}],"below":{"books":[]}}"#))
        let response = verdict.coverage.operations[0].responses[0]
        #expect(response.properties.all.map(\.name) == ["/books", "/books/*/a~1b", "/below"])
        #expect(response.properties.all.map(\.count) == [1, 1, 1])
        #expect(response.values.all.map(\.name) == ["/books/*/a~1b=1", "/books/*/a~1b=2"])
        #expect(response.values.all.map(\.count) == [1, 1])
    }

    @Test("a long run that is counted in parts has the same sum as in one")
    func pieces() throws {
        let rows = (0..<1_200).map { "s\($0),one,sendParcel,,weight=1,201" }
        let table = "scenario,step,call,auth,set,expect\n" + rows.joined(separator: "\n") + "\n"
        let coverage = try Bench(tables: [("t.csv", table)]).verdict([
            "one": [.answer(201, Parcels.parcel, Parcels.headers)]
        ]).coverage
        let operation = try #require(coverage.operations.first { $0.operation == "sendParcel" })
        let sent = try #require(operation.responses.first)
        #expect(sent.count == 1_200)
        #expect(sent.mediaTypes.all.map(\.count) == [1_200])
        #expect(sent.properties.all.first { $0.name == "/id" }?.count == 1_200)
        #expect(operation.security.first?.count == 1_200)
        #expect(Set(coverage.operations.map(\.operation)).count == coverage.operations.count)
    }
}

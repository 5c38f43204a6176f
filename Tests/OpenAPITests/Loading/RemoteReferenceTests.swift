import Diagnostics
import OpenAPI
import Testing

@Suite("References to other hosts and missing files")
struct RemoteReferenceTests {
    private static func text(_ target: String) -> String {
        """
        openapi: 3.0.3
        info: {title: t, version: "1"}
        paths:
          /a/{id}:
            parameters: [{$ref: '\(target)#/P'}]
            get:
              operationId: read
              responses: {"200": {description: ok}, "404": {$ref: '\(target)#/R'}}
            post: {operationId: send, requestBody: {$ref: '\(target)#/B'}, responses: {"200": {description: ok}}}
          /b: {$ref: '\(target)#/I'}
          /c: {get: {operationId: whole, responses: {"200": {description: ok}}}}
        """
    }

    @Test(
        "the affected parts are named, and everything else is read", arguments: ["https://a.example/x", "gone.yaml"])
    func parts(target: String) throws {
        let contract = try contract(Self.text(target))
        #expect(contract.operations.map(\.name) == ["read", "send", "whole"])
        #expect(
            contract.operations.map { $0.unread.map(\.part) } == [
                ["a parameter"], ["a parameter", "the request body"], [],
            ])
        #expect(contract.operation("read")?.response(status: 404)?.unread?.part == "the response 404")
        #expect(contract.operation("read")?.response(status: 200)?.unread == nil)
        #expect(contract.unreadPaths.map(\.part) == ["/b"])
        let isRemote = target.hasPrefix("https")
        #expect(contract.operations.flatMap(\.unread).allSatisfy { $0.isRemote == isRemote })
        // The missing parameter is that of the path: nothing else is wrong.
        #expect(Set(contract.check().map(\.rule)) == [isRemote ? "reference.remote" : "reference.unresolved"])
    }

    @Test("references to one host have one message, whatever they name there")
    func oncePerMachine() throws {
        let text = """
            openapi: 3.1.0
            info: {title: t, version: "1"}
            components:
              schemas:
                A: {$ref: 'https://a.example/one.yaml#/A'}
                B: {$ref: 'https://a.example/two/b.yaml?v=1#/B'}
                C: {$ref: '//b.example/c'}
                D: {$ref: 'urn:example:d'}
            """
        let messages = try contract(text).check().filter { $0.rule == "reference.remote" }.map(\.message)
        let ends = "are not followed: remote documents are not fetched"
        #expect(messages.count == 4)
        #expect(
            Set(messages) == [
                "references to 'a.example' \(ends)", "references to 'b.example' \(ends)",
                "references to 'urn:example:d' \(ends)",
            ])
    }
}

import Testing

@Suite("Values with several references")
struct SharedPlaceTests {
    @Test("a mistake inside a value that is used twice is reported once")
    func once() throws {
        let text = """
            openapi: 3.1.0
            info: {title: t, version: '1'}
            paths:
              /a: {$ref: '#/components/pathItems/P'}
              /b: {$ref: '#/components/pathItems/P'}
              /c: {get: {responses: {'200': {$ref: '#/components/responses/R'}}}}
              /d: {get: {responses: {'200': {$ref: '#/components/responses/R'}}}}
              /e: {get: {parameters: [{name: q, in: query, style: deep, schema: {}}], responses: {'200': {description: d}}}}
            components:
              pathItems:
                P:
                  get:
                    parameters: [{name: q, in: query, style: deep, schema: {}}]
                    responses: {'200': {description: d}}
              responses:
                R: {description: d, headers: {x: {style: form, schema: {}}}}
            """
        let problems = try findings(text).filter { $0.contains("parameter.style") }
        #expect(problems.map { $0.split(separator: " ")[0] } == ["8:48", "13:43", "16:39"])
    }
}

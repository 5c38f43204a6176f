import JSONDocument
import SourceText

/// A large valid document, the same in every run: about five kilobytes for each operation.
package struct GeneratedDocument {
    /// How many operations it has; at least 1.
    private let operations: Int
    /// Every so many operations one is changed, for comparisons; 0 for none.
    private let changes: Int
    /// A fifth as much for each operation: a document may have a million values, too few for 10,000 other operations.
    private let isLean: Bool

    package init(operations: Int, changes: Int = 0, isLean: Bool = false) {
        (self.operations, self.changes, self.isLean) = (operations, changes, isLean)
    }

    /// The document as JSON.
    package func json() throws -> String {
        try SourceReader.parse(Array(yaml.utf8), path: "document").document.root.value.text(.pretty)
    }

    /// The document as YAML.
    package var yaml: String {
        var text =
            "openapi: 3.0.3\ninfo: {title: Many things, version: '1'}\nservers: [{url: https://api.example/v1}]\npaths:\n"
        for number in 0..<operations { text += isLean ? Self.leanPath(number) : Self.path(number) }
        text += "components:\n  schemas:\n    Error: {type: object, properties: {message: {type: string}}}\n"
        for number in 0..<operations { text += isLean ? leanSchemas(number) : schemas(number) }
        return text
    }

    private static func path(_ number: Int) -> String {
        """
          /things\(number)/{id}:
            post:
              operationId: op\(number)
              summary: Does the thing number \(number)
              description: A longer text that says what the operation does, when it is allowed, and what its callers have to keep in mind.
              tags:
                - group\(number % 50)
              parameters:
                - name: id
                  in: path
                  required: true
                  schema:
                    type: string
                - name: limit
                  in: query
                  schema:
                    type: integer
                    minimum: 1
                    maximum: 100
                - name: x-trace
                  in: header
                  schema:
                    type: string
                    format: uuid
              requestBody:
                required: true
                content:
                  application/json:
                    schema:
                      $ref: '#/components/schemas/Thing\(number)'
              responses:
                '200':
                  description: done
                  headers:
                    x-rate:
                      schema:
                        type: integer
                  content:
                    application/json:
                      schema:
                        $ref: '#/components/schemas/Thing\(number)'
                      examples:
                        first:
                          value:
                            id: abcd-1
                            state: OPEN
                            amount: 10.5
                '400':
                  description: wrong
                  content:
                    application/json:
                      schema:
                        $ref: '#/components/schemas/Error'
                '404':
                  description: unknown
                  content:
                    application/json:
                      schema:
                        $ref: '#/components/schemas/Error'

        """
    }

    private static func leanPath(_ number: Int) -> String {
        """
          /things\(number)/{id}:
            post:
              operationId: op\(number)
              parameters:
                - {name: id, in: path, required: true, schema: {type: string}}
                - {name: limit, in: query, schema: {type: integer, maximum: 100}}
              requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Thing\(number)'}}}}
              responses:
                '200':
                  description: done
                  content: {application/json: {schema: {$ref: '#/components/schemas/Thing\(number)'}}}

        """
    }

    private func leanSchemas(_ number: Int) -> String {
        """
            Thing\(number):
              type: object
              required: [id]
              properties:
                id: {type: string, pattern: '^[a-z0-9-]{4,40}$'}
                currency: {type: string, minLength: 3, maxLength: \(isChanged(number) ? 4 : 3)}

        """
    }

    private func isChanged(_ number: Int) -> Bool { changes > 0 && number.isMultiple(of: changes) }

    private func schemas(_ number: Int) -> String {
        let lines = properties(number, indent: "              ", part: 1)
        return """
                Thing\(number):
                  type: object
                  required:
                    - id
                    - state
                  properties:
            \(properties(number, indent: "        ", part: 0))\
                    lines:
                      type: array
                      items:
                        type: object
                        properties:
            \(lines)\
                Owner\(number):
                  type: object
                  properties:
                    name:
                      type: string
                      description: Full name of the owner as printed on the bill, number \(number).
                    email:
                      type: string
                      format: email
                    zip:
                      type: string
                      pattern: ^\\d{5}$

            """
    }

    private func properties(_ number: Int, indent: String, part: Int) -> String {
        let owner = (number * 7 + part) % operations
        let parts = [
            """
            id:
              type: string
              pattern: ^[a-z0-9-]{4,40}$
              description: The identifier of the thing \(number), part \(part); it is given by the server and never changes.
            """,
            """
            state:
              type: string
              enum:
                - OPEN
                - PAID
                - EXPIRED
                - CANCELLED
              description: Where the thing stands in its life; see the guide for what each state means.
            """,
            "amount:\n  type: number\n  minimum: 0\n  maximum: 1000000\n  multipleOf: 0.01\n  example: 99.5",
            "currency:\n  type: string\n  minLength: 3\n  maxLength: \(isChanged(number) ? 4 : 3)\n  default: EUR",
            "created_at:\n  type: string\n  format: date-time\n  example: '2024-01-01T00:00:00Z'",
            "owner:\n  $ref: '#/components/schemas/Owner\(owner)'",
            "notes:\n  type: object\n  additionalProperties:\n    type: string\n    maxLength: 100",
            "tags:\n  type: array\n  maxItems: 10\n  items:\n    type: string",
        ]
        return parts.flatMap { $0.split(separator: "\n") }.map { indent + $0 + "\n" }.joined()
    }
}

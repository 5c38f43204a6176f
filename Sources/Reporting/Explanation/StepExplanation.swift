package import Diagnostics

/// The request that a row would send, with the reason for every value in it, and the checks of its response.
package struct StepExplanation: Sendable {
    /// The scenario's id.
    package var scenario: String
    /// The step's name, expanded.
    package var step: String
    /// The row.
    package var location: SourceLocation
    /// The row's note; empty when it has none.
    package var note: String
    /// The requirements that the row shows, each with its title if a catalogue has one.
    package var refs: [String] = []
    /// The reason why the step would not be sent to the target; `nil` when it would be sent.
    package var skipped: String?
    /// The call: the operation's name, or method and path, or a pause.
    package var call: String
    /// Where the contract declares the operation.
    package var operation: SourceLocation?
    /// The request that would be sent; `nil` for none.
    package var request: ExplainedRequest?
    /// The parameters, headers and body members in the order of sending.
    package var values: [ExplainedValue] = []
    /// The checks of the response.
    package var checks: [ExplainedCheck]

    /// A step without a request.
    package init(
        scenario: String, step: String, location: SourceLocation, note: String, skipped: String?, call: String,
        operation: SourceLocation?, checks: [ExplainedCheck]
    ) {
        self.scenario = scenario
        self.step = step
        self.location = location
        self.note = note
        self.skipped = skipped
        self.call = call
        self.operation = operation
        self.checks = checks
    }
}

/// The request of a step as it would be sent, secrets masked.
package struct ExplainedRequest: Sendable {
    /// The method.
    package var method: String
    /// The address.
    package var url: String
    /// The body; `nil` when there is none.
    package var body: String?
    /// The shell line that sends the request.
    package var curl: String

    /// A request by its parts.
    package init(method: String, url: String, body: String?, curl: String) {
        self.method = method
        self.url = url
        self.body = body
        self.curl = curl
    }
}

/// One value of a request.
package struct ExplainedValue: Sendable {
    /// The destination of the value: `path.id`, `header.accept`, `weight`, `items[0].sku`.
    package var place: String
    /// The value as it is sent, secrets masked; `nil` when the row leaves the place out.
    package var value: String?
    /// The type in the contract, in a few words: `string (uuid)`, `integer`, `one of A, B`.
    package var type: String?
    /// The location of the type in the contract.
    package var schema: SourceLocation?
    /// The source of the value: `set`, `body`, `default`, `profile merchant`, …
    package var source: String
    /// The cell or file that the value comes from.
    package var origin: SourceLocation?

    /// A value by its parts.
    package init(
        place: String, value: String? = nil, type: String? = nil, schema: SourceLocation? = nil, source: String,
        origin: SourceLocation? = nil
    ) {
        self.place = place
        self.value = value
        self.type = type
        self.schema = schema
        self.source = source
        self.origin = origin
    }
}

/// One check of a response.
package struct ExplainedCheck: Sendable {
    /// The kind of the check: `follow`, `expect`, `contract`, `check`, `same_as`, `law`.
    package var kind: String
    /// The text of the check, as in the table.
    package var text: String
    /// The type of the value in the contract, in a few words.
    package var type: String?
    /// The location of the type in the contract.
    package var schema: SourceLocation?
    /// The cell of the table.
    package var origin: SourceLocation?

    /// A check by its parts.
    package init(
        kind: String, text: String, type: String? = nil, schema: SourceLocation? = nil, origin: SourceLocation? = nil
    ) {
        self.kind = kind
        self.text = text
        self.type = type
        self.schema = schema
        self.origin = origin
    }
}

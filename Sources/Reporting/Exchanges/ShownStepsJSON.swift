import Exchanges
import JSONDocument
import Primitives

/// Steps with everything that was transmitted, as JSON for programs.
package struct ShownStepsJSON: Sendable {
    /// The report of `assay show`.
    package init() {}

    /// The report as pretty-printed JSON.
    package func render(_ shown: ShownSteps) -> String {
        let lines = ReproductionLine(shown.run, redactor: .none)
        return JSONEnvelope("show").render(
            exit: 0,
            [
                ("journal", .string(shown.journal)), ("target", .string(shown.run.target)),
                ("baseURL", .string(lines.baseURL)), ("steps", .array(shown.steps.map { step($0, lines) })),
            ])
    }

    private func step(_ step: ShownSteps.Step, _ lines: ReproductionLine) -> JSONValue {
        .members([
            ("scenario", .string(step.scenario)),
            ("step", .string(step.name)),
            ("reason", step.reason.map { .string($0.sentence) }),
            ("exchanges", .array(step.exchanges.map { exchange($0, lines) })),
        ])
    }

    private func exchange(_ exchange: Exchange, _ lines: ReproductionLine) -> JSONValue {
        let request = exchange.request
        return .members([
            ("sequence", .integer(exchange.sequence)),
            ("attempt", .integer(exchange.attempt)),
            ("received", request.isReceived ? true : nil),
            ("concurrent", exchange.position.isConcurrent ? true : nil),
            ("hop", exchange.hop > 0 ? .integer(exchange.hop) : nil),
            ("operation", exchange.operation.map { .string($0) }),
            ("contract", .string(exchange.contract)),
            ("startedAt", .string(exchange.startedAt.description)),
            ("milliseconds", .integer(Int(exchange.duration / .milliseconds(1)))),
            (
                "request",
                .members(
                    [
                        ("method", .string(request.method)), ("url", .string(request.url)),
                        ("headers", headers(request.headers)),
                    ] + body(request.body, request.cut))
            ),
            ("response", exchange.response.map(response)),
            (
                "failure",
                exchange.outcome.failure.map {
                    .members([("class", .string($0.class.rawValue)), ("message", .string($0.message))])
                }
            ),
            ("curl", request.isReceived ? nil : .string(lines.text(request))),
        ])
    }

    private func response(_ response: ResponseMessage) -> JSONValue {
        .members(
            [
                ("status", .integer(response.status)), ("version", .string(response.version)),
                ("headers", headers(response.headers)),
            ] + body(response.body, response.cut))
    }

    private func headers(_ headers: [HeaderField]) -> JSONValue {
        .array(headers.map { .array([.string($0.name), .string($0.value)]) })
    }

    /// The body as text, or in base64 if it is not text; its whole length where a part is missing.
    private func body(_ body: [UInt8]?, _ cut: BodyCut?) -> [(String, JSONValue?)] {
        guard let body, !body.isEmpty || cut != nil else { return [] }
        let text = String(validating: body, as: UTF8.self)
        let encoded = text == nil ? String(decoding: Base64.encode(body), as: UTF8.self) : nil
        return [
            ("body", text.map { .string($0) }), ("base64", encoded.map { .string($0) }),
            ("length", cut.map { .integer($0.length) }),
        ]
    }
}

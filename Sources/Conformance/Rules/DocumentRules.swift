import Diagnostics
import Exchanges
import JSONDocument
import JSONSchema
import OpenAPI

/// What is wrong with the contract itself, met while judging by it.
enum DocumentRules {
    /// The keywords that an example of the document itself breaks: by location, with where the example stands.
    static func keywords(
        brokenByExamplesOf mediaType: MediaType, _ schema: CompiledSchema, _ options: ValidationOptions
    ) -> [(keyword: SourceLocation, example: SourceLocation)] {
        let own = mediaType.schema?.view?.example
        let examples: [(JSONNode, SourceLocation)] =
            mediaType.examples.prefix(8).map { ($0.value, $0.location) }
            + (own.map { [($0, mediaType.location)] } ?? [])
        return examples.flatMap { value, location in
            schema.validate(value, options).issues.filter { $0.kind == .violation }.map { ($0.location, location) }
        }
    }

    /// The finding, laid at the document's door where its own example breaks the same keyword.
    static func blaming(
        _ finding: Finding, _ broken: [(keyword: SourceLocation, example: SourceLocation)]
    ) -> Finding {
        guard let example = broken.first(where: { $0.keyword == finding.contractLocation })?.example else {
            return finding
        }
        var finding = finding
        finding.blame = .document
        finding.details.append("the document's own example breaks this too: \(example)")
        return finding
    }

    /// The finding in place of all others where the mock could not respond: its document is at fault, not the server.
    static func withoutValue(_ subject: Subject) -> Finding? {
        guard subject.message.status == 500,
            subject.message.header(MockProblem.header).contains(MockProblem.noValue)
        else { return nil }
        let success = subject.operation?.responses.first { $0.statusKey.utf8.first == UInt8(ascii: "2") }
        return subject.finding(
            .documentNoValue,
            "the mock found no value that satisfies the schema of the response",
            blame: .document,
            at: .status,
            contract: success?.content.first?.location ?? success?.location ?? subject.operation?.location,
            actual: "500",
            details: ["correct the schema, or give the response an example"]
        )
    }

    /// One finding per problem of a schema that cannot be compiled: nothing is judged in silence by a broken schema.
    static func findings(_ error: SchemaCompilationError, _ subject: Subject, at place: ResponsePlace) -> [Finding] {
        findings(unusable: error.diagnostics.filter { $0.severity == .error }, subject, at: place)
    }

    /// One finding per keyword that cannot be used. Every other keyword is judged.
    static func findings(unusable: [Diagnostic], _ subject: Subject, at place: ResponsePlace) -> [Finding] {
        unusable.map { diagnostic in
            subject.finding(
                .documentSchema,
                message(unusable: diagnostic),
                blame: .document,
                at: place,
                contract: diagnostic.location,
                clause: diagnostic.rule + (diagnostic.place.map { " " + $0 } ?? ""),
                details: diagnostic.help.map { [$0] } ?? []
            )
        }
    }

    /// The sentence about a keyword that cannot be used.
    static func message(unusable diagnostic: Diagnostic) -> String {
        "the document has a keyword that cannot be used and judges nothing: \(diagnostic.message)"
    }
}

import Diagnostics
import Exchanges
import JSONDocument
import JSONSchema
import OpenAPI

/// Mistakes of the contract itself, found while judging by it.
enum DocumentRules {
    /// An example of the document.
    struct Example {
        var value: JSONNode
        var location: SourceLocation
        /// Whether it describes requests too, so that `readOnly` and `writeOnly` are ignored.
        var isOfBothDirections = false
    }

    /// The document's own examples of a body: those of the media type, and those of the schema itself. An example in a
    /// branch of a composed schema describes a part of the value only.
    static func examples(of mediaType: MediaType, _ schema: Schema?) -> [Example] {
        var examples = mediaType.examples.prefix(8).map { Example(value: $0.value, location: $0.location) }
        if let view = schema?.view {
            let own = [view.ownKeyword("example")].compactMap { $0 }
            let list = view.ownKeyword("examples").map { Array($0.elements.prefix(8)) } ?? []
            examples += (own + list).map {
                Example(value: $0, location: view.location, isOfBothDirections: true)
            }
        }
        // Items are judged one by one; an example of several items is a list.
        guard let items = mediaType.itemSchema, let schema, items === schema else { return examples }
        return examples.flatMap { example -> [Example] in
            guard !example.isOfBothDirections, example.value.kind == .array else {
                return example.isOfBothDirections ? [example] : []
            }
            return example.value.elements.prefix(8).map { Example(value: $0, location: example.location) }
        }
    }

    /// The violations in the document's own examples, each with the location of the first example that has it.
    static func traces(
        of examples: [Example], _ compiled: CompiledSchema, _ options: ValidationOptions
    ) -> [BodyDeviations.Trace: SourceLocation] {
        var traces: [BodyDeviations.Trace: SourceLocation] = [:]
        for example in examples {
            let report = compiled.validate(example.value, options)
            let deviations = BodyDeviations(report, of: example.value, by: compiled, nil, options) { [example.value] }
            for trace in deviations.traces where traces[trace] == nil {
                if example.isOfBothDirections, ["readOnly", "writeOnly"].contains(trace.keyword) { continue }
                traces[trace] = example.location
            }
        }
        return traces
    }

    /// The finding, with the document to blame if one of its own examples violates the same keywords at the same place.
    static func blaming(
        _ finding: Finding, _ entry: BodyDeviations.Entry,
        _ known: [BodyDeviations.Trace: SourceLocation]
    ) -> Finding {
        guard let first = entry.traces.first, let example = known[first],
            entry.traces.allSatisfy({ known[$0] != nil })
        else { return finding }
        var finding = finding
        finding.blame = .document
        finding.details.append("the document's own example violates this rule at the same place: \(example)")
        return finding
    }

    /// Whether the mock could not respond because it found no value for a schema.
    static func isWithoutValue(_ message: ResponseMessage) -> Bool {
        message.status == 500 && message.header(MockProblem.header).contains(MockProblem.noValue)
    }

    /// The finding in place of all others for such a response: its document is wrong, not the server.
    static func withoutValue(_ subject: ResponseSubject) -> Finding {
        let success = subject.operation?.responses.first { $0.statusKey.utf8.first == UInt8(ascii: "2") }
        return subject.finding(
            .documentNoValue,
            "the mock found no value that satisfies the schema of the response",
            blame: .document,
            at: .status,
            contract: success?.content.first?.location ?? success?.location ?? subject.operation?.location,
            actual: "500",
            details: ["fix the schema, or add an example to the response"]
        )
    }

    /// One finding per error of a schema that cannot be compiled, so that it never passes silently.
    static func findings(
        _ error: SchemaCompilationError, _ subject: ResponseSubject, at place: ResponsePlace
    ) -> [Finding] {
        findings(unusable: error.diagnostics.filter { $0.severity == .error }, subject, at: place)
    }

    /// One finding per keyword that cannot be used. Every other keyword is applied.
    static func findings(unusable: [Diagnostic], _ subject: ResponseSubject, at place: ResponsePlace) -> [Finding] {
        unusable.map { diagnostic in
            subject.finding(
                rule(unusable: diagnostic),
                message(unusable: diagnostic),
                blame: .document,
                at: place,
                contract: diagnostic.location,
                clause: diagnostic.rule + (diagnostic.place.map { " " + $0 } ?? ""),
                details: diagnostic.help.map { [$0] } ?? []
            )
        }
    }

    /// The finding for a response whose description cannot be read: only its status is judged.
    static func unread(_ part: UnreadReference, _ subject: ResponseSubject) -> Finding {
        subject.finding(
            part.isRemote ? .documentUnjudged : .documentSchema,
            part.message,
            blame: .document,
            contract: part.location
        )
    }

    /// The document is not at fault for a reference to another host.
    static func rule(unusable diagnostic: Diagnostic) -> Rule {
        diagnostic.rule == "schema.remote" ? .documentUnjudged : .documentSchema
    }

    /// The sentence about a keyword that cannot be used.
    static func message(unusable diagnostic: Diagnostic) -> String {
        if rule(unusable: diagnostic) == .documentUnjudged {
            return "a part of the value was not validated: \(diagnostic.message)"
        }
        return "the document has an unusable keyword, which is ignored: \(diagnostic.message)"
    }
}

import Diagnostics
import JSONSchema

/// What is wrong with the contract itself, met while judging by it.
enum DocumentRules {
    /// One finding per problem of a schema that cannot be compiled: nothing is judged in silence by a broken schema.
    static func findings(_ error: SchemaCompilationError, _ subject: Subject, at place: ResponsePlace) -> [Finding] {
        error.diagnostics.map { diagnostic in
            subject.finding(
                .documentSchema,
                "a schema cannot be used, so it judges nothing: \(diagnostic.message)",
                blame: .document,
                at: place,
                contract: diagnostic.location,
                clause: diagnostic.rule + (diagnostic.place.map { " " + $0 } ?? ""),
                details: diagnostic.help.map { [$0] } ?? []
            )
        }
    }
}

package import JSONDocument
package import JSONSchema

/// Generates values that match a schema. Equal seeds and paths give equal values.
///
/// A value is returned only if the compiled schema accepts it. For a schema that is too difficult, the result is `nil`,
/// never an invalid value.
package struct ValueGenerator: Sendable {
    /// Which of the allowed values are preferred.
    package enum Style: Sendable, Hashable {
        /// Examples and first alternatives, and every declared member, as in documentation.
        case plain
        /// Like ``plain``, but only with required members.
        case required
        /// Any allowed value, chosen by the seed; examples are ignored.
        case varied
    }

    let schemas: SchemaStore
    let seed: String
    let style: Style
    let options: ValidationOptions

    /// Creates a generator for the schemas of one contract.
    ///
    /// - Parameters:
    ///   - seed: Decides everything that the schema leaves open.
    ///   - direction: Requests have no `readOnly` members, responses no `writeOnly` ones.
    package init(
        schemas: SchemaStore, seed: String, direction: ValidationOptions.Direction = .response, style: Style = .plain
    ) {
        self.schemas = schemas
        self.seed = seed
        self.style = style
        options = ValidationOptions(direction: direction, refusesReadOnly: direction == .request)
    }

    /// Returns a value for the schema at a place; `nil` if none was found.
    ///
    /// - Parameter path: The purpose of the value, such as an operation's name and a member's path; equal paths give
    ///   equal values.
    package func value(for place: SchemaPlace, at path: String = "") -> JSONValue? {
        schemas.view(place).flatMap { value(for: $0, at: path) }
    }

    /// Returns a value for a schema; `nil` if none was found.
    package func value(for schema: SchemaView, at path: String = "") -> JSONValue? {
        var making = ValueMaker(generator: self)
        if let made = making.value([schema], path) { return made }
        // A keyword that cannot be decided, such as a pattern that exceeds the bounds on work, does not affect the
        // others.
        var lenient = ValueMaker(generator: self, takesUndecided: true)
        return lenient.value([schema], path)
    }

    /// The outcome of validating a value against the schema at a place; `nil` if the schema cannot be used.
    func outcome(_ value: JSONValue, by place: SchemaPlace) -> SchemaOutcome? {
        guard let schema = try? schemas.compiled(place) else { return nil }
        return schema.isValid(JSONDocument(value).root, options)
    }

    /// Whether the schema at a place accepts a value.
    package func accepts(_ value: JSONValue, by place: SchemaPlace) -> Bool {
        guard let schema = try? schemas.compiled(place) else { return false }
        return schema.isValid(JSONDocument(value).root, options) == .valid
    }
}

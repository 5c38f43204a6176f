public import JSONDocument
public import JSONSchema

/// Makes values that satisfy a schema, always the same ones for the same seed and place.
///
/// A value counts only once the compiled schema accepts it: a schema that is beyond this way of making values gives
/// `nil` and never a wrong value.
public struct ValueGenerator: Sendable {
    /// How much of what a schema leaves open is used.
    public enum Style: Sendable, Hashable {
        /// Examples and first alternatives, every declared member: what documentation would show.
        case plain
        /// As ``plain``, with those members alone that have to be there.
        case required
        /// Anything that is allowed, decided by the seed; examples are left aside.
        case varied
    }

    let schemas: SchemaStore
    let seed: String
    let style: Style
    let options: ValidationOptions

    /// A generator over the schemas of one contract.
    ///
    /// - Parameters:
    ///   - seed: Decides everything that the schema leaves open.
    ///   - direction: Requests have no `readOnly` members, responses no `writeOnly` ones.
    public init(
        schemas: SchemaStore, seed: String, direction: ValidationOptions.Direction = .response, style: Style = .plain
    ) {
        self.schemas = schemas
        self.seed = seed
        self.style = style
        options = ValidationOptions(direction: direction, refusesReadOnly: direction == .request)
    }

    /// A value for the schema at a place; `nil` when none was found.
    ///
    /// - Parameter path: What the value is for, such as an operation's name and a member's path; equal paths give
    ///   equal values.
    public func value(for place: SchemaPlace, at path: String = "") -> JSONValue? {
        schemas.view(place).flatMap { value(for: $0, at: path) }
    }

    /// A value for a schema; `nil` when none was found.
    public func value(for schema: SchemaView, at path: String = "") -> JSONValue? {
        var making = Making(generator: self)
        if let made = making.value([schema], path) { return made }
        // A keyword that cannot be decided, such as a pattern beyond the bounds on work, does not stop the rest.
        var lenient = Making(generator: self, takesUndecided: true)
        return lenient.value([schema], path)
    }

    /// What the schema at a place says of a value; `nil` when the schema cannot be used.
    func outcome(_ value: JSONValue, by place: SchemaPlace) -> SchemaOutcome? {
        guard let schema = try? schemas.compiled(place) else { return nil }
        return schema.isValid(JSONDocument(value).root, options)
    }

    /// Whether the schema at a place accepts a value.
    public func accepts(_ value: JSONValue, by place: SchemaPlace) -> Bool {
        guard let schema = try? schemas.compiled(place) else { return false }
        return schema.isValid(JSONDocument(value).root, options) == .valid
    }
}

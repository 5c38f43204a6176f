package import Diagnostics
package import JSONDocument
package import JSONSchema

/// Changes a value so that it violates exactly one keyword of its schema at one place.
///
/// The violations are not listed by hand: values are changed in every way that schemas can reject, and the keyword that
/// the compiled schema reports is the name of the change.
package struct ValueBreaker: Sendable {
    /// A keyword that can be violated, and its place.
    package struct Break: Sendable, Hashable {
        /// The keyword, as in the schema.
        package let keyword: String
        /// The path to the value or absent member; `*` means every element of an array.
        package let place: [String]
        /// The location of the keyword.
        package let location: SourceLocation

        /// Whether keyword and place are equal; the location does not count.
        package static func == (left: Break, right: Break) -> Bool {
            left.keyword == right.keyword && JSONPointer(left.place) == JSONPointer(right.place)
        }

        /// Feeds keyword and place.
        package func hash(into hasher: inout Hasher) {
            hasher.combine(keyword)
            hasher.combine(JSONPointer(place))
        }
    }

    let schema: CompiledSchema
    let view: SchemaView
    let generator: ValueGenerator
    private let options: ValidationOptions

    /// Creates a breaker for values of the schema at `place`; `nil` if the schema cannot be used.
    package init?(place: SchemaPlace, schemas: SchemaStore, direction: ValidationOptions.Direction = .response) {
        guard let schema = try? schemas.compiled(place), let view = schemas.view(place) else { return nil }
        self.schema = schema
        self.view = view
        generator = ValueGenerator(schemas: schemas, seed: "break", direction: direction)
        options = ValidationOptions(direction: direction, maximumIssues: 20)
    }

    /// Every possible violation for values like `value`, in the order of the document.
    package func breaks(of value: JSONValue) -> [Break] {
        guard isValid(value) else { return [] }
        var found: [Break] = []
        var seen: Set<Break> = []
        for place in Self.places(in: value) {
            for change in changes(of: value, at: place) {
                guard let (made, _) = broken(by: change), seen.insert(made).inserted else { continue }
                found.append(made)
            }
        }
        return found
    }

    /// Returns `value` with one violation; a member or element that is needed for it is added. `nil` if it is
    /// impossible.
    package func broken(_ value: JSONValue, by wanted: Break) -> JSONValue? {
        guard isValid(value), let whole = completed(value, toward: wanted) else { return nil }
        let parent = Array(wanted.place.dropLast())
        let places = Self.places(in: whole)
        let near =
            places.filter { Self.general($0, in: whole) == wanted.place }
            + places.filter { Self.general($0, in: whole) == parent }
            + places.filter { place in
                let general = Self.general(place, in: whole)
                return general.count > wanted.place.count && general.starts(with: wanted.place)
            }
        var second: JSONValue?
        for place in near {
            for change in changes(of: whole, at: place) {
                guard let (made, isClean) = broken(by: change), made == wanted else { continue }
                if isClean { return change }
                second = second ?? change
            }
        }
        return second
    }

    private func isValid(_ value: JSONValue) -> Bool {
        schema.isValid(JSONDocument(value).root, options) == .valid
    }

    /// The violation of a changed value, if there is exactly one, and whether the value has no undeclared members.
    private func broken(by changed: JSONValue) -> (Break, isClean: Bool)? {
        let document = JSONDocument(changed)
        guard schema.isValid(document.root, options) == .invalid else { return nil }
        let report = schema.validate(document.root, options)
        guard let first = report.issues.first, report.issues.allSatisfy({ $0.kind == .violation }) else { return nil }
        func change(_ issue: SchemaIssue) -> Break {
            var pointer = issue.pointer
            if let property = issue.property { pointer = pointer.appending(property) }
            return Break(
                keyword: issue.keyword, place: Self.general(pointer.tokens, in: changed), location: issue.location)
        }
        let made = change(first)
        // Several elements of a list may share one violation.
        guard report.issues.allSatisfy({ change($0) == made }) else { return nil }
        return (made, report.undeclared.isEmpty)
    }

    /// Returns `value` with all containers on the path to the violation; absent ones are generated.
    private func completed(_ value: JSONValue, toward wanted: Break) -> JSONValue? {
        var value = value
        var way: [String] = []
        let isMissingMember = ["required", "dependentRequired"].contains(wanted.keyword)
        for (index, step) in wanted.place.enumerated() {
            let isLast = index == wanted.place.count - 1
            let here = value.value(at: JSONPointer(way))
            if step == "*", case .array(let elements)? = here {
                way.append("0")
                guard elements.isEmpty else { continue }
                guard let made = made(at: way, wanted) else { return nil }
                value.set(.array([made]), at: JSONPointer(way.dropLast()))
            } else if case .object(let object)? = here {
                way.append(step)
                guard object[step] == nil else { continue }
                // A member that no schema allows is created by the change itself.
                if isLast, ["additionalProperties", "unevaluatedProperties"].contains(wanted.keyword) { break }
                guard let made = made(at: way, wanted) else {
                    // If a member is undeclared, the change itself creates it.
                    return isLast && isValid(value) ? value : nil
                }
                if isLast, isMissingMember { return value }
                value.set(made, at: JSONPointer(way))
            } else {
                return nil
            }
        }
        return isValid(value) ? value : nil
    }

    private func made(at way: [String], _ wanted: Break) -> JSONValue? {
        view.view(at: way).flatMap { generator.value(for: $0, at: JSONPointer(way).description) }
    }
}

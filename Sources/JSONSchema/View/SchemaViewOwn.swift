public import JSONDocument

/// The very schema that a view looks at, without what its branches say.
extension SchemaView {
    /// A keyword that stands in this very schema, branches left out.
    public func ownKeyword(_ name: String) -> JSONNode? {
        own(name)
    }

    /// A schema that stands inside this one, references followed; `nil` when it leads nowhere.
    ///
    /// - Parameter schema: A value of this view's ``node``, at any depth.
    public func subschema(_ schema: JSONNode) -> SchemaView? {
        store.view(of: part(schema))
    }

    /// The schemas that these keywords (`$ref`, `allOf`, `oneOf` …) of this very schema apply to the same value.
    public func applied(by keywords: [String]) -> [SchemaView] {
        store.targets(of: self, under: keywords)
    }
}

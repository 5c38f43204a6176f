public import JSONDocument

/// The schema of a view itself, without its branches.
extension SchemaView {
    /// A keyword of this schema itself, without its branches.
    public func ownKeyword(_ name: String) -> JSONNode? {
        own(name)
    }

    /// A schema inside this one, with references followed; `nil` if a reference cannot be resolved.
    ///
    /// - Parameter schema: A value inside this view's ``node``, at any depth.
    public func subschema(_ schema: JSONNode) -> SchemaView? {
        store.view(of: part(schema))
    }

    /// The schemas that these keywords (`$ref`, `allOf`, `oneOf` …) of this schema itself apply to the same value.
    public func applied(by keywords: [String]) -> [SchemaView] {
        store.targets(of: self, under: keywords)
    }
}

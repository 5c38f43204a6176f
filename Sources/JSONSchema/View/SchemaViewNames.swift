extension SchemaView {
    /// The names of all members that the schema declares, at any depth.
    ///
    /// - Complexity: each schema is visited once, so schemas that contain themselves end.
    package var memberNames: Set<String> {
        var names: Set<String> = []
        var seen: Set<SchemaPlace> = []
        var open = [self]
        while let view = open.popLast() {
            guard seen.insert(view.place).inserted else { continue }
            for name in view.propertyNames {
                names.insert(name)
                if let property = view.property(name) { open.append(property) }
            }
            open += [view.items, view.additional].compactMap { $0 } + view.branches
        }
        return names
    }
}

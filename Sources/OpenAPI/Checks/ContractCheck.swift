public import Diagnostics
internal import JSONSchema

extension Contract {
    /// All diagnostics of the contract: those from loading and those from compiling every schema.
    ///
    /// Compiles the schemas of all parameters, headers, bodies and components, whether they are used or not.
    public func check() -> [Diagnostic] {
        var found = Diagnostics(diagnostics)
        var known = Set(diagnostics)
        // Loading has already explained why a reference cannot be resolved, and in more detail.
        let explained = Set(diagnostics.filter { $0.rule.utf8.starts(with: "reference.".utf8) }.map(\.location))
        func add(_ diagnostics: [Diagnostic]) {
            for diagnostic in diagnostics where known.insert(diagnostic).inserted {
                let isReference = ["schema.reference", "schema.remote", "schema.keyword"].contains(diagnostic.rule)
                guard !isReference || !explained.contains(diagnostic.location) else {
                    continue
                }
                found.append(diagnostic)
            }
        }
        for value in schemaRoots {
            do {
                add(try schemas.compiled(documents.place(of: value)).notes)
            } catch {
                add(error.diagnostics)
            }
        }
        return found.sorted
    }
}

import Diagnostics
import JSONDocument
import JSONSchema

/// Compares the array keywords of two schemas.
extension SchemaComparer {
    func arrayEdits(_ old: SchemaFacts, _ new: SchemaFacts, _ sides: Sides) -> [SchemaEdit] {
        var edits = boundEdits("maxItems", old, new, isUpper: true, sides)
        edits += boundEdits("minItems", old, new, isUpper: false, sides)
        switch (old.arrays.uniqueItems, new.arrays.uniqueItems) {
        case (nil, let theirs?): edits.append(appeared("unique-items", "uniqueItems", theirs, sides))
        case (let ours?, nil): edits.append(disappeared("unique-items", "uniqueItems", ours, sides))
        default: break
        }
        edits += elementEdits(old, new, sides)
        edits += listEdits("contains", old.arrays.contains, new.arrays.contains, sides)
        if !old.arrays.contains.isEmpty, !new.arrays.contains.isEmpty {
            edits += boundEdits("maxContains", old, new, isUpper: true, sides)
            edits += minContainsEdits(old, new, sides)
        }
        switch (old.arrays.closing, new.arrays.closing) {
        case (nil, let theirs?): edits.append(appeared("unevaluated-items", "unevaluatedItems", theirs, sides))
        case (let ours?, nil): edits.append(disappeared("unevaluated-items", "unevaluatedItems", ours, sides))
        default: break
        }
        return edits
    }

    /// `minContains` is 1 if it is absent (JSON Schema 2020-12 Validation, section 6.4.5), so adding 0 is a decrease.
    private func minContainsEdits(_ old: SchemaFacts, _ new: SchemaFacts, _ sides: Sides) -> [SchemaEdit] {
        let (ours, theirs) = (old.bounds["minContains"], new.bounds["minContains"])
        guard (ours == nil) != (theirs == nil), let bound = ours ?? theirs, bound.number < 2,
            let before = ours ?? old.arrays.contains.first.map({ BoundFacts.Bound(number: 1, written: $0) }),
            let after = theirs ?? new.arrays.contains.first.map({ BoundFacts.Bound(number: 1, written: $0) })
        else { return boundEdits("minContains", old, new, isUpper: false, sides) }
        guard before.number != after.number else { return [] }
        return [moved("min-contains", "minContains", before, after, isIncreased: before.number < after.number)]
    }

    private func elementEdits(_ old: SchemaFacts, _ new: SchemaFacts, _ sides: Sides) -> [SchemaEdit] {
        var edits: [SchemaEdit] = []
        let prefix = min(100, max(old.arrays.prefixCount, new.arrays.prefixCount))
        for index in 0..<prefix {
            let ours = old.arrays.element(index)
            let theirs = new.arrays.element(index)
            let inner = self.edits(ours, theirs)
            guard !inner.isEmpty else { continue }
            if ours.isEmpty || theirs.isEmpty {
                let isAdded = ours.isEmpty
                let view = (isAdded ? theirs : ours).first
                edits.append(
                    SchemaEdit(
                        name: isAdded ? "prefix-items-added" : "prefix-items-removed",
                        from: isAdded ? nil : view.map { cutText($0.node.spelling) },
                        to: isAdded ? view.map { cutText($0.node.spelling) } : nil,
                        old: isAdded ? sides.old : view?.location, new: isAdded ? view?.location : sides.new,
                        phrase: "a schema for the element \(index) of \(part) was \(isAdded ? "added" : "removed")"))
            } else {
                edits += inner.map { $0.inside(String(index)) }
            }
        }
        let ours = old.arrays.element(prefix)
        let theirs = new.arrays.element(prefix)
        let inner = self.edits(ours, theirs)
        guard !inner.isEmpty, ours.isEmpty || theirs.isEmpty else { return edits + inner.map { $0.inside("*") } }
        let written = old.arrays.items ?? new.arrays.items
        guard let written else { return edits }
        return edits
            + [
                ours.isEmpty
                    ? appeared("items", "items", written, sides) : disappeared("items", "items", written, sides)
            ]
    }
}

import Diagnostics
import JSONDocument
import JSONSchema
import Primitives

/// Compares the object keywords of two schemas.
extension SchemaComparer {
    func objectEdits(_ old: SchemaFacts, _ new: SchemaFacts, _ sides: Sides) -> [SchemaEdit] {
        var edits: [SchemaEdit] = []
        let oldNames = old.objects.declaredNames
        var seen = Set(oldNames)
        for name in oldNames + new.objects.declaredNames.filter({ seen.insert($0).inserted })
        where !isSameProperty(name, old, new) {
            edits += propertyEdits(name, old, new, sides)
        }
        edits += patternPropertyEdits(old, new, sides)
        edits += additionalEdits(old.objects.additional, new.objects.additional, sides)
        edits += boundEdits("maxProperties", old, new, isUpper: true, sides)
        edits += boundEdits("minProperties", old, new, isUpper: false, sides)
        edits += listEdits("propertyNames", old.objects.propertyNames, new.objects.propertyNames, sides)
        edits += dependencyEdits(old, new, sides)
        return edits
    }

    // MARK: One property

    /// Whether both sides describe the property with the same text, which is checked before any comparison.
    ///
    /// `assay-bench diff` on documents of 9 MB in which every schema changes: 0.64 s without, 0.40 s with it.
    private func isSameProperty(_ name: String, _ old: SchemaFacts, _ new: SchemaFacts) -> Bool {
        guard old.objects.parts.count == 1, new.objects.parts.count == 1, old.objects.parts[0].patterns.isEmpty,
            new.objects.parts[0].patterns.isEmpty,
            (old.objects.required[name] == nil) == (new.objects.required[name] == nil),
            let ours = old.objects.parts[0].properties?[name], let theirs = new.objects.parts[0].properties?[name]
        else { return false }
        return sameness.isSame(ours, theirs)
    }

    private func propertyEdits(
        _ name: String, _ old: SchemaFacts, _ new: SchemaFacts, _ sides: Sides
    ) -> [SchemaEdit] {
        let ours = old.objects.property(name)
        let theirs = new.objects.property(name)
        let (oldInert, newInert) = (isInert(ours), isInert(theirs))
        let wasRequired = ours.isRequired && !oldInert
        let isRequired = theirs.isRequired && !newInert
        let places = sides.at(ours.written ?? old.objects.required[name], theirs.written ?? new.objects.required[name])
        switch (ours.state, theirs.state) {
        case (.declared, .declared):
            var edits = requirednessEdits(wasRequired, isRequired, ours, theirs, places)
            edits += self.edits(ours.schemas, theirs.schemas)
            return edits.map { $0.inside(name, isInert: oldInert && newInert) }
        case (.declared, _):
            let isClosed = theirs.state == .forbidden
            var edits = [existence("removed", wasRequired, isClosed, ours, places)]
            if !isClosed, theirs.state == .described { edits += self.edits(ours.schemas, theirs.schemas) }
            return edits.map { $0.inside(name, isInert: oldInert) }
        case (_, .declared):
            let isClosed = ours.state == .forbidden
            var edits = [existence("added", isRequired, isClosed, theirs, places)]
            if !isClosed, ours.state == .described { edits += self.edits(ours.schemas, theirs.schemas) }
            return edits.map { $0.inside(name, isInert: newInert) }
        case (.forbidden, .forbidden): return []
        default: return self.edits(ours.schemas, theirs.schemas).map { $0.inside(name) }
        }
    }

    private func existence(
        _ action: String, _ isRequired: Bool, _ isClosed: Bool, _ facts: PropertyFacts, _ places: Sides
    ) -> SchemaEdit {
        let isAdded = action == "added"
        var name = "\(isRequired ? "required" : "optional")-\(action)"
        if isClosed {
            name += isAdded ? "-to-closed" : "-from-closed"
        } else if isRequired, hasDefault(facts) {
            name += "-with-default"
        }
        let adjective = isRequired ? "required" : "optional"
        let tail =
            isClosed
            ? isAdded ? "; the object accepted no other properties before" : "; the object accepts no other properties"
            : ""
        return SchemaEdit(
            name: name, from: isAdded ? nil : facts.written?.text, to: isAdded ? facts.written?.text : nil,
            old: places.old, new: places.new, phrase: "the \(adjective) \(part) was \(action)\(tail)")
    }

    private func requirednessEdits(
        _ wasRequired: Bool, _ isRequired: Bool, _ ours: PropertyFacts, _ theirs: PropertyFacts, _ places: Sides
    ) -> [SchemaEdit] {
        guard wasRequired != isRequired else { return [] }
        var name = isRequired ? "became-required" : "became-optional"
        let hasDefault = hasDefault(isRequired ? theirs : ours)
        if hasDefault { name += "-with-default" }
        return [
            SchemaEdit(
                name: name, from: wasRequired ? "required" : "optional", to: isRequired ? "required" : "optional",
                old: places.old, new: places.new, phrase: "\(part) became \(isRequired ? "required" : "optional")")
        ]
    }

    private func hasDefault(_ facts: PropertyFacts) -> Bool {
        says("default", facts) { _ in true }
    }

    /// Whether the property is never sent in this direction.
    private func isInert(_ facts: PropertyFacts) -> Bool {
        let isReadOnly = says("readOnly", facts) { $0.boolean == true }
        let isWriteOnly = says("writeOnly", facts) { $0.boolean == true }
        if isReadOnly != isWriteOnly { noteDirection() }
        return switch direction {
        case .request: isReadOnly
        case .response: isWriteOnly
        case .none: false
        }
    }

    /// Whether one of the property's schemas, or of those in their `allOf`, has a matching keyword.
    private func says(_ keyword: String, _ facts: PropertyFacts, _ test: (JSONNode) -> Bool) -> Bool {
        func says(_ view: SchemaView, _ depth: Int) -> Bool {
            if let value = view.ownKeyword(keyword), test(value) { return true }
            guard depth < 8, view.node.kind == .object, view.node["allOf"] != nil || view.node["$ref"] != nil else {
                return false
            }
            return view.parts(appliedBy: ["$ref", "allOf"]).contains { says($0, depth + 1) }
        }
        return facts.schemas.contains { says($0, 0) }
    }

    // MARK: Properties without a name

    private func patternPropertyEdits(_ old: SchemaFacts, _ new: SchemaFacts, _ sides: Sides) -> [SchemaEdit] {
        let ours = old.objects.parts.flatMap(\.patterns)
        let theirs = new.objects.parts.flatMap(\.patterns)
        guard !ours.isEmpty || !theirs.isEmpty else { return [] }
        var edits: [SchemaEdit] = []
        for (source, written) in ours {
            if let other = theirs.first(where: { $0.source.isSame(as: source) }) {
                let before = written.view.part(at: written.value).map { [$0] } ?? []
                let after = other.written.view.part(at: other.written.value).map { [$0] } ?? []
                edits += self.edits(before, after).map { $0.inside("*") }
            } else {
                let name =
                    new.objects.additional.state == .closed ? "pattern-property-forbidden" : "pattern-property-removed"
                edits.append(patternEdit(name, "removed from", source, written.location, sides.new, isOld: true))
            }
        }
        for (source, written) in theirs where !ours.contains(where: { $0.source.isSame(as: source) }) {
            let name = old.objects.additional.state == .closed ? "pattern-property-allowed" : "pattern-property-added"
            edits.append(patternEdit(name, "added to", source, sides.old, written.location, isOld: false))
        }
        return edits
    }

    private func patternEdit(
        _ name: String, _ verb: String, _ source: String, _ old: SourceLocation?, _ new: SourceLocation?, isOld: Bool
    ) -> SchemaEdit {
        SchemaEdit(
            name: name, from: isOld ? source : nil, to: isOld ? nil : source, old: old, new: new,
            phrase: "`patternProperties` for \(cutText(source, to: 100)) was \(verb) \(part)")
    }

    private func additionalEdits(_ old: AdditionalFacts, _ new: AdditionalFacts, _ sides: Sides) -> [SchemaEdit] {
        let said = new.written == nil ? old : new
        func edit(_ action: String, _ phrase: String) -> [SchemaEdit] {
            let facts = action == "removed" || action == "narrowed" ? new : old
            let named = facts.written == nil ? said : facts
            return [
                SchemaEdit(
                    name: "\(named.subject)-\(action)", from: old.written?.text ?? "true",
                    to: new.written?.text ?? "true", old: old.written?.location ?? sides.old,
                    new: new.written?.location ?? sides.new, phrase: phrase)
            ]
        }
        switch (old.state, new.state) {
        case (.open, .open), (.closed, .closed): return []
        case (.described, .described): return self.edits(old.schemas, new.schemas).map { $0.inside("*") }
        case (.closed, _): return edit("added", "\(part) now accepts undeclared properties")
        case (_, .closed): return edit("removed", "\(part) no longer accepts undeclared properties")
        case (.open, .described):
            // A schema that accepts everything has no effect.
            guard !self.edits([], new.schemas).isEmpty else { return [] }
            return edit("narrowed", "undeclared properties of \(part) must now fit a schema")
        case (.described, .open):
            guard !self.edits(old.schemas, []).isEmpty else { return [] }
            return edit("widened", "undeclared properties of \(part) may now have any value")
        }
    }

    // MARK: Dependencies

    private func dependencyEdits(_ old: SchemaFacts, _ new: SchemaFacts, _ sides: Sides) -> [SchemaEdit] {
        var edits: [SchemaEdit] = []
        for name in Set(old.objects.dependentRequired.keys).union(new.objects.dependentRequired.keys).sorted() {
            let ours = old.objects.dependentRequired[name]
            let theirs = new.objects.dependentRequired[name]
            let before = (ours?.names ?? []).filter { !isInert(old.objects.property($0)) }
            let after = (theirs?.names ?? []).filter { !isInert(new.objects.property($0)) }
            let places = sides.at(ours?.written, theirs?.written)
            for added in after.subtracting(before).sorted() {
                edits.append(dependency("added", name, added, places))
            }
            for removed in before.subtracting(after).sorted() {
                edits.append(dependency("removed", name, removed, places))
            }
        }
        for name in Set(old.objects.dependentSchemas.keys).union(new.objects.dependentSchemas.keys).sorted() {
            switch (old.objects.dependentSchemas[name], new.objects.dependentSchemas[name]) {
            case (nil, let theirs?): edits.append(appeared("dependent-schema", "dependentSchemas", theirs, sides))
            case (let ours?, nil): edits.append(disappeared("dependent-schema", "dependentSchemas", ours, sides))
            case (let ours?, let theirs?):
                if differs(ours, theirs) { edits.append(unclear("dependent-schema", "dependentSchemas", ours, theirs)) }
            case (nil, nil): break
            }
        }
        return edits
    }

    private func dependency(_ action: String, _ name: String, _ other: String, _ places: Sides) -> SchemaEdit {
        let isAdded = action == "added"
        return SchemaEdit(
            name: "dependent-required-\(action)", from: isAdded ? nil : other, to: isAdded ? other : nil,
            old: places.old, new: places.new,
            phrase: isAdded
                ? "\(part) now requires '\(other)' when '\(name)' is present"
                : "\(part) no longer requires '\(other)' when '\(name)' is present")
    }
}

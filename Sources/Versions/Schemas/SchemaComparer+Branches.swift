import Diagnostics
import JSONDocument
import JSONSchema

/// Compares two branches: conjunctions of keywords without alternatives.
extension SchemaComparer {
    typealias Branch = SchemaShape.Branch

    func edits(_ old: Branch, _ new: Branch, _ oldShape: SchemaShape, _ newShape: SchemaShape) -> [SchemaEdit] {
        let sides = Sides(old: .schema(oldShape.first), new: .schema(newShape.first))
        // Schemas without alternatives are a single pair of branches, represented by the pair of schemas.
        if oldShape.branches.count == 1, newShape.branches.count == 1 { return workOut(old, new, sides) }
        let pair = BranchPair(
            old: SchemaListKey(old.facts.leaves), new: SchemaListKey(new.facts.leaves), oldKinds: old.kinds,
            newKinds: new.kinds)
        return edits(pair, oldShape, newShape) { workOut(old, new, sides) }
    }

    /// The locations of the schemas, for keywords that one side does not have.
    ///
    /// Line and column are computed only for reported changes.
    struct Sides {
        enum Place {
            case schema(SchemaView?)
            case keyword(WrittenKeyword)

            var location: SourceLocation? {
                switch self {
                case .schema(let view): view?.location
                case .keyword(let written): written.location
                }
            }
        }

        private let places: (old: Place, new: Place)

        init(old: Place, new: Place) { places = (old, new) }

        var old: SourceLocation? { places.old.location }
        var new: SourceLocation? { places.new.location }

        /// The same sides with the locations of a keyword, where it exists.
        func at(_ old: WrittenKeyword?, _ new: WrittenKeyword?) -> Sides {
            Sides(old: old.map { .keyword($0) } ?? places.old, new: new.map { .keyword($0) } ?? places.new)
        }
    }

    private func workOut(_ old: Branch, _ new: Branch, _ sides: Sides) -> [SchemaEdit] {
        var edits: [SchemaEdit] = []
        let common = old.kinds.intersection(new.kinds)
        let typeName = typeChange(old, new)
        if let typeName {
            edits.append(
                typeEdit(
                    typeName, text(old), text(new), old.facts.types.written?.location ?? sides.old,
                    new.facts.types.written?.location ?? sides.new))
        }
        guard !common.isEmpty else { return edits }
        let isFinite = old.facts.listed != nil || new.facts.listed != nil
        if isFinite {
            edits += valueEdits(old.facts, new.facts, sides)
        } else {
            if common.contains(.number) { edits += numberEdits(old.facts, new.facts, sides) }
            if common.contains(.string) { edits += stringEdits(old.facts, new.facts, sides) }
            if typeName == nil, !common.isDisjoint(with: [.string, .number]) {
                edits += formatEdits(old.facts, new.facts, common, sides)
            }
        }
        if common.contains(.array) { edits += arrayEdits(old.facts, new.facts, sides) }
        if common.contains(.object) { edits += objectEdits(old.facts, new.facts, sides) }
        return edits + logicEdits(old.facts, new.facts, sides)
    }

    private func text(_ branch: Branch) -> String {
        let names = branch.kinds.names(integerOnly: branch.facts.types.integerOnly)
        return names.count == 5 ? "any type" : names.joined(separator: " or ")
    }

    private func typeChange(_ old: Branch, _ new: Branch) -> String? {
        // Enumerated values imply types; only a `type` keyword is compared as a type.
        if let _ = old.facts.listed, old.facts.types.written == nil || new.facts.types.written == nil,
            new.facts.listed != nil
        {
            return nil
        }
        let bothNumbers = old.kinds.contains(.number) && new.kinds.contains(.number)
        let losesFractions = bothNumbers && !old.facts.types.integerOnly && new.facts.types.integerOnly
        let gainsFractions = bothNumbers && old.facts.types.integerOnly && !new.facts.types.integerOnly
        if old.kinds == new.kinds, !losesFractions, !gainsFractions { return nil }
        // A list of values without a type is reported as a list of values.
        if old.facts.listed != nil, old.facts.types.written == nil, old.kinds.isSubset(of: new.kinds) { return nil }
        if new.facts.listed != nil, new.facts.types.written == nil, new.kinds.isSubset(of: old.kinds) { return nil }
        if old.kinds.isSubset(of: new.kinds), !losesFractions { return "type-widened" }
        if new.kinds.isSubset(of: old.kinds), !gainsFractions { return "type-narrowed" }
        return "type-changed"
    }

    // MARK: Lists of values

    private func valueEdits(_ old: SchemaFacts, _ new: SchemaFacts, _ sides: Sides) -> [SchemaEdit] {
        let oldPlace = old.listed?.written.location ?? sides.old
        let newPlace = new.listed?.written.location ?? sides.new
        func removed(_ value: JSONValue) -> SchemaEdit {
            SchemaEdit(
                name: "enum-value-removed", from: cutText(value.text), old: oldPlace, new: newPlace,
                phrase: "\(part) no longer accepts the value \(cutText(value.text, to: 100))")
        }
        func added(_ value: JSONValue) -> SchemaEdit {
            SchemaEdit(
                name: "enum-value-added", to: cutText(value.text), old: oldPlace, new: newPlace,
                phrase: "\(part) now accepts the value \(cutText(value.text, to: 100))")
        }
        let oldValues = old.listed.map { $0.values.filter { !$0.isNull && old.accepts($0) } }
        let newValues = new.listed.map { $0.values.filter { !$0.isNull && new.accepts($0) } }
        switch (oldValues, newValues) {
        case (let ours?, let theirs?):
            let (before, after) = (Set(ours), Set(theirs))
            return ours.filter { !after.contains($0) }.map(removed)
                + theirs.filter { !before.contains($0) }.map(added)
        case (nil, let theirs?):
            let list = new.listed?.written.text ?? ""
            return [
                SchemaEdit(
                    name: "enum-added", to: list, old: sides.old, new: newPlace,
                    phrase: "\(part) is now restricted to the values \(cutText(list, to: 100))")
            ] + theirs.filter { !old.accepts($0) }.map(added)
        case (let ours?, nil):
            let list = old.listed?.written.text ?? ""
            return [
                SchemaEdit(
                    name: "enum-removed", from: list, old: oldPlace, new: sides.new,
                    phrase: "\(part) is no longer restricted to the values \(cutText(list, to: 100))")
            ] + ours.filter { !new.accepts($0) }.map(removed)
        case (nil, nil): return []
        }
    }

    // MARK: if, not

    private func logicEdits(_ old: SchemaFacts, _ new: SchemaFacts, _ sides: Sides) -> [SchemaEdit] {
        var edits: [SchemaEdit] = []
        var changesCondition = false
        for keyword in ["if", "then", "else"] {
            switch (old.conditions.keywords[keyword], new.conditions.keywords[keyword]) {
            case (nil, let theirs?): edits.append(appeared(keyword, keyword, theirs, sides))
            case (let ours?, nil): edits.append(disappeared(keyword, keyword, ours, sides))
            case (let ours?, let theirs?): changesCondition = changesCondition || differs(ours, theirs)
            case (nil, nil): break
            }
        }
        if changesCondition, let ours = old.conditions.keywords["if"], let theirs = new.conditions.keywords["if"] {
            edits.append(unclear("if", "if", ours, theirs))
        }
        return edits + listEdits("not", old.conditions.nots, new.conditions.nots, sides)
    }

    /// Compares lists of schemas only for equality.
    func listEdits(
        _ keyword: String, _ old: [WrittenKeyword], _ new: [WrittenKeyword], _ sides: Sides
    ) -> [SchemaEdit] {
        let name = Self.kebab(keyword)
        var left = new
        var removed: [WrittenKeyword] = []
        for ours in old {
            if let index = left.firstIndex(where: { !differs(ours, $0) }) {
                left.remove(at: index)
            } else {
                removed.append(ours)
            }
        }
        let paired = zip(removed, left).map { unclear(name, keyword, $0, $1) }
        return paired + removed.dropFirst(paired.count).map { disappeared(name, keyword, $0, sides) }
            + left.dropFirst(paired.count).map { appeared(name, keyword, $0, sides) }
    }

    /// Whether two subschemas accept different values, as far as this can be decided.
    func differs(_ old: WrittenKeyword, _ new: WrittenKeyword) -> Bool {
        let ours = old.view.part(at: old.value).map { [$0] } ?? []
        let theirs = new.view.part(at: new.value).map { [$0] } ?? []
        return edits(ours, theirs).contains { $0.effect != .none }
    }

    func appeared(_ name: String, _ keyword: String, _ new: WrittenKeyword, _ sides: Sides) -> SchemaEdit {
        SchemaEdit(
            name: "\(name)-added", to: new.text, old: sides.old, new: new.location,
            phrase: "`\(keyword)` was added to \(part): \(cutText(new.text, to: 100))")
    }

    func disappeared(_ name: String, _ keyword: String, _ old: WrittenKeyword, _ sides: Sides) -> SchemaEdit {
        SchemaEdit(
            name: "\(name)-removed", from: old.text, old: old.location, new: sides.new,
            phrase: "`\(keyword)` was removed from \(part): \(cutText(old.text, to: 100))")
    }

    func unclear(_ name: String, _ keyword: String, _ old: WrittenKeyword, _ new: WrittenKeyword) -> SchemaEdit {
        SchemaEdit(
            name: "\(name)-undecided", from: old.text, to: new.text, old: old.location, new: new.location,
            phrase: "`\(keyword)` of \(part) changed, and which values that affects cannot be decided")
    }

    /// `maxLength` becomes `max-length`.
    static func kebab(_ keyword: String) -> String {
        var text = ""
        for scalar in keyword.unicodeScalars {
            let isUpper = ("A"..."Z").contains(scalar)
            text += isUpper ? "-" + String(scalar).lowercased() : String(scalar)
        }
        return text
    }
}

import Diagnostics
import ECMAPattern
import JSONDocument
import JSONSchema

/// Compares the number and string keywords of two schemas.
extension SchemaComparer {
    func numberEdits(_ old: SchemaFacts, _ new: SchemaFacts, _ sides: Sides) -> [SchemaEdit] {
        limitEdits(old, new, "maximum", isUpper: true, sides) + limitEdits(old, new, "minimum", isUpper: false, sides)
            + multipleEdits(old, new, sides)
    }

    func stringEdits(_ old: SchemaFacts, _ new: SchemaFacts, _ sides: Sides) -> [SchemaEdit] {
        boundEdits("maxLength", old, new, isUpper: true, sides)
            + boundEdits("minLength", old, new, isUpper: false, sides) + patternEdits(old, new, sides)
    }

    /// Compares a keyword with a maximum or minimum count.
    func boundEdits(
        _ keyword: String, _ old: SchemaFacts, _ new: SchemaFacts, isUpper: Bool, _ sides: Sides
    ) -> [SchemaEdit] {
        switch (old.bounds[keyword], new.bounds[keyword]) {
        case (nil, nil): return []
        case (nil, let theirs?): return [appeared(Self.kebab(keyword), keyword, theirs.written, sides)]
        case (let ours?, nil): return [disappeared(Self.kebab(keyword), keyword, ours.written, sides)]
        case (let ours?, let theirs?):
            guard ours.number != theirs.number else { return [] }
            return [moved(Self.kebab(keyword), keyword, ours, theirs, isIncreased: ours.number < theirs.number)]
        }
    }

    /// A bound that was increased or decreased.
    func moved(
        _ name: String, _ keyword: String, _ old: BoundFacts.Bound, _ new: BoundFacts.Bound, isIncreased: Bool
    ) -> SchemaEdit {
        let verb = isIncreased ? "increased" : "decreased"
        return SchemaEdit(
            name: "\(name)-\(verb)", from: old.number.lexeme, to: new.number.lexeme, old: old.written.location,
            new: new.written.location,
            phrase: "`\(keyword)` of \(part) was \(verb) from \(old.number.lexeme) to \(new.number.lexeme)")
    }

    /// Compares `maximum` and `minimum`, exclusive or not. For integers, an exclusive bound equals the next inclusive
    /// one.
    private func limitEdits(
        _ old: SchemaFacts, _ new: SchemaFacts, _ keyword: String, isUpper: Bool, _ sides: Sides
    ) -> [SchemaEdit] {
        let ours = old.bounds[keyword].map { $0.settled(isUpper, integerOnly: old.types.integerOnly) }
        let theirs = new.bounds[keyword].map { $0.settled(isUpper, integerOnly: new.types.integerOnly) }
        let exclusive = isUpper ? "exclusiveMaximum" : "exclusiveMinimum"
        func spelled(_ bound: BoundFacts.Bound) -> String { bound.isExclusive ? exclusive : keyword }
        switch (ours, theirs) {
        case (nil, nil): return []
        case (nil, let theirs?): return [appeared(Self.kebab(spelled(theirs)), spelled(theirs), theirs.written, sides)]
        case (let ours?, nil): return [disappeared(Self.kebab(spelled(ours)), spelled(ours), ours.written, sides)]
        case (let ours?, let theirs?):
            if ours.number == theirs.number {
                guard ours.isExclusive != theirs.isExclusive else { return [] }
                let name = Self.kebab(exclusive)
                return [
                    ours.isExclusive
                        ? disappeared(name, exclusive, ours.written, sides)
                        : appeared(name, exclusive, theirs.written, sides)
                ]
            }
            let word = ours.isExclusive && theirs.isExclusive ? exclusive : keyword
            return [moved(Self.kebab(word), word, ours, theirs, isIncreased: ours.number < theirs.number)]
        }
    }

    private func multipleEdits(_ old: SchemaFacts, _ new: SchemaFacts, _ sides: Sides) -> [SchemaEdit] {
        let (ours, theirs) = (old.scalars.multiples.first, new.scalars.multiples.first)
        guard old.scalars.multiples.count <= 1, new.scalars.multiples.count <= 1 else {
            return old.scalars.multiples.map(\.text) == new.scalars.multiples.map(\.text)
                ? [] : listOfMultiples(old, new)
        }
        switch (ours, theirs) {
        case (nil, nil): return []
        case (nil, let theirs?):
            // Every integer is a multiple of 1.
            if new.types.integerOnly, old.types.integerOnly, theirs.value.number == 1 { return [] }
            return [appeared("multiple-of", "multipleOf", theirs, sides)]
        case (let ours?, nil):
            if new.types.integerOnly, old.types.integerOnly, ours.value.number == 1 { return [] }
            return [disappeared("multiple-of", "multipleOf", ours, sides)]
        case (let ours?, let theirs?):
            guard let before = ours.value.number, let after = theirs.value.number, before != after else { return [] }
            let name: String
            if before.isMultiple(of: after) == true {
                name = "multiple-of-widened"
            } else {
                name = after.isMultiple(of: before) == true ? "multiple-of-narrowed" : "multiple-of-changed"
            }
            return [multiple(name, ours, theirs)]
        }
    }

    private func listOfMultiples(_ old: SchemaFacts, _ new: SchemaFacts) -> [SchemaEdit] {
        guard let ours = old.scalars.multiples.first ?? new.scalars.multiples.first,
            let theirs = new.scalars.multiples.first ?? old.scalars.multiples.first
        else { return [] }
        return [multiple("multiple-of-changed", ours, theirs)]
    }

    private func multiple(_ name: String, _ ours: WrittenKeyword, _ theirs: WrittenKeyword) -> SchemaEdit {
        SchemaEdit(
            name: name, from: ours.text, to: theirs.text, old: ours.location, new: theirs.location,
            phrase: "`multipleOf` of \(part) changed from \(ours.text) to \(theirs.text)")
    }

    private func patternEdits(_ old: SchemaFacts, _ new: SchemaFacts, _ sides: Sides) -> [SchemaEdit] {
        let before = Set(old.scalars.patterns.map(\.text))
        let after = Set(new.scalars.patterns.map(\.text))
        guard before != after else { return [] }
        let gone = old.scalars.patterns.filter { !after.contains($0.text) }
        let fresh = new.scalars.patterns.filter { !before.contains($0.text) }
        if gone.count == 1, fresh.count == 1 { return changedPattern(gone[0], fresh[0]) }
        let paired = zip(gone, fresh).map { unclear("pattern", "pattern", $0, $1) }
        return paired + gone.dropFirst(paired.count).map { disappeared("pattern", "pattern", $0, sides) }
            + fresh.dropFirst(paired.count).map { appeared("pattern", "pattern", $0, sides) }
    }

    private func changedPattern(_ old: WrittenKeyword, _ new: WrittenKeyword) -> [SchemaEdit] {
        // The displayed text is cut, but the comparison uses the whole text.
        guard let ours = old.value.string, let theirs = new.value.string, let relation = relation(ours, theirs) else {
            return [unclear("pattern", "pattern", old, new)]
        }
        let (name, verb): (String, String)
        switch relation {
        case .equal: return []
        case .widened: (name, verb) = ("pattern-widened", "now matches more texts")
        case .narrowed: (name, verb) = ("pattern-narrowed", "now matches fewer texts")
        case .incomparable: (name, verb) = ("pattern-changed", "now matches other texts")
        }
        return [
            SchemaEdit(
                name: name, from: old.text, to: new.text, old: old.location, new: new.location,
                phrase: "`pattern` of \(part) \(verb)")
        ]
    }

    /// A format narrows the values if Assay checks it; other formats are annotations.
    func formatEdits(_ old: SchemaFacts, _ new: SchemaFacts, _ kinds: KindSet, _ sides: Sides) -> [SchemaEdit] {
        let before = Set(old.scalars.formats.map(\.text))
        let after = Set(new.scalars.formats.map(\.text))
        guard before != after else { return [] }
        let ours = old.scalars.formats.first { !after.contains($0.text) }
        let theirs = new.scalars.formats.first { !before.contains($0.text) }
        let decided = [ours, theirs].map { written in
            written.map {
                FormatFacts.decides($0.text, texts: kinds.contains(.string), numbers: kinds.contains(.number))
            } ?? false
        }
        func edit(_ name: String) -> SchemaEdit {
            SchemaEdit(
                name: name, from: ours?.text, to: theirs?.text, old: ours?.location ?? sides.old,
                new: theirs?.location ?? sides.new,
                phrase: "`format` of \(part) changed from \(ours?.text ?? "none") to \(theirs?.text ?? "none")")
        }
        switch (decided[0], decided[1]) {
        case (false, false): return [edit("format-hint-changed")]
        case (false, true): return [edit("format-added")]
        case (true, false): return [edit("format-removed")]
        case (true, true):
            guard let ours = ours?.text, let theirs = theirs?.text else { return [edit("format-changed")] }
            if FormatFacts.isIncluded(ours, in: theirs) { return [edit("format-widened")] }
            return [edit(FormatFacts.isIncluded(theirs, in: ours) ? "format-narrowed" : "format-changed")]
        }
    }
}

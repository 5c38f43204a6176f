import Diagnostics
import JSONDocument
import JSONSchema
import Primitives

/// Compares keywords that describe a value and reject none.
extension SchemaComparer {
    func annotationEdits(_ oldShape: SchemaShape, _ newShape: SchemaShape) -> [SchemaEdit] {
        let (old, new) = (oldShape.described.annotations, newShape.described.annotations)
        guard !old.notes.isEmpty || !new.notes.isEmpty || options.comparesExtensions else { return [] }
        let sides = Sides(old: .schema(oldShape.first), new: .schema(newShape.first))
        var edits = defaultEdits(old, new, sides)
        for (keyword, name) in [("readOnly", "read-only"), ("writeOnly", "write-only")] {
            edits += flagEdits(keyword, name, old, new, sides)
        }
        for keyword in ["contentEncoding", "contentMediaType"]
        where old.notes[keyword]?.text != new.notes[keyword]?.text {
            edits.append(changed(Self.kebab(keyword), keyword, old.notes[keyword], new.notes[keyword], sides))
        }
        edits += contentSchemaEdits(old.notes["contentSchema"], new.notes["contentSchema"], sides)
        edits += discriminatorEdits(old.notes["discriminator"], new.notes["discriminator"], sides)
        edits += extensibleEdits(old.notes["x-extensible-enum"], new.notes["x-extensible-enum"], sides)
        edits += lifecycleEdits(old, new, sides)
        if options.comparesExtensions { edits += extensionEdits(old, new, sides) }
        return edits
    }

    private func changed(
        _ name: String, _ keyword: String, _ old: WrittenKeyword?, _ new: WrittenKeyword?, _ sides: Sides
    ) -> SchemaEdit {
        SchemaEdit(
            name: "\(name)-changed", from: old?.text, to: new?.text, old: old?.location ?? sides.old,
            new: new?.location ?? sides.new,
            phrase: "`\(keyword)` of \(part) changed from \(old?.text ?? "none") to \(new?.text ?? "none")")
    }

    private func defaultEdits(_ old: AnnotationFacts, _ new: AnnotationFacts, _ sides: Sides) -> [SchemaEdit] {
        switch (old.notes["default"], new.notes["default"]) {
        case (nil, nil): return []
        case (nil, let theirs?): return [appeared("default", "default", theirs, sides)]
        case (let ours?, nil): return [disappeared("default", "default", ours, sides)]
        case (let ours?, let theirs?):
            return ours.value.value == theirs.value.value ? [] : [changed("default", "default", ours, theirs, sides)]
        }
    }

    private func flagEdits(
        _ keyword: String, _ name: String, _ old: AnnotationFacts, _ new: AnnotationFacts, _ sides: Sides
    ) -> [SchemaEdit] {
        let (ours, theirs) = (old.notes[keyword], new.notes[keyword])
        let (was, isNow) = (ours?.value.boolean == true, theirs?.value.boolean == true)
        guard was != isNow else { return [] }
        return [
            SchemaEdit(
                name: "\(name)-\(isNow ? "added" : "removed")", from: String(was), to: String(isNow),
                old: ours?.location ?? sides.old, new: theirs?.location ?? sides.new,
                phrase: isNow ? "\(part) became `\(keyword)`" : "\(part) is no longer `\(keyword)`")
        ]
    }

    private func contentSchemaEdits(
        _ old: WrittenKeyword?, _ new: WrittenKeyword?, _ sides: Sides
    ) -> [SchemaEdit] {
        switch (old, new) {
        case (nil, nil): []
        case (nil, let theirs?): [appeared("content-schema", "contentSchema", theirs, sides)]
        case (let ours?, nil): [disappeared("content-schema", "contentSchema", ours, sides)]
        case (let ours?, let theirs?):
            differs(ours, theirs) ? [unclear("content-schema", "contentSchema", ours, theirs)] : []
        }
    }

    private func discriminatorEdits(
        _ old: WrittenKeyword?, _ new: WrittenKeyword?, _ sides: Sides
    ) -> [SchemaEdit] {
        guard let ours = old, let theirs = new else {
            if let theirs = new { return [appeared("discriminator", "discriminator", theirs, sides)] }
            return old.map { [disappeared("discriminator", "discriminator", $0, sides)] } ?? []
        }
        var edits: [SchemaEdit] = []
        let (before, after) = (ours.value["propertyName"]?.string ?? "", theirs.value["propertyName"]?.string ?? "")
        if !before.isSame(as: after) {
            edits.append(
                SchemaEdit(
                    name: "discriminator-property-changed", from: before, to: after, old: ours.location,
                    new: theirs.location, phrase: "the discriminator of \(part) changed from '\(before)' to '\(after)'")
            )
        }
        let oldMap = mapping(ours)
        let newMap = mapping(theirs)
        for (name, target) in newMap where !oldMap.contains(where: { $0.0 == name }) {
            edits.append(
                SchemaEdit(
                    name: "discriminator-mapping-added", to: "\(name): \(target)", old: ours.location,
                    new: theirs.location, phrase: "the discriminator of \(part) gained the name '\(name)'"))
        }
        for (name, target) in oldMap {
            guard let other = newMap.first(where: { $0.0 == name }) else {
                edits.append(
                    SchemaEdit(
                        name: "discriminator-mapping-removed", from: "\(name): \(target)", old: ours.location,
                        new: theirs.location, phrase: "the discriminator of \(part) lost the name '\(name)'"))
                continue
            }
            guard other.1 != target else { continue }
            edits.append(
                SchemaEdit(
                    name: "discriminator-mapping-changed", from: target, to: other.1, old: ours.location,
                    new: theirs.location,
                    phrase: "the name '\(name)' of the discriminator of \(part) now refers to another schema"))
        }
        return edits
    }

    private func mapping(_ written: WrittenKeyword) -> [(String, String)] {
        written.value["mapping"]?.members.compactMap { member in member.value.string.map { (member.name, $0) } } ?? []
    }

    private func extensibleEdits(
        _ old: WrittenKeyword?, _ new: WrittenKeyword?, _ sides: Sides
    ) -> [SchemaEdit] {
        guard let ours = old, let theirs = new else { return [] }
        let before = ours.value.elements.map(\.value)
        let after = theirs.value.elements.map(\.value)
        return after.filter { !before.contains($0) }.map { value in
            SchemaEdit(
                name: "extensible-enum-value-added", to: value.text, old: ours.location, new: theirs.location,
                phrase: "`x-extensible-enum` of \(part) has the new value \(cutText(value.text, to: 100))")
        }
            + before.filter { !after.contains($0) }.map { value in
                SchemaEdit(
                    name: "extensible-enum-value-removed", from: value.text, old: ours.location, new: theirs.location,
                    phrase: "`x-extensible-enum` of \(part) no longer has the value \(cutText(value.text, to: 100))")
            }
    }

    private func lifecycleEdits(_ old: AnnotationFacts, _ new: AnnotationFacts, _ sides: Sides) -> [SchemaEdit] {
        func state(_ facts: AnnotationFacts, _ location: SourceLocation?) -> Lifecycle {
            Lifecycle(
                isDeprecated: facts.notes["deprecated"]?.value.boolean == true,
                sunset: facts.notes["x-sunset"].map { $0.value.string ?? $0.value.spelling },
                stability: facts.notes["x-stability-level"]?.value.string,
                location: (facts.notes["deprecated"] ?? facts.notes["x-sunset"])?.location ?? location)
        }
        return state(old, sides.old).edits(to: state(new, sides.new), options)
    }

    private func extensionEdits(_ old: AnnotationFacts, _ new: AnnotationFacts, _ sides: Sides) -> [SchemaEdit] {
        var edits: [SchemaEdit] = []
        for (name, theirs) in new.extensions {
            guard let ours = old.extensions.first(where: { $0.name == name })?.written else {
                edits.append(appeared("/extension", name, theirs, sides))
                continue
            }
            guard ours.value.value != theirs.value.value else { continue }
            edits.append(changed("/extension", name, ours, theirs, sides))
        }
        for (name, ours) in old.extensions where !new.extensions.contains(where: { $0.name == name }) {
            edits.append(disappeared("/extension", name, ours, sides))
        }
        return edits
    }
}

/// Deprecation, sunset and stability of an operation, a parameter or a schema.
struct Lifecycle {
    var isDeprecated = false
    var sunset: String?
    var stability: String?
    var location: SourceLocation?

    private static let levels = ["draft", "alpha", "beta", "stable"]

    func edits(to new: Lifecycle, _ options: ComparisonOptions) -> [SchemaEdit] {
        var edits: [SchemaEdit] = []
        func add(_ name: String, _ phrase: String, _ from: String? = nil, _ to: String? = nil) {
            edits.append(SchemaEdit(name: name, from: from, to: to, old: location, new: new.location, phrase: phrase))
        }
        if new.isDeprecated, !isDeprecated {
            add(
                "deprecation-added", "\(part) was deprecated" + (new.sunset.map { " until \($0)" } ?? ""), "false",
                "true")
            if new.sunset == nil { add("deprecation-without-sunset", "\(part) was deprecated without a sunset date") }
        }
        if isDeprecated, !new.isDeprecated {
            add("deprecation-removed", "\(part) is no longer deprecated", "true", "false")
        }
        sunsetEdits(new, options, add)
        stabilityEdits(new, add)
        return edits
    }

    private func sunsetEdits(
        _ new: Lifecycle, _ options: ComparisonOptions, _ add: (String, String, String?, String?) -> Void
    ) {
        let ours = sunset
        let theirs = new.sunset
        guard ours != theirs else { return }
        guard let theirs else {
            if new.isDeprecated { add("sunset-removed", "the sunset date of \(part) was removed", ours, nil) }
            return
        }
        guard let day = CivilDate(startOf: theirs) else {
            return add(
                "sunset-invalid", "the sunset date '\(cutText(theirs, to: 40))' of \(part) is not a valid date", ours,
                theirs)
        }
        if let ours, let before = CivilDate(startOf: ours) {
            let isEarlier = day < before
            add(
                isEarlier ? "sunset-earlier" : "sunset-later",
                "the sunset date of \(part) is now \(isEarlier ? "earlier" : "later")", ours, theirs)
        } else {
            add("sunset-added", "\(part) now has a sunset date", ours, theirs)
        }
        if let today = options.today.flatMap({ CivilDate(startOf: $0) }), today.days(until: day) < options.noticeDays {
            add(
                "sunset-too-soon", "the sunset date of \(part) is less than \(options.noticeDays) days ahead", ours,
                theirs)
        }
    }

    private func stabilityEdits(_ new: Lifecycle, _ add: (String, String, String?, String?) -> Void) {
        let ours = stability
        let theirs = new.stability
        guard ours != theirs, let theirs else { return }
        guard let after = Self.levels.firstIndex(of: theirs) else {
            return add(
                "stability-invalid", "the stability level '\(cutText(theirs, to: 40))' of \(part) is unknown", ours,
                theirs)
        }
        guard let before = ours.flatMap({ Self.levels.firstIndex(of: $0) }) else { return }
        add(
            after < before ? "stability-decreased" : "stability-increased",
            "the stability level of \(part) is now \(after < before ? "lower" : "higher")", ours, theirs)
    }
}

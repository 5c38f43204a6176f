import JSONDocument
import JSONSchema
import Versions

/// Finds the changes that an issue of a message comes from.
///
/// A keyword is broken at a place, and a change has a place: the nearest one is the cause. An issue at the place of a
/// change is nearer than one about a member of it, and that is nearer than one somewhere below.
struct IssueOwners {
    /// The body of the message, and its schema, which declares members.
    var body: JSONValue?
    var view: SchemaView?

    private static let aboutMembers: Set<String> = [
        "required", "dependentRequired", "additionalProperties", "unevaluatedProperties", "propertyNames",
        "minProperties", "maxProperties", "dependentSchemas",
    ]

    /// The changes among `changes`, all of one body, that an issue at `pointer` comes from or that made it go away.
    func owners(of keyword: String, at pointer: JSONPointer, among changes: [Change]) -> [Change] {
        var nearest = Int.max
        var found: [Change] = []
        for change in changes {
            guard let distance = distance(of: change, keyword, pointer), distance <= nearest else { continue }
            if distance < nearest { found = [] }
            nearest = distance
            found.append(change)
        }
        return found
    }

    private func distance(of change: Change, _ keyword: String, _ pointer: JSONPointer) -> Int? {
        let tokens = change.pointer.tokens
        let place = pointer.tokens
        if Self.aboutMembers.contains(keyword), tokens.count == place.count + 1,
            JSONPointer(Array(tokens.dropLast())).covers(place[...]), let name = tokens.last
        {
            let isThere = body?.value(at: pointer)?[name] != nil
            let isAboutMissing = keyword == "required" || keyword == "dependentRequired" || keyword == "minProperties"
            return isThere == isAboutMissing ? nil : 0
        }
        if change.pointer.covers(place[...]) { return Self.aboutMembers.contains(keyword) ? 2 : 0 }
        // Above: the change of a whole object shows in its parts.
        if change.pointer.coversBeginning(of: place) { return 10 + (place.count - tokens.count) }
        // Below: a composed schema reports at the value that it is about.
        if place.count < tokens.count, JSONPointer(Array(tokens.prefix(place.count))).covers(place[...]) {
            let isThere = body.map { !change.pointer.places(in: $0, view).isEmpty } ?? false
            let isMissing = change.rule.id.contains("required")
            return isThere || isMissing ? 1_000 + (tokens.count - place.count) : nil
        }
        return nil
    }
}

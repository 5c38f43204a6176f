import JSONDocument
import Primitives

/// `oneOf` or `anyOf` with a `discriminator`: a member of the value names the intended alternative.
///
/// The name never changes the verdict (OpenAPI 3.0.4, section 4.7.25; OpenAPI 3.1.1, section 4.8.25): the alternatives
/// are checked as if there were no discriminator. The name selects the alternative that a message describes.
struct Discriminator {
    /// The member that names the alternative.
    let property: UnsafePointer<JSONNameKey>
    /// The names: first those in `mapping`, then the names of the alternatives.
    let names: NameTable
    let texts: Slice<UnsafePointer<JSONNameKey>>
    let targets: Slice<NodeReference>
    /// The alternative for values whose member names none (`defaultMapping`, OpenAPI 3.2).
    let fallback: NodeReference?
    /// The alternatives.
    let branches: Slice<NodeReference>
    let isOne: Bool
    /// The alternatives that a name allows at all; set when compiling is finished.
    var tags: DiscriminatorTags?

    /// The alternative that a value names.
    enum Choice {
        case schema(NodeReference)
        /// The value is not an object, or its member is not a string: it names nothing.
        case nothing
        case missing
        /// The entry of a string that is not a known name.
        case unknown(Int)
    }

    func choice(_ tape: JSONTape, _ entry: Int) -> Choice {
        guard tape.kind(at: entry) == .object else { return .nothing }
        guard let value = tape.value(of: entry, named: property.pointee) else { return .missing }
        guard tape.kind(at: value) == .string else { return .nothing }
        let number = names.find(tape, value)
        if number >= 0 { return .schema(targets[number]) }
        return fallback.map { .schema($0) } ?? .unknown(value)
    }
}

/// The alternatives that can accept a value, by the text of its discriminating member: those whose `enum` or `const`
/// for that member contains the text, and those without either. The others can be skipped.
struct DiscriminatorTags {
    let texts: NameTable
    /// The numbers of the alternatives, by the number of the text.
    let allowed: Slice<Slice<Int>>
    /// The alternatives for all other texts.
    let untagged: Slice<Int>
    /// Whether an alternative restricts the member, by its number.
    let isTagged: Slice<Bool>

    /// The numbers of the alternatives that accept the string at `entry` in the discriminating member.
    @inline(__always)
    func candidates(_ tape: JSONTape, _ entry: Int) -> Slice<Int> {
        let number = texts.find(tape, entry)
        return number >= 0 ? allowed[number] : untagged
    }
}

extension Checker {
    mutating func checkDiscriminated(
        _ discriminator: UnsafePointer<Discriminator>, _ entry: Int, _ root: NodeReference
    ) -> SchemaVerdict {
        let branches = discriminator.pointee.branches
        guard tape.kind(at: entry) == .object,
            let value = tape.value(of: entry, named: discriminator.pointee.property.pointee),
            tape.kind(at: value) == .string
        else {
            return discriminator.pointee.isOne ? checkOne(branches, entry, root) : checkAny(branches, entry, root)
        }
        let number = discriminator.pointee.names.find(tape, value)
        let named = number >= 0 ? discriminator.pointee.targets[number] : discriminator.pointee.fallback
        if !discriminator.pointee.isOne, let named, branches.contains(named),
            checkBranch(named, entry, root) == .valid
        {
            if branches.count > 1 { noteSkipped(branches, from: 0, entry) }
            return .valid
        }
        let candidates = discriminator.pointee.tags?.candidates(tape, value)
        var match = -1
        var open = SchemaVerdict.invalid
        for position in 0..<(candidates?.count ?? branches.count) {
            let index = candidates?[position] ?? position
            let found = checkBranch(branches[index], entry, root)
            guard found == .valid else {
                open = open.or(found)
                continue
            }
            if match >= 0, discriminator.pointee.isOne { return .invalid }
            match = index
            if !discriminator.pointee.isOne {
                if index &+ 1 < branches.count { noteSkipped(branches, from: index &+ 1, entry) }
                break
            }
        }
        if open != .invalid, match < 0 || discriminator.pointee.isOne { return open }
        guard match >= 0 else { return .invalid }
        if let named {
            if named != branches[match] { met.misnamed = true }
        } else if !(discriminator.pointee.tags?.isTagged[match] ?? false) {
            met.misnamed = true
        }
        return .valid
    }
}

extension Slice where Element == NodeReference {
    /// Whether a schema is among the alternatives.
    func contains(_ node: NodeReference) -> Bool {
        indices.contains { self[$0] == node }
    }
}

extension SchemaCompiler {
    /// Reads `discriminator`, which has an effect only next to `oneOf` or `anyOf`.
    func discriminator(
        _ schema: inout KeywordReader, any: [NodeReference], one: [NodeReference]
    ) -> UnsafeMutablePointer<Discriminator>? {
        guard schema.vocabularies.contains(.openAPI), let keyword = schema.object("discriminator") else { return nil }
        guard let property = keyword["propertyName"]?.string else {
            schema.complain("discriminator", Messages.discriminatorWithoutName, rule: Self.discriminatorRule)
            return nil
        }
        let isOne = !one.isEmpty
        let branches = isOne ? one : any
        guard !branches.isEmpty else { return nil }
        var names: [String] = []
        var targets: [NodeReference] = []
        if let mapping = keyword["mapping"] {
            for member in mapping.members {
                guard let text = member.value.string else {
                    schema.complain(
                        "discriminator", Messages.mappingNotText(member.name), rule: Self.discriminatorRule)
                    continue
                }
                guard let target = mappedSchema(text, &schema) else { continue }
                names.append(member.name)
                targets.append(target)
            }
        }
        for (branch, element) in zip(branches, schema.node[isOne ? "oneOf" : "anyOf"].map { Array($0.elements) } ?? [])
        {
            guard let reference = element["$ref"]?.string, let name = Self.implicitName(reference) else { continue }
            names.append(name)
            targets.append(branch)
        }
        let fallback = keyword["defaultMapping"]?.string.flatMap { mappedSchema($0, &schema) }
        let table = NameTable(names.map { Array($0.utf8) })
        releases.append { table.release() }
        let texts = names.map { UnsafePointer(memory.store(JSONNameKey($0))) }
        let stored = memory.store(
            Discriminator(
                property: UnsafePointer(memory.store(JSONNameKey(property))), names: table,
                texts: memory.store(all: texts), targets: memory.store(all: targets), fallback: fallback,
                branches: memory.store(all: branches), isOne: isOne))
        discriminators.append(stored)
        return stored
    }

    /// The rule for references to other hosts. A discriminator never affects validity, so a mistake in it leaves its
    /// schema usable.
    static let remoteRule = "schema.remote"

    static let discriminatorRule = "schema.discriminator"

    /// A mapping value is a component name or a reference; if it could be both, it is a name (OpenAPI 3.0.4, section
    /// 4.7.25).
    private func mappedSchema(_ text: String, _ schema: inout KeywordReader) -> NodeReference? {
        let isName =
            !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
        if isName {
            let document = index.documents.entries[schema.source.document].document
            if let component = document.root["components"]?["schemas"]?[text] {
                return reference(to: SchemaSource(document: schema.source.document, entry: component.tapeIndex))
            }
            // A text without a file extension is probably not a file name.
            guard text.utf8.contains(UInt8(ascii: ".")) else {
                schema.complain("discriminator", Messages.mappingUnknown(text), rule: Self.discriminatorRule)
                return nil
            }
        }
        guard let place = schema.place(of: text, keyword: "discriminator", rule: Self.discriminatorRule) else {
            return nil
        }
        return reference(to: place)
    }

    /// The last segment of a reference, which is the name of the component.
    private static func implicitName(_ reference: String) -> String? {
        guard let fragment = URIReference(reference).fragment.flatMap(PercentEncoding.text(_:)) else { return nil }
        return JSONPointer(fragment)?.tokens.last
    }
}

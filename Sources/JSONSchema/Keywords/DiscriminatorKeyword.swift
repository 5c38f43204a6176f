import JSONDocument

/// `oneOf` or `anyOf` with a `discriminator`: a member of the value names the alternative that is meant.
///
/// The name never changes the verdict (OpenAPI 3.0.4, section 4.7.25; OpenAPI 3.1.1, section 4.8.25): the alternatives
/// decide as if there were no discriminator. It says which alternative a message should be about.
struct Discriminator {
    /// The member that names the alternative.
    let property: UnsafePointer<JSONNameKey>
    /// The names: those in `mapping` first, then the names of the alternatives.
    let names: NameTable
    let texts: Slice<UnsafePointer<JSONNameKey>>
    let targets: Slice<NodeReference>
    /// The alternative that is meant when the member names none (`defaultMapping`, OpenAPI 3.2).
    let fallback: NodeReference?
    /// The alternatives themselves.
    let branches: Slice<NodeReference>
    let isOne: Bool
    /// Which alternatives a name allows at all; known once compiling is finished.
    var tags: DiscriminatorTags?

    /// What a value names.
    enum Choice {
        case schema(NodeReference)
        /// The value is no object, or its member is no string: it names nothing.
        case nothing
        case missing
        /// The entry of a string that is no known name.
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

/// The alternatives that can accept a value at all, by the text of its discriminating member: those whose `enum` or
/// `const` for that member has the text, and those that have neither. All others need not be tried.
struct DiscriminatorTags {
    let texts: NameTable
    /// By the number of the text, the numbers of the alternatives.
    let allowed: Slice<Slice<Int>>
    /// The alternatives for all other texts.
    let untagged: Slice<Int>
    /// By the number of an alternative, whether it limits the member.
    let isTagged: Slice<Bool>

    /// The numbers of the alternatives that accept the string at `entry`, as far as it decides.
    @inline(__always)
    func candidates(_ tape: JSONTape, _ entry: Int) -> Slice<Int> {
        let number = texts.find(tape, entry)
        return number >= 0 ? allowed[number] : untagged
    }
}

extension Checker {
    mutating func checkDiscriminated(
        _ discriminator: UnsafePointer<Discriminator>, _ entry: Int, _ root: NodeReference
    ) -> Validity {
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
            return .valid
        }
        let candidates = discriminator.pointee.tags?.candidates(tape, value)
        var match = -1
        var open = Validity.invalid
        for position in 0..<(candidates?.count ?? branches.count) {
            let index = candidates?[position] ?? position
            let found = checkBranch(branches[index], entry, root)
            guard found == .valid else {
                open = open.or(found)
                continue
            }
            if match >= 0, discriminator.pointee.isOne { return .invalid }
            match = index
            if !discriminator.pointee.isOne { break }
        }
        if open != .invalid, match < 0 || discriminator.pointee.isOne { return open }
        guard match >= 0 else { return .invalid }
        if let named {
            if named != branches[match] { metMisnamed = true }
        } else if !(discriminator.pointee.tags?.isTagged[match] ?? false) {
            metMisnamed = true
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
    /// Reads `discriminator`, which means something only beside `oneOf` or `anyOf`.
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

    /// A discriminator decides nothing, so a mistake in it leaves its schema usable.
    /// The rule of references that would have to be fetched.
    static let remoteRule = "schema.remote"

    static let discriminatorRule = "schema.discriminator"

    /// A mapping value is the name of a component or a reference; what could be both is a name (OpenAPI 3.0.4,
    /// section 4.7.25).
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
            // Without an extension it is hardly the name of a file.
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

    /// The last step of a reference, which is the name of the component that it leads to.
    private static func implicitName(_ reference: String) -> String? {
        guard let fragment = URIReference(reference).fragment.flatMap(URIReference.percentDecoded) else { return nil }
        return JSONPointer(fragment)?.tokens.last
    }
}

import JSONDocument

/// Finishes discriminators after compiling: which alternative a name selects, and which alternatives a name excludes.
extension SchemaCompiler {
    /// A table with more entries than this is not worth its memory; all alternatives are tried instead.
    private static let mostTagEntries = 20_000

    func finish(_ discriminator: UnsafeMutablePointer<Discriminator>) {
        let branches = discriminator.pointee.branches.array
        /// The alternative that is a schema, or a reference to it.
        func branch(_ target: NodeReference) -> NodeReference {
            branches.first { $0 == target || ($0.pointee.alias ?? $0) == (target.pointee.alias ?? target) } ?? target
        }
        let texts = discriminator.pointee.texts
        let targets = discriminator.pointee.targets.array.map(branch)
        let fallback = discriminator.pointee.fallback.map(branch)
        discriminator.pointee = Discriminator(
            property: discriminator.pointee.property, names: discriminator.pointee.names, texts: texts,
            targets: memory.store(all: targets), fallback: fallback, branches: discriminator.pointee.branches,
            isOne: discriminator.pointee.isOne, tags: tags(branches, discriminator.pointee.property))
    }

    private func tags(
        _ branches: [NodeReference], _ property: UnsafePointer<JSONNameKey>
    ) -> DiscriminatorTags? {
        let allowed = branches.map { self.texts(of: property, in: $0) }
        guard allowed.contains(where: { $0 != nil }) else { return nil }
        let untagged = allowed.indices.filter { allowed[$0] == nil }
        var numbers: [[UInt8]: Int] = [:]
        var texts: [[UInt8]] = []
        var candidates: [[Int]] = []
        for (index, names) in allowed.enumerated() {
            for name in names ?? [] {
                if let number = numbers[name] {
                    if candidates[number].last != index { candidates[number].append(index) }
                } else {
                    numbers[name] = texts.count
                    texts.append(name)
                    candidates.append([index])
                }
            }
        }
        guard texts.count * (untagged.count + 1) <= Self.mostTagEntries else { return nil }
        let table = NameTable(texts)
        releases.append { table.release() }
        return DiscriminatorTags(
            texts: table,
            allowed: memory.store(all: candidates.map { memory.store(all: ($0 + untagged).sorted()) }),
            untagged: memory.store(all: untagged), isTagged: memory.store(all: allowed.map { $0 != nil }))
    }

    /// The strings to which a schema restricts a member by `enum` or `const`; `nil` if it does not.
    private func texts(of property: UnsafePointer<JSONNameKey>, in schema: NodeReference) -> [[UInt8]]? {
        for node in certain(from: schema) {
            guard let rules = node.pointee.rules.objects else { continue }
            let number = property.pointee.utf8.withUnsafeBufferPointer { rules.pointee.names.find($0) }
            guard number >= 0, let member = rules.pointee.slots[number].schema else { continue }
            for node in certain(from: member) where node.pointee.rules.values != nil {
                let json = index.node(node.pointee.source)
                let values = json["enum"].map { Array($0.elements) } ?? json["const"].map { [$0] } ?? []
                return values.compactMap { $0.string.map { Array($0.utf8) } }
            }
        }
        return nil
    }

    /// A schema and the schemas that always apply together with it.
    private func certain(from start: NodeReference) -> [NodeReference] {
        var found: [NodeReference] = []
        var pending = [start]
        while let next = pending.popLast(), found.count < 1_000 {
            guard !found.contains(next) else { continue }
            found.append(next)
            pending += next.pointee.certainlyApplied
        }
        return found
    }
}

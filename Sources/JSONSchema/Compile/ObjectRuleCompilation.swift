import Diagnostics
import ECMAPattern
import JSONDocument

extension SchemaCompiler {
    /// Reads the keywords for objects.
    func objectRules(_ schema: inout KeywordReader) -> UnsafeMutablePointer<ObjectRules>? {
        var members = DeclaredMembers()
        var rules = ObjectRules(names: NameTable([]))
        var isNeeded = false
        if schema.vocabularies.contains(.validation) {
            isNeeded = readCounts(&schema, &rules)
            for name in schema.names("required") where members.require(name) {
                schema.note("required", .note, Messages.requiredTwice(name))
            }
        }
        var dependents: [Dependent] = []
        if schema.vocabularies.contains(.applicator) {
            for (name, target) in schema.schemaMap("properties") { members.declare(name, target) }
            rules.declaresMembers = schema.node["properties"]?.kind == .object
            if schema.family != .openAPI30 {
                rules.patterns = patternMembers(&schema)
                rules.declaresMembers = rules.declaresMembers || !rules.patterns.isEmpty
            }
            if schema.family.knowsConstants { rules.propertyNames = schema.schema("propertyNames") }
            if schema.family.knowsUnevaluated {
                for (name, target) in schema.schemaMap("dependentSchemas") {
                    dependents.append(dependent(on: name, schema: target, keyword: .dependentSchemas))
                }
            }
            rules.additional = schema.schema("additionalProperties", allowsBoolean: true)
        }
        rules.marks.coverEverything = schema.family != .openAPI30
        if schema.family.knowsUnevaluated {
            if schema.vocabularies.contains(.validation) {
                for (name, required) in schema.nameLists("dependentRequired") {
                    dependents.append(dependent(on: name, required: required, keyword: .dependentRequired))
                }
            }
            if schema.vocabularies.contains(.unevaluated) {
                rules.unevaluated = schema.schema("unevaluatedProperties")
            }
        }
        if schema.family != .openAPI30 { dependents += dependencies(&schema) }
        rules.dependents = memory.store(all: dependents)
        isNeeded =
            isNeeded || !members.slots.isEmpty || !rules.patterns.isEmpty || rules.additional != nil
            || rules.propertyNames != nil || rules.unevaluated != nil || !dependents.isEmpty
            || rules.declaresMembers
        guard isNeeded else {
            rules.names.release()
            return nil
        }
        lay(members, into: &rules)
        return memory.store(rules)
    }

    /// The members in `properties` and `required`, each once.
    private struct DeclaredMembers {
        var slots: [(name: String, schema: NodeReference?, isRequired: Bool)] = []
        var required: [Int] = []
        private var numbers: [JSONNameKey: Int] = [:]

        /// Returns whether the name was required before.
        mutating func require(_ name: String) -> Bool {
            let number = number(of: name)
            if slots[number].isRequired { return true }
            slots[number].isRequired = true
            required.append(number)
            return false
        }

        mutating func declare(_ name: String, _ schema: NodeReference) {
            slots[number(of: name)].schema = schema
        }

        private mutating func number(of name: String) -> Int {
            let key = JSONNameKey(name)
            if let number = numbers[key] { return number }
            numbers[key] = slots.count
            slots.append((name, nil, false))
            return slots.count - 1
        }
    }

    private func lay(_ members: DeclaredMembers, into rules: inout ObjectRules) {
        rules.names.release()
        let names = NameTable.ofMembers(members.slots.map { Array($0.name.utf8) })
        releases.append { names.release() }
        rules.names = names
        rules.slots = memory.store(
            all: members.slots.map { slot in
                NameSlot(
                    key: UnsafePointer(memory.store(JSONNameKey(slot.name))), schema: slot.schema,
                    isRequired: slot.isRequired)
            })
        rules.required.numbers = memory.store(all: members.required)
        if members.slots.count <= 64 {
            for number in members.required { rules.required.bits |= 1 << UInt64(number) }
        }
    }

    private func readCounts(_ schema: inout KeywordReader, _ rules: inout ObjectRules) -> Bool {
        var isNeeded = false
        if let minimum = schema.count("minProperties") {
            rules.count.minimum = minimum
            isNeeded = minimum > 0
        }
        if let maximum = schema.count("maxProperties") {
            rules.count.maximum = maximum
            isNeeded = true
        }
        schema.noteCrossed("minProperties", "maxProperties")
        return isNeeded
    }

    private func patternMembers(_ schema: inout KeywordReader) -> Slice<PatternMember> {
        var members: [PatternMember] = []
        for (text, target) in schema.schemaMap("patternProperties") {
            guard let pattern = schema.pattern(text, keyword: "patternProperties") else { continue }
            members.append(PatternMember(pattern: UnsafePointer(memory.store(pattern)), schema: target))
        }
        return memory.store(all: members)
    }

    /// Reads `dependencies` of older drafts, which 2020-12 keeps for compatibility (JSON Schema 2020-12 Validation,
    /// appendix A).
    private func dependencies(_ schema: inout KeywordReader) -> [Dependent] {
        guard let keyword = schema.object("dependencies") else { return [] }
        var dependents: [Dependent] = []
        for member in keyword.members {
            if member.value.kind == .array {
                let names = schema.names(Array(member.value.elements), "dependencies")
                dependents.append(dependent(on: member.name, required: names, keyword: .dependencies))
            } else if let target = schema.schema(at: member.value, keyword: "dependencies") {
                dependents.append(dependent(on: member.name, schema: target, keyword: .dependencies))
            }
        }
        return dependents
    }

    private func dependent(
        on name: String, required: [String] = [], schema: NodeReference? = nil, keyword: DependentKeyword
    ) -> Dependent {
        Dependent(
            trigger: UnsafePointer(memory.store(JSONNameKey(name))),
            required: memory.store(all: required.map { UnsafePointer(memory.store(JSONNameKey($0))) }),
            schema: schema, keyword: keyword)
    }
}

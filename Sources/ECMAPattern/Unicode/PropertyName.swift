/// Converts the content of `\p{…}` to a set (ECMA-262, section 22.2.1, UnicodePropertyValueExpression).
enum PropertyName {
    /// The set for a property expression; nil if the name or the value is unknown.
    static func set(name: String, value: String?) -> ScalarSet? {
        guard let value else { return lone(name) }
        switch name {
        case "General_Category", "gc":
            return GeneralCategoryName.mask(named: value).map(categories)
        case "Script", "sc":
            return script(value, in: ScriptTable.text)
        case "Script_Extensions", "scx":
            return script(value, in: ScriptExtensionTable.text) ?? script(value, in: ScriptTable.text)
        default:
            return nil
        }
    }

    private static func lone(_ name: String) -> ScalarSet? {
        switch name {
        case "Any": return ScalarSet([0...ScalarSet.highest])
        case "ASCII": return ScalarSet([0...0x7F])
        case "Assigned":
            return GeneralCategoryName.mask(named: "Cn")
                .map { ScalarSet(PropertyTerm(property: .category($0), isNegated: true)) }
        case "Regional_Indicator", "RI": return ScalarSet([0x1F1E6...0x1F1FF])
        default: break
        }
        if let mask = GeneralCategoryName.mask(named: name) { return categories(mask) }
        if let property = BinaryProperty(name: name) {
            return ScalarSet(PropertyTerm(property: .binary(property), isNegated: false))
        }
        return RangeTable.ranges(named: name, in: SupplementaryPropertyTable.text).map { ScalarSet($0) }
    }

    private static func categories(_ mask: UInt32) -> ScalarSet {
        ScalarSet(PropertyTerm(property: .category(mask), isNegated: false))
    }

    private static func script(_ name: String, in table: StaticString) -> ScalarSet? {
        switch name {
        case "Unknown", "Zzzz":
            ScalarSet(RangeTable.allRanges(in: ScriptTable.text)).inverted()
        default:
            RangeTable.ranges(named: name, in: table).map { ScalarSet($0) }
        }
    }
}

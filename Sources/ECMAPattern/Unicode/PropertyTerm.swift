/// A property of Unicode scalars, or its absence, as part of a set.
struct PropertyTerm: Hashable, Sendable {
    /// The property to test.
    enum Property: Hashable, Sendable {
        /// One of the general categories whose bits are set (see ``GeneralCategoryName``).
        case category(UInt32)
        /// A binary property.
        case binary(BinaryProperty)
    }

    let property: Property
    let isNegated: Bool

    /// Whether a code point has the property or, when negated, does not have it. A surrogate is in the category Cs.
    func holds(for value: UInt32) -> Bool {
        switch property {
        case .category(let mask):
            let category = Unicode.Scalar(value)?.properties.generalCategory ?? .surrogate
            return (mask & GeneralCategoryName.bit(of: category) != 0) != isNegated
        case .binary(let property):
            guard let scalar = Unicode.Scalar(value) else { return isNegated }
            return property.holds(for: scalar) != isNegated
        }
    }
}

import JSONDocument
import Primitives

/// The messages of issues, which describe violations by a value.
enum Messages {
    static let nothingAllowed = "is not allowed here: the schema is false"
    static let noValue = "no value"
    static let fractionalNumber = "a number with a fraction"
    static let decidable = "a value that can be validated within the limits"
    static let differentElements = "elements that are all different"
    static let noMember = "no such member"
    static let noOtherMembers = "no other members"
    static let noOtherElements = "no other elements"
    static let negated = "satisfies the schema under not, which it must not"
    static let negatedExpectation = "a value that does not satisfy the schema under not"
    static let anAlternative = "at least one alternative"
    static let exactlyOneAlternative = "exactly one alternative"
    static let writeOnlyInResponse = "is writeOnly, so a response must not contain it"
    static let readOnlyInRequest = "is readOnly, so a request should not contain it"

    static func wrongType(_ found: String, _ allowed: [String]) -> String {
        allowed.isEmpty
            ? "is \(found), but the schema allows no type"
            : "is \(found), but the schema allows only \(listed(allowed, "or"))"
    }

    static func notInEnumeration(_ found: String, _ count: Int, _ values: String) -> String {
        switch count {
        case 0: "\(found) is not allowed, because the list of allowed values is empty"
        case 1: "\(found) is not the only allowed value \(values)"
        default: "\(found) is not one of the \(count) allowed values \(values)"
        }
    }

    static func notConstant(_ found: String, _ value: String) -> String {
        "\(found) is not the only allowed value \(value)"
    }

    static func tooShort(_ length: Int, _ minimum: Int) -> String {
        "has \(counted(length, "character")), but at least \(minimum) \(areNeeded(minimum))"
    }

    static func tooLong(_ length: Int, _ maximum: Int) -> String {
        "has \(counted(length, "character")), but at most \(maximum) \(areAllowed(maximum))"
    }

    static func noMatch(_ found: String, _ pattern: String) -> String {
        "\(found) does not match the pattern \(cut(pattern, 200))"
    }

    static func wrongFormat(_ found: String, _ format: String) -> String {
        "\(found) is not in the format \(format)"
    }

    static func outOfBounds(_ found: String, _ side: NumberBound.Side, _ limit: String) -> String {
        switch side {
        case .minimum: "\(found) is below the minimum \(limit)"
        case .maximum: "\(found) is above the maximum \(limit)"
        case .exclusiveMinimum: "\(found) is not above \(limit)"
        case .exclusiveMaximum: "\(found) is not below \(limit)"
        }
    }

    static func bound(_ side: NumberBound.Side, _ limit: String) -> String {
        switch side {
        case .minimum: "at least \(limit)"
        case .maximum: "at most \(limit)"
        case .exclusiveMinimum: "above \(limit)"
        case .exclusiveMaximum: "below \(limit)"
        }
    }

    static func notMultiple(_ found: String, _ divisor: String) -> String {
        "\(found) is not a multiple of \(divisor)"
    }

    static func multiple(_ divisor: String) -> String {
        "a multiple of \(divisor)"
    }

    static func missing(_ name: String) -> String {
        "lacks the required member \(quoted(name, 100))"
    }

    static func missingBeside(_ name: String, _ trigger: String) -> String {
        "lacks the member \(quoted(name, 100)), which \(quoted(trigger, 100)) requires"
    }

    static func member(_ name: String) -> String {
        "a member \(quoted(name, 100))"
    }

    static func unknownMember(_ name: String) -> String {
        "has the member \(quoted(name, 100)), which the schema does not allow"
    }

    static func badName(_ name: String, _ reason: String?) -> String {
        "has a member name that the schema does not allow: " + (reason ?? quoted(name, 100))
    }

    static func tooFewMembers(_ count: Int, _ minimum: Int) -> String {
        "has \(counted(count, "member")), but at least \(minimum) \(areNeeded(minimum))"
    }

    static func tooManyMembers(_ count: Int, _ maximum: Int) -> String {
        "has \(counted(count, "member")), but at most \(maximum) \(areAllowed(maximum))"
    }

    static func tooFewElements(_ count: Int, _ minimum: Int) -> String {
        "has \(counted(count, "element")), but at least \(minimum) \(areNeeded(minimum))"
    }

    static func tooManyElements(_ count: Int, _ maximum: Int) -> String {
        "has \(counted(count, "element")), but at most \(maximum) \(areAllowed(maximum))"
    }

    static func extraElements(_ count: Int, _ allowed: Int) -> String {
        "has \(counted(count, "element")), but the schema allows only the first \(allowed)"
    }

    static func unevaluatedElement(_ index: Int) -> String {
        "has an element at index \(index), which the schema does not describe"
    }

    static func repeated(_ first: Int, _ second: Int, _ value: String) -> String {
        "has the same element \(value) at index \(first) and at index \(second)"
    }

    static func containsTooFew(_ count: Int, _ minimum: Int) -> String {
        "has \(counted(count, "element")) of the required kind, but at least \(minimum) \(areNeeded(minimum))"
    }

    static func containsTooMany(_ count: Int, _ maximum: Int) -> String {
        "has \(counted(count, "element")) of the required kind, but at most \(maximum) \(areAllowed(maximum))"
    }

    static func noAlternative(_ count: Int) -> String {
        "satisfies none of the \(count) alternatives"
    }

    static func severalAlternatives(_ numbers: [Int]) -> String {
        "satisfies the alternatives \(listed(numbers.prefix(10).map(String.init), "and")), but only one may apply"
    }

    static func discriminatorMissing(_ property: String) -> String {
        "lacks the member \(quoted(property, 100)), which selects the alternative"
    }

    static func namesOther(_ value: String, _ named: String, _ fitting: String) -> String {
        "\(value) names \(named), but the value satisfies \(fitting)"
    }

    static func namesNone(_ value: String, _ fitting: String) -> String {
        "\(value) names none of the alternatives, but the value satisfies \(fitting)"
    }

    static func discriminatorUnknown(_ property: String, _ value: String, _ names: String) -> String {
        "the member \(quoted(property, 100)) is \(value), which selects none of the alternatives \(names)"
    }

    static func undecided(_ keyword: String) -> String {
        keyword.isEmpty
            ? "could not be validated within the limits"
            : "could not be validated by \(keyword) within the limits"
    }
}

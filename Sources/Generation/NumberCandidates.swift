import JSONDocument
import JSONSchema
import Primitives

/// Candidate numbers for a schema.
enum NumberCandidates {
    /// The maximum number of fraction digits for computing; with more, the bounds themselves are tried.
    private static let maximumPlaces = 15

    static func candidates(_ constraints: Constraints, _ random: StableRandom) -> [JSONNumber] {
        var random = random
        var found: [JSONNumber] = []
        if let grid = Grid(constraints) { found += grid.members(&random) }
        // Outside the range of the grid: the bounds and their neighbours.
        for keyword in ["minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum", "multipleOf"] {
            for bound in constraints.all(keyword).compactMap(\.number) {
                found.append(bound)
                for step in ["1", "-1", "0.5", "-0.5", "0.001", "-0.001"] {
                    if let step = JSONNumber(step), let sum = bound.adding(step) { found.append(sum) }
                }
            }
        }
        return found + [0, 1, -1]
    }

    /// The allowed numbers as integer steps: `step × k / 10^places` for `k` in a range.
    private struct Grid {
        var places = 0
        var step = 1
        var lowest: Int?
        var highest: Int?

        init?(_ constraints: Constraints) {
            let bounds = ["minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum", "multipleOf"]
                .flatMap { constraints.all($0).compactMap(\.number) }
            let formats = constraints.all("format").compactMap(\.string)
            let isWhole =
                constraints.views.contains(where: \.integerOnly) || formats.contains(where: NumberCandidates.isWhole)
            let steps = constraints.all("multipleOf").compactMap(\.number)
            places = bounds.map(NumberCandidates.fractionDigits).max() ?? 0
            if !isWhole, steps.isEmpty { places = max(places + 1, 2) }
            guard places <= maximumPlaces else { return nil }
            if isWhole, let unit = NumberCandidates.scaled(1, places) { step = unit }
            for number in steps {
                guard let size = NumberCandidates.scaled(number, places), size > 0 else { return nil }
                guard let common = NumberCandidates.leastCommonMultiple(step, size) else { return nil }
                step = common
            }
            for view in constraints.views {
                raise(to: view.ownKeyword("minimum")?.number, by: view.ownKeyword("exclusiveMinimum")?.boolean == true)
                raise(to: view.ownKeyword("exclusiveMinimum")?.number, by: true)
                lower(to: view.ownKeyword("maximum")?.number, by: view.ownKeyword("exclusiveMaximum")?.boolean == true)
                lower(to: view.ownKeyword("exclusiveMaximum")?.number, by: true)
            }
            for range in formats.compactMap(NumberCandidates.range) { keep(within: range) }
        }

        private mutating func raise(to bound: JSONNumber?, by isExclusive: Bool) {
            guard let bound, let value = NumberCandidates.scaled(bound, places) else { return }
            var least = NumberCandidates.floored(value, step)
            if least * step < value || (isExclusive && least * step == value) { least += 1 }
            lowest = max(lowest ?? least, least)
        }

        private mutating func lower(to bound: JSONNumber?, by isExclusive: Bool) {
            guard let bound, let value = NumberCandidates.scaled(bound, places) else { return }
            var most = NumberCandidates.floored(value, step)
            if isExclusive, most * step == value { most -= 1 }
            highest = min(highest ?? most, most)
        }

        /// Restricts the range to the numbers of a format, positive ones unless the schema requires others.
        private mutating func keep(within range: ClosedRange<Int>) {
            guard let most = NumberCandidates.scaled(JSONNumber(range.upperBound), places),
                let least = NumberCandidates.scaled(JSONNumber(range.lowerBound), places)
            else { return }
            let isOpen = highest == nil
            let end = min(highest ?? .max, NumberCandidates.floored(most, step))
            let start = -NumberCandidates.floored(-least, step)
            highest = end
            lowest = max(start, lowest ?? (isOpen ? min(1, end) : min(end - width, 1)))
        }

        private var width: Int {
            var unit = 1
            for _ in 0..<places { unit *= 10 }
            return max(1, min(1_000 * (unit / step), 1_000_000))
        }

        func members(_ random: inout StableRandom) -> [JSONNumber] {
            let least = lowest ?? min(highest.map { $0 - width } ?? 1, 1)
            let most = highest ?? least + width
            guard least <= most else { return [] }
            let end = most - least > width ? least + width : most
            let picked = Int.random(in: least...end, using: &random)
            return [picked, least, most].compactMap { factor in
                let (product, overflow) = factor.multipliedReportingOverflow(by: step)
                return overflow ? nil : NumberCandidates.spelled(product, places)
            }
        }
    }

    // MARK: Formats of the OpenAPI Format Registry

    /// Whether numbers of a format are integers.
    private static func isWhole(_ format: String) -> Bool {
        ["int", "uint"].contains { format.hasPrefix($0) } || ["double-int", "unixtime", "sf-integer"].contains(format)
    }

    /// The range of a format that is narrower than the default range.
    private static func range(_ format: String) -> ClosedRange<Int>? {
        switch format {
        case "int8": -128...127
        case "uint8": 0...255
        case "int16": -32_768...32_767
        case "uint16": 0...65_535
        case "int32": -2_147_483_648...2_147_483_647
        case "uint32", "uint64": 0...4_294_967_295
        case "unixtime": 0...253_402_300_799
        case "double-int": -9_007_199_254_740_991...9_007_199_254_740_991
        case "sf-integer": -999_999_999_999_999...999_999_999_999_999
        default: nil
        }
    }

    // MARK: Decimals as whole numbers

    /// The number of fraction digits of a number as written, including its exponent.
    private static func fractionDigits(_ number: JSONNumber) -> Int {
        for places in 0...maximumPlaces where scaled(number, places) != nil { return places }
        return maximumPlaces + 1
    }

    /// `number × 10^places`, if it is an integer and far below the limit.
    private static func scaled(_ number: JSONNumber, _ places: Int) -> Int? {
        guard
            let shifted = JSONNumber("\(number.lexeme.prefix { $0 != "e" && $0 != "E" })e\(exponent(number) + places)"),
            let value = shifted.int, value.magnitude < 1 << 61
        else { return nil }
        return value
    }

    private static func exponent(_ number: JSONNumber) -> Int {
        let parts = number.lexeme.split { $0 == "e" || $0 == "E" }
        return parts.count == 2 ? Int(parts[1]).map { min(max($0, -10_000), 10_000) } ?? 0 : 0
    }

    private static func spelled(_ value: Int, _ places: Int) -> JSONNumber? {
        guard places > 0 else { return JSONNumber(value) }
        let digits = String(value.magnitude)
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
        var fraction = padded.suffix(places)
        while fraction.last == "0" { fraction.removeLast() }
        let text = (value < 0 ? "-" : "") + padded.dropLast(places) + (fraction.isEmpty ? "" : ".") + fraction
        return JSONNumber(text)
    }

    private static func floored(_ value: Int, _ step: Int) -> Int {
        value / step - (value % step < 0 ? 1 : 0)
    }

    private static func leastCommonMultiple(_ left: Int, _ right: Int) -> Int? {
        var (one, other) = (left, right)
        while other != 0 { (one, other) = (other, one % other) }
        let (product, overflow) = (left / one).multipliedReportingOverflow(by: right)
        return overflow || product >= 1 << 61 ? nil : product
    }
}

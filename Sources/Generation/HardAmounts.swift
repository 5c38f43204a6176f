package import JSONDocument

/// Amounts that a program loses if it computes with binary floating-point numbers.
package enum HardAmounts {
    /// Amounts with exactly the decimals of a currency, hardest first.
    ///
    /// `4.35 * 100` is 434.99999999999994 and `1.001 * 1000` is 1000.9999999999999, so an integer conversion loses the last
    /// unit. Amounts without decimals are beyond what a single-precision number keeps.
    ///
    /// - Parameter decimals: The number of decimals, 0 to 4; more are treated like 4.
    package static func amounts(decimals: Int) -> [JSONNumber] {
        let lexemes =
            switch decimals {
            case ...0: ["16777217", "1001"]
            case 1: ["8.2", "0.3"]
            case 2: ["19.99", "4.35", "1.15", "0.29"]
            case 3: ["1.001", "1.005", "2.002"]
            default: ["1.0009", "1.0029"]
            }
        return lexemes.compactMap { JSONNumber($0) }
    }

    /// The smallest amount of a currency with so many decimals: 0.01 for two.
    package static func unit(decimals: Int) -> JSONNumber? {
        JSONNumber(decimals <= 0 ? "1" : "1e-\(decimals)")
    }

    /// Amounts with more decimals than a currency allows: a server rejects them or stores them exactly, and does not round
    /// them silently. 0.1 + 0.2 has this sum as a double.
    ///
    /// - Parameter decimals: The number of decimals of the currency.
    package static func tooPrecise(decimals: Int) -> [JSONNumber] {
        let lexemes =
            switch decimals {
            case ...0: ["1.5", "0.1"]
            case 1, 2: ["1.005", "2.04999", "0.30000000000000004"]
            case 3: ["1.0005", "2.049999", "0.30000000000000004"]
            default: ["1.00005", "2.0499999", "0.30000000000000004"]
            }
        return lexemes.compactMap { JSONNumber($0) }
    }
}

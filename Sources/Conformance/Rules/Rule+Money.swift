import Diagnostics

/// The rules about amounts, which the configuration declares under `money`.
extension Rule {
    static let moneyRules: [Rule] = [.moneyDecimals, .moneyChanged, .moneySum, .moneyUnjudged]

    private static let moneySource = "assay.yaml, money"

    static let moneyDecimals = Rule(
        "money.decimals", "an amount has more decimals than its currency or unit allows",
        source: "ISO 4217; assay.yaml, money")
    static let moneyChanged = Rule(
        "money.changed", "an amount differs from the one that was sent", source: moneySource)
    static let moneySum = Rule(
        "money.sum", "amounts do not add up, or exceed their limit together", source: moneySource)
    static let moneyUnjudged = Rule(
        "money.unjudged", .warning, "an amount was not judged, because its currency is unknown",
        source: "ISO 4217; assay.yaml, money")
}

/// Explanations of the rules about amounts.
extension RuleText {
    static let money: [String: RuleText] = [
        "money.decimals": RuleText(
            "An amount of the response has more decimals than its currency allows, or an amount in minor units is not a "
                + "whole number. A client that rounds it gets another amount than the server.",
            basis: "ISO 4217 gives each currency the number of its decimals: JPY 0, INR 2, BHD 3, CLF 4.",
            example: "assay.yaml  money: {parcel: {amounts: [price], currency: currency}}\n"
                + "response    {\"price\": 10.005, \"currency\": \"INR\"}",
            "round amounts on the server to the decimals of their currency, before they are stored",
            "if the member is not an amount, such as a rate, remove it from `money`"),
        "money.changed": RuleText(
            "An amount of a resource differs from the one in the request that created it. Amounts are compared as exact "
                + "decimals, so 100.10 and 100.1 are equal, and 1.005 and 1.01 are not.",
            basis: "An amount that is stored and returned as a binary floating-point number loses digits.",
            example: "request   POST /parcels {\"id\": \"P-1\", \"price\": 4.35}\n"
                + "response  GET /parcels/P-1 {\"id\": \"P-1\", \"price\": 4.34}",
            "use decimals or integers of the minor unit for amounts on the server",
            "reject an amount with too many decimals instead of rounding it",
            "if other requests change the amount, write it under `except` of the resource in `promises.resources`"),
        "money.sum": RuleText(
            "Amounts do not add up to their total, or exceed their limit together. Sums are exact decimals.",
            basis: "`sums` of a group in `money` of `assay.yaml` contains the totals and limits.",
            example:
                "assay.yaml  sums: [{limit: price, of: [refunded]}]\nresponse    {\"price\": 10, \"refunded\": 10.01}",
            "correct the calculation on the server",
            "if some parts do not count, such as failed refunds, write them under `unless` of the sum"),
        "money.unjudged": RuleText(
            "ISO 4217 does not have the currency of an amount, so its decimals were not judged.",
            basis: "The number of decimals of an amount depends on its currency.",
            example: "response    {\"price\": 10.005, \"currency\": \"RUPEE\"}",
            "return a code of ISO 4217, such as INR",
            "if `currency` in `money` names another member, correct it"),
    ]
}

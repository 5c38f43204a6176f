import Diagnostics

/// The rules about requests that are sent at once.
extension Rule {
    static let raceRules: [Rule] = [
        .raceEffects, .raceNoEffect, .raceRefused, .raceFailed, .raceSerial, .raceCount, .raceUncounted, .raceUnjudged,
    ]

    private static let effectSource =
        "draft-ietf-httpapi-idempotency-key-header, section 2.6; assay.yaml, promises.resources.*.one-effect"
    private static let orderSource = "scenario tables, opts race"

    static let raceEffects = Rule(
        "race.effects", "equal requests at once had more than one effect", source: effectSource)
    static let raceNoEffect = Rule(
        "race.no-effect", "of equal requests at once, all were rejected", source: effectSource)
    static let raceRefused = Rule(
        "race.refused", "one of several equal requests at once was rejected with another status than a promised one",
        source: effectSource)
    static let raceFailed = Rule(
        "race.failed", "the server failed for one of several requests at once", source: effectSource)
    static let raceSerial = Rule(
        "race.serial", "no order of two requests at once explains their responses", source: orderSource)
    static let raceCount = Rule(
        "race.count", "a list does not show exactly one effect of equal requests at once", source: effectSource)
    static let raceUncounted = Rule(
        "race.uncounted", .warning, "the effects of equal requests at once were not counted", source: effectSource)
    static let raceUnjudged = Rule(
        "race.unjudged", .warning, "requests were sent at once, but their effects could not be judged together",
        source: effectSource)
}

/// An answer that was read once, with what was found of it on its own.
final class JudgedAnswer: Sendable {
    let subject: Subject
    /// What the contract says of media type, body and headers, whichever row asked for the answer.
    let contract: [Finding]

    init(_ subject: Subject) {
        self.subject = subject
        contract =
            (MediaTypeRules.findings(subject) + BodyRules.findings(subject) + HeaderRules.findings(subject))
            .map { MaskedValues.unjudged($0, subject) }
    }
}

import OpenAPI

/// An answer that was read once, with what was found of it on its own.
final class JudgedAnswer: Sendable {
    /// The answer to what the step asked.
    let subject: Subject
    /// The answer to the request that it came to, which is another one where redirects were followed.
    let wire: Subject
    /// What the contract says of media type, body and headers, whichever row asked for the answer.
    let contract: [Finding]

    init(_ subject: Subject, wire: Subject? = nil) {
        self.subject = subject
        self.wire = wire ?? subject
        contract =
            ContractRules.findings(subject)
            .map { MaskedValues.unjudged($0, subject) }
    }
}

/// What the contract and HTTP say of a response, whichever row asked for it.
enum ContractRules {
    static func findings(_ subject: Subject) -> [Finding] {
        if let unread = subject.declared?.unread {
            return ContentRules.findings(subject) + [DocumentRules.unread(unread, subject)]
        }
        return ContentRules.findings(subject) + MediaTypeRules.findings(subject) + BodyRules.findings(subject)
            + HeaderRules.findings(subject)
    }
}

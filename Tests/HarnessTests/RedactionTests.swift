import Conformance
import Exchanges
import Foundation
import Harness
import TestKit
import Testing

/// Values that arrive in answers and are not to be kept.
@Suite(.inTurn) struct RedactionTests {
    @Test("a value under redact is in no file, and the run passes all the same")
    func received() async throws {
        try await withShippedProject { project in
            try project.replace(
                "volatile: []", with: "volatile: []\nredact: [body.link_url, header.x-client-id]", in: "assay.yaml")
            let result = try await project.run { $0.seed = "seed" }
            #expect(result.exit == .passed)
            let bodies = result.verdict.exchanges.compactMap(\.response).map {
                String(decoding: $0.body, as: UTF8.self)
            }
            let urls = bodies.compactMap { $0.firstMatch(of: /"link_url": ?"([^"]+)"/).map { String($0.1) } }
            let url = try #require(urls.first)
            let journal = try project.read(result.journal)
            #expect(journal.contains("‹redacted "))
            #expect(!journal.contains(url))
            #expect(!journal.contains("mock-cashfree-client-id"))
            // Equal values have equal tokens, in another run of the same seed too.
            let again = try await project.run { $0.seed = "seed" }
            let tokens = { (text: String) in Set(text.matches(of: /‹redacted [0-9a-f]{16}›/).map { String($0.output) })
            }
            #expect(tokens(journal) == tokens(try project.read(again.journal)))
            let other = try await project.run { $0.seed = "other" }
            #expect(tokens(journal).isDisjoint(with: tokens(try project.read(other.journal))))
        }
    }
}

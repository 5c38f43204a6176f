import Conformance
import Diagnostics
import Exchanges
import Foundation
import Harness
import TestKit
import Testing

/// Runs against a server that is given by address.
@Suite(.inTurn) struct TargetTests {
    private static let environment = [
        "CASHFREE_CLIENT_ID": "canary-client-id",
        "CASHFREE_CLIENT_SECRET": "canary-client-secret",
    ]

    @Test("an address at which nothing listens ends with exit 3, and every failure is of the transport")
    func unreachable() async throws {
        try await withShippedProject { project in
            let result = try await project.run {
                $0.target.baseURL = "http://127.0.0.1:1/pg"
                $0.environment = Self.environment
            }
            #expect(result.exit == .notPossible)
            let errors = result.verdict.allFindings.filter { $0.severity == .error }
            #expect(!errors.isEmpty)
            #expect(errors.allSatisfy { $0.rule == "transport.connectionRefused" })
        }
    }

    @Test("no file that a run writes contains a secret")
    func secretsAreMasked() async throws {
        try await withShippedProject { project in
            let result = try await project.run {
                $0.target.baseURL = "http://127.0.0.1:1/pg"
                $0.environment = Self.environment
                $0.tables.grep = "link-unknown"
            }
            let paths = ["reports/latest/report.txt", "reports/latest/report.json", result.journal]
            for path in paths {
                let text = try project.read(path)
                #expect(!text.contains("canary-client"), "\(path) holds a secret")
                // Curl lines have the variable in place of the mask.
                let masks = ["‹secret CASHFREE_CLIENT_SECRET›", "$CASHFREE_CLIENT_SECRET"]
                #expect(masks.contains { text.contains($0) }, "\(path) has no mask")
            }
        }
    }

    @Test("rows for the mock and rows without credentials are skipped and counted on a live target")
    func skips() async throws {
        try await withShippedProject { project in
            let result = try await project.run {
                $0.target.baseURL = "http://127.0.0.1:1/pg"
                $0.environment = Self.environment
            }
            let paid = try #require(result.verdict.scenarios.first { $0.name == "link-paid-in-parts" })
            #expect(paid.outcome == .skipped)
            let credentials = try #require(result.verdict.scenarios.first { $0.name == "link-credentials" })
            let partner = try #require(
                credentials.steps.first { $0.name == "works[XPartnerMerchantID+XPartnerAPIKey]" })
            #expect(partner.outcome == .skipped)
        }
    }
}

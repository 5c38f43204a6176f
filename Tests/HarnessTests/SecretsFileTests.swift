import Conformance
import Diagnostics
import Exchanges
import Foundation
import TestKit
import Testing

@testable import Harness

@Suite("Secrets of a file", .inTurn)
struct SecretsFileTests {
    @Test("lines are names and values, blank lines and comments say nothing")
    func lines() {
        let text = "\u{FEFF}# keys\r\n\r\nKEY = value=1 \r\nOTHER=\"quoted\"\n  # more\n_x9=é\nexport A='it\"s'"
        let (secrets, problems) = SecretsFile.parse(Array(text.utf8), path: "s")
        #expect(problems.isEmpty)
        #expect(secrets.map(\.name) == ["KEY", "OTHER", "_x9", "A"])
        #expect(secrets.map(\.value) == ["value=1", "quoted", "é", "it\"s"])
    }

    @Test("every mistake is reported with its line, and no value is repeated")
    func mistakes() {
        let text = "no-equals-canary\n9A=canary-1\nA=canary-2\nA=canary-3\nB=\nC=can\u{1}ary\n=canary-4\nD=\"canary"
        let (_, problems) = SecretsFile.parse(Array(text.utf8), path: "s")
        #expect(problems.map { $0.location?.line } == [1, 2, 4, 5, 6, 7, 8])
        #expect(!problems.contains { "\($0)".contains("canary") })
        #expect(SecretsFile.parse([0x41, 0x3D, 0xFF], path: "s").1.map(\.rule) == ["secrets.encoding"])
    }

    @Test("the file wins over the environment and fills what the target's profile needs")
    func precedence() async throws {
        try await withShippedProject { project in
            try project.write(
                "CASHFREE_CLIENT_ID=file-client-id\nCASHFREE_CLIENT_SECRET=file-client-secret\n", to: "k.env")
            let result = try await project.run {
                $0.target.baseURL = "http://127.0.0.1:1/pg"
                $0.environment = ["CASHFREE_CLIENT_ID": "environment-client-id"]
                $0.secretsFile = "k.env"
                // Sent as the default caller: of all scenarios at once, others may be the only ones that get their turn.
                $0.tables.grep = "link-unknown"
            }
            let sent = result.verdict.exchanges.map(\.request)
            #expect(
                sent.contains {
                    $0.header("x-client-id") == ["file-client-id"]
                        && $0.header("x-client-secret") == ["file-client-secret"]
                })
            #expect(!sent.contains { $0.header("x-client-id") == ["environment-client-id"] })
        }
    }

    @Test("a file that is not there is wrong input")
    func missing() async throws {
        try await withShippedProject { project in
            let error = await #expect(throws: HarnessError.self) {
                _ = try await project.run { $0.secretsFile = "nowhere.env" }
            }
            #expect(error?.exit == .wrongInput)
            #expect(error?.diagnostics.entries.map(\.rule) == ["secrets.file"])
        }
    }

    @Test("a secret in a table is reported with its line and without its value")
    func stored() async throws {
        try await withShippedProject { project in
            let table = "scenario,step,call,set,expect,note\none,fetch,PGFetchLink,link_id=none,404,canary-value-1\n"
            try project.write(table, to: "scenarios/payment-links.csv")
            try project.write("CASHFREE_CLIENT_ID=canary-value-1\n", to: "k.env")
            let result = try await project.run { $0.secretsFile = "k.env" }
            let told = try #require(result.diagnostics.entries.first { $0.rule == "secret.stored" })
            #expect(told.location?.line == 2)
            #expect(!"\(told)".contains("canary"))
        }
    }
}

import Foundation
import JSONDocument
import TestKit
import Testing

/// Explains rules, in any folder.
@Suite(.inTurn) struct ExplainRuleCommandTests {
    @Test("a rule is explained without a project: meaning, source, example, and what to do")
    func rule() throws {
        try TemporaryProject.with([:]) { project in
            let run = try project.run(["explain", "body.type"])
            #expect(run.status == 0, "\(run.error)")
            #expect(
                run.output == """
                    body.type  error
                    a value in the response body violates `type`

                      The value has another JSON type than the schema allows. 1.0 is an integer; "1" is not a number.

                    based on
                      JSON Schema 2020-12 Validation, section 6.1.1
                      A value is valid only if it satisfies each keyword of its schema.

                    example
                      schema  {type: number}
                      value   "2.5"

                    help
                      - return a value of an allowed type
                      - if the value is right, correct `type` in the contract, with an overlay if it is not yours

                    """)
            let json = try JSONDocument(parsing: project.run(["explain", "flaky", "--report", "json"]).output).root
            #expect(json["command"]?.string == "explain" && json["rule"]?["id"]?.string == "flaky")
            #expect(json["rule"]?["remedies"]?.count == 1)
        }
    }

    @Test("an explanation is as wide as the terminal", arguments: [40, 60, 200])
    func width(columns: Int) throws {
        try TemporaryProject.with([:]) { project in
            let run = try project.run(["explain", "state.lost"], environment: ["COLUMNS": String(columns)])
            // Examples keep their lines.
            let lines = run.output.components(separatedBy: "\nexample\n")[0].split(separator: "\n")
            #expect(lines.allSatisfy { $0.unicodeScalars.count <= columns }, "\(run.output)")
            #expect(columns < 200 || lines.count { $0.hasPrefix("  A resource") } == 1)
        }
    }

    @Test(
        "an unknown rule is reported with the nearest one",
        arguments: [
            ("body.tpye", "did you mean `body.type`?"), ("transport.timeout", "did you mean `transport.timedOut`?"),
            ("state.completely-unknown", "`assay rules` lists every rule"), ("flakey", "did you mean `flaky`?"),
        ])
    func unknown(id: String, help: String) throws {
        try TemporaryProject.with(TemporaryProject.orders) { project in
            let run = try project.run(["explain", id])
            #expect(run.status == 2)
            #expect(run.error.contains("unknown rule '\(id)'") && run.error.contains(help), "\(run.error)")
        }
    }

    @Test("a name that is more similar to a scenario is not taken for a rule")
    func scenario() throws {
        try TemporaryProject.with(TemporaryProject.orders) { project in
            let run = try project.run(["explain", "buyy"])
            #expect(run.error.contains("unknown scenario or step 'buyy'"), "\(run.error)")
        }
    }

    @Test("a run writes every format at once, and each of them names the rule of its failure")
    func formats() throws {
        let formats = ["text", "json", "junit", "markdown", "github", "gitlab", "sarif", "tap", "ctrf"]
        var files = TemporaryProject.orders
        files["scenarios/orders.csv"] = files["scenarios/orders.csv"]?.replacing("sku=A-1", with: "sku=A-2")
        try TemporaryProject.with(files) { project in
            let run = try project.run(
                ["run", "--no-progress"] + formats.flatMap { ["--report", "\($0)=out.\($0)"] })
            #expect(run.status == 1, "\(run.error)")
            for format in formats {
                let text = try project.read("out.\(format)")
                #expect(text.contains("check") && text.contains("assay explain check") || format == "json", "\(format)")
            }
            // A command that failed writes no report that passes.
            let failed = try project.run(["run", "no.csv"] + formats.flatMap { ["--report", "\($0)=out.\($0)"] })
            #expect(failed.status == 2)
            #expect(try project.read("out.tap").contains("Bail out!"))
            #expect(try project.read("out.sarif").contains("\"executionSuccessful\": false"))
            #expect(try project.read("out.gitlab").contains("\"severity\": \"major\""))
            #expect(try project.read("out.ctrf").contains("\"status\": \"failed\""))
        }
    }
}

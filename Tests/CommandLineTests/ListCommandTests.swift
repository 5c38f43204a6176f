import Foundation
import JSONDocument
import TestKit
import Testing

/// Lists scenarios and the requests that they would send.
@Suite(.inTurn) struct ListCommandTests {
    @Test("scenarios are listed with tags, calls, lines and what is skipped")
    func list() throws {
        try TemporaryProject.with(TemporaryProject.orders) { project in
            let run = try project.run(["list"])
            #expect(run.status == 0, "\(run.error)")
            #expect(
                run.output == """
                    buy  scenarios/orders.csv:2
                      3  create  createOrder  200
                      4  read    readOrder    200
                      7  again   createOrder  200  skipped: runs only against live targets

                    bad  scenarios/orders.csv:8
                      8  no-sku  createOrder  400  invalid

                    2 scenarios, 4 steps, 1 of them skipped with the target mock

                    """)
        }
    }

    @Test("rows without credentials are listed as skipped, with the reason")
    func missingCredentials() throws {
        try TemporaryProject.with(TemporaryProject.orders) { project in
            let run = try project.run(["list", "--target", "shop", "--grep", "no-sku"])
            #expect(run.status == 0, "\(run.error)")
            #expect(run.output.contains("bad  scenarios/orders.csv:8  skipped: no credentials for the profile 'clerk'"))
            let known = try project.run(
                ["list", "--target", "shop", "--grep", "no-sku"], environment: ["SHOP_KEY": "tomatoes"])
            #expect(!known.output.contains("skipped"))
        }
    }

    @Test("the JSON form names every step, and a table with a mistake ends with 2")
    func json() throws {
        try TemporaryProject.with(TemporaryProject.orders) { project in
            let report = try JSONDocument(parsing: try project.run(["list", "--report", "json"]).output).root
            #expect(report["command"]?.string == "list")
            #expect(report["scenarios"]?.elements.map { $0["steps"]?.count } == [3, 1])
            #expect(report["scenarios"]?[0]?["steps"]?[2]?["skipped"]?.string == "runs only against live targets")
            try project.write("scenario,step,call\na,b,nothing\n", to: "scenarios/wrong.csv")
            #expect(try project.run(["list"]).status == 2)
        }
    }

    @Test("a dry run shows every request in order and sends nothing")
    func dryRun() throws {
        try TemporaryProject.with(TemporaryProject.orders) { project in
            let run = try project.run(["run", "--dry-run", "--seed", "s"])
            #expect(run.status == 0, "\(run.error)")
            #expect(
                run.output == """
                    buy  scenarios/orders.csv:2
                      3  create  POST     /orders                         {"sku":"A-1","price":9.90}
                      4  read    GET      /orders/‹create.id›?view=full
                      7  again   skipped  runs only against live targets

                    bad  scenarios/orders.csv:8
                      8  no-sku  POST  /orders

                    3 requests below http://127.0.0.1:4010/v1; nothing was sent
                      seed  s

                    """)
            #expect(!project.holds("reports"))
        }
    }

    @Test("a dry run ends with 2 where the run would, and needs no server")
    func dryRunRefused() throws {
        try TemporaryProject.with(TemporaryProject.orders) { project in
            let arguments = ["run", "--dry-run", "--target", "shop", "--allow-production"]
            #expect(try project.run(arguments).status == 2)
            let run = try project.run(arguments + ["--report", "json"], environment: ["SHOP_KEY": "tomatoes"])
            #expect(run.status == 0, "\(run.error)")
            #expect(!run.output.contains("tomatoes"))
            let report = try JSONDocument(parsing: run.output).root
            #expect(report["dryRun"]?.boolean == true)
            #expect(report["requests"]?.number?.int == 4)
            #expect(report["scenarios"]?[0]?["steps"]?[0]?["url"]?.string == "https://shop.example/v1/orders")
        }
    }
}

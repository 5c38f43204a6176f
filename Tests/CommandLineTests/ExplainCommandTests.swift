import Foundation
import JSONDocument
import TestKit
import Testing

/// Explains the request of a row and the origin of its values.
@Suite(.inTurn) struct ExplainCommandTests {
    @Test("a row is shown with its request, the reason for every value, its checks and a curl line")
    func row() throws {
        try TemporaryProject.with(TemporaryProject.orders) { project in
            let run = try project.run(["explain", "scenarios/orders.csv:3"])
            #expect(run.status == 0, "\(run.error)")
            #expect(
                run.output == """
                    buy › create  createOrder  scenarios/orders.csv:3:1  specs/orders.yaml:7:5
                    a small order

                    POST http://127.0.0.1:4010/v1/orders

                      header.x-trace       t1                string   specs/orders.yaml:10:47  set of *              scenarios/orders.csv:2:9
                      header.x-key         mock-shop-key     key Key  specs/orders.yaml:32:5   profile clerk
                      header.accept        application/json           specs/orders.yaml:7:5    documented responses
                      header.content-type  application/json           specs/orders.yaml:11:7   documented body
                      header.user-agent    assay/0.1.0                                         always
                      sku                  A-1               string   specs/orders.yaml:39:14  body                  scenarios/bodies/order.json:2:10
                      price                9.90              number   specs/orders.yaml:40:16  set                   scenarios/orders.csv:3:39
                      lines                (omitted)         array    specs/orders.yaml:42:11  set                   scenarios/orders.csv:3:51

                      expect    200                                                     scenarios/orders.csv:3:58
                      contract  200: application/json          specs/orders.yaml:17:9
                      check     sku=A-1                string  specs/orders.yaml:39:14  scenarios/orders.csv:3:62

                    curl --include --request POST 'http://127.0.0.1:4010/v1/orders' --header 'accept: application/json' --header 'content-type: application/json' --header 'user-agent: assay/0.1.0' --header 'x-trace: t1' --header 'x-key: mock-shop-key' --data-raw '{"sku":"A-1","price":9.90}'

                    """)
        }
    }

    @Test("a value of an earlier response is written by its name, in the address, in bodies and in the curl line")
    func standIns() throws {
        try TemporaryProject.with(TemporaryProject.orders) { project in
            // The row goes over two lines; either of them means it.
            for line in [4, 5] {
                let run = try project.run(["explain", "scenarios/orders.csv:\(line)"])
                #expect(run.output.contains("\nGET http://127.0.0.1:4010/v1/orders/‹create.id›?view=full\n"))
                #expect(run.output.contains("curl --include 'http://127.0.0.1:4010/v1/orders/‹create.id›?view=full'"))
                #expect(
                    run.output.contains(
                        "query.view         full              string        specs/orders.yaml:28:59  default"))
            }
            let again = try project.run(["explain", "buy/again"])
            #expect(again.output.contains("not sent: runs only against live targets"))
            #expect(
                again.output.contains(#"--data-raw '{"sku":"A-1","price":9.90,"lines":[{"count":"‹create.id›"}]}'"#))
            #expect(
                again.output.contains(
                    "  sku                  A-1               string   specs/orders.yaml:39:14  as create"))
        }
    }

    @Test("secrets are masked, and a live target needs none to be explained")
    func secrets() throws {
        try TemporaryProject.with(TemporaryProject.orders) { project in
            let arguments = ["explain", "buy/create", "--target", "shop"]
            let without = try project.run(arguments)
            #expect(without.status == 0, "\(without.error)")
            #expect(without.output.contains("--header 'x-key: '\"$SHOP_KEY\""))
            let with = try project.run(arguments, environment: ["SHOP_KEY": "tomatoes"])
            #expect(with.output == without.output)
        }
    }

    @Test("the JSON form contains the same, in the envelope of all reports")
    func json() throws {
        try TemporaryProject.with(TemporaryProject.orders) { project in
            let run = try project.run(["explain", "bad/no-sku", "--report", "json"])
            let report = try JSONDocument(parsing: run.output).root
            #expect(report["schema"]?.string == "assay/1")
            #expect(report["command"]?.string == "explain")
            #expect(report["outcome"]?.string == "passed")
            #expect(report["exit"]?.number?.int == 0)
            let step = try #require(report["steps"]?[0])
            #expect(step["method"]?.string == "POST")
            #expect(step["line"]?.number?.int == 8)
            #expect(step["checks"]?.elements.map { $0["kind"]?.string } == ["expect", "contract", "invalid"])
            #expect(step["values"]?[0]?["contract"]?["file"]?.string == "specs/orders.yaml")
        }
    }

    @Test(
        "a row that uses a scenario shows the steps of that scenario",
        arguments: ["scenarios/more.csv:2", "again/bought", "again"])
    func uses(place: String) throws {
        let more = "scenario,step,call\nagain,bought,use orders.csv#buy\n"
        let files = TemporaryProject.orders.merging(["scenarios/more.csv": more]) { $1 }
        try TemporaryProject.with(files) { project in
            let run = try project.run(["explain", place])
            #expect(run.status == 0, "\(run.error)")
            let titles = run.output.split(separator: "\n").filter { $0.contains(" › ") }
            #expect(
                titles.map { $0.prefix { $0 != "/" } } == [
                    "again › bought.create  createOrder  scenarios", "again › bought.read  readOrder  scenarios",
                    "again › bought.again  createOrder  scenarios",
                ], "\(run.output)")
        }
    }

    @Test(
        "a location without a step is reported with the nearest one",
        arguments: [
            ("scenarios/orders.csv:2", "line 2 of scenarios/orders.csv has no step", "buy/create in line 3"),
            ("scenarios/orders.csv:6", "line 6 of scenarios/orders.csv has no step", "buy/again in line 7"),
            ("buy/creat", "unknown scenario or step 'buy/creat'", "did you mean `buy/create`?"),
            ("scenarios/none.csv:2", "scenarios/none.csv", ""),
        ])
    func unknown(place: String, says: String, helps: String) throws {
        try TemporaryProject.with(TemporaryProject.orders) { project in
            let run = try project.run(["explain", place])
            #expect(run.status == 2)
            #expect(run.error.contains(says), "\(run.error)")
            #expect(helps.isEmpty || run.error.contains(helps), "\(run.error)")
            let report = try JSONDocument(parsing: try project.run(["explain", place, "--report", "json"]).output).root
            #expect(report["outcome"]?.string == "wrongInput")
            #expect(report["diagnostics"]?.count == 1)
        }
    }
}

/// Tables for the project `Fixtures/parcels`: one parcel is sent and fetched nine times.
package enum ParcelTable {
    /// How many steps a scenario has.
    package static let stepsOfScenario = 10

    /// A table with scenarios of ten steps each.
    /// - Parameters:
    ///   - steps: The number of steps; at least 10.
    ///   - status: What each step expects in `status`. The mock returns "OPEN": "GONE" is a finding for each step.
    package static func text(steps: Int, status: String = "OPEN") -> String {
        var text = "scenario,step,call,set,expect,check,same_as\n"
        for scenario in 0..<max(1, steps / stepsOfScenario) {
            text +=
                "s\(scenario),send,sendParcel,amount=250.5; receiver.phone=0049301234567,201,body.status=\(status),\n"
            for fetch in 0..<stepsOfScenario - 1 {
                let like = fetch == 0 ? "" : "fetch0"
                let check = status == "OPEN" ? "amount=250.5" : "body.status=\(status)"
                text += ",fetch\(fetch),fetchParcel,parcel_id={{send.parcel_id}},200,\(check),\(like)\n"
            }
        }
        return text
    }

    /// A table with one scenario of ten steps that runs once for each row of `data.csv`.
    package static let repeated: String = {
        var text = "scenario,step,call,set,expect,check,same_as,opts\n"
        text +=
            "s,send,sendParcel,amount={{row.amount}}; receiver.phone=0049301234567,201,body.status=OPEN,,rows=data.csv\n"
        for fetch in 0..<stepsOfScenario - 1 {
            let like = fetch == 0 ? "" : "fetch0"
            text += ",fetch\(fetch),fetchParcel,parcel_id={{send.parcel_id}},200,amount={{row.amount}},\(like),\n"
        }
        return text
    }()

    /// The rows for `repeated`, so that a run has about `steps` steps.
    package static func data(steps: Int) -> String {
        var text = "case,amount\n"
        for number in 0..<max(1, steps / stepsOfScenario) { text += "c\(number),\(100 + number % 900).5\n" }
        return text
    }
}

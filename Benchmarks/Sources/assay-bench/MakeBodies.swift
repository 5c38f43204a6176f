import ArgumentParser
import Measuring

/// Writes valid bodies for `Fixtures/parcel.schema.json`, all different and the same in every run.
struct MakeBodies: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "make-bodies",
        abstract: "Writes bodies of about one kilobyte for Fixtures/parcel.schema.json, one a line."
    )

    @Option(help: ArgumentHelp("How many.", valueName: "n"))
    var count = 20_000

    @Option(help: ArgumentHelp("Every so many bodies one is wrong; 0 for none.", valueName: "n"))
    var wrongEvery = 0

    func run() {
        for number in 0..<count {
            let isWrong = wrongEvery > 0 && number % wrongEvery == 0
            print(ParcelBody.text(number, status: isWrong ? "LOST" : ["OPEN", "SENT", "GONE"][number % 3]))
        }
    }
}

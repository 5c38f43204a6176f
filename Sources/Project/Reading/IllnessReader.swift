import JSONDocument
import SourceText

/// Reads `ill: {max-unjudged: 20%, rerun: 3}`: how runs deal with an ill target.
enum IllnessReader {
    static func illness(_ node: JSONNode, _ reader: inout DiagnosingReader) -> Project.Illness {
        var illness = Project.Illness()
        for part in reader.members(of: node, "ill", known: ["max-unjudged", "rerun"]) {
            switch part.name {
            case "max-unjudged": illness.maximumUnjudged = share(part.value, &reader) ?? illness.maximumUnjudged
            default: illness.reruns = reader.integer(part.value, "rerun", in: 0...3) ?? illness.reruns
            }
        }
        return illness
    }

    /// `20%`, or a number of percent.
    private static func share(_ node: JSONNode, _ reader: inout DiagnosingReader) -> Double? {
        let text = node.string.map { $0.utf8.last == UInt8(ascii: "%") ? String($0.dropLast()) : $0 }
        let number = node.kind == .number ? node.spelling : text
        let isPlain = number?.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") } == true
        if isPlain, let percent = number.flatMap(Double.init), (0...100).contains(percent) { return percent }
        reader.report(
            "wrong-share", "`max-unjudged` must be between 0% and 100%", at: node, help: "write for example 20%")
        return nil
    }
}

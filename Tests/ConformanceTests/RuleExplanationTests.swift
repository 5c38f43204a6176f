import Diagnostics
import Exchanges
import Testing

@testable import Conformance

@Suite("Explanations of rules")
struct RuleExplanationTests {
    @Test("each rule and each end of an id has all parts of an explanation", arguments: RuleExplanation.ids)
    func complete(id: String) throws {
        let explanation = try #require(RuleExplanation.of(id), "\(id) has no explanation")
        #expect(explanation.id == id)
        #expect(explanation.meaning.hasSuffix("."), "\(id)")
        #expect(explanation.meaning.utf8.count > 20)
        #expect(explanation.basis.hasSuffix("."), "\(id)")
        #expect(!explanation.source.isEmpty && !explanation.summary.isEmpty)
        #expect(!explanation.example.isEmpty && explanation.example.allSatisfy { !$0.isEmpty && $0.utf8.count <= 96 })
        #expect(!explanation.remedies.isEmpty)
        for remedy in explanation.remedies {
            #expect(remedy.first?.isLowercase == true && !remedy.hasSuffix("."), "\(id): \(remedy)")
        }
    }

    @Test("the first remedy fits into the line below a failure")
    func short() throws {
        for id in RuleExplanation.ids {
            let remedy = try #require(RuleExplanation.of(id)?.remedies.first)
            #expect(remedy.unicodeScalars.count <= 92, "\(id): \(remedy)")
        }
    }

    @Test("every class of transport failures and every kind of defect is explained")
    func transport() {
        let ends =
            TransportFailure.Class.allCases.map(\.rawValue) + TransportDefect.Kind.allCases.map(\.rawValue)
        for end in ends {
            #expect(RuleExplanation.of("transport.\(end)")?.example.isEmpty == false, "transport.\(end)")
        }
        #expect(Set(TransportText.all.map(\.end)) == Set(ends))
    }

    @Test("a keyword is explained for bodies, headers and requests, each with its own remedy")
    func families() throws {
        let remedies = try ["body.type", "header.type", "request.type"].map { id in
            try #require(RuleExplanation.of(id)?.remedies.first)
        }
        #expect(
            remedies == [
                "return a value of an allowed type", "return a value of an allowed type in the header",
                "send a value of an allowed type: correct the row or its body",
            ])
        #expect(RuleExplanation.of("header.required")?.meaning.hasPrefix("The contract declares the header") == true)
    }

    @Test("an unknown id has no explanation", arguments: ["", "body", "body.", "body.tpye", "transport.x", "nothing"])
    func unknown(id: String) {
        #expect(RuleExplanation.of(id) == nil)
    }

    @Test("the remedy of a finding depends on the side that has to act")
    func remedy() {
        var finding = Finding(.bodyKeyword, id: "body.enum", "x", blame: .server)
        #expect(finding.remedy == "return one of the listed values")
        finding.blame = .document
        #expect(finding.remedy.hasPrefix("correct the document"))
        let broken = Finding(.documentSchema, "x", blame: .document)
        #expect(broken.remedy.hasPrefix("correct the keyword"))
        #expect(finding.explainCommand == "assay explain body.enum")
    }
}

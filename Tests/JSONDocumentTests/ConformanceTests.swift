import Foundation
import JSONDocument
import TestKit
import Testing

private struct ConformanceCase: Sendable {
    var name: String
    var bytes: [UInt8]
    var accepts: Bool
    var value: String?
    var literal: String?
    var duplicates: [String]
    var why: String

    init?(_ node: JSONNode) {
        guard let name = node["name"]?.string, let expect = node["expect"]?.string else { return nil }
        self.name = name
        let verdict = expect == "either" ? node["house"]?.string : expect
        accepts = verdict == "accept"
        value = node["value"]?.string
        literal = node["literal"]?.string
        duplicates = node["duplicates"]?.elements.compactMap(\.string) ?? []
        why = node["why"]?.string ?? ""
        bytes = []
        guard let parts = node["parts"]?.elements else { return nil }
        for part in parts {
            guard let data = part["b64"]?.string.flatMap({ Data(base64Encoded: $0) }) else { return nil }
            for _ in 0..<(part["times"]?.number?.int ?? 1) { bytes.append(contentsOf: data) }
        }
    }

    static func all(_ data: ConformanceData) throws -> [ConformanceCase] {
        try data.lines("json/json-open.ndjson", atLeast: data.isSample ? 60 : 100).map {
            try #require(ConformanceCase($0))
        }
    }
}

@Suite("RFC 8259 conformance")
struct ConformanceTests {
    @Test("every text is accepted or rejected as in RFC 8259, and keeps its meaning", arguments: ConformanceData.all)
    func cases(data: ConformanceData) throws {
        for item in try ConformanceCase.all(data) { check(item) }
    }

    private func check(_ item: ConformanceCase) {
        let document: JSONDocument
        do throws(JSONSyntaxError) {
            document = try JSONDocument(parsing: item.bytes)
        } catch {
            #expect(!item.accepts, "\(item.name): \(error)")
            #expect(error.position.offset >= 0 && error.position.offset <= item.bytes.count, "\(item.name)")
            if item.why.contains("UTF-8 only; name") { #expect(error.reason == .invalidUTF8, "\(item.name): \(error)") }
            if item.why.contains("UTF-16") { #expect(error.reason == .otherEncoding, "\(item.name): \(error)") }
            if item.why.contains("surrogate") { #expect(error.reason == .loneSurrogate, "\(item.name): \(error)") }
            return
        }
        #expect(item.accepts, "\(item.name) was accepted")
        #expect(document.duplicateNames.map(\.name) == item.duplicates, "\(item.name)")
        if let value = item.value {
            let expected = try? JSONDocument(parsing: value).root.value
            #expect(document.root.value == expected, "\(item.name)")
        }
        if let literal = item.literal { #expect(document.root[0]?.number?.lexeme == literal, "\(item.name)") }
        let rewritten = try? JSONDocument(parsing: document.root.value.text).root.value
        #expect(rewritten == document.root.value, "\(item.name)")
    }
}

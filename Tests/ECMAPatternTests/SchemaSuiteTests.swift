import ECMAPattern
import Foundation
import TestKit
import Testing

@Suite("patterns of the JSON Schema test suite")
struct SchemaSuiteTests {
    @Test(
        "every standalone pattern gives the verdict of the suite",
        arguments: ConformanceData.all, ["schema-oas30-open.ndjson", "schema-oas31-open.ndjson"]
    )
    func suite(data: ConformanceData, file: String) throws {
        let text = String(decoding: try data.bytes("schema/\(file)"), as: UTF8.self)
        var verdicts = 0
        for line in text.split(separator: "\n") where line.contains(#""pattern""#) || line.contains(#""regex""#) {
            let group = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            guard let schema = group["schema"] as? [String: Any], let tests = group["tests"] as? [[String: Any]] else {
                continue
            }
            let name = group["group"] as? String ?? ""
            for test in tests {
                guard let text = test["data"] as? String, let isValid = test["valid"] as? Bool else { continue }
                if let source = schema["pattern"] as? String, schema.keys.allSatisfy(Self.plainKeys.contains) {
                    let outcome = try ECMAPattern(source).search(text)
                    #expect(outcome == (isValid ? .match : .noMatch), "\(name): \(source) on \(text.debugDescription)")
                    verdicts += 1
                } else if schema["format"] as? String == "regex", group["format"] as? String == "assert" {
                    #expect(((try? ECMAPattern(text)) != nil) == isValid, "\(name): \(text)")
                    verdicts += 1
                }
            }
        }
        #expect(verdicts > 0)
    }

    private static let plainKeys: Set<String> = ["$schema", "type", "pattern"]
}

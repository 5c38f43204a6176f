import JSONDocument
import JSONSchema
import TestKit
import Testing

@testable import OpenAPI

@Suite("Parameter styles")
struct ParameterStyleConformanceTests {
    @Test(
        "every row of the style table works in each of its directions",
        arguments: ConformanceData.all
    )
    func table(data: ConformanceData) throws {
        let rows = try data.rows("parameter-styles.csv", atLeast: 40)
        for row in rows {
            let versions = row["oas"] == "all" ? ["3.0.3", "3.1.0", "3.2.0"] : [(row["oas"] ?? "") + ".0"]
            for version in versions {
                let miss = try Self.miss(row, version: version)
                #expect(miss == nil, "\(row["id"] ?? "") (\(version)): \(miss ?? "")")
            }
        }
    }

    /// What is wrong with the reading or writing of a row.
    private static func miss(_ row: [String: String], version: String) throws -> String? {
        func cell(_ name: String) -> String { row[name] ?? "" }
        let isHeader = cell("in") == "response-header"
        let contract = try OpenAPITests.contract(document(row, version: version, isHeader: isHeader))
        let operation = try #require(contract.operations.first)
        let header = operation.responses.first?.headers.first
        let parameter = operation.parameters.first
        let schema = isHeader ? header?.valueSchema : parameter?.valueSchema
        if cell("way") != "serialise" {
            let parsed =
                isHeader
                ? ParameterCodec.parse(headerLines: lines(cell("wire")), as: try #require(header))
                : parse(cell("wire"), try #require(parameter), named: cell("in"))
            let isIgnored = isHeader ? header?.isIgnored : parameter?.isIgnored
            let isRequired = isHeader ? header?.isRequired : parameter?.isRequired
            let outcome = outcome(parsed, schema, isIgnored: isIgnored ?? false, isRequired: isRequired ?? false)
            let accepted = [cell("outcome") == "ok" ? try normal(cell("value")) : cell("outcome")]
            let other = cell("alt").isEmpty ? [] : [(try? normal(cell("alt"))) ?? cell("alt")]
            guard (accepted + other).contains(outcome) else { return "parsed as \(outcome), \(parsed)" }
        }
        if cell("way") != "parse", cell("outcome") == "ok" {
            let value = try JSONDocument(parsing: cell("value")).root.value
            let text =
                isHeader
                ? try ParameterCodec.serialise(value, as: try #require(header)).joined(separator: "\n")
                : try ParameterCodec.serialise(value, as: try #require(parameter))
            guard text == cell("wire") else { return "serialised as \(text)" }
        }
        return nil
    }

    private static func document(_ row: [String: String], version: String, isHeader: Bool) throws -> String {
        var parameter: JSONValue = .object(JSONObject())
        if let more = row["more"], !more.isEmpty { parameter = try JSONDocument(parsing: more).root.value }
        if parameter["content"] == nil {
            parameter["schema"] = try JSONDocument(parsing: row["schema"] ?? "").root.value
        }
        parameter["required"] = .boolean(row["required"] == "true" || row["in"] == "path")
        if let style = row["style"], !style.isEmpty { parameter["style"] = .string(style) }
        if let explode = row["explode"], explode != "default" { parameter["explode"] = .boolean(explode == "true") }
        let name = row["name"] ?? ""
        if !isHeader {
            parameter["name"] = .string(name)
            parameter["in"] = .string(row["in"] ?? "")
        }
        let response = isHeader ? ",\"headers\":{\(JSONValue.string(name).text):\(parameter.text)}" : ""
        let parameters = isHeader ? "" : "\"parameters\":[\(parameter.text)],"
        return """
            {"openapi":"\(version)","info":{"title":"t","version":"1"},"paths":{"/a/{\(name)}":{"get":{\
            \(parameters)"responses":{"200":{"description":"ok"\(response)}}}}}}
            """
    }

    private static func lines(_ wire: String) -> [String] {
        wire == "ABSENT" ? [] : wire.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
    }

    private static func parse(_ wire: String, _ parameter: Parameter, named place: String) -> ParameterCodec.Parsed {
        let text = wire == "ABSENT" ? nil : wire
        return switch place {
        case "path": ParameterCodec.parse(pathText: wire, as: parameter)
        case "header": ParameterCodec.parse(headerLines: lines(wire), as: parameter)
        case "cookie": ParameterCodec.parse(cookie: text, as: parameter)
        default: ParameterCodec.parse(query: text, as: parameter)
        }
    }

    private static func outcome(
        _ parsed: ParameterCodec.Parsed,
        _ schema: Schema?,
        isIgnored: Bool,
        isRequired: Bool
    ) -> String {
        switch parsed {
        case .absent where isIgnored: return "ignored"
        case .absent: return isRequired ? "missing" : "absent"
        case .invalid: return "invalid"
        case .undefined: return "undefined"
        case .value(let value):
            let options = ValidationOptions(direction: .request)
            guard let compiled = try? schema?.compiled() else { return value.text(.canonical) }
            return compiled.isValid(JSONDocument(value).root, options) == .invalid ? "invalid" : value.text(.canonical)
        }
    }

    private static func normal(_ text: String) throws -> String {
        try JSONDocument(parsing: text).root.value.text(.canonical)
    }
}

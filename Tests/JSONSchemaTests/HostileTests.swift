import JSONDocument
import JSONSchema
import Testing

@Suite("Hostile schemas and values")
struct HostileTests {
    @Test(
        "a schema that applies itself to the same value is rejected",
        arguments: [
            (##"{"$ref": "#"}"##, "1:2"),
            (##"{"allOf": [{"$ref": "#"}]}"##, "1:13"),
            (##"{"anyOf": [{"type": "string"}, {"not": {"$ref": "#"}}]}"##, "1:41"),
            (##"{"if": {"$ref": "#"}}"##, "1:9"),
            (##"{"dependentSchemas": {"a": {"$ref": "#"}}}"##, "1:29"),
            (##"{"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}}"##, "1:39"),
        ])
    func cycles(schema: String, place: String) throws {
        let found = try problems(schema)
        #expect(
            found == ["\(place) error the schema applies itself to the same value, so validation would never end"])
    }

    @Test("a schema may contain itself below a member")
    func recursion() throws {
        let schema = try compile(##"{"type": "object", "properties": {"next": {"$ref": "#"}}}"##)
        #expect(try schema.outcome(#"{"next": {"next": {}}}"#) == .valid)
        #expect(try schema.outcome(#"{"next": {"next": 1}}"#) == .invalid)
    }

    @Test("a chain of 5,000 references is followed")
    func chain() throws {
        let links = (0..<5_000).map { ##""S\##($0)": {"$ref": "#/components/schemas/S\##($0 + 1)"}"## }
        let document = """
            {"openapi": "3.0.3", "components": {"schemas": {\(links.joined(separator: ",")),"S5000": {"type": "string"}}}}
            """
        let schema = try compile(document: document, at: "/components/schemas/S0")
        #expect(try schema.outcome(#""a""#) == .valid)
        #expect(try schema.issues("1") == [" type: is a number, but the schema allows only string"])
    }

    @Test("a chain of 3,000 references with sibling keywords is undecided, neither a crash nor valid")
    func chainWithSiblings() throws {
        let links = (0..<3_000).map { ##""S\##($0)": {"minLength": 1, "$ref": "#/$defs/S\##($0 + 1)"}"## }
        let schema = try compile(
            "{\"$ref\": \"#/$defs/S0\", \"$defs\": {\(links.joined(separator: ",")),\"S3000\": {\"type\": \"string\"}}}"
        )
        #expect(try schema.outcome(#""a""#) == .undecided)
        let report = try schema.report(#""a""#)
        #expect(report.outcome == .undecided)
        #expect(report.issues.map(\.kind) == [.undecided])
        #expect(report.issues.map(\.message) == ["could not be validated within the limits"])
    }

    @Test("a schema and a value nested 400 deep are judged")
    func deep() throws {
        let schema = try compile(
            String(repeating: #"{"items":{"allOf":["#, count: 100) + #"{"type":"string"}"#
                + String(repeating: "]}}", count: 100))
        let value = { (leaf: String) in
            String(repeating: "[", count: 100) + leaf + String(repeating: "]", count: 100)
        }
        #expect(try schema.outcome(value(#""a""#)) == .valid)
        #expect(try schema.issues(value("1")).count == 1)
        let recursive = try compile(##"{"allOf": [{"items": {"$ref": "#"}}, {"type": "array"}]}"##)
        let deepest = String(repeating: "[", count: 400) + String(repeating: "]", count: 400)
        #expect(try recursive.outcome(deepest) == .valid)
        #expect(try recursive.report(deepest.replacing("[]", with: "[1]")).outcome == .invalid)
    }

    @Test("2^30 paths through a schema end at the bound on work")
    func fanOut() throws {
        let levels = (0..<30).map {
            ##""S\##($0)": {"allOf": [{"$ref": "#/$defs/S\##($0 + 1)"}, {"$ref": "#/$defs/S\##($0 + 1)"}]}"##
        }
        let schema = try compile(
            "{\"$ref\": \"#/$defs/S0\", \"$defs\": {\(levels.joined(separator: ",")),\"S30\": {\"minLength\": 1}}}")
        var options = ValidationOptions()
        options.steps = 100_000
        #expect(try schema.outcome(#""a""#, options) == .undecided)
        #expect(try schema.report(#""a""#, options).outcome == .undecided)
        #expect(try schema.outcome(#""""#, options) == .invalid)
    }

    @Test("20,000 properties and 50,000 values are looked up, not searched")
    func wide() throws {
        let names = (0..<20_000).map { #""property\#($0)": {"type": "integer"}"# }
        let object = try compile("{\"additionalProperties\": false, \"properties\": {\(names.joined(separator: ","))}}")
        let members = (0..<20_000).map { #""property\#($0)": 1"# }.joined(separator: ",")
        #expect(try object.outcome("{\(members)}") == .valid)
        #expect(try object.outcome("{\(members), \"other\": 1}") == .invalid)

        let values = (0..<50_000).map { #""value\#($0)""# }.joined(separator: ",")
        let list = try compile("{\"items\": {\"enum\": [\(values)]}, \"uniqueItems\": true}")
        #expect(try list.outcome("[\(values)]") == .valid)
        #expect(try list.outcome("[\(values), \"value7\"]") == .invalid)
        #expect(
            try list.issues(#"["value7", "no"]"#) == [
                #"/1 enum: "no" is not one of the 50000 allowed values "value0", "value1", "value2", "value3", "value4", "value5" …"#
            ])
    }

    @Test("a pattern that would run for ever is undecided")
    func slowPattern() throws {
        let schema = try compile(#"{"pattern": "^(?:(a|aa)(?!\\1b))+\\1$"}"#)
        let text = "\"" + String(repeating: "a", count: 5_000) + "!\""
        let outcome = try schema.outcome(text)
        #expect(outcome != .valid)
    }

    @Test("issues are limited in number")
    func manyIssues() throws {
        let schema = try compile(#"{"items": {"type": "string"}}"#)
        let report = try schema.report("[" + Array(repeating: "1", count: 1_000).joined(separator: ",") + "]")
        #expect(report.outcome == .invalid)
        #expect(report.issues.count == 100)
    }

    @Test("alternatives inside of alternatives, 500 deep in value and schema, are judged and reported")
    func deepAlternatives() throws {
        let schema = try compile(
            ##"{"anyOf": [{"type": "string"}, {"oneOf": [{"type": "array", "items": {"$ref": "#"}}, {"type": "null"}]}]}"##
        )
        let deep = { (leaf: String) in
            String(repeating: "[", count: 480) + leaf + String(repeating: "]", count: 480)
        }
        #expect(try schema.outcome(deep("null")) == .valid)
        let report = try schema.report(deep("1"))
        #expect(report.outcome == .invalid)
        var issue = try #require(report.issues.first)
        while let next = issue.causes.first?.first { issue = next }
        #expect(issue.pointer.tokens.count == 480)
    }

    @Test("of 5,000 alternatives the nearest few are explained")
    func manyAlternatives() throws {
        let branches = (0..<5_000).map {
            ##"{"required": ["a"], "properties": {"a": {"const": \##($0)}, "b": {"maximum": \##($0)}}}"##
        }
        let schema = try compile("{\"oneOf\": [\(branches.joined(separator: ","))]}")
        #expect(try schema.outcome(#"{"a": 4999}"#) == .valid)
        let issue = try #require(try schema.report(#"{"a": 3000, "b": 4000}"#).issues.first)
        #expect(issue.message == "satisfies none of the 5000 alternatives")
        #expect(issue.causes.count == 8)
        #expect(issue.causes.first?.map(\.line) == ["/b maximum: 4000 is above the maximum 3000"])
    }

    @Test("names that differ only in their composition are different names")
    func composition() throws {
        let schema = try compile(#"{"properties": {"\u00e9": false, "e\u0301": true}, "required": ["e\u0301"]}"#)
        #expect(try schema.outcome(#"{"e\u0301": 1}"#) == .valid)
        #expect(try schema.outcome(#"{"\u00e9": 1}"#) == .invalid)
    }

    @Test("numbers of any size are compared exactly")
    func numbers() throws {
        let schema = try compile(#"{"maximum": 100000000000000000000000000000000000000001, "multipleOf": 1e-10}"#)
        #expect(try schema.outcome("100000000000000000000000000000000000000001") == .valid)
        #expect(try schema.outcome("100000000000000000000000000000000000000002") == .invalid)
        #expect(try schema.outcome("1e-11") == .invalid)
        #expect(try schema.outcome("1e400") == .invalid)
    }
}

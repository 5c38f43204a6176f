import JSONDocument
import OpenAPI
import TestKit
import Testing

/// Members of forms in brackets, where OpenAPI defines one level and a common convention the others.
@Suite("Brackets in forms")
struct BracketTests {
    private static func media(_ schema: String) throws -> MediaType {
        try FormTests.media(schema, encoding: "{m: {style: deepObject, explode: true}}")
    }

    static let open = "{type: object, additionalProperties: true}"
    static let lists = """
        {type: object, properties: {l: {type: array, items: {type: integer}}, o: {type: array, items: {type: object, \
        properties: {a: {type: integer}}}}}}
        """

    @Test(
        "a place in brackets is either a value or a container, in any order",
        arguments: [
            "m[a]=1&m[a][b]=2", "m[a][b]=2&m[a]=1", "m[a]=1&m[a][]=2", "m[a][0]=2&m[a]=1", "m[a][b]=1&m[a][b][c]=2",
            "m[a]=&m[a][b]=", "m[a]=1&m[a]=2&m[a][b]=3",
        ])
    func conflicts(form: String) throws {
        let read = try #require(FormReader.form(Array(form.utf8), as: Self.media(Self.open)))
        #expect(read.value == [:])
        #expect(read.problems.map(\.name) == ["m"])
        #expect(read.problems.map(\.message) == ["has both a value and members at one place in brackets"])
        #expect(read.problems.map(\.isUndefined) == [false])
    }

    @Test(
        "unbalanced and nested brackets are a mistake of the member",
        arguments: ["m[=1", "m[a=1", "m]=1&m[a]=1", "m[a]b=1", "m[a]]=1", "m[[a]]=1", "m[a][=1", "m[a].b=1", "m[a] =1"])
    func unbalanced(form: String) throws {
        let read = try #require(FormReader.form(Array(form.utf8), as: Self.media(Self.open)))
        let hasOther = form.hasPrefix("m]")
        #expect(read.problems.map(\.message) == (hasOther ? [] : ["has unbalanced brackets"]))
        // Only a name with an opening bracket belongs to the member.
        #expect((read.value["m]"] != nil) == hasOther)
    }

    @Test(
        "indexes in order, or empty brackets, are a list if the schema allows one",
        arguments: [
            ("m[l][0]=1&m[l][1]=2", #"{"l":[1,2]}"#), ("m[l][]=1&m[l][]=2", #"{"l":[1,2]}"#),
            ("m[l]=1&m[l]=2", #"{"l":[1,2]}"#), ("m[o][0][a]=1&m[o][1][a]=2", #"{"o":[{"a":1},{"a":2}]}"#),
            ("m[o][][a]=1&m[o][][a]=2", #"{"o":[{"a":1},{"a":2}]}"#),
            // Names of members are kept, so that the schema rejects them.
            ("m[l][1]=2&m[l][0]=1", #"{"l":{"1":"2","0":"1"}}"#), ("m[l][1]=2", #"{"l":{"1":"2"}}"#),
            ("m[l][00]=2", #"{"l":{"00":"2"}}"#), ("m[l][a]=2", #"{"l":{"a":"2"}}"#), ("m[l]=x", #"{"l":"x"}"#),
            ("m[x][0]=a", #"{"x":{"0":"a"}}"#), ("m[x][]=a", #"{"x":["a"]}"#), ("m[x]=a&m[x]=b", #"{"x":["a","b"]}"#),
            ("m[]=a", #"{"":"a"}"#),
        ])
    func lists(form: String, value: String) throws {
        let read = try #require(FormReader.form(Array(form.utf8), as: Self.media(Self.lists)))
        #expect(read.problems.isEmpty)
        #expect(read.value["m"] == (try JSONDocument(parsing: value).root.value), "\(read.value)")
    }

    @Test("names and values are percent-decoded before the brackets are found, and '+' is a space")
    func decoded() throws {
        let form = "m%5Ba+b%5D=x+y%2Bz&m[%C3%A9]=%26"
        let read = try #require(FormReader.form(Array(form.utf8), as: Self.media(Self.open)))
        #expect(read.value["m"] == ["a b": "x y+z", "é": "&"])
        let nested = try #require(FormReader.form(Array("m[a%5Bb]=1".utf8), as: Self.media(Self.open)))
        #expect(nested.problems.map(\.message) == ["has unbalanced brackets"])
    }

    @Test("members in another order give the same value", arguments: 0..<6)
    func order(seed: Int) throws {
        var random = SplitMix(seed: seed)
        let media = try Self.media(Self.lists)
        for _ in 0..<40 {
            var pairs = [
                "m[l][0]=1&m[l][1]=2", "m[o][0][a]=3", "m[p]=4", "m[q][r]=5", "other=6", "m[s][t][u]=7", "more=8",
            ]
            .filter { _ in !random.once(in: 4) }
            let first = try #require(FormReader.form(Array(pairs.joined(separator: "&").utf8), as: media))
            pairs.shuffle(using: &random)
            let second = try #require(FormReader.form(Array(pairs.joined(separator: "&").utf8), as: media))
            #expect(second.value == first.value, "\(pairs)")
            #expect(second.problems.isEmpty && first.problems.isEmpty)
        }
    }

    @Test("a value nested too deeply cannot be written, and the message names the member")
    func depth() throws {
        var value: JSONValue = "x"
        for _ in 0..<32 { value = ["a": value] }
        let media = try Self.media(Self.open)
        let text = try FormWriter.text(of: JSONObject([("m", value)]), as: media)
        let read = try #require(FormReader.form(Array(text.utf8), as: media))
        #expect(read.value == ["m": value])
        let error = #expect(throws: ParameterError.self) {
            try FormWriter.text(of: JSONObject([("m", ["a": value])]), as: media)
        }
        #expect(error?.message == "`body.m`: the value has more than 32 levels")
    }
}

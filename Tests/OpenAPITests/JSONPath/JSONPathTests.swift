import JSONDocument
import Testing

@testable import OpenAPI

@Suite("JSONPath")
struct JSONPathTests {
    private static let store = """
        {"store":{"book":[
          {"category":"reference","author":"A","title":"T1","price":8.95},
          {"category":"fiction","author":"B","title":"T2","price":12.99},
          {"category":"fiction","author":"C","title":"T3","isbn":"0-553","price":8.99},
          {"category":"fiction","author":"D","title":"T4","isbn":"0-395","price":22.99}],
         "bicycle":{"color":"red","price":399}},
         "x":{"a b":1,"é":2,"'":3,"list":[0,1,2,3,4,5]},"same":"red","flags":[true,false,null,"",[]]}
        """

    /// What a query finds, as compact JSON.
    private func find(_ query: String, in text: String = store) throws -> String {
        let tree = LocatedValue(try JSONDocument(parsing: text).root)
        let paths = try JSONPath(query).paths(in: tree)
        return JSONValue.array(paths.compactMap { tree[$0[...]]?.value }).text
    }

    @Test(
        "queries find the values that RFC 9535 specifies",
        arguments: [
            ("$.store.book[*].author", "[\"A\",\"B\",\"C\",\"D\"]"),
            ("$..author", "[\"A\",\"B\",\"C\",\"D\"]"),
            ("$.store..price", "[8.95,12.99,8.99,22.99,399]"),
            ("$..book[2].title", "[\"T3\"]"),
            ("$..book[-1].title", "[\"T4\"]"),
            ("$..book[0,1].title", "[\"T1\",\"T2\"]"),
            ("$..book[:2].title", "[\"T1\",\"T2\"]"),
            ("$..book[?@.isbn].title", "[\"T3\",\"T4\"]"),
            ("$..book[?@.price<10].title", "[\"T1\",\"T3\"]"),
            ("$..book[?@.price < 10 && !@.isbn].title", "[\"T1\"]"),
            ("$..book[?@.author=='A' || @.author==\"D\"].title", "[\"T1\",\"T4\"]"),
            ("$..book[?(!(@.category=='fiction'))].title", "[\"T1\"]"),
            ("$..book[?@.price==8.950].title", "[\"T1\"]"),
            ("$..book[?@.isbn!='0-553'].title", "[\"T1\",\"T2\",\"T4\"]"),
            ("$..*[?@.color==$.same].color", "[\"red\"]"),
            ("$.store[?@.color==$.same].color", "[\"red\"]"),
            ("$.x['a b']", "[1]"), ("$.x[\"é\"]", "[2]"), ("$.x['\\'']", "[3]"), ("$.x.é", "[2]"),
            ("$.x['\\u00e9']", "[2]"), ("$.x.nope", "[]"), ("$.x[0]", "[]"),
            ("$.x.list[1:5:2]", "[1,3]"), ("$.x.list[::-1]", "[5,4,3,2,1,0]"), ("$.x.list[4:1:-2]", "[4,2]"),
            ("$.x.list[-2:]", "[4,5]"), ("$.x.list[::0]", "[]"), ("$.x.list[9]", "[]"), ("$.x.list[-7]", "[]"),
            ("$.x.list[?@>3]", "[4,5]"), ("$.x.list[?@>='a']", "[]"),
            ("$.flags[?@==null]", "[null]"), ("$.flags[?@==true]", "[true]"), ("$.flags[?@=='']", "[\"\"]"),
            ("$[?@.nope==@.other].bicycle.color", "[\"red\"]"),
            ("$..book[?length(@.title)==2].price", "[8.95,12.99,8.99,22.99]"),
            ("$[?count(@.*)==2].bicycle.price", "[399]"),
            ("$..book[?match(@.isbn,'0-5.*')].title", "[\"T3\"]"),
            ("$..book[?search(@.isbn,'39')].title", "[\"T4\"]"),
            ("$..book[?match(@.isbn,'0-5')].title", "[]"),
            ("$.store[?value(@.color)=='red'].price", "[399]"),
            ("$ .store [ 'bicycle' ] .color", "[\"red\"]"),
        ]
    )
    func results(query: String, expected: String) throws {
        #expect(try find(query) == expected)
    }

    @Test("each value is found once")
    func once() throws {
        #expect(try find("$.x.list[0,0,0:1]") == "[0]")
    }

    @Test(
        "an invalid query is rejected with the place",
        arguments: [
            ("store", "a query must start with '$'", 0),
            ("$.", "expected a name or '*'", 2),
            ("$.a b", "unexpected ' b'", 3),
            ("$[a]", "expected a name, an index, '*' or '?'", 2),
            ("$['a]", "the quote is not closed", 2),
            ("$[01]", "'01' is not a valid index", 2),
            ("$[?@.a==]", "expected a value or a query", 8),
            ("$[?@.a", "']' is missing", 6),
            ("$[?@.*==1]", "a query that can match several values cannot be compared", 3),
            ("$[?!@.a==1]", "a comparison after '!' must be in parentheses", 3),
            ("$[?foo(@.a)]", "'foo' is not supported here", 3),
            ("$[?length(@.*)==1]", "length requires one value, not the results of a query", 3),
            ("$[?1]", "expected a comparison", 4),
            ("$['\\x']", "unknown escape", 3),
        ]
    )
    func problems(query: String, message: String, offset: Int) {
        #expect(throws: JSONPath.Problem(message: message, offset: offset)) { try JSONPath(query) }
    }

    @Test("nested conditions and large searches are bounded")
    func bounds() throws {
        let nested = "$[?" + String(repeating: "(", count: 100) + "@.a" + String(repeating: ")", count: 100) + "]"
        #expect(throws: JSONPath.Problem.self) { try JSONPath(nested) }
        let wide = "[" + (0..<300).map { "{\"a\":\($0)}" }.joined(separator: ",") + "]"
        let tree = LocatedValue(try JSONDocument(parsing: wide).root)
        let query = try JSONPath("$[?count($..a)==count($..a)]")
        #expect(throws: JSONPath.Problem(message: "the query takes more than 10000 steps", offset: 0)) {
            try query.paths(in: tree, maximumSteps: 10_000)
        }
    }
}

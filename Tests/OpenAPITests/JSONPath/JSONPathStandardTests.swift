import Foundation
import JSONDocument
import Testing

@testable import OpenAPI

/// The examples and rules of RFC 9535, section by section.
@Suite("JSONPath, by the sections of RFC 9535")
struct JSONPathStandardTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let query: String
        let document: String
        /// The normalised paths that are found, separated by spaces; a leading `$` is left out.
        let paths: [String]

        init(_ query: String, in document: String, _ paths: String...) {
            self.query = query
            self.document = document
            self.paths = paths
        }

        var testDescription: String { "\(query) in \(document)" }
    }

    private static let names = #"{"o": {"j j": {"k.k": 3}}, "'": {"@": 2}}"#
    private static let letters = #"["a","b","c","d","e","f","g"]"#
    private static let nested = #"{"o": {"j": 1, "k": 2}, "a": [5, 3, [{"j": 4}, {"k": 6}]]}"#
    private static let filtered = """
        {"a": [3, 5, 1, 2, 4, 6, {"b": "j"}, {"b": "k"}, {"b": {}}, {"b": "kilo"}],
         "o": {"p": 1, "q": 2, "r": 3, "s": 5, "t": {"u": 6}}, "e": "f"}
        """
    private static let nulls = #"{"a": null, "b": [null], "c": [{}], "null": 1}"#

    static let selectors = [
        // Section 2.2.3: the root.
        Row("$", in: #"{"k": "v"}"#, ""),
        // Section 2.3.1.3: names.
        Row("$.o['j j']", in: names, "/o/j j"), Row("$.o['j j']['k.k']", in: names, "/o/j j/k.k"),
        Row(#"$.o["j j"]["k.k"]"#, in: names, "/o/j j/k.k"), Row(#"$["'"]["@"]"#, in: names, "/'/@"),
        Row(#"$['\'']['\u0040']"#, in: names, "/'/@"), Row("$.o.none", in: names), Row("$['O']", in: names),
        Row("$['']", in: #"{"": 1}"#, "/"), Row("$['a/b']['c~d']", in: #"{"a/b": {"c~d": 1}}"#, "/a~1b/c~0d"),
        Row(#"$['\u00e9']"#, in: #"{"é": 1}"#, "/é"), Row(#"$['é']"#, in: "{\"e\u{301}\": 1}"),
        Row(#"$['\ud83d\ude00']"#, in: #"{"😀": 1}"#, "/😀"), Row(#"$['\n\t\\\/\b\f\r']"#, in: #"{"a": 1}"#),
        Row("$._", in: #"{"_": 1}"#, "/_"), Row("$.日本", in: #"{"日本": 1}"#, "/日本"),
        Row("$.a1", in: #"{"a1": 1}"#, "/a1"),
        Row("$['a']", in: "[1]"), Row("$.a", in: #""a""#), Row("$.length", in: "[1, 2]"),
        // Section 2.3.2.3: wildcards.
        Row("$[*]", in: nested, "/o", "/a"), Row("$.o[*]", in: nested, "/o/j", "/o/k"),
        Row("$.o.*", in: nested, "/o/j", "/o/k"),
        Row("$.a[*]", in: nested, "/a/0", "/a/1", "/a/2"), Row("$[*]", in: "7"), Row("$[*]", in: #""abc""#),
        Row("$[*]", in: "[]"),
        Row("$[*]", in: "null"), Row("$.*.*", in: #"[[1], {"a": 2}]"#, "/0/0", "/1/a"),
        // Section 2.3.3.3: indexes.
        Row("$[1]", in: letters, "/1"), Row("$[-2]", in: letters, "/5"), Row("$[0]", in: letters, "/0"),
        Row("$[-7]", in: letters, "/0"),
        Row("$[7]", in: letters), Row("$[-8]", in: letters), Row("$[0]", in: #"{"0": 1}"#), Row("$[0]", in: #""a""#),
        Row("$[9007199254740991]", in: letters), Row("$[-9007199254740991]", in: letters),
        // Section 2.3.4.3: slices.
        Row("$[1:3]", in: letters, "/1", "/2"), Row("$[5:]", in: letters, "/5", "/6"),
        Row("$[1:5:2]", in: letters, "/1", "/3"),
        Row("$[5:1:-2]", in: letters, "/5", "/3"), Row("$[::-1]", in: #"["a","b"]"#, "/1", "/0"),
        Row("$[:]", in: #"["a"]"#, "/0"),
        Row("$[::]", in: #"["a"]"#, "/0"), Row("$[:1]", in: letters, "/0"), Row("$[-1:]", in: letters, "/6"),
        Row("$[:-6]", in: letters, "/0"),
        Row("$[2:2]", in: letters), Row("$[3:1]", in: letters), Row("$[::0]", in: letters),
        Row("$[10:20]", in: letters),
        Row("$[-100:1]", in: letters, "/0"), Row("$[6:100]", in: letters, "/6"), Row("$[0:100:100]", in: letters, "/0"),
        Row("$[::-3]", in: letters, "/6", "/3", "/0"), Row("$[100::-4]", in: letters, "/6", "/2"),
        Row("$[:2:-2]", in: letters, "/6", "/4"),
        Row("$[0:1]", in: #"{"0": 1}"#), Row("$[ 1 : 3 : 1 ]", in: letters, "/1", "/2"),
        // Section 2.5.1.3: several selectors.
        Row("$[0, 3]", in: letters, "/0", "/3"), Row("$[0:2, 5]", in: letters, "/0", "/1", "/5"),
        Row("$[5, 0:2]", in: letters, "/5", "/0", "/1"),
        Row("$['o', 'a']", in: nested, "/o", "/a"), Row("$['a', 'none']", in: nested, "/a"),
        Row("$['o', 0]", in: nested, "/o"),
        // Section 2.5.2.3: descendants.
        Row("$..j", in: nested, "/o/j", "/a/2/0/j"), Row("$..k", in: nested, "/o/k", "/a/2/1/k"),
        Row("$..[0]", in: nested, "/a/0", "/a/2/0"),
        Row("$..[?@.j]", in: nested, "/o", "/a/2/0"),
        Row("$.a..[0, 1]", in: nested, "/a/0", "/a/1", "/a/2/0", "/a/2/1"), Row("$..none", in: nested),
        Row("$.o..*", in: nested, "/o/j", "/o/k"),
        Row("$..['j', 'k']", in: #"{"j": 1, "k": {"j": 2}}"#, "/j", "/k", "/k/j"),
    ]

    static let filters = [
        // Section 2.3.5.3.
        Row("$.a[?@.b == 'kilo']", in: filtered, "/a/9"), Row("$.a[?(@.b == 'kilo')]", in: filtered, "/a/9"),
        Row("$.a[?@>3.5]", in: filtered, "/a/1", "/a/4", "/a/5"),
        Row("$.a[?@.b]", in: filtered, "/a/6", "/a/7", "/a/8", "/a/9"),
        Row("$[?@.*]", in: filtered, "/a", "/o"), Row("$[?@[?@.b]]", in: filtered, "/a"),
        Row("$.o[?@<3, ?@<2]", in: filtered, "/o/p", "/o/q"),
        Row("$.a[?@<2 || @.b == \"k\"]", in: filtered, "/a/2", "/a/7"),
        Row(#"$.a[?match(@.b, "[jk]")]"#, in: filtered, "/a/6", "/a/7"),
        Row(#"$.a[?search(@.b, "[jk]")]"#, in: filtered, "/a/6", "/a/7", "/a/9"),
        Row("$.o[?@>1 && @<4]", in: filtered, "/o/q", "/o/r"),
        Row("$.o[?@.u || @.x]", in: filtered, "/o/t"),
        Row("$.a[?@.b == $.x]", in: filtered, "/a/0", "/a/1", "/a/2", "/a/3", "/a/4", "/a/5"),
        Row(
            "$.a[?@ == @]", in: filtered, "/a/0", "/a/1", "/a/2", "/a/3", "/a/4", "/a/5", "/a/6", "/a/7", "/a/8", "/a/9"
        ),
        // Section 2.3.5.2.2, table 11: comparisons with values that are missing.
        Row("$[?$.none1 == $.none2]", in: "[1]", "/0"), Row("$[?$.none1 <= $.none2]", in: "[1]", "/0"),
        Row("$[?$.none == 'g']", in: "[1]"),
        Row("$[?$.none1 != $.none2]", in: "[1]"), Row("$[?$.none != 'g']", in: "[1]", "/0"),
        Row("$[?$.none < 1]", in: "[1]"),
        Row("$[?1 <= 2]", in: "[1]", "/0"), Row("$[?1 > 2]", in: "[1]"), Row("$[?13 == '13']", in: "[1]"),
        Row("$[?'a' <= 'b']", in: "[1]", "/0"),
        Row("$[?'a' > 'b']", in: "[1]"), Row("$[?1 <= '1']", in: "[1]"), Row("$[?true <= true]", in: "[1]", "/0"),
        Row("$[?true > true]", in: "[1]"),
        Row("$[?@ == true]", in: "[true, false, 1, \"true\", null]", "/0"),
        Row("$[?@ == null]", in: "[null, false, 0, \"\"]", "/0"),
        Row("$[?@ < 2]", in: "[1, \"1\", null, true, [1]]", "/0"),
        Row("$[?@ < 'b']", in: #"["a", "b", 1, "B"]"#, "/0", "/3"),
        Row("$[?@ == 1]", in: "[1, 1.0, 10e-1, 1.00000000000000000001]", "/0", "/1", "/2"),
        Row("$[?@ == -0]", in: "[0, -0, 0.0]", "/0", "/1", "/2"),
        Row("$[?@ == 1e2]", in: "[100, 1e2, 99]", "/0", "/1"),
        Row("$[?@ != 1]", in: "[1, 2, \"1\", null]", "/1", "/2", "/3"),
        Row("$[?@ >= 2 && @ <= 3]", in: "[1, 2, 3, 4]", "/1", "/2"),
        Row("$[?!@.a]", in: #"[{"a": null}, {"b": 1}]"#, "/1"),
        Row("$[?!(@.a == 1)]", in: #"[{"a": 1}, {"a": 2}, {}]"#, "/1", "/2"),
        Row("$[?@.a && @.b || @.c]", in: #"[{"a":1},{"a":1,"b":1},{"c":1}]"#, "/1", "/2"),
        Row("$[?@.a && (@.b || @.c)]", in: #"[{"a":1},{"a":1,"b":1},{"c":1}]"#, "/1"),
        Row("$[?@['a'] == @[0]]", in: #"[{"a": 1}, [1], 5]"#, "/2"),
        Row("$[?@.a == $[0].a]", in: #"[{"a": 1}, {"a": 1}, {"a": 2}]"#, "/0", "/1"),
        Row("$[?@.a[?@ > 1]]", in: #"[{"a": [1]}, {"a": [2]}]"#, "/1"),
        Row("$[?@[0] == @[-1]]", in: "[[1, 2], [3, 3], []]", "/1", "/2"),
        Row(#"$[?@ == "\u00e9"]"#, in: #"["é"]"#, "/0"),
        // Section 2.6.1: null is a value.
        Row("$.a", in: nulls, "/a"), Row("$.a[0]", in: nulls), Row("$.a.d", in: nulls),
        Row("$.b[0]", in: nulls, "/b/0"), Row("$.b[*]", in: nulls, "/b/0"),
        Row("$.b[?@]", in: nulls, "/b/0"), Row("$.b[?@ == null]", in: nulls, "/b/0"),
        Row("$.c[?@.d == null]", in: nulls), Row("$.null", in: nulls, "/null"),
    ]

    static let functions = [
        // Section 2.4.4: length.
        Row(
            "$[?length(@) == 2]", in: #"["ab", "é日", "😀😀", "a", [1, 2], {"a": 1, "b": 2}, 2, null, true, "e\u0301"]"#,
            "/0", "/1", "/2", "/4", "/5", "/9"),
        Row("$[?length(@) < 1]", in: #"["", [], {}, 0, null]"#, "/0", "/1", "/2"),
        Row("$[?length(@.a) > 1]", in: #"[{"a": "xy"}, {"a": 5}, {}]"#, "/0"),
        Row("$[?length('abc') == 3]", in: "[1]", "/0"),
        Row("$[?length(@) == length($[0])]", in: #"["ab", "cd", "e"]"#, "/0", "/1"),
        // Section 2.4.5: count.
        Row("$[?count(@.*) == 1]", in: #"[[1], {"a": 2}, [1, 2], 7, []]"#, "/0", "/1"),
        Row("$[?count(@..*) > 2]", in: "[[1, [2]], [1]]", "/0"),
        Row("$[?count(@['a', 'b']) >= 1]", in: #"[{"a": 1, "b": 2}, {"b": 1}, {"c": 1}]"#, "/0", "/1"),
        Row("$[?count(@.none) == 0]", in: "[1]", "/0"),
        // Sections 2.4.6 and 2.4.7: match and search.
        Row("$[?match(@, 'a.c')]", in: #"["abc", "xabc", "abcx", "a\nc", 5, null]"#, "/0"),
        Row("$[?search(@, 'b')]", in: #"["abc", "ac", ["b"], "B"]"#, "/0"),
        Row("$[?match(@, 'a|b')]", in: #"["a", "b", "ab"]"#, "/0", "/1"),
        Row(#"$[?match(@, '\\p{Lu}+')]"#, in: #"["ÄB", "äb"]"#, "/0"),
        Row("$[?match(@, '')]", in: #"["", "a"]"#, "/0"), Row("$[?search(@, '')]", in: #"["", "a", 1]"#, "/0", "/1"),

        Row("$[?!match(@, 'a')]", in: #"["a", "b"]"#, "/1"),
        Row("$[?match(@.t, $[0].p)]", in: #"[{"p": "a+"}, {"t": "aa"}, {"t": "b"}]"#, "/1"),
        Row("$[?match(@, '(')]", in: #"["(", "a"]"#), Row("$[?!search(@, '[')]", in: #"["["]"#, "/0"),
        Row("$[?match(@, 5)]", in: #"["5"]"#), Row("$[?search(@, '[0-9]{2}')]", in: #"["a12", "1a2"]"#, "/0"),
        // Section 2.4.8: value.
        Row("$[?value(@..a) == 1]", in: #"[{"b": {"a": 1}}, {"a": 1, "b": {"a": 1}}, {}]"#, "/0"),
        Row("$[?value(@.*) == 3]", in: "[[3], [3, 3], []]", "/0"),
    ]

    /// A path as a JSON pointer.
    private static func pointer(_ path: [LocatedStep], in tree: LocatedValue) -> String {
        var here: LocatedValue? = tree
        return path.map { step in
            defer { here = here?[[step][...]] }
            switch (step, here?.content) {
            case (.member(let index), .object(let members)): return JSONPointer([members[index].name]).description
            case (.element(let index), _): return "/\(index)"
            default: return "/?"
            }
        }.joined()
    }

    @Test("a query finds the values that the standard requires", arguments: selectors + filters + functions)
    func finds(row: Row) throws {
        let tree = LocatedValue(try JSONDocument(parsing: row.document).root)
        let found = try JSONPath(row.query).paths(in: tree)
        #expect(found.map { Self.pointer($0, in: tree) } == row.paths)
    }

    @Test("spaces between the parts of a query change nothing", arguments: filters)
    func blanks(row: Row) throws {
        let tree = LocatedValue(try JSONDocument(parsing: row.document).root)
        let spaced = row.query.replacingOccurrences(of: "[?", with: "[ ?\t")
        #expect(try JSONPath(spaced).paths(in: tree).map { Self.pointer($0, in: tree) } == row.paths)
    }

    @Test(
        "a query that violates the grammar is rejected",
        arguments: [
            "", " $", "$ ", "@", "$$", "$.", "$..", "$...a", "$.1", "$.-a", "$.a-b", "$.'a'", "$.a.", "$.a..", "$a",
            "$[", "$]", "$[]",
            "$[a]", "$[a b]", "$[,]", "$[0,]", "$[,0]", "$['a'", "$['a]", "$[\"a']", "$['a\\']", "$['\\q']",
            "$['\\u12']", "$['\\ud800']",
            "$['\\udc00']", "$['\u{1}']", "$[00]", "$[-0]", "$[+1]", "$[1.0]", "$[1e0]", "$[0x1]", "$[1:2:3:4]",
            "$[01:2]", "$[-0:1]", "$[a:b]",
            "$[9007199254740992]", "$[-9007199254740992]", "$[?]", "$[?@", "$[?(@.a]", "$[?@.a)]", "$[?@.a=1]",
            "$[?@.a===1]", "$[?@.a<>1]",
            "$[?@.a&@.b]", "$[?@.a|@.b]", "$[?@.a and @.b]", "$[?@.a==1==2]", "$[?1]", "$['a'?@.b]", "$[?'a']",
            "$[?true]", "$[?null]",
            "$[?@.*==1]", "$[?@..a==1]", "$[?@[0:1]==1]", "$[?@['a','b']==1]", "$[?1==@.*]", "$[?@==[1]]", "$[?@=={}]",
            "$[?!1]",
            "$[?@==True]", "$[?@==nil]", "$[?@==01]", "$[?@==.5]", "$[?@==1.]", "$[?@==+1]", "$[?@==1e]",
            "$[?length(@)]", "$[?length()==1]",
            "$[?length(@.a,1)==1]", "$[?count(1)==1]", "$[?count()==1]", "$[?match(@.a)]", "$[?match(@.a,'b')==true]",
            "$[?search('a')]",
            "$[?value(1)==1]", "$[?unknown(@)]", "$[?LENGTH(@)==1]", "$[?length (@)==1]", "$[?match(@.a,'b'",
            "$.a[?@.b]c", "$.*a",
        ])
    func malformed(query: String) {
        #expect(throws: JSONPath.Problem.self) { try JSONPath(query) }
    }
}

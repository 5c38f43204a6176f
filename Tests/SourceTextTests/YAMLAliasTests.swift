import JSONDocument
import SourceText
import Testing

/// What aliases, merge keys and tags mean in combination, and where problems with them are reported.
@Suite("YAML aliases, merge keys and tags")
struct YAMLAliasTests {
    @Test(
        "an alias repeats the value or the key of its anchor",
        arguments: [
            ("a: &x 0x1F\nb: *x", #"{"a":31,"b":31}"#),
            ("a: &x\nb: *x", #"{"a":null,"b":null}"#),
            ("a: &x 'null'\nb: *x", #"{"a":"null","b":"null"}"#),
            ("&x 1: a\nb: *x", #"{"1":"a","b":1}"#),
            ("a: &x 0x1F\n*x : b", #"{"a":31,"0x1F":"b"}"#),
            ("&x a: 1\nb: {*x : 2}", #"{"a":1,"b":{"a":2}}"#),
            ("- &x [1, &y {k: v}]\n- *y\n- *x", #"[[1,{"k":"v"}],{"k":"v"},[1,{"k":"v"}]]"#),
            ("- &x 1\n- *x\n- &x 2\n- *x", "[1,1,2,2]"),
            ("- &x [1]\n- [*x, [*x]]", "[[1],[[1],[[1]]]]"),
            ("- &x [1, &x 2, *x]\n- *x", "[[1,2,2],2]"),
            ("a: &unused 1.50\nb: [&u, &v true]", #"{"a":1.50,"b":[null,true]}"#),
            ("- !!str &x 1\n- *x\n- &y !!int '2'\n- *y", #"["1","1",2,2]"#),
        ]
    )
    func aliases(text: String, expected: String) throws {
        #expect(try json(text) == expected)
    }

    @Test(
        "a merge key adds the members that the mapping does not have, at its own place",
        arguments: [
            ("a: &a {x: 1}\nb: {<<: *a, y: 2}", #"{"a":{"x":1},"b":{"x":1,"y":2}}"#),
            ("a: &a {x: 1}\nb: {y: 2, <<: *a, x: 3}", #"{"a":{"x":1},"b":{"y":2,"x":3}}"#),
            ("{<<: {x: 1}, <<: {x: 2, y: 2}}", #"{"x":1,"y":2}"#),
            ("{<<: [{x: 1}, {x: 2, y: 2}]}", #"{"x":1,"y":2}"#),
            ("{'<<': 1}", #"{"<<":1}"#), ("{! <<: 1}", #"{"<<":1}"#),
            ("- &m <<\n- {*m : {x: 1}}", #"["<<",{"x":1}]"#),
            ("{<<: &a {x: &b [1]}, y: *b, z: *a}", #"{"x":[1],"y":[1],"z":{"x":[1]}}"#),
        ]
    )
    func merges(text: String, expected: String) throws {
        #expect(try json(text) == expected)
    }

    @Test(
        "the own members of a merged mapping precede those that it merges itself",
        arguments: [
            ("{<<: *b, x: 1}", #"{"x":1}"#), ("{x: 1, <<: *b}", #"{"x":1}"#),
            ("{<<: [*b, {y: 2}], x: 1, y: 3}", #"{"x":1,"y":3}"#),
        ]
    )
    func mergedMerges(base: String, expected: String) throws {
        let text = "- &b {x: 0}\n- &m \(base)\n- {<<: *m}\n- {<<: [*m]}"
        let elements = try SourceReader.parse(Array(text.utf8), path: "a.yaml").document.root.elements.dropFirst()
        for element in elements {
            #expect(element.value == (try JSONDocument(parsing: expected).root.value))
        }
    }

    @Test(
        "a key that is a list or a mapping is reported once, and its member is left out",
        arguments: [
            ("? [a, &x b]\n: 1\nc: *x", ["1:3 yaml.key"]), ("? {a: b}\n: {c: d}\ne: f", ["1:3 yaml.key"]),
            ("? ? [a]\n  : b\n: c", ["1:3 yaml.key"]), ("- &x {? [a] : 1}\n- *x", ["1:9 yaml.key"]),
            ("- &x [a]\n- {*x : 1}", ["2:4 yaml.key"]), ("? {a: .inf}\n: !!int x", ["1:3 yaml.key"]),
            ("a: {{b}}", ["1:5 yaml.key"]), ("? [a]\n: 1\n? [b]\n: 2", ["1:3 yaml.key", "3:3 yaml.key"]),
        ]
    )
    func compoundKeys(text: String, expected: [String]) {
        #expect(problems(text).map { $0.split(separator: ":").prefix(2).joined(separator: ":") } == expected)
    }

    @Test("names and values behind a key that is a list are read")
    func behindCompoundKey() {
        let found = problems("a: 1\n? [b]\n: [2]\na: .inf\n").map { $0.split(separator: ":").prefix(2) }
        #expect(
            found.map { $0.joined(separator: ":") } == ["2:3 yaml.key", "4:4 yaml.value", "4:1 source.duplicate-key"])
    }

    @Test(
        "each use of a value that JSON does not have is reported where the value is",
        arguments: [
            ("a: &x .inf\nb: *x", ["1:4 yaml.value", "1:4 yaml.value"]), ("&x .nan: 1\nb: *x", ["1:1 yaml.value"]),
            ("a: [1, -.Inf, .NaN]", ["1:8 yaml.value", "1:15 yaml.value"]), ("{<<: {a: .inf}}", ["1:10 yaml.value"]),
            ("a: !!bool 1", ["1:4 yaml.value"]), ("a: 0xFFFFFFFFFFFFFFFFF", ["1:4 yaml.value"]),
            ("a: .Nan", []), ("a: +.nan", []), ("a: '.inf'", []), (".inf: 1", []),
        ]
    )
    func values(text: String, expected: [String]) {
        #expect(problems(text).map { $0.split(separator: ":").prefix(2).joined(separator: ":") } == expected)
    }

    @Test("a document without aliases, tags and merge keys is read as it is written, whatever follows it")
    func severalDocuments() {
        #expect(problems("a: 1\n---\nb: *x").map { $0.hasPrefix("3:4 yaml.alias") } == [true])
        #expect(problems("a: 1\n---\nb: 2\n---\nc: 3").map { $0.hasPrefix("2:1 source.several-documents") } == [true])
        #expect(problems("&x a: 1\n---\nb: *x").map { $0.hasPrefix("3:4 yaml.alias") } == [true])
    }
}

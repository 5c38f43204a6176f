import JSONDocument
import JSONSchema
import Testing

/// Every keyword against every kind of value, with values at the edges of each kind (JSON Schema 2020-12).
@Suite("Keywords against all kinds of values")
struct KeywordMatrixTests {
    /// The values, separated by spaces.
    static let values = split(
        #"null true false 0 -0 1 -1 1.0 1.5 0.1 0.3 1e2 1e-3 7 100 9007199254740993 "#
            + #"123456789012345678901234567890 1e400 "" "a" "abc" "1" "é" "😀😀" "aaaaaaaaaa" [] [1] [1,1.0] "#
            + #"[1,true] [null] ["a","b"] [[]] [1,2,3,4] {} {"a":1} {"a":null} {"b":"x"} {"a":1,"b":"x"} {"":1} "#
            + #"{"a":{"a":1}} {"a":[1]}"#)

    struct Row: Sendable, CustomTestStringConvertible {
        let schema: String
        let valid: [String]
        let invalid: [String]

        var testDescription: String { schema }

        /// A schema that accepts these values and rejects all others.
        init(_ schema: String, accepts texts: String) {
            self.schema = schema
            let valid = split(texts)
            self.valid = valid
            invalid = KeywordMatrixTests.values.filter { !valid.contains($0) }
        }

        /// A schema that rejects these values and accepts all others.
        init(_ schema: String, rejects texts: String) {
            self.schema = schema
            let invalid = split(texts)
            self.invalid = invalid
            valid = KeywordMatrixTests.values.filter { !invalid.contains($0) }
        }
    }

    static let rows: [Row] = [
        Row(#"{"type":"null"}"#, accepts: #"null"#),
        Row(#"{"type":"boolean"}"#, accepts: #"true false"#),
        Row(
            #"{"type":"integer"}"#,
            accepts: #"0 -0 1 -1 1.0 1e2 7 100 9007199254740993 123456789012345678901234567890 1e400"#),
        Row(
            #"{"type":"number"}"#,
            accepts: #"0 -0 1 -1 1.0 1.5 0.1 0.3 1e2 1e-3 7 100 9007199254740993 123456789012345678901234567890 "#
                + #"1e400"#),
        Row(#"{"type":"string"}"#, accepts: #""" "a" "abc" "1" "é" "😀😀" "aaaaaaaaaa""#),
        Row(#"{"type":"array"}"#, accepts: #"[] [1] [1,1.0] [1,true] [null] ["a","b"] [[]] [1,2,3,4]"#),
        Row(
            #"{"type":"object"}"#,
            accepts: #"{} {"a":1} {"a":null} {"b":"x"} {"a":1,"b":"x"} {"":1} {"a":{"a":1}} {"a":[1]}"#),
        Row(#"{"type":["string","null"]}"#, accepts: #"null "" "a" "abc" "1" "é" "😀😀" "aaaaaaaaaa""#),
        Row(
            #"{"type":["integer","boolean"]}"#,
            accepts: #"true false 0 -0 1 -1 1.0 1e2 7 100 9007199254740993 123456789012345678901234567890 1e400"#),
        Row(
            #"{"type":["number","integer"]}"#,
            accepts: #"0 -0 1 -1 1.0 1.5 0.1 0.3 1e2 1e-3 7 100 9007199254740993 123456789012345678901234567890 "#
                + #"1e400"#),
        Row(
            #"{"type":["array","object"]}"#,
            accepts: #"[] [1] [1,1.0] [1,true] [null] ["a","b"] [[]] [1,2,3,4] {} {"a":1} {"a":null} {"b":"x"} "#
                + #"{"a":1,"b":"x"} {"":1} {"a":{"a":1}} {"a":[1]}"#),
        Row(#"{"const":null}"#, accepts: #"null"#),
        Row(#"{"const":0}"#, accepts: #"0 -0"#),
        Row(#"{"const":1}"#, accepts: #"1 1.0"#),
        Row(#"{"const":false}"#, accepts: #"false"#),
        Row(#"{"const":""}"#, accepts: #""""#),
        Row(#"{"const":[]}"#, accepts: #"[]"#),
        Row(#"{"const":{}}"#, accepts: #"{}"#),
        Row(#"{"const":[1]}"#, accepts: #"[1]"#),
        Row(#"{"const":{"a":1.0}}"#, accepts: #"{"a":1}"#),
        Row(#"{"const":100}"#, accepts: #"1e2 100"#),
        Row(#"{"const":9007199254740993}"#, accepts: #"9007199254740993"#),
        Row(#"{"const":9007199254740992}"#, accepts: #""#),
        Row(##"{"const":"\u00e9"}"##, accepts: #""é""#),
        Row(##"{"const":"e\u0301"}"##, accepts: #""#),
        Row(#"{"enum":[null,false,0,""]}"#, accepts: #"null false 0 -0 """#),
        Row(#"{"enum":[1e0,[1],{"a":1}]}"#, accepts: #"1 1.0 [1] {"a":1}"#),
        Row(#"{"enum":[{"b":"x","a":1}]}"#, accepts: #"{"a":1,"b":"x"}"#),
        Row(#"{"enum":[[1,1]]}"#, accepts: #"[1,1.0]"#),
        Row(#"{"minimum":0}"#, rejects: #"-1"#),
        Row(#"{"minimum":0.1}"#, rejects: #"0 -0 -1 1e-3"#),
        Row(#"{"minimum":1.0}"#, rejects: #"0 -0 -1 0.1 0.3 1e-3"#),
        Row(#"{"minimum":-1}"#, rejects: #""#),
        Row(#"{"minimum":100}"#, rejects: #"0 -0 1 -1 1.0 1.5 0.1 0.3 1e-3 7"#),
        Row(#"{"minimum":9007199254740992}"#, rejects: #"0 -0 1 -1 1.0 1.5 0.1 0.3 1e2 1e-3 7 100"#),
        Row(#"{"minimum":9007199254740994}"#, rejects: #"0 -0 1 -1 1.0 1.5 0.1 0.3 1e2 1e-3 7 100 9007199254740993"#),
        Row(
            #"{"minimum":1e401}"#,
            rejects: #"0 -0 1 -1 1.0 1.5 0.1 0.3 1e2 1e-3 7 100 9007199254740993 123456789012345678901234567890 "#
                + #"1e400"#),
        Row(
            #"{"maximum":0}"#,
            rejects: #"1 1.0 1.5 0.1 0.3 1e2 1e-3 7 100 9007199254740993 123456789012345678901234567890 1e400"#),
        Row(
            #"{"maximum":-0.0}"#,
            rejects: #"1 1.0 1.5 0.1 0.3 1e2 1e-3 7 100 9007199254740993 123456789012345678901234567890 1e400"#),
        Row(
            #"{"maximum":0.3}"#,
            rejects: #"1 1.0 1.5 1e2 7 100 9007199254740993 123456789012345678901234567890 1e400"#),
        Row(#"{"maximum":1}"#, rejects: #"1.5 1e2 7 100 9007199254740993 123456789012345678901234567890 1e400"#),
        Row(#"{"maximum":9007199254740992}"#, rejects: #"9007199254740993 123456789012345678901234567890 1e400"#),
        Row(#"{"maximum":1e399}"#, rejects: #"1e400"#),
        Row(#"{"exclusiveMinimum":0}"#, rejects: #"0 -0 -1"#),
        Row(#"{"exclusiveMinimum":0.1}"#, rejects: #"0 -0 -1 0.1 1e-3"#),
        Row(#"{"exclusiveMinimum":1}"#, rejects: #"0 -0 1 -1 1.0 0.1 0.3 1e-3"#),
        Row(#"{"exclusiveMinimum":9007199254740992}"#, rejects: #"0 -0 1 -1 1.0 1.5 0.1 0.3 1e2 1e-3 7 100"#),
        Row(
            #"{"exclusiveMaximum":0}"#,
            rejects: #"0 -0 1 1.0 1.5 0.1 0.3 1e2 1e-3 7 100 9007199254740993 123456789012345678901234567890 "#
                + #"1e400"#),
        Row(
            #"{"exclusiveMaximum":0.3}"#,
            rejects: #"1 1.0 1.5 0.3 1e2 7 100 9007199254740993 123456789012345678901234567890 1e400"#),
        Row(
            #"{"exclusiveMaximum":1.5}"#,
            rejects: #"1.5 1e2 7 100 9007199254740993 123456789012345678901234567890 1e400"#),
        Row(#"{"exclusiveMaximum":100}"#, rejects: #"1e2 100 9007199254740993 123456789012345678901234567890 1e400"#),
        Row(
            #"{"minimum":1,"maximum":1}"#,
            rejects: #"0 -0 -1 1.5 0.1 0.3 1e2 1e-3 7 100 9007199254740993 123456789012345678901234567890 1e400"#),
        Row(
            #"{"minimum":2,"maximum":1}"#,
            rejects: #"0 -0 1 -1 1.0 1.5 0.1 0.3 1e2 1e-3 7 100 9007199254740993 123456789012345678901234567890 "#
                + #"1e400"#),
        Row(
            #"{"exclusiveMinimum":0,"exclusiveMaximum":1}"#,
            rejects: #"0 -0 1 -1 1.0 1.5 1e2 7 100 9007199254740993 123456789012345678901234567890 1e400"#),
        Row(#"{"multipleOf":1}"#, rejects: #"1.5 0.1 0.3 1e-3"#),
        Row(#"{"multipleOf":0.1}"#, rejects: #"1e-3"#),
        Row(#"{"multipleOf":0.5}"#, rejects: #"0.1 0.3 1e-3"#),
        Row(#"{"multipleOf":7}"#, rejects: #"1 -1 1.0 1.5 0.1 0.3 1e2 1e-3 100 9007199254740993 1e400"#),
        Row(#"{"multipleOf":0.001}"#, rejects: #""#),
        Row(#"{"multipleOf":3}"#, rejects: #"1 -1 1.0 1.5 0.1 0.3 1e2 1e-3 7 100 1e400"#),
        Row(
            #"{"multipleOf":1e400}"#,
            rejects: #"1 -1 1.0 1.5 0.1 0.3 1e2 1e-3 7 100 9007199254740993 123456789012345678901234567890"#),
        Row(#"{"multipleOf":1.5}"#, rejects: #"1 -1 1.0 0.1 0.3 1e2 1e-3 7 100 1e400"#),
        Row(#"{"multipleOf":10}"#, rejects: #"1 -1 1.0 1.5 0.1 0.3 1e-3 7 9007199254740993"#),
        Row(#"{"minLength":0}"#, rejects: #""#),
        Row(#"{"minLength":1}"#, rejects: #""""#),
        Row(#"{"minLength":2}"#, rejects: #""" "a" "1" "é""#),
        Row(#"{"minLength":3}"#, rejects: #""" "a" "1" "é" "😀😀""#),
        Row(#"{"minLength":11}"#, rejects: #""" "a" "abc" "1" "é" "😀😀" "aaaaaaaaaa""#),
        Row(#"{"maxLength":0}"#, rejects: #""a" "abc" "1" "é" "😀😀" "aaaaaaaaaa""#),
        Row(#"{"maxLength":1}"#, rejects: #""abc" "😀😀" "aaaaaaaaaa""#),
        Row(#"{"maxLength":2}"#, rejects: #""abc" "aaaaaaaaaa""#),
        Row(#"{"maxLength":1e1}"#, rejects: #""#),
        Row(#"{"minLength":1,"maxLength":1}"#, rejects: #""" "abc" "😀😀" "aaaaaaaaaa""#),
        Row(#"{"pattern":"^a"}"#, rejects: #""" "1" "é" "😀😀""#),
        Row(#"{"pattern":"a$"}"#, rejects: #""" "abc" "1" "é" "😀😀""#),
        Row(#"{"pattern":"^$"}"#, rejects: #""a" "abc" "1" "é" "😀😀" "aaaaaaaaaa""#),
        Row(#"{"pattern":"^.$"}"#, rejects: #""" "abc" "😀😀" "aaaaaaaaaa""#),
        Row(#"{"pattern":"^..$"}"#, rejects: #""" "a" "abc" "1" "é" "aaaaaaaaaa""#),
        Row(#"{"pattern":"[0-9]"}"#, rejects: #""" "a" "abc" "é" "😀😀" "aaaaaaaaaa""#),
        Row(#"{"pattern":""}"#, rejects: #""#),
        Row(#"{"pattern":"^a{10}$"}"#, rejects: #""" "a" "abc" "1" "é" "😀😀""#),
        Row(#"{"minItems":0}"#, rejects: #""#),
        Row(#"{"minItems":1}"#, rejects: #"[]"#),
        Row(#"{"minItems":2}"#, rejects: #"[] [1] [null] [[]]"#),
        Row(#"{"maxItems":0}"#, rejects: #"[1] [1,1.0] [1,true] [null] ["a","b"] [[]] [1,2,3,4]"#),
        Row(#"{"maxItems":1}"#, rejects: #"[1,1.0] [1,true] ["a","b"] [1,2,3,4]"#),
        Row(#"{"maxItems":3}"#, rejects: #"[1,2,3,4]"#),
        Row(#"{"minItems":1,"maxItems":1}"#, rejects: #"[] [1,1.0] [1,true] ["a","b"] [1,2,3,4]"#),
        Row(#"{"uniqueItems":true}"#, rejects: #"[1,1.0]"#),
        Row(#"{"uniqueItems":false}"#, rejects: #""#),
        Row(#"{"items":true}"#, rejects: #""#),
        Row(#"{"items":false}"#, rejects: #"[1] [1,1.0] [1,true] [null] ["a","b"] [[]] [1,2,3,4]"#),
        Row(#"{"items":{"type":"integer"}}"#, rejects: #"[1,true] [null] ["a","b"] [[]]"#),
        Row(#"{"items":{"type":["string","array"]}}"#, rejects: #"[1] [1,1.0] [1,true] [null] [1,2,3,4]"#),
        Row(#"{"items":{"minimum":2}}"#, rejects: #"[1] [1,1.0] [1,true] [1,2,3,4]"#),
        Row(#"{"prefixItems":[{"type":"integer"}]}"#, rejects: #"[null] ["a","b"] [[]]"#),
        Row(#"{"prefixItems":[true,false]}"#, rejects: #"[1,1.0] [1,true] ["a","b"] [1,2,3,4]"#),
        Row(
            #"{"prefixItems":[{"const":1}],"items":{"type":"boolean"}}"#,
            rejects: #"[1,1.0] [null] ["a","b"] [[]] [1,2,3,4]"#),
        Row(#"{"prefixItems":[{},{},{}],"items":false}"#, rejects: #"[1,2,3,4]"#),
        Row(#"{"contains":{"type":"integer"}}"#, rejects: #"[] [null] ["a","b"] [[]]"#),
        Row(#"{"contains":true}"#, rejects: #"[]"#),
        Row(#"{"contains":false}"#, rejects: #"[] [1] [1,1.0] [1,true] [null] ["a","b"] [[]] [1,2,3,4]"#),
        Row(
            #"{"contains":{"const":1},"minContains":2}"#,
            rejects: #"[] [1] [1,true] [null] ["a","b"] [[]] [1,2,3,4]"#),
        Row(#"{"contains":{"const":1},"maxContains":1}"#, rejects: #"[] [1,1.0] [null] ["a","b"] [[]]"#),
        Row(#"{"contains":{"type":"string"},"minContains":0}"#, rejects: #""#),
        Row(#"{"contains":{"type":"integer"},"minContains":0,"maxContains":1}"#, rejects: #"[1,1.0] [1,2,3,4]"#),
        Row(#"{"minContains":3}"#, rejects: #""#),
        Row(#"{"minProperties":0}"#, rejects: #""#),
        Row(#"{"minProperties":1}"#, rejects: #"{}"#),
        Row(#"{"minProperties":2}"#, rejects: #"{} {"a":1} {"a":null} {"b":"x"} {"":1} {"a":{"a":1}} {"a":[1]}"#),
        Row(
            #"{"maxProperties":0}"#,
            rejects: #"{"a":1} {"a":null} {"b":"x"} {"a":1,"b":"x"} {"":1} {"a":{"a":1}} {"a":[1]}"#),
        Row(#"{"maxProperties":1}"#, rejects: #"{"a":1,"b":"x"}"#),
        Row(#"{"required":[]}"#, rejects: #""#),
        Row(#"{"required":["a"]}"#, rejects: #"{} {"b":"x"} {"":1}"#),
        Row(
            #"{"required":[""]}"#,
            rejects: #"{} {"a":1} {"a":null} {"b":"x"} {"a":1,"b":"x"} {"a":{"a":1}} {"a":[1]}"#),
        Row(#"{"required":["a","b"]}"#, rejects: #"{} {"a":1} {"a":null} {"b":"x"} {"":1} {"a":{"a":1}} {"a":[1]}"#),
        Row(#"{"properties":{"a":{"type":"integer"}}}"#, rejects: #"{"a":null} {"a":{"a":1}} {"a":[1]}"#),
        Row(#"{"properties":{"a":false}}"#, rejects: #"{"a":1} {"a":null} {"a":1,"b":"x"} {"a":{"a":1}} {"a":[1]}"#),
        Row(#"{"properties":{"a":true,"b":{"minLength":2}}}"#, rejects: #"{"b":"x"} {"a":1,"b":"x"}"#),
        Row(#"{"properties":{"":{"type":"string"}}}"#, rejects: #"{"":1}"#),
        Row(
            #"{"additionalProperties":false}"#,
            rejects: #"{"a":1} {"a":null} {"b":"x"} {"a":1,"b":"x"} {"":1} {"a":{"a":1}} {"a":[1]}"#),
        Row(
            #"{"additionalProperties":{"type":"string"}}"#,
            rejects: #"{"a":1} {"a":null} {"a":1,"b":"x"} {"":1} {"a":{"a":1}} {"a":[1]}"#),
        Row(#"{"properties":{"a":{}},"additionalProperties":false}"#, rejects: #"{"b":"x"} {"a":1,"b":"x"} {"":1}"#),
        Row(
            #"{"patternProperties":{"^[ab]$":{"type":"integer"}}}"#,
            rejects: #"{"a":null} {"b":"x"} {"a":1,"b":"x"} {"a":{"a":1}} {"a":[1]}"#),
        Row(
            #"{"patternProperties":{"":{"type":"string"}}}"#,
            rejects: #"{"a":1} {"a":null} {"a":1,"b":"x"} {"":1} {"a":{"a":1}} {"a":[1]}"#),
        Row(
            #"{"patternProperties":{"a":{}},"additionalProperties":false}"#,
            rejects: #"{"b":"x"} {"a":1,"b":"x"} {"":1}"#),
        Row(
            #"{"patternProperties":{"a":{"type":"integer"}},"properties":{"a":{"minimum":1}},"additionalProperties":false}"#,
            rejects: #"{"a":null} {"b":"x"} {"a":1,"b":"x"} {"":1} {"a":{"a":1}} {"a":[1]}"#),
        Row(#"{"propertyNames":{"minLength":1}}"#, rejects: #"{"":1}"#),
        Row(#"{"propertyNames":{"const":"a"}}"#, rejects: #"{"b":"x"} {"a":1,"b":"x"} {"":1}"#),
        Row(
            #"{"propertyNames":false}"#,
            rejects: #"{"a":1} {"a":null} {"b":"x"} {"a":1,"b":"x"} {"":1} {"a":{"a":1}} {"a":[1]}"#),
        Row(#"{"dependentRequired":{"a":["b"]}}"#, rejects: #"{"a":1} {"a":null} {"a":{"a":1}} {"a":[1]}"#),
        Row(#"{"dependentRequired":{"a":[]}}"#, rejects: #""#),
        Row(#"{"dependentRequired":{"b":["a"]}}"#, rejects: #"{"b":"x"}"#),
        Row(
            #"{"dependentSchemas":{"a":{"required":["b"]}}}"#,
            rejects: #"{"a":1} {"a":null} {"a":{"a":1}} {"a":[1]}"#),
        Row(
            #"{"dependentSchemas":{"a":false}}"#,
            rejects: #"{"a":1} {"a":null} {"a":1,"b":"x"} {"a":{"a":1}} {"a":[1]}"#),
        Row(
            #"{"dependentSchemas":{"b":{"properties":{"a":{"type":"integer"}},"required":["a"]}}}"#,
            rejects: #"{"b":"x"}"#),
        Row(#"{"allOf":[true]}"#, rejects: #""#),
        Row(#"{"allOf":[true,false]}"#, accepts: #""#),
        Row(#"{"allOf":[{"type":"number"},{"minimum":1},{"maximum":7}]}"#, accepts: #"1 1.0 1.5 7"#),
        Row(
            #"{"anyOf":[{"type":"string"},{"type":"null"}]}"#,
            accepts: #"null "" "a" "abc" "1" "é" "😀😀" "aaaaaaaaaa""#),
        Row(#"{"anyOf":[{"minimum":100},{"maxLength":1}]}"#, rejects: #""#),
        Row(#"{"anyOf":[false,false]}"#, accepts: #""#),
        Row(#"{"oneOf":[{"type":"integer"},{"type":"number"}]}"#, accepts: #"1.5 0.1 0.3 1e-3"#),
        Row(
            #"{"oneOf":[{"type":"integer"},{"minimum":1}]}"#,
            rejects: #"1 1.0 0.1 0.3 1e2 1e-3 7 100 9007199254740993 123456789012345678901234567890 1e400"#),
        Row(#"{"oneOf":[true,true]}"#, accepts: #""#),
        Row(#"{"oneOf":[true,false]}"#, rejects: #""#),
        Row(
            #"{"oneOf":[{"required":["a"]},{"required":["b"]}]}"#,
            accepts: #"{"a":1} {"a":null} {"b":"x"} {"a":{"a":1}} {"a":[1]}"#),
        Row(#"{"not":true}"#, accepts: #""#),
        Row(#"{"not":false}"#, rejects: #""#),
        Row(
            #"{"not":{"type":["string","array","object"]}}"#,
            accepts: #"null true false 0 -0 1 -1 1.0 1.5 0.1 0.3 1e2 1e-3 7 100 9007199254740993 "#
                + #"123456789012345678901234567890 1e400"#),
        Row(#"{"not":{"required":["a"]}}"#, accepts: #"{} {"b":"x"} {"":1}"#),
        Row(#"{"not":{"minimum":1}}"#, accepts: #"0 -0 -1 0.1 0.3 1e-3"#),
        Row(#"{"if":{"type":"string"},"then":{"minLength":2}}"#, rejects: #""" "a" "1" "é""#),
        Row(
            #"{"if":{"type":"string"},"else":{"type":"object"}}"#,
            accepts: #""" "a" "abc" "1" "é" "😀😀" "aaaaaaaaaa" {} {"a":1} {"a":null} {"b":"x"} {"a":1,"b":"x"} "#
                + #"{"":1} {"a":{"a":1}} {"a":[1]}"#),
        Row(#"{"if":true,"then":{"type":"null"},"else":{"type":"string"}}"#, accepts: #"null"#),
        Row(
            #"{"if":false,"then":{"type":"null"},"else":{"type":"string"}}"#,
            accepts: #""" "a" "abc" "1" "é" "😀😀" "aaaaaaaaaa""#),
        Row(
            #"{"if":{"required":["a"]},"then":{"required":["b"]},"else":{"maxProperties":0}}"#,
            rejects: #"{"a":1} {"a":null} {"b":"x"} {"":1} {"a":{"a":1}} {"a":[1]}"#),
        Row(#"{"then":false}"#, rejects: #""#),
        Row(#"{"else":false}"#, rejects: #""#),
        Row(#"{"if":false}"#, rejects: #""#),
        Row(#"{"properties":{"a":{}},"unevaluatedProperties":false}"#, rejects: #"{"b":"x"} {"a":1,"b":"x"} {"":1}"#),
        Row(
            #"{"unevaluatedProperties":{"type":"integer"}}"#,
            rejects: #"{"a":null} {"b":"x"} {"a":1,"b":"x"} {"a":{"a":1}} {"a":[1]}"#),
        Row(
            #"{"anyOf":[{"properties":{"a":{"type":"integer"}},"required":["a"]},{"properties":{"b":{}}}],"unevaluatedProperties":false}"#,
            rejects: #"{"a":null} {"":1} {"a":{"a":1}} {"a":[1]}"#),
        Row(
            #"{"if":{"properties":{"a":{"type":"integer"}},"required":["a"]},"then":{"properties":{"b":{}}},"unevaluatedProperties":false}"#,
            rejects: #"{"a":null} {"b":"x"} {"":1} {"a":{"a":1}} {"a":[1]}"#),
        Row(
            #"{"not":{"properties":{"a":{"type":"integer"}},"required":["a"]},"unevaluatedProperties":false}"#,
            accepts: #"{}"#),
        Row(#"{"unevaluatedItems":false}"#, rejects: #"[1] [1,1.0] [1,true] [null] ["a","b"] [[]] [1,2,3,4]"#),
        Row(#"{"prefixItems":[{}],"unevaluatedItems":false}"#, rejects: #"[1,1.0] [1,true] ["a","b"] [1,2,3,4]"#),
        Row(
            #"{"contains":{"const":1},"unevaluatedItems":false}"#,
            rejects: #"[] [1,true] [null] ["a","b"] [[]] [1,2,3,4]"#),
        Row(#"{"allOf":[{"prefixItems":[{},{}]}],"unevaluatedItems":{"type":"integer"}}"#, rejects: #""#),
        Row(
            #"{"anyOf":[{"prefixItems":[{"type":"integer"}]},{"items":{"type":"string"}}],"unevaluatedItems":false}"#,
            rejects: #"[1,1.0] [1,true] [null] [[]] [1,2,3,4]"#),
        Row(
            ##"{"$ref":"#/$defs/x","$defs":{"x":{"type":"integer"}}}"##,
            accepts: #"0 -0 1 -1 1.0 1e2 7 100 9007199254740993 123456789012345678901234567890 1e400"#),
        Row(##"{"$ref":"#/$defs/x","maximum":1,"$defs":{"x":{"type":"integer"}}}"##, accepts: #"0 -0 1 -1 1.0"#),
        Row(
            ##"{"$ref":"#/$defs/a~1b","$defs":{"a/b":{"type":"string"}}}"##,
            accepts: #""" "a" "abc" "1" "é" "😀😀" "aaaaaaaaaa""#),
        Row(##"{"$ref":"#/$defs/a%25b","$defs":{"a%b":{"type":"null"}}}"##, accepts: #"null"#),
        Row(
            ##"{"$ref":"#n","$defs":{"x":{"$anchor":"n","type":"array"}}}"##,
            accepts: #"[] [1] [1,1.0] [1,true] [null] ["a","b"] [[]] [1,2,3,4]"#),
        Row(
            ##"{"properties":{"a":{"$ref":"#"}},"additionalProperties":false}"##,
            rejects: #"{"b":"x"} {"a":1,"b":"x"} {"":1}"#),
        Row(
            ##"{"items":{"$ref":"#/$defs/x"},"$defs":{"x":{"type":["integer","array"]}}}"##,
            rejects: #"[1,true] [null] ["a","b"]"#),
        Row(#"{"unknown":false,"x-other":{"type":"string"}}"#, rejects: #""#),
        Row(
            #"{"title":"t","description":"d","default":1,"examples":[1],"deprecated":true,"$comment":"c"}"#,
            rejects: #""#),
    ]

    @Test("the verdict is that of the standard, with and without a report", arguments: rows)
    func verdicts(row: Row) throws {
        #expect(Set(row.valid + row.invalid) == Set(Self.values), "the row names a value that is not in the list")
        let schema = try compile(row.schema)
        for (texts, expected) in [(row.valid, SchemaOutcome.valid), (row.invalid, .invalid)] {
            for text in texts {
                #expect(try schema.outcome(text) == expected, "\(text)")
                let report = try schema.report(text)
                #expect(report.outcome == expected, "\(text)")
                #expect(report.issues.isEmpty == (expected == .valid), "\(text)")
            }
        }
    }

    @Test("a schema inside of `not` has the opposite verdict", arguments: rows)
    func negated(row: Row) throws {
        let negated = try compile(#"{"not": {"$id": "inner.json", \#(row.schema.dropFirst())}"#)
        for text in row.valid { #expect(try negated.outcome(text) == .invalid, "\(text)") }
        for text in row.invalid { #expect(try negated.outcome(text) == .valid, "\(text)") }
    }

    @Test("a schema judges a member and an element as it judges a document", arguments: rows)
    func nested(row: Row) throws {
        let schema = try compile(#"{"properties": {"m": {"items": {"$id": "i.json", \#(row.schema.dropFirst())}}}"#)
        for (texts, expected) in [(row.valid, SchemaOutcome.valid), (row.invalid, .invalid)] {
            for text in texts { #expect(try schema.outcome(#"{"m": [\#(text)]}"#) == expected, "\(text)") }
        }
    }
}

private func split(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }

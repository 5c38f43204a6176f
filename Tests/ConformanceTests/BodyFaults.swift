extension SeededResponseFaultTests {
    static let bodyFaults: [SeededFault] = [
        .body(
            "a required member is missing", #""id": "P-1","#, "",
            """
            body.required @/id 1:1 parcels.yaml:90:7 t.csv:2:1
            lacks the required member "id"
            - a member "id" + an object of 13 members
            """),
        .body(
            "a number as text", "2.5", #""2.5""#,
            """
            body.type @/weight 3:13 parcels.yaml:93:19 t.csv:2:1
            is a string, but the schema allows only number
            - number + "2.5"
            """),
        .body(
            "text as a number", #""P-1""#, "1",
            """
            body.type @/id 2:9 parcels.yaml:92:15 t.csv:2:1
            is a number, but the schema allows only string
            - string + 1
            """),
        .body(
            "null where it is not allowed", "2.5", "null",
            """
            body.type @/weight 3:13 parcels.yaml:93:19 t.csv:2:1
            is null, but the schema allows only number
            - number + null
            """),
        .body(
            "a boolean for text", #""packed""#, "true",
            """
            body.type @/state 4:12 parcels.yaml:94:18 t.csv:2:1
            is a boolean, but the schema allows only string
            - string + true
            """),
        .body(
            "an object for an array", #"["a", "b"]"#, "{}",
            """
            body.type @/tags 9:11 parcels.yaml:99:17 t.csv:2:1
            is an object, but the schema allows only array
            - array + {}
            """),
        .body(
            "an array for an object", #"{"code": "x"}"#, "[]",
            """
            body.type @/seal 11:11 parcels.yaml:101:17 t.csv:2:1
            is an array, but the schema allows only object
            - object + []
            """),
        .body(
            "a pattern", "P-1", "Q-1",
            """
            body.pattern @/id 2:9 parcels.yaml:92:29 t.csv:2:1
            "Q-1" does not match the pattern ^P-[0-9]+$
            - ^P-[0-9]+$ + "Q-1"
            """),
        .body(
            "too small", "2.5", "0",
            """
            body.minimum @/weight 3:13 parcels.yaml:93:33 t.csv:2:1
            0 is not above 0
            - above 0 + 0
            """),
        .body(
            "too large", "2.5", "30.5",
            """
            body.maximum @/weight 3:13 parcels.yaml:93:69 t.csv:2:1
            30.5 is above the maximum 30
            - at most 30 + 30.5
            """),
        .body(
            "no multiple", "2.5", "2.3",
            """
            body.multipleOf @/weight 3:13 parcels.yaml:93:82 t.csv:2:1
            2.3 is not a multiple of 0.5
            - a multiple of 0.5 + 2.3
            """),
        .body(
            "none of the values", #""packed""#, #""PACKED""#,
            """
            body.enum @/state 4:12 parcels.yaml:94:32 t.csv:2:1
            "PACKED" is not one of the 3 allowed values "packed", "sent", "lost"
            - one of "packed", "sent", "lost" + "PACKED"
            """),
        .body(
            "too short", #""note": null"#, #""note": "x""#,
            """
            body.minLength @/note 5:11 parcels.yaml:95:47 t.csv:2:1
            has 1 character, but at least 2 are needed
            - at least 2 + "x"
            """),
        .body(
            "too long", #""note": null"#, #""note": "12345678901""#,
            """
            body.maxLength @/note 5:11 parcels.yaml:95:61 t.csv:2:1
            has 11 characters, but at most 10 are allowed
            - at most 10 + "12345678901"
            """),
        .body(
            "a fraction for an integer", "3,", "3.5,",
            """
            body.type @/stops 6:12 parcels.yaml:96:18 t.csv:2:1
            is a number with a fraction, but the schema allows only integer
            - integer + 3.5
            """),
        .body(
            "beyond int32", "3,", "3000000000,",
            """
            body.format @/stops 6:12 parcels.yaml:96:33 t.csv:2:1
            3000000000 is not in the format int32
            - int32 + 3000000000
            """),
        .body(
            "no date-time", "2026-01-01T00:00:00Z", "2026-13-01",
            """
            body.format @/sentAt 7:13 parcels.yaml:97:33 t.csv:2:1
            "2026-13-01" is not in the format date-time
            - date-time + "2026-13-01"
            """),
        .body(
            "no e-mail address", "ann@example.com", "ann",
            """
            body.format @/mail 8:11 parcels.yaml:98:31 t.csv:2:1
            "ann" is not in the format email
            - email + "ann"
            """),
        .body(
            "too few elements", #"["a", "b"]"#, "[]",
            """
            body.minItems @/tags 9:11 parcels.yaml:99:30 t.csv:2:1
            has no elements, but at least 1 is needed
            - at least 1 + []
            """),
        .body(
            "too many elements", #"["a", "b"]"#, #"["a", "b", "c", "d"]"#,
            """
            body.maxItems @/tags 9:11 parcels.yaml:99:43 t.csv:2:1
            has 4 elements, but at most 3 are allowed
            - at most 3 + ["a","b","c","d"]
            """),
        .body(
            "an element twice", #"["a", "b"]"#, #"["a", "a"]"#,
            """
            body.uniqueItems @/tags 9:11 parcels.yaml:99:56 t.csv:2:1
            has the same element "a" at index 0 and at index 1
            - elements that are all different + ["a","a"]
            """),
        .body(
            "an element of another type", #"["a", "b"]"#, #"["a", 2]"#,
            """
            body.type @/tags/1 9:17 parcels.yaml:99:84 t.csv:2:1
            is a number, but the schema allows only string
            - string + 2
            """),
        .body(
            "the same fault in several elements", #"["a", "b"]"#, #"[1, "b", 2]"#,
            """
            body.type @/tags/0 9:12 parcels.yaml:99:84 t.csv:2:1
            is a number, but the schema allows only string
            - string + 1
            also at /tags/2
            """),
        .body(
            "too few members", #"{"ribbon": 1}"#, "{}",
            """
            body.minProperties @/extras 10:13 parcels.yaml:100:33 t.csv:2:1
            has no members, but at least 1 is needed
            - at least 1 + {}
            """),
        .body(
            "too many members", #"{"ribbon": 1}"#, #"{"a": 1, "b": 2, "c": 3}"#,
            """
            body.maxProperties @/extras 10:13 parcels.yaml:100:51 t.csv:2:1
            has 3 members, but at most 2 are allowed
            - at most 2 + {"a":1,"b":2,"c":3}
            """),
        .body(
            "a further member of another type", #"{"ribbon": 1}"#, #"{"ribbon": "red"}"#,
            """
            body.type @/extras/ribbon 10:24 parcels.yaml:100:93 t.csv:2:1
            is a string, but the schema allows only integer
            - integer + "red"
            """),
        .body(
            "a forbidden member", #"{"code": "x"}"#, #"{"code": "x", "colour": "red"}"#,
            """
            body.additionalProperties @/seal/colour 11:35 parcels.yaml:101:31 t.csv:2:1
            has the member "colour", which the schema does not allow
            - no other members + "colour"
            """),
        .body(
            "a discriminator that names another branch than the one that matches", #""street": "Elm""#, #""number": 5"#,
            """
            body.discriminator (warning) @/to/kind 12:18 parcels.yaml:109:7 t.csv:2:1
            "house" names House, but the value satisfies Locker
            - Locker + "house"
            """),
        .body(
            "an unknown discriminator", #""kind": "house""#, #""kind": "boat""#,
            """
            body.discriminator (warning) @/to/kind 12:18 parcels.yaml:109:7 t.csv:2:1
            "boat" names none of the alternatives, but the value satisfies House
            - House + "boat"
            """),
        .body(
            "no discriminator", #""kind": "house", "#, "",
            """
            body.discriminator @/to 12:9 parcels.yaml:109:7 t.csv:2:1
            lacks the member "kind", which selects the alternative
            - a member "kind" + {"street":"Elm"}
            """),
        .body(
            "no alternative of anyOf", "true", #""yes""#,
            """
            body.anyOf @/paid 13:11 parcels.yaml:103:17 t.csv:2:1
            satisfies none of the 2 alternatives
            - at least one alternative + "yes"
            branch 1, parcels.yaml:103:27: /paid is a string, but the schema allows only boolean
            branch 2, parcels.yaml:103:46: /paid is a string, but the schema allows only integer
            """),
        .body(
            "one part of allOf", #"{"height": 1, "width": 2}"#, #"{"height": 1}"#,
            """
            body.required @/size/width 14:11 parcels.yaml:104:79 t.csv:2:1
            lacks the required member "width"
            - a member "width" + {"height":1}
            """),
        .body(
            "what not excludes", "7", #""first""#,
            """
            body.not @/rank 15:11 parcels.yaml:105:17 t.csv:2:1
            satisfies the schema under not, which it must not
            - a value that does not satisfy the schema under not + "first"
            """),
        .body(
            "writeOnly in a response", #""rank": 7"#, #""rank": 7, "pin": "1234""#,
            """
            body.writeOnly @/pin 15:21 parcels.yaml:106:30 t.csv:2:1
            is writeOnly, so a response must not contain it
            - no such member + "1234"
            """),
        .body(
            "an undeclared member", #""rank": 7"#, #""rank": 7, "colour": "red""#,
            """
            body.undeclared (warning) @/colour 15:24 parcels.yaml:89:7 t.csv:2:1
            the contract does not declare this member
            """),
        .body(
            "a member twice", #""rank": 7"#, #""rank": 7, "rank": 8"#,
            """
            body.duplicate-name @/rank 15:14 parcels.yaml:24:13 t.csv:2:1
            duplicate member "rank"
            first at line 15, column 3
            """),
        .body(
            "a comma too many", #""rank": 7"#, #""rank": 7,"#,
            """
            body.json @body 16:1 parcels.yaml:24:13 t.csv:2:1
            the body is not JSON: expected a name in quotes, found "}"
            - application/json + (nothing)
            """),
        .body(
            "the text ends early", #""rank": 7"# + "\n}", #""rank":"#,
            """
            body.json @body 15:10 parcels.yaml:24:13 t.csv:2:1
            the body is not JSON: expected a value, but the text ends here
            - application/json + (nothing)
            """),
        .body(
            "something follows", "\"rank\": 7\n}", "\"rank\": 7\n} x",
            """
            body.json @body 16:3 parcels.yaml:24:13 t.csv:2:1
            the body is not JSON: expected the end of the text after the value, found "x"
            - application/json + (nothing)
            """),
        .body(
            "half a surrogate pair", "Elm", #"\ud800"#,
            """
            body.encoding @body 12:38 parcels.yaml:24:13 t.csv:2:1
            the body is not Unicode text: an escape of half a surrogate pair is not a valid Unicode character
            - application/json + (nothing)
            """),
        .body(
            "another value", Parcels.parcel, "[]",
            """
            body.type @body 1:1 parcels.yaml:89:7 t.csv:2:1
            is an array, but the schema allows only object
            - object + []
            """),
        SeededFault(
            "the body is too deep",
            """
            body.undecided @body 1:513 parcels.yaml:24:13 t.csv:2:1
            the body exceeds the judge's limits: nested deeper than 512 levels
            - application/json + (nothing)
            """
        ) { $0.body = String(repeating: "[", count: 5_000) },
    ]
}

extension SeededResponseFaultTests {
    static let headerFaults: [SeededFault] = [
        .header(
            "X-Trace", nil,
            """
            header.required @header X-Trace parcels.yaml:18:13 t.csv:2:1
            the required header X-Trace is missing
            - present + absent
            """),
        .header(
            "X-Trace", "12",
            """
            header.format @header X-Trace parcels.yaml:18:64 t.csv:2:1
            "12" is not in the format uuid
            - uuid + 12
            """),
        .header(
            "X-Trace", "",
            """
            header.format @header X-Trace parcels.yaml:18:64 t.csv:2:1
            "" is not in the format uuid
            - uuid + 
            """),
        .header(
            "X-Left", "many",
            """
            header.type @header X-Left parcels.yaml:19:13 t.csv:2:1
            'many' is not an integer
            - integer + many
            """),
        .header(
            "X-Left", "61",
            """
            header.maximum @header X-Left parcels.yaml:19:60 t.csv:2:1
            61 is above the maximum 60
            - at most 60 + 61
            """),
        .header(
            "X-Left", "-1",
            """
            header.minimum @header X-Left parcels.yaml:19:48 t.csv:2:1
            -1 is below the minimum 0
            - at least 0 + -1
            """),
        .header(
            "X-Left", "1.5",
            """
            header.type @header X-Left parcels.yaml:19:33 t.csv:2:1
            is a number with a fraction, but the schema allows only integer
            - integer + 1.5
            """),
        .header(
            "X-Stops", "1,2,3",
            """
            header.maxItems @header X-Stops parcels.yaml:20:47 t.csv:2:1
            has 3 elements, but at most 2 are allowed
            - at most 2 + 1,2,3
            """),
        .header(
            "X-Stops", "1,two",
            """
            header.syntax @header X-Stops parcels.yaml:20:13 t.csv:2:1
            'two' is not an integer
            - array + 1,two
            """),
        .header(
            "X-Hub", "gate,4",
            """
            header.required @header X-Hub parcels.yaml:21:46 t.csv:2:1
            lacks the required member "city"
            - a member "city" + gate,4
            """),
        .header(
            "X-Hub", "city,Riga,gate,four",
            """
            header.syntax @header X-Hub parcels.yaml:21:13 t.csv:2:1
            'four' is not an integer
            - object + city,Riga,gate,four
            """),
        .header(
            "X-Hub", "city",
            """
            header.syntax @header X-Hub parcels.yaml:21:13 t.csv:2:1
            has a name without a value
            - object + city
            """),
        .header(
            "X-Hint", "{}",
            """
            header.required @header X-Hint parcels.yaml:22:78 t.csv:2:1
            lacks the required member "text"
            - a member "text" + {}
            """),
        .header(
            "X-Hint", "{",
            """
            header.syntax @header X-Hint parcels.yaml:22:13 t.csv:2:1
            is not valid JSON: expected a name in quotes or "}", but the text ends here
            - object + {
            """),
        .header(
            "X-Colour", "red",
            """
            header.undeclared (warning) @header x-colour parcels.yaml:15:9 t.csv:2:1
            the contract does not declare the header x-colour
            - (nothing) + red
            """),
        SeededFault(
            "X-Left twice",
            """
            header.type @header X-Left parcels.yaml:19:13 t.csv:2:1
            '59, 58' is not an integer
            - integer + 59, 58
            """
        ) { $0.headers.append(("x-left", "58")) },
        SeededFault(
            "X-Colour twice",
            """
            header.undeclared (warning) @header x-colour parcels.yaml:15:9 t.csv:2:1
            the contract does not declare the header x-colour
            - (nothing) + red
            """
        ) { $0.headers += [("X-Colour", "red"), ("x-colour", "blue")] },
    ]
}

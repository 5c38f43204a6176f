extension SeededResponseFaultTests {
    static let answerFaults: [SeededFault] = [
        SeededFault(
            "an undocumented status",
            """
            status.undocumented @status parcels.yaml:7:5 t.csv:2:35
            status 202 is not documented for sendParcel
            - 201 (documented: 201, 4XX, 503) + 202
            """
        ) { $0.status = 202 },
        SeededFault(
            "an undocumented failure",
            """
            status.undocumented @status parcels.yaml:7:5 t.csv:2:35
            status 500 is not documented for sendParcel
            - 201 (documented: 201, 4XX, 503) + 500
            """
        ) {
            $0.status = 500
            $0.body = "{}"
        },
        SeededFault(
            "a documented failure",
            """
            status.server-error @status parcels.yaml:26:9 t.csv:2:35
            the server failed with status 503; expected 201
            - 201 + 503
            """
        ) {
            $0.status = 503
            $0.body = #"{"message": "busy"}"#
            $0.headers = [("content-type", "application/json")]
        },
        SeededFault(
            "a refusal",
            """
            status.unexpected @status parcels.yaml:25:9 t.csv:2:35
            expected status 201, received 422
            - 201 + 422
            """
        ) {
            $0.status = 422
            $0.body = #"{"message": "no"}"#
            $0.headers = [("content-type", "application/json")]
        },
        SeededFault(
            "a refusal that breaks its schema too",
            """
            status.unexpected @status parcels.yaml:25:9 t.csv:2:35
            expected status 201, received 422
            - 201 + 422
            """,
            """
            body.required @/message 1:1 parcels.yaml:82:7 t.csv:2:1
            lacks the required member "message"
            - a member "message" + {"code":"other"}
            """,
            """
            body.enum @/code 1:10 parcels.yaml:83:70 t.csv:2:1
            "other" is not one of the 3 allowed values "unknown", "busy", "wrong"
            - one of "unknown", "busy", "wrong" + "other"
            """
        ) {
            $0.status = 422
            $0.body = #"{"code": "other"}"#
            $0.headers = [("content-type", "application/json")]
        },
        SeededFault(
            "no body",
            """
            body.missing @body parcels.yaml:24:13 t.csv:2:1
            has no body
            - application/json + no body
            """
        ) { $0.body = "" },
        .header(
            "Content-Type", nil,
            """
            media-type.missing @header content-type parcels.yaml:24:13 t.csv:2:1
            the body has no content-type
            - application/json + no content-type
            """),
        .header(
            "Content-Type", "text/html",
            """
            media-type.undocumented @header content-type parcels.yaml:24:13 t.csv:2:1
            the content type text/html is not documented for this status
            - application/json + text/html
            """),
        .header(
            "Content-Type", "application/vnd.parcel+json",
            """
            media-type.undocumented @header content-type parcels.yaml:24:13 t.csv:2:1
            the content type application/vnd.parcel+json is not documented for this status
            - application/json + application/vnd.parcel+json
            """),
        .header(
            "Content-Type", "json",
            """
            media-type.syntax @header content-type parcels.yaml:24:13 t.csv:2:1
            content-type is not a valid media type
            - application/json + json
            """),
        .header(
            "Content-Type", "*/*",
            """
            media-type.syntax @header content-type parcels.yaml:24:13 t.csv:2:1
            content-type is not a valid media type
            - application/json + */*
            """),
        SeededFault(
            "content-type twice",
            """
            media-type.syntax @header content-type parcels.yaml:24:13 t.csv:2:1
            content-type is sent 2 times
            - application/json + application/json; charset=utf-8, text/plain
            """
        ) { $0.headers.append(("content-type", "text/plain")) },
        .header(
            "Content-Encoding", "gzip",
            """
            body.unjudged (note) @body parcels.yaml:24:13 t.csv:2:1
            the body is not validated against its schema: it has the content encoding gzip
            """),
        SeededFault(
            "a charset that JSON has not",
            """
            body.encoding @header content-type parcels.yaml:24:13 t.csv:2:1
            the content type declares ISO-8859-1, but JSON is always UTF-8, and so is this body
            - utf-8 + ISO-8859-1
            """
        ) {
            $0.set("Content-Type", "application/json; charset=ISO-8859-1")
            $0.replace("Elm", "Gr\u{FC}ne Stra\u{DF}e")
        },
    ]
}

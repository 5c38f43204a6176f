import Foundation

extension FirstMistake {
    /// Mistakes in tables.
    static let tables: [FirstMistake] = [
        .edit("an unquoted comma in a check", .table, "201,sku=A-1", "201,sku~oneof:A-1,B-2"),
        .edit("a semicolon instead of a comma between two cells", .table, "price=9.90,201", "price=9.90;201"),
        .edit("items separated by commas inside of quotes", .table, "price=9.90,201", #""price=9.90, sku=B",201"#),
        .edit("an unclosed quote", .table, "price=9.90,201", #""price=9.90,201"#),
        .edit("single braces around a value", .table, "{{create.id}}", "{create.id}", run: ["lint"]),
        .edit("a dollar and braces around a value", .table, "{{create.id}}", "${create.id}", run: ["lint"]),
        .edit("a misspelt column", .table, "check\n", "chek\n"),
        .edit("a column that other tools have", .table, "check\n", "status\n"),
        .edit("the same column twice", .table, "check\n", "expect\n"),
        .edit("no column for the operation", .table, "call", "operation"),
        .edit(
            "a misspelt operation", .table, "createOrder,bodies/order.json,price=9.90",
            "createOrdr,bodies/order.json,price=9.90"),
        .edit(
            "method and path with a full URL", .table, "createOrder,bodies/order.json,price=9.90",
            "POST https://shop.example/v1/orders,bodies/order.json,price=9.90"),
        .edit("a path with the wrong method", .table, "readOrder", "DELETE /orders/{orderId}"),
        .edit("a path without a method", .table, "readOrder", "/orders/{orderId}"),
        .edit("a path with its value inserted", .table, "readOrder", "GET /orders/{{create.id}}"),
        .edit("a missing path parameter", .table, "orderId={{create.id}}", ""),
        .edit("a misspelt path parameter", .table, "orderId={{create.id}}", "order_id={{create.id}}"),
        .edit("a misspelt step", .table, "{{create.id}}", "{{creat.id}}"),
        .edit("a value of a later step", .table, "201,sku=A-1", "201,sku={{read.sku}}"),
        .edit("a member that the response does not have", .table, "{{create.id}}", "{{create.order_id}}"),
        .edit(
            "the response of another scenario", .table, "bad,no-sku,createOrder,bodies/order.json,price=1",
            "bad,no-sku,createOrder,bodies/order.json,sku={{buy.create.id}}"),
        .edit("a misspelt member in set", .table, "price=9.90", "prise=9.90"),
        .edit("a text for a number", .table, "price=9.90", "price=cheap"),
        .edit("a price with a decimal comma", .table, "price=9.90", #""price=9,90""#),
        .edit("a value outside of an enumeration", .table, "price=9.90", "state=CLOSED"),
        .edit("a colon instead of an equals sign", .table, "price=9.90", "price: 9.90"),
        .edit("JSON in set", .table, "price=9.90", #""{""price"": 9.90}""#),
        .edit("a header without its prefix", .table, "orderId={{create.id}}", "orderId={{create.id}}; X-Custom=a"),
        .edit("a missing body file", .table, "bodies/order.json,price=9.90", "bodies/ordr.json,price=9.90"),
        .edit(
            "a body file by its path from the project", .table, "bodies/order.json,price=9.90",
            "scenarios/bodies/order.json,price=9.90"),
        .edit(
            "a body written into the cell", .table, "bodies/order.json,price=9.90", #""{""sku"": ""A""}",price=9.90"#),
        .edit("a status that does not exist", .table, "9.90,201", "9.90,2001"),
        .edit("words instead of a status", .table, "9.90,201", "9.90,created"),
        .edit("two statuses with a comma", .table, "9.90,201", #"9.90,"200,201""#),
        .edit("an undocumented status", .table, "9.90,201", "9.90,202", run: ["lint"]),
        .edit("an unknown matcher", .table, "201,sku=A-1", "201,sku~isString"),
        .edit("an invalid pattern", .table, "201,sku=A-1", "201,sku~/[A-/"),
        .edit("an invalid request without `invalid`", .table, "price=1,201,", "!sku,400,"),
        .file(
            "`invalid` for a request that is valid", .table,
            "scenario,step,call,body,set,expect,check,opts\nbuy,create,createOrder,bodies/order.json,price=9.90,201,sku=A-1,\n,read,readOrder,,orderId={{create.id}},200,sku=A-1,\nbad,no-sku,createOrder,bodies/order.json,price=1,201,,invalid\n"
        ),
        .file(
            "a misspelt option of a row", .table,
            "scenario,step,call,body,set,expect,check,opts\nbuy,create,createOrder,bodies/order.json,price=9.90,201,sku=A-1,\n,read,readOrder,,orderId={{create.id}},200,sku=A-1,\nbad,no-sku,createOrder,bodies/order.json,price=1,201,,retries=3\n"
        ),
        .file(
            "a timeout without a unit", .table,
            "scenario,step,call,body,set,expect,check,opts\nbuy,create,createOrder,bodies/order.json,price=9.90,201,sku=A-1,\n,read,readOrder,,orderId={{create.id}},200,sku=A-1,\nbad,no-sku,createOrder,bodies/order.json,price=1,201,,timeout=30\n"
        ),
        .file(
            "an unknown profile", .table,
            "scenario,step,call,body,set,expect,check,auth\nbuy,create,createOrder,bodies/order.json,price=9.90,201,sku=A-1,\n,read,readOrder,,orderId={{create.id}},200,sku=A-1,\nbad,no-sku,createOrder,bodies/order.json,price=1,201,,clark\n"
        ),
        .file(
            "an unknown version", .table,
            "scenario,step,call,body,set,expect,check,version\nbuy,create,createOrder,bodies/order.json,price=9.90,201,sku=A-1,\n,read,readOrder,,orderId={{create.id}},200,sku=A-1,\nbad,no-sku,createOrder,bodies/order.json,price=1,201,,v2\n"
        ),
        .file(
            "`same_as` with an unknown step", .table,
            "scenario,step,call,body,set,expect,check,same_as\nbuy,create,createOrder,bodies/order.json,price=9.90,201,sku=A-1,\n,read,readOrder,,orderId={{create.id}},200,sku=A-1,\nbad,no-sku,createOrder,bodies/order.json,price=1,201,,created\n"
        ),
        .edit("two steps with one name", .table, ",read,", ",create,"),
        .edit("the first row without a scenario", .table, "buy,create", ",create"),
        .file("a table with a header only", .table, "scenario,step,call,body,set,expect,check\n"),
        .file("an empty table", .table, ""),
        .edit("a table without a header", .table, "scenario,step,call,body,set,expect,check\n", ""),
        .file("a table separated by vertical bars", .table, "scenario|step|call|expect\nbuy|create|createOrder|201\n"),
        .file(
            "a spreadsheet file instead of CSV", "scenarios/orders.xlsx",
            bytes: Data([0x50, 0x4B, 0x03, 0x04, 0x14, 0x00, 0x06, 0x00, 0x08, 0x00]),
            run: ["run", "scenarios/orders.xlsx"]),
        .file(
            "a spreadsheet file renamed to CSV", .table,
            bytes: Data([0x50, 0x4B, 0x03, 0x04, 0x14, 0x00, 0x06, 0x00, 0x08, 0x00])),
        .file(
            "a table in UTF-16", .table,
            bytes: Data([0xFF, 0xFE])
                + Data(
                    "scenario,step,call\nbuy,create,createOrder\n".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
        ),
        .file(
            "a table in Latin-1", .table,
            bytes: Data(
                "scenario,step,call,body,note\nbuy,create,createOrder,bodies/order.json,café\n".unicodeScalars.map {
                    UInt8($0.value)
                })),
        .without("no table in the project", .table),
        .command("a table that does not exist", "run", "scenarios/order.csv"),
        .edit(
            "a password in a cell", .table, "orderId={{create.id}}",
            "orderId={{create.id}}; header.x-key=sk_live_abcdef1234567890", run: ["lint"]),
        .edit("typographic quotes", .table, "200,sku=A-1", "200,sku=“A-1”", run: ["lint"]),
    ]

    /// Mistakes in body files.
    static let bodies: [FirstMistake] = [
        .file("a trailing comma in a body file", .body, "{\"sku\": \"A-1\",}\n"),
        .file("single quotes in a body file", .body, "{'sku': 'A-1'}\n"),
        .file("an empty body file", .body, ""),
        .file("a comment in a body file", .body, "{\n  // the order\n  \"sku\": \"A-1\"\n}\n"),
        .file("a body file without a required member", .body, "{\"price\": 1}\n"),
        .file("an environment variable in a body file that is not set", .body, "{\"sku\": \"{{env.SKU}}\"}\n"),
    ]
}

import Foundation

extension FirstMistake {
    /// Mistakes in `assay.yaml`.
    static let configurations: [FirstMistake] = [
        .edit("a missing document", .configuration, "openapi.yaml", "specs/openapi.yaml"),
        .edit("a misspelt key", .configuration, "default-target", "default_target"),
        .edit("a tab as indentation", .configuration, "  v1: {spec", "\tv1: {spec"),
        .edit("wrong indentation", .configuration, "targets:\n  mock:", "targets:\n mock:"),
        .edit("a document directly below its version", .configuration, "v1: {spec: openapi.yaml}", "v1: openapi.yaml"),
        .edit("braces of a secret without quotes", .configuration, "'{{secret.SHOP_KEY}}'", "{{secret.SHOP_KEY}}"),
        .edit("a secret in the file", .configuration, "'{{secret.SHOP_KEY}}'", "'sk_live_12345678'"),
        .edit("a shell variable as a credential", .configuration, "'{{secret.SHOP_KEY}}'", "'${SHOP_KEY}'"),
        .edit("a misspelt security scheme", .configuration, "{Key:", "{ApiKey:"),
        .edit("a target without a scheme", .configuration, "http://127.0.0.1:9/v1", "127.0.0.1:9/v1"),
        .edit("an unknown default target", .configuration, "default-target: mock", "default-target: staging"),
        .edit("an unknown default profile", .configuration, "default-auth: clerk", "default-auth: admin"),
        .edit("a timeout without a unit", .configuration, "production: false", "timeout: 30"),
        .edit("production as text", .configuration, "production: false", "production: 'no'"),
        .edit(
            "a misspelt promise", .configuration, "default-auth: clerk\n",
            "default-auth: clerk\npromises:\n  idempotence: {header: x-key}\n"),
        .edit(
            "an operation of a promise that does not exist", .configuration, "default-auth: clerk\n",
            "default-auth: clerk\npromises:\n  resources:\n    order: {id: id, create: createOrders, fetch: readOrder}\n"
        ),
        .edit(
            "a number as a variable", .configuration, "default-auth: clerk\n", "default-auth: clerk\nvars: {count: 3}\n"
        ),
        .edit(
            "a pattern that finds no table", .configuration, "default-target: mock",
            "scenarios: tests/**/*.csv\ndefault-target: mock"),
        .edit("a folder outside of the project", .configuration, "openapi.yaml", "../openapi.yaml"),
        .edit("an unknown tag", .configuration, "default-auth: clerk\n", "default-auth: clerk\nstrict-tags: [smok]\n"),
        .file("an empty configuration", .configuration, ""),
        .edit(
            "a duplicate key", .configuration, "default-auth: clerk\n", "default-auth: clerk\ndefault-target: sandbox\n"
        ),
        .without("no configuration", .configuration),
        .command("a misspelt target", "run", "--target", "sandbx"),
        .edit(
            "a missing baseline", .configuration, "default-auth: clerk\n", "default-auth: clerk\nbaseline: base.yaml\n"),
    ]

    /// Mistakes in OpenAPI documents.
    static let documents: [FirstMistake] = [
        .file("a document of Swagger 2.0", .document, "swagger: '2.0'\ninfo: {title: Shop, version: v1}\npaths: {}\n"),
        .file("a document that is not OpenAPI", .document, "name: shop\n"),
        .file(
            "an HTML page instead of a document", .document,
            "<!doctype html>\n<html><head><title>Docs</title></head></html>\n"),
        .file("an empty document", .document, ""),
        .edit(
            "a reference that leads nowhere", .document, "components/schemas/Order'}}}}\n        '404'",
            "components/schemas/Ordr'}}}}\n        '404'", run: ["lint"]),
        .edit(
            "two operations with one id", .document, "operationId: readOrder", "operationId: createOrder", run: ["lint"]
        ),
        .edit("a tab in a document", .document, "  /orders:\n", "\t/orders:\n"),
        .edit("a path parameter that is not declared", .document, "name: orderId,", "name: id,", run: ["lint"]),
    ]

    /// Mistakes in the document of `assay init`.
    static let inits: [FirstMistake] = [
        .command("a document by URL", "init", "https://shop.example/openapi.yaml"),
        .command("a document that does not exist", "init", "api.yaml"),
        .command("a folder instead of a document", "init", "scenarios"),
        .command("no document", "init"),
        .command("a table instead of a document", "init", "scenarios/orders.csv"),
        .file(
            "a collection of Postman", "shop.postman_collection.json",
            "{\"info\": {\"name\": \"Shop\", \"schema\": \"https://schema.getpostman.com/json/collection/v2.1.0/collection.json\"}, \"item\": []}\n",
            run: ["init", "shop.postman_collection.json"]),
    ]
}

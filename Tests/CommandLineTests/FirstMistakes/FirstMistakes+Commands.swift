import Foundation

extension FirstMistake {
    /// Mistakes in commands and options.
    static let commandLines: [FirstMistake] = [
        .command("a misspelt command", "rnu"),
        .command("a misspelt option", "run", "--tag", "smoke"),
        .command("a target as an argument", "run", "sandbox"),
        .command("a URL as an argument", "run", "https://shop.example"),
        .command("a URL as a target", "run", "--target", "https://shop.example"),
        .command("a base URL without a scheme", "run", "--base-url", "localhost:8080"),
        .command("no scenario matches the tags", "run", "--tags", "smoke"),
        .command("no scenario matches the text", "run", "--grep", "refund"),
        .command("a tag expression with a comma", "run", "--tags", "smoke,slow"),
        .command("a report format that does not exist", "run", "--report", "pdf"),
        .command("a report in a folder that does not exist", "run", "--report", "json=out/report.json"),
        .command("a timeout without a unit", "run", "--timeout", "30"),
        .command("a shard that does not exist", "run", "--shard", "6/5"),
        .command("`auto` outside of CI", "run", "--shard", "auto"),
        .command("a scenario as an argument", "run", "buy"),
        .command("resuming without an earlier run", "run", "--resume"),
        .command("failed scenarios without an earlier run", "run", "--last-failed"),
        .command("a journal that does not exist", "report", "part-1.ndjson"),
        .command("a table instead of a journal", "report", "scenarios/orders.csv"),
        .command("a coverage with a percent sign", "run", "--min-coverage", "80%"),
        .command("a port that is in use", "mock", "--port", "PORT"),
        .command("a port that is not a number", "mock", "--port", "http"),
        .command("an unknown rule for the mock", "mock", "--break", "body.mising"),
        .command("an unknown scenario to explain", "explain", "buy/cancel"),
        .command("an overlay instead of a second document", "diff", "openapi.yaml"),
    ]

    /// Mistakes in secrets.
    static let secrets: [FirstMistake] = [
        .command("a secret that is not set", "run", "--target", "sandbox"),
        .command("a file of secrets that does not exist", "run", "--target", "sandbox", "--secrets", ".env"),
        .file(
            "a colon instead of an equals sign", ".env", "SHOP_KEY: abcdefgh12345678\n",
            run: ["run", "--target", "sandbox", "--dry-run", "--secrets", ".env"]),
        .file(
            "an empty secret", ".env", "SHOP_KEY=\n",
            run: ["run", "--target", "sandbox", "--dry-run", "--secrets", ".env"]),
        .file(
            "a secret in JSON", ".env", "{\"SHOP_KEY\": \"abcdefgh12345678\"}\n",
            run: ["run", "--target", "sandbox", "--dry-run", "--secrets", ".env"]),
        .file(
            "another name", ".env", "SHOPKEY=abcdefgh12345678\n",
            run: ["run", "--target", "sandbox", "--dry-run", "--secrets", ".env"]),
        .command(
            "a line break inside of a secret", "run", "--target", "sandbox",
            environment: ["SHOP_KEY": "abcdefgh\n12345678"]),
    ]
}

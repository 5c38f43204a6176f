import Generation
package import JSONDocument
package import JSONSchema
package import OpenAPI
import Primitives

/// Replaces generated values in a request with realistic ones: an email address for a member `email`, a future date for
/// `dueDate`.
///
/// A value is replaced only if its schema accepts the new one and has no value of its own.
struct RealisticValues {
    let schemas: SchemaStore
    /// Templates for texts that depend on the day of the run, by their place.
    private(set) var templates: [(place: JSONPointer, template: String)] = []

    init(_ schemas: SchemaStore) {
        self.schemas = schemas
    }

    /// Returns the value with its members replaced.
    mutating func changed(
        _ value: JSONValue, _ view: SchemaView, name: String, parent: String = "", at place: [String] = []
    ) -> JSONValue {
        guard place.count < 8 else { return value }
        switch value {
        case .object(let object):
            let realistic = JSONObject(
                object.members.map { member in
                    guard let property = view.property(member.name) else { return (member.name, member.value) }
                    return (
                        member.name,
                        changed(member.value, property, name: member.name, parent: name, at: place + [member.name])
                    )
                })
            return .object(withHardAmounts(realistic, view))
        case .array(let elements):
            return .array(
                elements.enumerated().map { index, element in
                    guard index == 0, let item = view.item(index) else { return element }
                    return changed(
                        element, item, name: Names.singular(name), parent: parent, at: place + [String(index)])
                })
        case .string, .number:
            guard Self.isMadeUp(view) else { return value }
            let context = RealisticContext(name: name, parent: parent, format: view.format)
            if case .string = value, let day = context.day {
                guard accepts(.string(day.example), view) else { return value }
                templates.append((JSONPointer(place), day.template))
                return .string(day.example)
            }
            let candidates = value.kind == .string ? context.texts.map { .string($0) } : context.numbers
            return candidates.first { accepts($0, view) } ?? value
        default: return value
        }
    }

    /// The object with amounts that programs lose if they compute with floating-point numbers, where it contains their
    /// currency.
    private func withHardAmounts(_ object: JSONObject, _ view: SchemaView) -> JSONObject {
        var object = object
        for shape in MoneyShape.shapes(of: view) where !shape.isMinor {
            guard let currency = shape.currency.flatMap({ object[$0]?.string }),
                case .upTo(let decimals)? = Currency.decimals(of: currency)
            else { continue }
            for (name, amount) in zip(shape.amounts, HardAmounts.amounts(decimals: decimals)) {
                guard case .number? = object[name], let property = view.property(name), Self.isMadeUp(property),
                    accepts(.number(amount), property)
                else { continue }
                object[name] = .number(amount)
            }
        }
        return object
    }

    /// Returns a value for something other than a member, such as a parameter.
    func changed(_ value: JSONValue, _ view: SchemaView?, name: String) -> JSONValue {
        guard let view else { return value }
        var copy = self
        let made = copy.changed(value, view, name: name)
        // A parameter is a single text; values that depend on the day are used only in bodies.
        return copy.templates.count == templates.count ? made : value
    }

    /// Whether a schema has no value of its own.
    static func isMadeUp(_ view: SchemaView) -> Bool {
        view.enumeration.isEmpty && view.keyword("const") == nil && view.defaultValue == nil && view.example == nil
    }

    private func accepts(_ value: JSONValue, _ view: SchemaView) -> Bool {
        guard let compiled = try? schemas.compiled(view.place) else { return false }
        return compiled.isValid(JSONDocument(value).root, ValidationOptions(direction: .request)) == .valid
    }
}

/// The hints that the name and the format of a member give about its value.
struct RealisticContext {
    private let words: [String]
    private let parent: [String]
    private let format: String?

    init(name: String, parent: String, format: String?) {
        words = Names.slug(name).split(separator: "-").map(String.init)
        self.parent = Names.slug(parent).split(separator: "-").map(String.init)
        self.format = format
    }

    private static let people: Set<String> = [
        "customer", "user", "contact", "owner", "payer", "payee", "recipient", "sender", "person", "member", "guest",
        "passenger", "employee", "author", "client", "cardholder", "holder", "patient", "student", "traveler",
        "beneficiary", "buyer", "seller",
    ]
    private static let pastWords: Set<String> = ["birth", "birthday", "birthdate", "dob", "born"]
    private static let soonWords: Set<String> = [
        "start", "starts", "begin", "begins", "departure", "checkin", "scheduled", "schedule", "pickup", "appointment",
        "reservation", "booking", "execution", "effective",
    ]
    private static let laterWords: Set<String> = [
        "end", "ends", "expiry", "expires", "expire", "expiration", "expiring", "due", "until", "deadline", "arrival",
        "checkout", "delivery", "finish", "renewal", "renew", "maturity", "return",
    ]

    /// A day implied by the name, as a template and as an example; only for dates and times.
    var day: (template: String, example: String)? {
        guard format == "date" || format == "date-time" else { return nil }
        let isDate = format == "date"
        let joined = words.joined()
        let names = words + [joined]
        if names.contains(where: Self.pastWords.contains) { return nil }
        let days: Int
        if names.contains(where: Self.laterWords.contains) {
            days = 30
        } else if names.contains(where: Self.soonWords.contains) {
            days = 7
        } else {
            return nil
        }
        let example = days == 30 ? "2035-01-31" : "2035-01-08"
        return isDate ? ("{{now+\(days)d:date}}", example) : ("{{now+\(days)d}}", "\(example)T09:30:00Z")
    }

    /// Candidate texts, best first.
    var texts: [String] {
        let last = words.last ?? ""
        let has: (String) -> Bool = { word in words.contains(word) }
        let ends: (String...) -> Bool = { options in options.contains(last) }
        if format == "date" || format == "date-time" {
            let names = words + [words.joined()]
            guard names.contains(where: Self.pastWords.contains) else { return [] }
            return ["1990-05-17", "1990-05-17T00:00:00Z"]
        }
        if let format, !["email", "idn-email", "uri", "url", "password", "hostname"].contains(format) { return [] }
        if has("email") || has("mail") || format == "email" { return ["ann.lee@example.com"] }
        if has("currency") || has("currencies") { return ["USD", "usd", "US Dollar"] }
        if has("country") || has("nationality") { return ["US", "USA", "us", "United States"] }
        if has("phone") || has("mobile") || has("telephone") || has("fax") || has("msisdn") {
            return ["+14155550123", "4155550123", "+1 415 555 0123"]
        }
        if has("url") || has("uri") || has("website") || has("webhook") || has("href") || has("homepage")
            || format == "uri" || format == "url"
        {
            return [
                "https://example.com/\(words.filter { !["url", "uri", "href"].contains($0) }.joined(separator: "-"))"
            ]
        }
        if has("iban") { return ["GB33BUKB20201555555555"] }
        if has("bic") || has("swift") { return ["BUKBGB22XXX", "BUKBGB22"] }
        if has("language") || has("locale") || has("lang") { return ["en", "en-US", "en_US", "EN"] }
        if has("timezone") || words.suffix(2) == ["time", "zone"] { return ["UTC", "Europe/London"] }
        if has("postal") || has("postcode") || has("zip") || has("zipcode") { return ["94107", "SW1A 1AA"] }
        if has("city") || has("town") || has("locality") { return ["London"] }
        if ends("state", "province", "region"),
            parent.contains("address") || words.count == 1 && parent.contains("shipping")
        {
            return ["CA", "California"]
        }
        if has("ip"), ends("ip", "address") { return ["192.0.2.10"] }
        if has("street") || ends("line1", "address") || words.suffix(2) == ["line", "1"] {
            return ["1 Example Street"]
        }
        if ends("color", "colour") { return ["#336699", "336699", "blue"] }
        if ends("amount", "price", "total", "cost", "fee", "balance") { return ["10.00", "10", "1000"] }
        if ends("quantity", "qty") { return ["1"] }
        if has("sku") { return ["SKU-1001"] }
        return names(last)
    }

    private func names(_ last: String) -> [String] {
        let joined = words.joined()
        let tail = words.suffix(2).joined()
        if ["firstname", "givenname", "forename"].contains(tail) || joined == "givennames" { return ["Ann"] }
        if ["lastname", "surname", "familyname"].contains(tail) || last == "surname" { return ["Lee"] }
        if ["fullname", "displayname", "realname", "nickname"].contains(tail) { return ["Ann Lee", "Ann"] }
        if ["username", "login", "handle", "screenname"].contains(tail) || last == "username" || last == "login" {
            return ["ann.lee", "annlee"]
        }
        if ["companyname", "organizationname", "organisationname", "businessname", "legalname"].contains(tail)
            || ["company", "organization", "organisation"].contains(last)
        {
            return ["Example Ltd"]
        }
        if last == "name" {
            let owner = words.dropLast().last ?? parent.last ?? ""
            if Self.people.contains(owner) { return ["Ann Lee", "Ann"] }
            return ["Example \(owner)".trimmedBlanks, "Example", "example-1", "example"]
        }
        if ["title", "subject", "label", "headline", "caption"].contains(last) {
            return ["Example \(last)", "Example"]
        }
        if ["description", "note", "notes", "comment", "message", "memo", "remarks", "summary", "reason"].contains(last)
        {
            return ["Example \(last)", "Example"]
        }
        return []
    }

    /// Candidate numbers, best first.
    var numbers: [JSONValue] {
        let last = words.last ?? ""
        let lexemes: [String] =
            switch last {
            case "amount", "price", "total", "cost", "fee", "balance", "subtotal": ["1000", "10", "10.5", "1"]
            case "quantity", "qty", "count": ["1", "2"]
            case "year": ["2035", "35"]
            case "month": ["12"]
            case "day": ["15"]
            case "age": ["30"]
            case "latitude", "lat": ["51.5", "51"]
            case "longitude", "lng", "lon", "long": ["-0.12", "0"]
            case "percent", "percentage", "rate", "discount": ["10", "0.1", "1"]
            case "port": ["8080"]
            case "duration", "ttl", "timeout": ["3600", "60", "30", "10"]
            case "limit", "size": ["10"]
            case "page": ["1"]
            default: []
            }
        return lexemes.compactMap { JSONNumber($0) }.map { .number($0) }
    }
}

extension String {
    /// The text without spaces at its ends.
    fileprivate var trimmedBlanks: String {
        let bytes = Array(utf8)
        let start = bytes.firstIndex { $0 != 0x20 } ?? bytes.count
        let end = bytes.lastIndex { $0 != 0x20 } ?? start
        return start < bytes.count ? String(decoding: bytes[start...end], as: UTF8.self) : ""
    }
}

/// A value for a member or parameter that a table does not set.
package enum RequiredValue {
    /// The schema's default, its example, its first enumerated value, or a generated value: the first of these that the
    /// schema accepts. `nil` if there is none.
    package static func value(for view: SchemaView, in contract: Contract) -> JSONValue? {
        let generator = ValueGenerator(
            schemas: contract.schemas, seed: "assay", direction: .request, style: .required)
        let written = [view.defaultValue, view.example, view.enumeration.first].compactMap { $0?.value }
        return written.first { generator.accepts($0, by: view.place) } ?? generator.value(for: view)
    }
}

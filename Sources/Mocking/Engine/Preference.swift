/// What a request asks for in its `prefer` header (RFC 7240).
struct Preference: Sendable {
    /// `code=404`: the answer documented for this status.
    var status: Int?
    /// `example=name`: the example of this name.
    var example: String?
    /// `dynamic=true`: a generated value instead of an example.
    var isDynamic = false
    /// `seed=text`: other generated values.
    var seed: String?

    /// Nothing in particular.
    init() {}

    /// Reads the header; what it cannot honour is passed over (RFC 7240, 2).
    init(_ header: String) {
        for preference in header.split(whereSeparator: { $0 == "," || $0 == ";" }) {
            let parts = preference.split(separator: "=", maxSplits: 1).map { $0.drop { $0 == " " } }
            guard parts.count == 2 else { continue }
            let value = String(parts[1].filter { $0 != "\"" && $0 != " " })
            switch parts[0].filter({ $0 != " " }).lowercased() {
            case "code": status = Int(value).flatMap { (100...999).contains($0) ? $0 : nil }
            case "example": example = value
            case "dynamic": isDynamic = value == "true"
            case "seed": seed = value
            default: continue
            }
        }
    }

    /// Whether anything is asked for that the document alone answers.
    var isForDocument: Bool { status != nil || example != nil || isDynamic }
}

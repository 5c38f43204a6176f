/// The reference between `{{` and `}}`, before any filter.
public enum TemplateReference: Sendable, Hashable {
    /// `{{step.path}}`: a value from an earlier step of the scenario.
    case step(String, ItemPath)
    /// `{{req.…}}`: a value from the request of the same exchange (checks and laws).
    case current(ItemPath)
    /// `{{session.scenario.name}}`: a value that a session scenario saved.
    case session(SessionReference)
    /// `{{row.column}}`: a cell of the data row.
    case row(String)
    /// `{{env.NAME}}`: a variable of the environment.
    case environment(String)
    /// `{{secret.NAME}}`: a secret, masked in all output.
    case secret(String)
    /// `{{var.name}}`: a variable of the configuration.
    case variable(String)
    /// `{{receiver.url}}`: the URL at which the scenario receives deliveries.
    case receiver
    /// `{{uuid}}` or `{{uuid:name}}`.
    case uuid(name: String?)
    /// `{{random:8}}` or `{{random:8:name}}`: that many characters from a–z and 0–9.
    case random(length: Int, name: String?)
    /// `{{now}}`, `{{now+30m}}`, `{{now-1d:date}}`.
    case now(NowReference)
    /// `{{file:PATH}}`: the content of a file, relative to the table (whole values of body members in `set`).
    case file(String)
    /// `{{'text'}}`: the text itself, such as `{{'{{'}}`.
    case literal(String)
}

/// A time relative to the run's.
public struct NowReference: Sendable, Hashable {
    /// The format of the time.
    public enum Form: Sendable, Hashable {
        /// RFC 3339 in UTC with whole seconds.
        case dateTime
        /// The date in UTC: `2026-02-28`.
        case date
    }

    /// Seconds to add; negative ones go back.
    public var offsetSeconds: Int
    /// The format of the time.
    public var form: Form

    /// Creates a time `offsetSeconds` after now.
    public init(offsetSeconds: Int = 0, form: Form = .dateTime) {
        self.offsetSeconds = offsetSeconds
        self.form = form
    }
}

/// A conversion of a value's text: `|upper`, `|lower`, `|base64`, `|hmac:secret.k`.
public enum TemplateFilter: Sendable, Hashable {
    /// Upper case by Unicode's default mapping.
    case upper
    /// Lower case by Unicode's default mapping.
    case lower
    /// Base64 of the UTF-8 bytes with padding (RFC 4648, section 4).
    case base64
    /// HMAC-SHA256 of the UTF-8 bytes with the secret as key, as 64 lower-case hexadecimal digits.
    case hmac(secret: String)
}

/// One `{{…}}` of a template.
public struct TemplateExpression: Sendable, Hashable {
    /// The reference.
    public var reference: TemplateReference
    /// The filters, in order.
    public var filters: [TemplateFilter]
    /// The offset of its `{{`, in Unicode scalars from the start of the text.
    public var offset: Int
    /// Its length in Unicode scalars, including the braces.
    public var length: Int
    /// The text between the braces, trimmed.
    public var text: String
}

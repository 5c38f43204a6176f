import JSONDocument
import Primitives
import Scenarios
import SourceText
import Webhooks

/// Reads `webhooks: {NAME: {scheme: standard-webhooks, secret: '{{secret.X}}'}}`.
enum WebhookReader {
    private static let keys = [
        "scheme", "secret", "signs", "algorithm", "encoding", "format", "prefix", "signature-version",
        "signature-header", "timestamp-header", "timestamp-unit", "secret-encoding", "tolerance", "id", "event",
        "events",
        "for",
    ]

    static func webhooks(_ node: JSONNode, _ reader: inout DiagnosingReader) -> [WebhookSettings] {
        reader.members(of: node, "webhooks").compactMap { settings($0, &reader) }
    }

    private static func settings(_ member: JSONMember, _ reader: inout DiagnosingReader) -> WebhookSettings? {
        let what = "webhooks \(quoted(member.name))"
        guard let fields = reader.fields(member.value, what, known: keys) else { return nil }
        let node = reader.required("scheme", fields, of: member.value, what)
        let scheme = node.flatMap { builtIn($0, &reader) }
        // The other keys are read in any case, so that one reading reports every mistake.
        var settings = WebhookSettings(name: member.name, scheme: scheme ?? .plain)
        if let secret = reader.required("secret", fields, of: member.value, what) {
            settings.secrets = secrets(secret, &reader)
        }
        readContent(fields, into: &settings.scheme, &reader)
        readForm(fields, into: &settings.scheme, &reader)
        readHeaders(fields, into: &settings, &reader)
        readEvents(fields, into: &settings, &reader)
        guard scheme != nil else { return nil }
        checkParts(settings.scheme, at: fields["signs"] ?? member.value, &reader)
        reportUnused(fields, of: settings, &reader)
        return settings
    }

    private static func builtIn(_ node: JSONNode, _ reader: inout DiagnosingReader) -> SignatureScheme? {
        let name = reader.word(node, "scheme", SignatureScheme.builtIn.map(\.name))
        return name.flatMap { name in SignatureScheme.builtIn.first { $0.name == name }?.scheme }
    }

    /// One secret or several. Every one contains a secret or a variable of the environment.
    private static func secrets(_ node: JSONNode, _ reader: inout DiagnosingReader) -> [Template] {
        let help = "write \"{{secret.NAME}}\" and set the environment variable NAME"
        let nodes = node.kind == .array ? Array(node.elements) : [node]
        if nodes.isEmpty { reader.report("empty", "`secret` is empty", at: node, help: help) }
        return nodes.compactMap { node in
            guard let template = reader.template(node, "secret", help: help) else { return nil }
            guard template.secrets.isEmpty, template.environmentVariables.isEmpty else { return template }
            reader.report("stored-secret", "`secret` is written in the configuration", at: node, help: help)
            return nil
        }
    }

    // MARK: The signature

    private static func readContent(
        _ fields: [String: JSONNode], into scheme: inout SignatureScheme, _ reader: inout DiagnosingReader
    ) {
        if let node = fields["signs"], let content = content(node, &reader) { scheme.content = content }
        if let node = fields["algorithm"] {
            let word = reader.word(node, "algorithm", DigestAlgorithm.allCases.map(\.rawValue))
            scheme.algorithm = word.flatMap(DigestAlgorithm.init) ?? scheme.algorithm
        }
        if let node = fields["encoding"] {
            let word = reader.word(node, "encoding", SignatureEncoding.allCases.map(\.rawValue))
            scheme.encoding = word.flatMap(SignatureEncoding.init) ?? scheme.encoding
        }
        if let node = fields["timestamp-unit"] {
            let word = reader.word(node, "timestamp-unit", TimestampUnit.allCases.map(\.rawValue))
            scheme.unit = word.flatMap(TimestampUnit.init) ?? scheme.unit
        }
        if let node = fields["secret-encoding"] {
            let word = reader.word(node, "secret-encoding", SecretEncoding.allCases.map(\.rawValue))
            scheme.secretEncoding = word.flatMap(SecretEncoding.init) ?? scheme.secretEncoding
        }
        if let node = fields["tolerance"], let tolerance = reader.duration(node, "tolerance") {
            scheme.tolerance = tolerance
        }
    }

    private static func content(_ node: JSONNode, _ reader: inout DiagnosingReader) -> SignedContent? {
        guard let text = reader.text(node, "signs") else { return nil }
        let message: String
        do {
            return try SignedContent.parse(text)
        } catch .unpairedBrace {
            message = "`signs` has a brace without its partner: \(quoted(text))"
        } catch .unknownPart(let name) {
            message = "`signs` has an unknown part: \(quoted(name))"
        } catch {
            message = "`signs` does not contain the body, so the body could be changed: \(quoted(text))"
        }
        reader.report(
            "wrong-template", message, at: node,
            help: "write {id}, {timestamp}, {body} or {url} and the text between them, such as '{timestamp}.{body}'")
        return nil
    }

    private static let forms = ["plain", "versioned-list", "timestamped-list"]

    private static func readForm(
        _ fields: [String: JSONNode], into scheme: inout SignatureScheme, _ reader: inout DiagnosingReader
    ) {
        if let node = fields["format"], let word = reader.word(node, "format", forms) {
            switch word {
            case "plain": if !scheme.form.isPlain { scheme.form = .plain(prefix: "") }
            case "versioned-list": scheme.form = .versionedList(version: scheme.form.version ?? "v1")
            default: scheme.form = .timestampedList(version: scheme.form.version ?? "v1")
            }
        }
        if let node = fields["prefix"], let prefix = reader.text(node, "prefix"), scheme.form.isPlain {
            scheme.form = .plain(prefix: prefix)
        }
        if let node = fields["signature-version"], let version = reader.text(node, "signature-version") {
            switch scheme.form {
            case .versionedList: scheme.form = .versionedList(version: version)
            case .timestampedList: scheme.form = .timestampedList(version: version)
            case .plain: break
            }
        }
    }

    // MARK: Headers and members

    private static func readHeaders(
        _ fields: [String: JSONNode], into settings: inout WebhookSettings, _ reader: inout DiagnosingReader
    ) {
        if let node = fields["signature-header"], let name = header(node, "signature-header", &reader) {
            settings.scheme.headers.signature = name
        }
        if let node = fields["timestamp-header"], let name = header(node, "timestamp-header", &reader) {
            settings.scheme.headers.timestamp = name
        }
        // The list of signatures contains the timestamp.
        if case .timestampedList = settings.scheme.form { settings.scheme.headers.timestamp = nil }
        guard let node = fields["id"], let (text, path, _) = reader.paths(node, "id").first else { return }
        switch path.root {
        case .header(let name) where path.segments.isEmpty: settings.scheme.headers.id = name
        case .body: settings.bodyID = text
        default:
            reader.report(
                "wrong-path", "\(quoted(text)) is not a valid place of an id", at: node,
                help: "write header.NAME or body.MEMBER")
        }
    }

    private static func header(
        _ node: JSONNode, _ what: String, _ reader: inout DiagnosingReader
    ) -> String? {
        guard let name = reader.text(node, what) else { return nil }
        guard name.isToken else {
            reader.report("wrong-header", "\(quoted(name)) is not a valid header name", at: node)
            return nil
        }
        return name
    }

    private static func readEvents(
        _ fields: [String: JSONNode], into settings: inout WebhookSettings, _ reader: inout DiagnosingReader
    ) {
        if let node = fields["for"] { settings.names = reader.texts(node, "for").map(\.text) }
        if let node = fields["event"], let (text, path, _) = reader.paths(node, "event").first {
            switch path.root {
            case .header, .body: settings.event = text
            default:
                reader.report(
                    "wrong-path", "\(quoted(text)) is not a valid place of an event", at: node,
                    help: "write body.MEMBER or header.NAME")
            }
        }
        guard let node = fields["events"] else { return }
        for member in reader.members(of: node, "events") {
            if let webhook = reader.text(member.value, "the event \(quoted(member.name))") {
                settings.events.append(WebhookSettings.Event(value: member.name, webhook: webhook))
            }
        }
    }

    // MARK: Contradictions

    /// Keys without any effect are mistakes: their authors expect one.
    private static func reportUnused(
        _ fields: [String: JSONNode], of settings: WebhookSettings, _ reader: inout DiagnosingReader
    ) {
        let form = settings.scheme.form
        var isTimestamped = false
        if case .timestampedList = form { isTimestamped = true }
        let unused: [(key: String, isUnused: Bool, reason: String, help: String)] = [
            ("prefix", !form.isPlain, "the signatures are a list", "write format: plain"),
            (
                "signature-version", form.isPlain, "the header contains one plain signature",
                "write format: versioned-list"
            ),
            (
                "timestamp-header", isTimestamped, "the list of signatures contains the timestamp",
                "write format: plain"
            ),
            (
                "tolerance", !settings.scheme.hasTimestamp, "deliveries have no timestamp",
                "add timestamp-header: NAME"
            ),
            ("events", fields["event"] == nil, "deliveries do not name their event", "add event: body.MEMBER"),
        ]
        for (key, isUnused, reason, help) in unused where isUnused {
            guard let node = fields[key] else { continue }
            reader.report(
                "unused-key", "`\(key)` has no effect: \(reason)", at: node, help: "remove `\(key)`, or \(help)")
        }
    }

    /// A receiver cannot verify parts of the content that no header contains.
    private static func checkParts(_ scheme: SignatureScheme, at node: JSONNode, _ reader: inout DiagnosingReader) {
        if scheme.content.uses(.id), scheme.headers.id == nil {
            reader.report(
                "wrong-template", "the signature covers {id}, but deliveries have no header with an id", at: node,
                help: "add id: header.NAME")
        }
        if scheme.content.uses(.timestamp), !scheme.hasTimestamp {
            reader.report(
                "wrong-template", "the signature covers {timestamp}, but deliveries have no timestamp", at: node,
                help: "add timestamp-header: NAME, or write format: timestamped-list")
        }
    }
}

extension SignatureForm {
    fileprivate var isPlain: Bool {
        if case .plain = self { true } else { false }
    }

    fileprivate var version: String? {
        switch self {
        case .plain: nil
        case .versionedList(let version), .timestampedList(let version): version
        }
    }
}

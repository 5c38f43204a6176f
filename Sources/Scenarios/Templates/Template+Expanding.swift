internal import Exchanges
public import JSONDocument
internal import Primitives

extension Template {
    /// Expands the template to a value.
    ///
    /// - Returns: The received JSON value if ``keepsType`` is true, otherwise a string.
    /// - Throws: ``ValueFailure`` if a value is not available.
    public func expand(_ scope: ValueScope, at site: ValueSite) throws(ValueFailure) -> JSONValue {
        if keepsType, case .expression(let expression)? = parts.first {
            do {
                return try scope.value(of: expression.reference, site: site, ordinal: 0)
            } catch {
                return .string(try scope.standIn(for: expression, error))
            }
        }
        return .string(try expandText(scope, at: site))
    }

    /// Expands the template to text; JSON values in it are written as compact JSON, strings unchanged.
    ///
    /// - Throws: ``ValueFailure`` if a value is not available.
    public func expandText(_ scope: ValueScope, at site: ValueSite) throws(ValueFailure) -> String {
        try expandParts(scope, at: site) { $0 }
    }

    /// Expands the template to the source of a regular expression, with inserted values escaped.
    ///
    /// - Throws: ``ValueFailure`` if a value is not available.
    public func expandPattern(_ scope: ValueScope, at site: ValueSite) throws(ValueFailure) -> String {
        try expandParts(scope, at: site) { Template.escapedForPattern($0) }
    }

    private func expandParts(
        _ scope: ValueScope,
        at site: ValueSite,
        _ written: (String) -> String
    ) throws(ValueFailure) -> String {
        var result = ""
        var ordinal = 0
        for part in parts {
            switch part {
            case .text(let text): result += text
            case .expression(let expression):
                result += written(try scope.text(of: expression, site: site, ordinal: ordinal))
                ordinal += 1
            }
        }
        return result
    }

    /// ASCII punctuation and control characters become `\xHH`, which is literal inside and outside a class.
    private static func escapedForPattern(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "_": result.append(scalar)
            case _ where scalar.isASCII:
                result.append(contentsOf: ("\\x" + Hexadecimal.text([UInt8(scalar.value)])).unicodeScalars)
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}

extension ValueScope {
    /// The text of one expression, with filters applied.
    func text(of expression: TemplateExpression, site: ValueSite, ordinal: Int) throws(ValueFailure) -> String {
        let value: JSONValue
        do {
            value = try self.value(of: expression.reference, site: site, ordinal: ordinal)
        } catch {
            return try standIn(for: expression, error)
        }
        var text = if case .string(let string) = value { string } else { value.text }
        // In a journal, secrets are replaced by masks, and so are the results of filters on secrets.
        if case .secret = expression.reference, text.utf8.starts(with: "‹secret ".utf8) { return text }
        for filter in expression.filters { text = try filtered(text, filter) }
        return text
    }

    private func filtered(_ text: String, _ filter: TemplateFilter) throws(ValueFailure) -> String {
        switch filter {
        case .upper: return text.uppercased()
        case .lower: return text.lowercased()
        case .base64: return Base64.text(Array(text.utf8))
        case .hmac(let name):
            guard let secret = sources.secrets[name] else { throw .secret(name) }
            return Hexadecimal.text(hmacSHA256(key: Array(secret.utf8), message: text.utf8))
        }
    }

    /// The results of filters on secrets, step by step. They are secrets as well, with the name of the first.
    public func derivedSecrets(_ expressions: [TemplateExpression]) -> [(name: String, value: String)] {
        var derived: [(name: String, value: String)] = []
        for expression in expressions {
            guard case .secret(let name) = expression.reference, var text = sources.secrets[name] else { continue }
            for filter in expression.filters {
                guard let next = try? filtered(text, filter) else { break }
                text = next
                derived.append((name, text))
            }
        }
        return derived
    }

    /// The placeholder for an expression whose step has no response; other failures are rethrown.
    func standIn(for expression: TemplateExpression, _ failure: ValueFailure) throws(ValueFailure) -> String {
        guard case .missing = failure, let text = standIns[expression.text] else { throw failure }
        return text
    }

    /// The value of `reference`.
    func value(of reference: TemplateReference, site: ValueSite, ordinal: Int) throws(ValueFailure) -> JSONValue {
        switch reference {
        case .step(let step, let path):
            guard let value = exchange(of: step)?.value(at: path) else {
                throw .missing(step: step, path: path.text)
            }
            return value
        case .current(let path):
            guard let current else {
                throw .invalid("{{\(path.text)}} is the request of this step, which is not sent yet")
            }
            guard let value = current.value(at: path) else { throw .missing(step: site.step, path: path.text) }
            return value
        case .session(let reference):
            guard let value = sources.sessions[reference.scenario]?.value(of: reference) else {
                throw .missing(step: reference.source, path: reference.path.text)
            }
            return value
        case .row(let column):
            guard let cell = row[column] else { throw .invalid("the data row has no column '\(column)'") }
            return .string(cell)
        case .environment(let name):
            guard let value = sources.environment[name] else { throw .environment(name) }
            return .string(value)
        case .secret(let name):
            guard let value = sources.secrets[name] else { throw .secret(name) }
            return .string(value)
        case .variable(let name):
            guard let value = sources.variables[name] else {
                throw .invalid("unknown configuration variable '\(name)'")
            }
            return .string(value)
        case .receiver:
            guard let receiver = sources.receiver else { throw .missing(step: "receiver", path: "url") }
            return .string(receiver.url(of: dataCase.map { "\(scenario)[\($0)]" } ?? scenario))
        case .uuid(let name): return .string(generated(name, site, ordinal).uuid)
        case .random(let length, let name): return .string(generated(name, site, ordinal).text(length: length))
        case .now(let reference):
            let time = now.advanced(by: .seconds(reference.offsetSeconds))
            return .string(reference.form == .date ? time.dateText : time.text(fractionDigits: 0))
        case .file: throw .invalid("a file must be the whole value of a body member in `set`")
        case .literal(let text): return .string(text)
        }
    }

    private func generated(_ name: String?, _ site: ValueSite, _ ordinal: Int) -> GeneratedValue {
        if let name { return GeneratedValue(scope: self, name: name) }
        return GeneratedValue(scope: self, site: site, ordinal: ordinal)
    }
}

import Exchanges
import JSONDocument
import Primitives
import Scenarios
import SourceText

/// Reads the keys of a target that say how its servers are reached.
enum TargetNetworkReader {
    static let keys = [
        "http-version", "proxy", "ca", "cert", "key", "insecure", "accept-encoding",
    ]

    /// Reads one of the keys into `network`.
    static func read(_ member: JSONMember, into network: inout TargetNetwork, _ reader: inout DiagnosingReader) {
        let node = member.value
        switch member.name {
        case "http-version": network.isHTTP1Only = isHTTP1(node, &reader)
        case "proxy": network.proxy = proxy(node, &reader)
        case "ca": network.trustedCertificates = reader.text(node, "ca")
        case "cert": network.certificate = reader.text(node, "cert")
        case "key": network.key = reader.text(node, "key")
        case "insecure": network.isInsecure = reader.boolean(node, "insecure") ?? false
        default: network.codings = codings(node, &reader)
        }
    }

    /// Checks that keys that belong together are set together.
    static func check(_ network: TargetNetwork, _ target: JSONNode, _ reader: inout DiagnosingReader) {
        if let node = target["key"], target["cert"] == nil {
            reader.report(
                "missing-key", "`key` is set without `cert`", at: node,
                help: "add cert: FILE, the certificate that the key belongs to")
        }
        if let node = target["ca"], network.isInsecure {
            reader.report(
                "conflict", "`ca` has no effect with `insecure: true`, which accepts every certificate", at: node,
                help: "remove one of them")
        }
    }

    private static func isHTTP1(_ node: JSONNode, _ reader: inout DiagnosingReader) -> Bool {
        guard (node.number?.lexeme ?? node.string)?.isSame(as: "1.1") != true else { return true }
        reader.report(
            "wrong-version", "`http-version` can only be 1.1", at: node,
            help: "remove it to use HTTP/2 wherever the server offers it over TLS")
        return false
    }

    private static func proxy(_ node: JSONNode, _ reader: inout DiagnosingReader) -> TargetNetwork.Proxy? {
        if node.boolean == false { return .off }
        let help = "write proxy: http://HOST:PORT, with {{secret.NAME}} for a password, or proxy: false for none"
        guard node.kind == .string else {
            reader.report("wrong-type", "`proxy` must be a URL or false", at: node, help: help)
            return nil
        }
        guard let template = reader.template(node, "`proxy`", help: help) else { return nil }
        if let text = template.constantText {
            do throws(ProxyAddress.Problem) {
                guard try ProxyAddress(text, source: "proxy").user == nil else {
                    reader.report(
                        "stored-secret", "the credentials of `proxy` are written in the configuration", at: node,
                        help: "write http://{{secret.PROXY_USER}}:{{secret.PROXY_PASSWORD}}@HOST:PORT")
                    return nil
                }
            } catch {
                reader.report("wrong-proxy", "`proxy` \(error.message)", at: node, help: error.help)
                return nil
            }
        }
        return .address(template)
    }

    private static func codings(_ node: JSONNode, _ reader: inout DiagnosingReader) -> [ContentCoding] {
        var codings: [ContentCoding] = []
        let known = ContentCoding.allCases.map(\.rawValue)
        for (text, node) in reader.texts(node, "accept-encoding") {
            for part in text.split(separator: ",").map({ String($0.drop { $0 == " " }) }) {
                guard let coding = ContentCoding(name: part) else {
                    reader.reportUnknown(
                        "unknown-choice", "`accept-encoding` has a coding that Assay cannot decode: \(quoted(part))",
                        name: part, known: known, at: node.position,
                        otherwise: "the codings are \(known.joined(separator: ", "))")
                    continue
                }
                if !codings.contains(coding) { codings.append(coding) }
            }
        }
        return codings
    }
}

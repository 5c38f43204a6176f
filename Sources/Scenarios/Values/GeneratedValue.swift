import Exchanges
import Primitives

/// Values that look random but are the same in every run with the same seed.
///
/// A value is derived from its context, never from the order of calls. A named value is derived from seed, table,
/// scenario, data case and name; an unnamed value from those except the name, the step, the column and its position in
/// the cell.
struct GeneratedValue {
    /// SHA-256 over the context of the value; further blocks hash this with a counter.
    private let key: [UInt8]

    init(scope: ValueScope, name: String) {
        self.init(scope, ["named", name])
    }

    /// - Parameter ordinal: The number of the expression in the text, from 0.
    init(scope: ValueScope, site: ValueSite, ordinal: Int) {
        self.init(scope, ["placed", site.step, site.column, String(site.place), site.detail, String(ordinal)])
    }

    private init(_ scope: ValueScope, _ rest: [String]) {
        var hash = SHA256()
        // Each field is preceded by its length, so that no two lists of fields hash the same bytes.
        func add(_ field: String) {
            hash.update("\(field.utf8.count):".utf8)
            hash.update(field.utf8)
        }
        add("assay-value-1")
        for field in [scope.seed, scope.table, scope.scenario] { add(field) }
        hash.update((scope.dataCase == nil ? "no case," : "case,").utf8)
        add(scope.dataCase ?? "")
        for field in rest { add(field) }
        key = hash.finish()
    }

    /// A version 4 UUID in lower case (RFC 9562, section 5.4).
    var uuid: String { UUIDText.version4(from: SHA256.digest(key + Array("uuid".utf8))) }

    /// `length` characters from a–z and 0–9, each equally likely.
    func text(length: Int) -> String {
        let alphabet = Array("abcdefghijklmnopqrstuvwxyz0123456789".utf8)
        var result: [UInt8] = []
        var block = 0
        while result.count < length {
            for byte in SHA256.digest(key + Array("text \(block)".utf8)) where result.count < length {
                // 252 is the largest multiple of 36 in a byte; higher bytes would favour the first characters.
                if byte < 252 { result.append(alphabet[Int(byte) % alphabet.count]) }
            }
            block += 1
        }
        return String(decoding: result, as: UTF8.self)
    }
}

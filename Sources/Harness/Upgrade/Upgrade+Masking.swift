import Exchanges
import Versions

extension Upgrade {
    /// The comparison with secrets masked, as it leaves the process.
    func masked(by redactor: Redactor) -> Upgrade {
        var upgrade = self
        upgrade.announced = announced.map { entry in
            var entry = entry
            entry.difference = entry.difference.map { $0.masked(by: redactor) }
            return entry
        }
        upgrade.unexercised = unexercised.map { entry in
            var entry = entry
            entry.reason = redactor.redact(entry.reason)
            if var row = entry.row {
                row.set = redactor.redact(row.set)
                entry.row = row
            }
            return entry
        }
        upgrade.unannounced = unannounced.map { entry in
            var entry = entry
            entry.difference = entry.difference.masked(by: redactor)
            entry.deviation = entry.deviation.map { redactor.redact($0) }
            return entry
        }
        upgrade.broken = broken.map { row in
            var row = row
            row.reason = redactor.redact(row.reason)
            return row
        }
        upgrade.notCompared = notCompared.map { entry in
            var entry = entry
            entry.reason = redactor.redact(entry.reason)
            return entry
        }
        return upgrade
    }
}

extension ResponseDifference {
    fileprivate func masked(by redactor: Redactor) -> ResponseDifference {
        ResponseDifference(
            place, kind, from: from.map { redactor.redact($0) }, to: to.map { redactor.redact($0) })
    }
}

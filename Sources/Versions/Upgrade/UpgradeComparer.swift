import Diagnostics
import JSONDocument

/// The same step with both versions.
public struct StepPair: Sendable {
    /// The step.
    public var step: UpgradeStep
    /// The step with the old version.
    public var before: ObservedStep
    /// The step with the old version, a second time; `nil` if that was not possible.
    public var again: ObservedStep?
    /// The step with the new version.
    public var after: ObservedStep

    /// Creates a pair.
    public init(_ step: UpgradeStep, before: ObservedStep, again: ObservedStep?, after: ObservedStep) {
        self.step = step
        self.before = before
        self.again = again
        self.after = after
    }
}

/// Explains the differences between two runs by the changes between their contracts.
public struct UpgradeComparer {
    private let changes: [Change]
    private let announcements: [OperationKey: Announcement]
    private let ofContract: Announcement
    private var upgrade: Upgrade
    private var volatile: [PlaceKey: VolatilePlaces] = [:]
    /// The difference and the steps that show each change, by its index.
    private var shown: [Int: (difference: ResponseDifference, steps: [UpgradeStep])] = [:]
    private var unannounced: [UnannouncedKey: Int] = [:]

    /// An operation, regardless of the names of its path parameters.
    private struct OperationKey: Hashable {
        var method: String
        var path: String

        init(_ subject: Change.Subject) {
            method = subject.method
            path = subject.path.replacing(/\{[^}]*\}/, with: "{}")
        }
    }

    private struct PlaceKey: Hashable {
        var operation: OperationKey
        var status: Int
    }

    private struct UnannouncedKey: Hashable {
        var operation: String
        var status: Int
        var place: ResponseDifference.Place
        var kind: ResponseDifference.Kind
        var types: String
    }

    /// Explains `pairs` by `changes`.
    ///
    /// - Parameters:
    ///   - pairs: Every step that calls an operation, in the order of the plan.
    ///   - notCompared: Steps that exist with only one version, or that were not sent.
    ///   - suggestion: Returns a row that would show a change, if a table can contain one.
    public static func compare(
        _ pairs: [StepPair], by changes: [Change], from: String, to: String, notCompared: [Upgrade.NotCompared] = [],
        suggestion: (Change) -> Upgrade.SuggestedRow? = { _ in nil }
    ) -> Upgrade {
        var comparer = UpgradeComparer(changes, Upgrade(from: from, to: to))
        comparer.upgrade.notCompared = notCompared
        comparer.learn(pairs)
        for pair in pairs { comparer.compare(pair) }
        comparer.listChanges(pairs, suggestion)
        return comparer.upgrade
    }

    private init(_ changes: [Change], _ upgrade: Upgrade) {
        self.changes = changes
        self.upgrade = upgrade
        var own: [OperationKey: [(Int, Change)]] = [:]
        var common: [(Int, Change)] = []
        // A request from the API itself is not a response to a row.
        for (index, change) in changes.enumerated() where change.subject?.outgoing == nil {
            if let subject = change.subject {
                own[OperationKey(subject), default: []].append((index, change))
            } else {
                common.append((index, change))
            }
        }
        ofContract = Announcement(common.map { (index: $0.0, change: $0.1) })
        announcements = own.mapValues { entries in
            Announcement((entries + common).map { (index: $0.0, change: $0.1) })
        }
    }

    // MARK: Two runs of one version

    private mutating func learn(_ pairs: [StepPair]) {
        guard pairs.contains(where: { $0.again != nil }) else { return }
        var all = VolatilePlaces()
        for pair in pairs {
            guard let one = pair.before.response, let other = pair.again?.response, one.status == other.status else {
                continue
            }
            let key = PlaceKey(operation: OperationKey(pair.step.operation), status: one.status)
            volatile[key, default: VolatilePlaces()].learn(one, other)
        }
        for places in volatile.values {
            all.values.formUnion(places.values)
            all.unstable.formUnion(places.unstable)
        }
        upgrade.volatile = all
    }

    // MARK: One step

    private mutating func compare(_ pair: StepPair) {
        guard case .response(let old) = pair.before.result else {
            return leaveOut(pair.step, "under \(upgrade.from): \(Self.reason(pair.before))")
        }
        if let again = pair.again?.response, again.status != old.status {
            let statuses = "\(old.status) and \(again.status)"
            return leaveOut(pair.step, "two runs of \(upgrade.from) received \(statuses)")
        }
        guard case .response(let new) = pair.after.result else {
            leaveOut(pair.step, "under \(upgrade.to): \(Self.reason(pair.after))")
            return noteBroken(pair, rules: [:])
        }
        upgrade.comparedSteps += 1
        let operation = OperationKey(pair.step.operation)
        var comparer = ResponseComparer(
            volatile: volatile[PlaceKey(operation: operation, status: old.status)] ?? VolatilePlaces(),
            comparesValues: pair.again?.response != nil)
        let announcement = announcements[operation] ?? ofContract
        var rules: [ResponseDifference.Place: [Change]] = [:]
        var places: Set<ResponseDifference.Place> = []
        let differences = comparer.differences(old, new)
        for difference in differences {
            places.insert(difference.place)
            let indexes = announcement.indexes(for: difference, pair.before, pair.after)
            for index in indexes {
                shown[index, default: (difference, [])].steps.append(pair.step)
                rules[difference.place, default: []].append(changes[index])
            }
            if indexes.isEmpty, !isVersionName(difference) {
                add(difference, pair, new.status, deviation: deviation(at: difference.place, pair))
            }
        }
        for deviation in pair.after.brokenPlaces
        where !places.contains(deviation.place) && !pair.before.brokenPlaces.contains(deviation) {
            // The server's behaviour violates the new contract.
            let difference = ResponseDifference(deviation.place, .valueChanged, from: nil, to: nil)
            add(difference, pair, new.status, deviation: deviation.message)
        }
        if pair.step.isNegative, (400..<500).contains(old.status), (200..<300).contains(new.status) {
            upgrade.accepted.append(pair.step)
        }
        noteBroken(pair, rules: rules)
    }

    private func deviation(at place: ResponseDifference.Place, _ pair: StepPair) -> String? {
        pair.after.brokenPlaces.first { $0.place == place }?.message
    }

    /// Whether a value changed from the name of the old version to the name of the new one.
    private func isVersionName(_ difference: ResponseDifference) -> Bool {
        guard difference.kind == .valueChanged, let from = difference.from, let to = difference.to else { return false }
        return from.contains(upgrade.from) && from.replacing(upgrade.from, with: upgrade.to) == to
    }

    /// Records a row that passes only with the old version. The announcing changes are those at the place of the
    /// finding, otherwise all changes that the response shows.
    private mutating func noteBroken(_ pair: StepPair, rules: [ResponseDifference.Place: [Change]]) {
        guard pair.before.failures.isEmpty, let failure = pair.after.failures.first else { return }
        let own = failure.place.flatMap { rules[$0] }
        let found = own ?? rules.values.joined().filter { $0.severity > .note }
        upgrade.broken.append(
            Upgrade.BrokenRow(
                step: pair.step, reason: failure.message, rules: Array(Set(found.map(\.rule.id))).sorted()))
    }

    private mutating func leaveOut(_ step: UpgradeStep, _ reason: String) {
        upgrade.notCompared.append(Upgrade.NotCompared(step: step, reason: reason))
    }

    private static func reason(_ observed: ObservedStep) -> String {
        if case .nothing(let reason) = observed.result { reason } else { "" }
    }

    private mutating func add(
        _ difference: ResponseDifference, _ pair: StepPair, _ status: Int, deviation: String?
    ) {
        let step = pair.step
        let types = difference.kind == .valueChanged ? "" : "\(difference.from ?? "")\n\(difference.to ?? "")"
        let key = UnannouncedKey(
            operation: step.operation.name, status: status, place: difference.place, kind: difference.kind,
            types: difference.kind == .typeChanged ? types : deviation ?? "")
        if let index = unannounced[key] {
            upgrade.unannounced[index].steps.append(step)
            return
        }
        unannounced[key] = upgrade.unannounced.count
        upgrade.unannounced.append(
            Upgrade.Unannounced(
                operation: step.operation.name, status: status, difference: difference,
                severity: severity(of: difference, pair, breaksContract: deviation != nil), deviation: deviation,
                steps: [step]))
    }

    private func severity(of difference: ResponseDifference, _ pair: StepPair, breaksContract: Bool) -> Severity {
        if breaksContract { return .error }
        switch (difference.place, difference.kind) {
        case (.status, _), (.mediaType, _): return .error
        // A null instead of a value either violates the new contract or is allowed by both contracts.
        case (_, .typeChanged): return [difference.from, difference.to].contains("null") ? .warning : .error
        case (_, .appeared): return pair.after.undeclaredPlaces.contains(difference.place) ? .error : .warning
        case (_, .disappeared), (_, .valueChanged): return .warning
        }
    }

    // MARK: The changes

    private mutating func listChanges(_ pairs: [StepPair], _ suggestion: (Change) -> Upgrade.SuggestedRow?) {
        var byOperation: [OperationKey: [StepPair]] = [:]
        for pair in pairs { byOperation[OperationKey(pair.step.operation), default: []].append(pair) }
        for group in Self.groups(of: changes) {
            let change = Upgrade.ChangeSet(first: changes[group[0]], changes: group.map { changes[$0] })
            let seen = group.compactMap { shown[$0] }
            if let first = seen.first, !isVersionName(change.first) {
                upgrade.announced.append(
                    Upgrade.Announced(
                        change: change, difference: first.difference, steps: seen.flatMap(\.steps).uniqued()))
                continue
            }
            guard !isQuiet(change.first) else {
                upgrade.quietChanges += group.count
                continue
            }
            let exercise = ChangeExercise(change.first)
            let own = change.changes.flatMap { change in
                change.subject.map { byOperation[OperationKey($0)] ?? [] } ?? pairs
            }
            let steps = change.changes.isEmpty ? [] : own.filter { exercise.isShown(by: $0) }.map(\.step).uniqued()
            if steps.isEmpty {
                upgrade.unexercised.append(
                    Upgrade.Unexercised(
                        change: change, reason: exercise.missing(in: own),
                        row: suggestion(change.first)))
            } else {
                upgrade.announced.append(Upgrade.Announced(change: change, difference: nil, steps: steps))
            }
        }
    }

    /// Whether a change is invisible to clients.
    private func isQuiet(_ change: Change) -> Bool {
        let kind = change.rule.kind
        return isVersionName(change) || kind == .annotation || kind == .identity || kind == .lifecycle
            || change.rule.area == "component"
            || change.subject?.outgoing != nil
    }

    /// Whether the change only adds the name of the new version to a list of values, or removes the old one.
    private func isVersionName(_ change: Change) -> Bool {
        change.rule.kind == .values
            && (change.revision.text == "\"\(upgrade.to)\"" || change.base.text == "\"\(upgrade.from)\""
                || change.revision.text == upgrade.to || change.base.text == upgrade.from)
    }

    /// The indexes of changes that differ only in operation and status, most severe first.
    private static func groups(of changes: [Change]) -> [[Int]] {
        struct Key: Hashable {
            var rule: String
            var pointer: String
            var message: String
        }
        var groups: [[Int]] = []
        var known: [Key: Int] = [:]
        for (index, change) in changes.enumerated() {
            let status: String? =
                switch change.place {
                case .header(let status, _), .response(let status, _): status
                default: nil
                }
            let message = status.map { change.message.replacing(" the response \($0)", with: " the response") }
            let key = Key(
                rule: change.rule.id, pointer: change.pointer.description, message: message ?? change.message)
            if let group = known[key] {
                groups[group].append(index)
            } else {
                known[key] = groups.count
                groups.append([index])
            }
        }
        return groups.enumerated().sorted { left, right in
            let (one, other) = (changes[left.element[0]].severity, changes[right.element[0]].severity)
            return one != other ? other < one : left.offset < right.offset
        }.map(\.element)
    }
}

extension [UpgradeStep] {
    /// Each step once, in order.
    fileprivate func uniqued() -> [UpgradeStep] {
        var seen: Set<UpgradeStep> = []
        return filter { seen.insert($0).inserted }
    }
}

import Primitives

/// A group of `money` in `assay.yaml`: the members that are amounts, their currency and unit, and the sums that they
/// form.
package struct MoneyGroup: Sendable, Equatable {
    /// Its name for users.
    package var name: String
    /// The members that are amounts, wherever they occur in a body.
    package var amounts: [MemberPath]
    /// The source of the currency; `nil` if the unit does not depend on one.
    package var currency: CurrencySource?
    /// Whether amounts are counted in the minor unit, as in 1050 for 10.50, so that each is an integer.
    package var isMinor: Bool
    /// The sums, in the order of the file.
    package var sums: [MoneySum]

    /// A group; by default in the major unit and without sums.
    package init(
        name: String, amounts: [MemberPath], currency: CurrencySource? = nil, isMinor: Bool = false,
        sums: [MoneySum] = []
    ) {
        self.name = name
        self.amounts = amounts
        self.currency = currency
        self.isMinor = isMinor
        self.sums = sums
    }
}

/// The source of the currency of an amount.
package enum CurrencySource: Sendable, Equatable {
    /// A code of ISO 4217.
    case code(String)
    /// A member next to the amount, or else of the nearest object around it.
    case member(MemberPath)

    /// Reads three capital letters as a code, and everything else as a member.
    package init(_ path: MemberPath) {
        let isCode = path.names.count == 1 && path.text.utf8.count == 3 && path.text.utf8.allSatisfy { $0 &- 0x41 < 26 }
        self = isCode ? .code(path.text) : .member(path)
    }
}

/// A rule about amounts that form a sum.
package struct MoneySum: Sendable, Equatable {
    /// Whether the sum must equal the whole, or may be less.
    package enum Kind: Sendable, Equatable {
        /// The parts add up to the whole.
        case total
        /// The parts are at most the whole together.
        case limit
    }

    /// Parts that several responses contain, each with an id of its own.
    package struct Across: Sendable, Equatable {
        /// The member with the id of a part.
        package var each: MemberPath
        /// The member or path parameter with the id of the whole.
        package var per: MemberPath
        /// The member and its values with which a part does not count, such as a failed refund.
        package var unless: (member: MemberPath, values: [String])?

        /// Parts with the id `each` of a whole with the id `per`.
        package init(each: MemberPath, per: MemberPath, unless: (member: MemberPath, values: [String])? = nil) {
            self.each = each
            self.per = per
            self.unless = unless
        }

        package static func == (left: Across, right: Across) -> Bool {
            left.each == right.each && left.per == right.per && left.unless?.member == right.unless?.member
                && left.unless?.values == right.unless?.values
        }
    }

    /// Whether it is a total or a limit.
    package var kind: Kind
    /// The member with the whole amount.
    package var whole: MemberPath
    /// The members with its parts, in the same object or in objects below it.
    package var parts: [MemberPath]
    /// How parts of several responses belong together; `nil` for the parts of one object.
    package var across: Across?

    /// A sum.
    package init(_ kind: Kind, _ whole: MemberPath, of parts: [MemberPath], across: Across? = nil) {
        self.kind = kind
        self.whole = whole
        self.parts = parts
        self.across = across
    }
}

/// The name of a member, or the names that lead to it, at any depth of a body: `order_amount`, `splits.amount`.
///
/// The elements of arrays count as if they were in the array's place.
package struct MemberPath: Sendable, Hashable {
    /// The names, outermost first; at least one.
    package let names: [String]
    /// The path as written.
    package let text: String
    /// Whether the path begins with `body.`, which refers to members that no schema declares too.
    let isExplicit: Bool

    /// A path of names; `nil` if `path` is not about a body, or selects single elements.
    package init?(_ path: ItemPath) {
        guard !path.isRequest else { return nil }
        var names: [String] = []
        switch path.root {
        case .body: break
        // Elsewhere these words have a meaning of their own; here they are names.
        case .status, .time, .operation, .tag: names = [path.text]
        case .header, .query, .path, .cookie, .partHeader, .method, .requestPath: return nil
        }
        for segment in path.segments {
            switch segment {
            case .name(let name): names.append(name)
            case .every: continue
            case .index, .some: return nil
            }
        }
        guard !names.isEmpty else { return nil }
        self.names = names
        text = path.text
        if case .body = path.root { isExplicit = !path.isBare } else { isExplicit = false }
    }

    /// The name of the member itself.
    package var last: String { names[names.count - 1] }
}

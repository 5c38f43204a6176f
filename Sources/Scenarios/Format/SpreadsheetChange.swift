import Primitives

/// How a spreadsheet changes a cell when it opens and saves a file.
///
/// The rules are common to the major spreadsheets; the exact result depends on the spreadsheet's locale.
enum SpreadsheetChange: Sendable, Hashable {
    /// `=1+1`, `+x`, `-x`, `@x`: read as a formula.
    case formula
    /// `007`: the zeros are removed.
    case leadingZeros
    /// More than fifteen digits: the rest become zeros.
    case longNumber
    /// `1E5`: rewritten as a number; `100000` may become `1E+05`.
    case exponent
    /// `100.50` becomes `100.5`, `+5` becomes `5`.
    case numberSpelling
    /// `2026-02-28`, `1/2`, `10:30`: read as a date or a time.
    case date
    /// `true` becomes `TRUE`.
    case boolean

    /// The change of a cell; `nil` if it stays the same.
    init?(of text: String) {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, bytes.count <= 64 || [0x3D, 0x2B, 0x2D, 0x40].contains(first) else { return nil }
        if let number = NumberShape(bytes) {
            guard let change = number.change else { return nil }
            self = change
        } else if [0x3D, 0x2B, 0x2D, 0x40].contains(first) {
            self = .formula
        } else if DateShape.fits(bytes) {
            self = .date
        } else if ["true", "false"].contains(text.lowercasedASCII), text != text.uppercased() {
            self = .boolean
        } else {
            return nil
        }
    }

    /// The change, as the end of a sentence that starts with "a spreadsheet".
    var phrase: String {
        switch self {
        case .formula: "reads it as a formula"
        case .leadingZeros: "drops its leading zeros"
        case .longNumber: "keeps only fifteen of its digits"
        case .exponent: "writes it as another number"
        case .numberSpelling: "writes it as a shorter number"
        case .date: "reads it as a date or a time"
        case .boolean: "writes it in upper case"
        }
    }

    /// Whether the value stays the same if the contract declares a number.
    var keepsNumber: Bool {
        switch self {
        case .leadingZeros, .numberSpelling, .exponent: true
        case .formula, .longNumber, .date, .boolean: false
        }
    }
}

/// Digits with an optional sign, fraction and exponent.
private struct NumberShape {
    private var hasPlus = false
    private var whole: [UInt8] = []
    private var fraction: [UInt8]?
    private var hasExponent = false

    init?(_ bytes: [UInt8]) {
        var index = 0
        func digits() -> [UInt8] { Array(bytes[index...].prefix(while: \.isASCIIDigit)) }
        if bytes[0] == 0x2B || bytes[0] == 0x2D {
            hasPlus = bytes[0] == 0x2B
            index = 1
        }
        whole = digits()
        index += whole.count
        if index < bytes.count, bytes[index] == 0x2E {
            index += 1
            let found = digits()
            fraction = found
            index += found.count
        }
        guard !whole.isEmpty || fraction?.isEmpty == false else { return nil }
        if index < bytes.count, bytes[index] | 0x20 == 0x65 {
            index += 1
            if index < bytes.count, bytes[index] == 0x2B || bytes[index] == 0x2D { index += 1 }
            let exponent = digits()
            guard !exponent.isEmpty else { return nil }
            hasExponent = true
            index += exponent.count
        }
        guard index == bytes.count else { return nil }
    }

    var change: SpreadsheetChange? {
        if hasExponent { return .exponent }
        if whole.count > 1, whole[0] == 0x30 { return .leadingZeros }
        let significant = (whole + (fraction ?? [])).drop { $0 == 0x30 }
        if significant.count > 15 { return .longNumber }
        if whole.count > 11 { return .exponent }
        if hasPlus || whole.isEmpty || fraction?.isEmpty == true || fraction?.last == 0x30 { return .numberSpelling }
        return nil
    }
}

/// Numbers and months separated by `-`, `/`, `.` or `:`.
private enum DateShape {
    static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    static func fits(_ bytes: [UInt8]) -> Bool {
        for separator: UInt8 in [0x2D, 0x2F, 0x3A, 0x20] {
            let parts = bytes.split(separator: separator, omittingEmptySubsequences: false)
            guard (2...3).contains(parts.count) else { continue }
            let monthCount = parts.count { isMonth($0) }
            let numberCount = parts.count { isNumber($0) }
            guard monthCount <= 1, monthCount + numberCount == parts.count, numberCount > 0 else { continue }
            switch separator {
            case 0x3A: return monthCount == 0 && parts.dropFirst().allSatisfy { $0.count == 2 }
            case 0x20: return monthCount == 1
            default: return monthCount == 1 || isDate(parts.compactMap { Int(String(decoding: $0, as: UTF8.self)) })
            }
        }
        return false
    }

    private static func isMonth(_ part: ArraySlice<UInt8>) -> Bool {
        part.count >= 3 && months.contains(String(decoding: part.prefix(3).map { $0 | 0x20 }, as: UTF8.self))
            && part.count <= 9 && part.allSatisfy { (0x61...0x7A).contains($0 | 0x20) }
    }

    private static func isNumber(_ part: ArraySlice<UInt8>) -> Bool {
        (1...4).contains(part.count) && part.allSatisfy(\.isASCIIDigit)
    }

    /// Day and month, month and year, or all three.
    private static func isDate(_ numbers: [Int]) -> Bool {
        let small = numbers.count { (1...31).contains($0) }
        let months = numbers.count { (1...12).contains($0) }
        return months >= 1 && (numbers.count == 2 ? small == 2 || numbers.contains { $0 > 999 } : small >= 2)
    }
}

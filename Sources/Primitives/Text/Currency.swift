/// The currencies of ISO 4217, with the decimals of their amounts.
///
/// The data is list one as of April 2025, with the codes that were withdrawn from 2023 on: servers return them for old
/// amounts.
package enum Currency {
    /// The decimals of amounts in a currency.
    package enum Decimals: Sendable, Equatable {
        /// The number of decimals that the minor unit allows: 0 for JPY, 2 for INR, 3 for BHD, 4 for CLF.
        case upTo(Int)
        /// A code without a minor unit, such as XAU: any number of decimals.
        case any
    }

    /// The decimals of a currency.
    ///
    /// - Parameter code: An alphabetic code in capitals or small letters.
    /// - Returns: `nil` if ISO 4217 does not have the code.
    package static func decimals(of code: String) -> Decimals? {
        guard code.utf8.count == 3, code.utf8.allSatisfy(\.isASCIILetter) else { return nil }
        return byCode[String(decoding: code.utf8.map { $0 & 0xDF }, as: UTF8.self)]
    }

    private static let byCode: [String: Decimals] = {
        var found: [String: Decimals] = [:]
        for (decimals, codes) in list {
            for code in codes.split(separator: " ") { found[String(code)] = decimals }
        }
        return found
    }()

    private static let list: [(Decimals, String)] = [
        (.upTo(0), "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
        (
            .upTo(2),
            """
            AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE \
            CHF CHW CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD \
            HNL HRK HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP \
            MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR \
            SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED \
            VES WST XCD XCG YER ZAR ZMW ZWG ZWL
            """
        ),
        (.upTo(3), "BHD IQD JOD KWD LYD OMR TND"),
        (.upTo(4), "CLF UYW"),
        (.any, "XAD XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX"),
    ]
}

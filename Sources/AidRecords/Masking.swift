/// What may be shown of personal data: 张*三, 440***********1234, the last four digits of accounts.
package enum Masking {
    package static func name(_ name: String) -> String {
        switch name.count {
        case 0: ""
        case 1: "*"
        case 2: "\(name.prefix(1))*"
        default: "\(name.prefix(1))\(stars(name.count - 2))\(name.suffix(1))"
        }
    }

    package static func identityNumber(_ number: String) -> String {
        guard number.count > 8 else { return stars(number.count) }
        return "\(number.prefix(3))\(stars(number.count - 7))\(number.suffix(4))"
    }

    package static func account(_ account: String) -> String {
        guard account.count > 8 else { return stars(account.count) }
        return stars(account.count - 4) + account.suffix(4)
    }

    private static func stars(_ count: Int) -> String { String(repeating: "*", count: count) }
}

/// Numbers and dates as ASCII.
extension [UInt8] {
    mutating func append(decimal value: Int) {
        if value < 0 { append(UInt8(ascii: "-")) }
        var rest = value.magnitude
        let start = count
        repeat {
            append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        } while rest > 0
        self[start...].reverse()
    }

    /// With leading zeros.
    mutating func append(decimal value: Int, digits: Int) {
        var divisor = 1
        for _ in 1..<digits { divisor *= 10 }
        while divisor > 0 {
            append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
            divisor /= 10
        }
    }

    mutating func append(date day: Day) {
        let civil = day.civil
        append(decimal: civil.year, digits: 4)
        append(UInt8(ascii: "-"))
        append(decimal: civil.month, digits: 2)
        append(UInt8(ascii: "-"))
        append(decimal: civil.day, digits: 2)
    }

    /// `HH:MM:SS` of a second of the day.
    mutating func append(clock second: Int) {
        append(decimal: second / 3_600, digits: 2)
        append(UInt8(ascii: ":"))
        append(decimal: second / 60 % 60, digits: 2)
        append(UInt8(ascii: ":"))
        append(decimal: second % 60, digits: 2)
    }

    /// Yuan with two decimals.
    mutating func append(yuan fen: Int) {
        if fen < 0 { append(UInt8(ascii: "-")) }
        let magnitude = Int(fen.magnitude)
        append(decimal: magnitude / 100)
        append(UInt8(ascii: "."))
        append(decimal: magnitude % 100, digits: 2)
    }
}

func string(_ build: (inout [UInt8]) -> Void) -> String {
    var bytes: [UInt8] = []
    build(&bytes)
    return String(decoding: bytes, as: UTF8.self)
}

import SampleRecords
import Testing

struct SamplePersonsTests {
    let sample: SampleReader

    init() throws {
        sample = try SampleReader.shared.get()
    }

    /// GB 11643 by the weights of the standard's table, not by doubling.
    private static let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    private static let checks = Array("10X98765432")

    @Test func identityNumbersAreValid() throws {
        var seen = 0
        for particulars in persons() {
            guard let type = particulars["idType"] as? String,
                type == "resident-id" || type == "hk-macau-taiwan-residence"
            else { continue }
            seen += 1
            let number = try #require(particulars["idNumber"] as? String)
            let digits = number.prefix(17).compactMap(\.wholeNumberValue)
            let sum = zip(digits, Self.weights).reduce(0) { $0 + $1.0 * $1.1 }
            let birth = (particulars["birthDate"] as? String)?.filter { $0 != "-" }
            let isMale = particulars["sex"] as? String == "male"
            let isValid =
                digits.count == 17 && number.count == 18
                && number.last == Self.checks[sum % 11]
                && String(number.dropFirst(6).prefix(8)) == birth
                && (digits[16] % 2 == 1) == isMale
            #expect(isValid, "\(number)")
        }
        #expect(seen > 1_000)
    }

    @Test func namesAndPhonesArePlainlyInvented() throws {
        for particulars in persons() {
            let name = try #require(particulars["name"] as? String)
            let phone = try #require(particulars["phone"] as? String)
            let isInvented =
                name.contains { "样例试测".contains($0) } && phone.count == 11
                && phone.hasPrefix("10")
            #expect(isInvented, "\(name) \(phone)")
        }
    }

    @Test func oneNumberIsOnePerson() throws {
        var names: [String: String] = [:]
        for particulars in persons() {
            let number = try #require(particulars["idNumber"] as? String)
            let name = try #require(particulars["name"] as? String)
            #expect(names[number, default: name] == name)
            names[number] = name
        }
    }

    @Test func severalKindsOfPapersOccur() {
        let types = Set(persons().compactMap { $0["idType"] as? String })
        #expect(types.isSuperset(of: ["resident-id", "birth-certificate", "passport"]))
    }

    @Test func accountsHaveNineteenDigits() throws {
        for payment in sample.of(kind: "aid.paid") {
            let payee = try #require(payment.body["payee"] as? [String: Any])
            guard let account = payee["account"] as? String else {
                #expect(payment.text("channel") == "hospital")
                continue
            }
            #expect(account.count == 19)
            #expect(account.allSatisfy { $0.isWholeNumber })
        }
    }

    @Test func nobodyIsInTwoPlacesAtOnce() throws {
        let reversed = Set(
            sample.of(kind: "entry.reversed").compactMap { $0.reference("reverses") })
        var stays: [String: [(from: String, to: String)]] = [:]
        for claim in sample.of(kind: "claim.settled") where !reversed.contains(claim.key) {
            let visit = try #require(claim.body["visit"] as? [String: Any])
            guard visit["type"] as? String == "inpatient" else { continue }
            let person = try #require(claim.body["person"] as? [String: Any])
            let number = try #require(person["idNumber"] as? String)
            let from = try #require(visit["admittedOn"] as? String)
            let to = try #require(visit["dischargedOn"] as? String)
            stays[number, default: []].append((from, to))
        }
        for list in stays.values {
            let sorted = list.sorted { $0.from < $1.from }
            for (earlier, later) in zip(sorted, sorted.dropFirst()) {
                #expect(earlier.to <= later.from)
            }
        }
    }

    private func persons() -> [[String: Any]] {
        // A fifth of the records names everybody.
        sample.records.enumerated().filter {
            $0.offset % 5 == 0 || $0.element.kind == "person.merged"
        }
        .compactMap { ($0.element.body["person"] ?? $0.element.body["from"]) as? [String: Any] }
    }
}

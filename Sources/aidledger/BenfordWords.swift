internal import AidRecords
internal import LedgerCore
internal import Statistics

/// What `benford` says, in Chinese or in English.
struct BenfordWords {
    let isChinese: Bool

    func says(_ zh: String, _ en: String) -> String { isChinese ? zh : en }

    func unit(_ unit: CSVAmount.Unit) -> String {
        switch unit {
        case .yuan: says("元", "yuan")
        case .fen: says("分", "fen")
        }
    }

    func leftOut(_ reading: BenfordReading) -> String {
        reading.leftOut.map {
            says(
                "\(reason($0.reason)) \(grouped($0.count)) 行（首见第 \($0.firstLine) 行）",
                "\(grouped($0.count)) \(reason($0.reason)) (first in line \($0.firstLine))")
        }.joined(separator: says("；", ", "))
    }

    private func reason(_ reason: BenfordReading.Reason) -> String {
        switch reason {
        case .empty: says("空白", "empty")
        case .zero: says("零", "zero")
        case .negative: says("负数", "negative")
        case .belowTenFen: says("不足十分，没有两位数字", "below ten fen, without two digits")
        case .fractionOfAFen: says("精确到分以下", "more exact than a fen")
        case .tooGreat: says("超过 2^53 − 1 分", "beyond 2^53 − 1 fen")
        case .notANumber: says("不是数", "not a number")
        }
    }

    func conformity(_ conformity: BenfordConformity) -> String {
        switch conformity {
        case .close: says("高度符合", "close conformity")
        case .acceptable: says("可接受", "acceptable conformity")
        case .marginal: says("勉强符合", "marginal conformity")
        case .nonconforming: says("不符合", "nonconformity")
        }
    }

    var tooFew: String { says("样本太少", "too few") }

    func tooFew(_ total: Int) -> String {
        let least = grouped(BenfordTest.leastTotal)
        return says(
            "样本太少，不能下结论：共 \(grouped(total)) 个金额，至少需要 \(least) 个。以下数字仅供参考。",
            "Too few to conclude anything: \(grouped(total)) amounts, and at least \(least) are "
                + "needed. The figures are given for what they are.")
    }

    func conformityInFull(_ conformity: BenfordConformity) -> String {
        says(
            "：\(self.conformity(conformity))（Nigrini 2012：小于 0.0012 高度符合，"
                + "小于 0.0018 可接受，小于 0.0022 勉强符合，否则不符合）",
            ": \(self.conformity(conformity)) (Nigrini 2012: close below 0.0012, acceptable below "
                + "0.0018, marginal below 0.0022)")
    }

    func tooFewGroups(_ count: Int) -> String {
        let least = grouped(BenfordTest.leastTotal)
        return says(
            "不足 \(least) 个金额、样本太少不能下结论的组：\(grouped(count))",
            "Groups of fewer than \(least) amounts, too few to conclude anything: "
                + grouped(count))
    }

    var manyGroups: String {
        says(
            "完全符合定律的组，每 20 组也会有一组仅凭偶然 p 小于 0.05。",
            "Of groups that follow the law one in 20 has a p below 0.05 by chance.")
    }

    /// Said where the mean over ninety pairs looks well, and single pairs do not.
    func hiddenHeap(_ test: BenfordTest) -> String? {
        let looksWell = [.close, .acceptable].contains(test.conformity)
        guard test.isConclusive, looksWell, test.noticeable.contains(where: \.isNoticeableAmongAll)
        else { return nil }
        return says(
            "平均值会掩盖个别数字：请看下面标 * 的。",
            "The mean hides single digits: look at those marked * below.")
    }

    /// Said where the classes were made for more amounts than there are.
    func chanceAlone(_ test: BenfordTest) -> String? {
        let chance = decimal(test.meanAbsoluteDeviationByChance, 4)
        guard test.isConclusive, test.meanAbsoluteDeviationByChance >= BenfordConformity.close.end
        else { return nil }
        return says(
            "金额只有这么多时，完全符合定律的数据仅凭偶然也有约 \(chance) 的偏差，等级说明不了多少，请看卡方的 p 值。",
            "Of so few amounts chance alone makes a deviation of about \(chance), so the class says "
                + "little here: go by the p value of chi-square.")
    }

    func noticeable(_ test: BenfordTest) -> String {
        let digits = test.noticeable
        let amongAll = digits.filter(\.isNoticeableAmongAll).count
        return says(
            "90 对中有 \(digits.count) 对突出（|z| > 1.96；90 对里仅凭偶然也会有四五对），"
                + "其中 \(amongAll) 对在 90 次比较之下仍然突出（|z| > 3.45，标 *）",
            "\(digits.count) of 90 stick out (|z| > 1.96; chance alone makes four or five of 90 do "
                + "so), \(amongAll) of them even among ninety looks (|z| > 3.45, marked *)")
    }

    var caution: String {
        says(
            "突出的数字只是查看的理由，不证明任何事：定额、定价、封顶线同样会突出。",
            "What sticks out is a reason to look and proves nothing: fixed rates, prices and caps "
                + "stick out too.")
    }
}

package import AidRecords

extension Rulebook {
    /// Reads a rulebook's file.
    ///
    /// - Parameters:
    ///   - file: what errors call it.
    ///   - text: the YAML.
    ///   - codes: the code lists of `ledger/kinds/codes.yaml`; unknown codes are refused.
    /// - Throws: `DeclarationError` with line, column and reason.
    package init(file: String, text: String, codes: [String: CodeList]) throws {
        let place = try YAMLPlace(file: file, text: text)
        let top = try place.byName(allowed: Self.members)
        name = try top.required("rulebook").rulebookName()
        version = try top.required("version").text()
        area = try top.required("area").areaCode()
        title = try top.required("title").words()
        document = try top.required("document").text()
        issuedOn = try top["issuedOn"]?.date()
        rules = try top.required("rules").rules()
        var reader = ProvisionReader(codes: codes, rules: Set(rules.map(\.id)))
        inForce = try reader.periods(top.required("inForce"))
        displaces = try top["displaces"].map { try reader.displacements($0) } ?? []
        categories = try top["categories"].map { try reader.categories($0) } ?? []
        if let dates = top["dates"] { try readDates(dates, &reader) }
        try readSubsidies(top, &reader)
        if let aid = top["aid"] { self.aid = try reader.aid(aid) }
        try readFurtherAid(top, &reader)
        if let layers = top["layers"] { self.layers = try reader.layers(layers) }
        wholeSettlement = try top["wholeSettlement"].map { try reader.wholeSettlement($0) }
        provisions = try top["provisions"]?.items().map { try reader.other($0) } ?? []
        if let unused = rules.first(where: { !reader.used.contains($0.id) }) {
            throw try top.required("rules").required(unused.id)
                .fail("rule \(unused.id) is not used by anything in this rulebook")
        }
    }

    private static let members: Set<String> = [
        "rulebook", "version", "area", "title", "document", "issuedOn", "inForce", "displaces",
        "rules", "dates", "categories", "subsidies", "subsidyHighest", "aid", "majorIllnessAid",
        "secondAid", "tilt", "caseByCase", "aboveCap", "referral", "standardArea", "layers",
        "wholeSettlement", "provisions",
    ]

    private mutating func readDates(_ place: YAMLPlace, _ reader: inout ProvisionReader) throws {
        let dates = try place.byName(allowed: ["attribution", "category"])
        attribution = try dates["attribution"].map { try reader.date($0) }
        categoryDate = try dates["category"].map { try reader.date($0) }
    }

    private mutating func readSubsidies(
        _ top: YAMLMembers, _ reader: inout ProvisionReader
    ) throws {
        subsidies = try top["subsidies"]?.items().map { try reader.subsidy($0) } ?? []
        subsidyHighestRule = try top["subsidyHighest"].map { try reader.ruleOnly($0) }
    }

    private mutating func readFurtherAid(
        _ top: YAMLMembers, _ reader: inout ProvisionReader
    ) throws {
        majorIllnessAid = try top["majorIllnessAid"].map { [try reader.majorIllnessAid($0)] } ?? []
        secondAid = try top["secondAid"].map { [try reader.secondAid($0)] } ?? []
        tilt = try top["tilt"].map { [try reader.tilt($0)] } ?? []
        caseByCase = try top["caseByCase"].map { [try reader.marker($0)] } ?? []
        aboveCap = try top["aboveCap"].map { [try reader.aboveCap($0)] } ?? []
        referral = try top["referral"]?.items().map { try reader.referral($0) } ?? []
        standardArea = try top["standardArea"].map { [try reader.standardArea($0)] } ?? []
    }
}

extension YAMLPlace {
    /// As files are called: the name becomes one.
    fileprivate func rulebookName() throws -> String {
        let name = try text()
        let isSound =
            name.utf8.count <= 64
            && name.utf8.allSatisfy {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || $0 == UInt8(ascii: "-")
            }
        guard isSound, !name.isEmpty else {
            throw fail("`\(name)` is not a name of lower-case letters, digits and hyphens")
        }
        return name
    }

    fileprivate func areaCode() throws -> String {
        let code = try text()
        guard code.utf8.count == 6,
            code.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains),
            ("11"..."82").contains(String(code.prefix(2)))
        else { throw fail("`\(code)` is not an area code of six digits (GB/T 2260)") }
        return code
    }

    fileprivate func rules() throws -> [Rule] {
        try members().map { id, place in
            let members = try place.byName(allowed: ["nature", "quote", "zh", "en", "reading"])
            return Rule(
                id: id, nature: try members.required("nature").code(Rule.Nature.self),
                quote: try members.required("quote").text(),
                words: try Words(
                    zh: members.required("zh").text(), en: members.required("en").text()),
                reading: try members["reading"]?.words())
        }
    }
}

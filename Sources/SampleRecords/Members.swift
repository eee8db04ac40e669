/// Members that many kinds have in common.
extension JSONLine {
    mutating func reference(_ name: StaticString?, _ reference: Reference) {
        open(name)
        text("source", reference.source)
        text("id", reference.id)
        close()
    }

    mutating func references(_ name: StaticString, _ references: [Reference]) {
        openList(name)
        for item in references { reference(nil, item) }
        closeList()
    }

    /// The particulars of a person, as the sources send them with every record.
    mutating func person(_ name: StaticString, _ person: Person, as type: Person.IDType? = nil) {
        let type = type ?? person.idType
        open(name)
        text("idType", type.rawValue)
        text("idNumber", person.number(of: type))
        text("name", person.name)
        date("birthDate", person.born)
        text("sex", person.isFemale ? "female" : "male")
        text("phone", person.phone)
        text("address", person.address)
        text("household", person.householdNumber)
        code("hukouArea", digits: person.place.code, 6)
        code("residenceArea", digits: person.place.code, 6)
        close()
    }

    mutating func payee(_ payee: Payee) {
        open("payee")
        text("account", payee.account)
        text("relation", payee.relation)
        if let authorisation = payee.authorisation { text("authorisation", authorisation) }
        close()
    }
}

/// Who receives a payment to a person.
struct Payee {
    let account: String
    let relation: String
    var authorisation: String?

    init(account: String, relation: String, authorisation: String? = nil) {
        self.account = account
        self.relation = relation
        self.authorisation = authorisation
    }

    /// Children are paid through their guardian, the head of the household.
    init(of person: Person, on day: Day) {
        guard !person.isAdult(on: day) else {
            account = person.account
            relation = "self"
            return
        }
        let head = person.index / Person.householdSize * Person.householdSize
        account = Person.account(place: person.place, index: head)
        relation = "guardian"
        authorisation = "监护〔" + String(day.year) + "〕" + String(person.index + 1) + "号"
    }
}

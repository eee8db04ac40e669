/// The members of a record around its body.
struct Envelope {
    var reference = Reference(kind: .claimSettled, areaCode: 0, year: 0, serial: 0)
    var occurredOn = Day(number: 0)
    var operatorName = ""
    var department: String?
    /// Second of the day, when the source knows it.
    var occurredSecond: Int?
    var corrects: Reference?
}

extension JSONLine {
    mutating func envelope(_ envelope: Envelope) {
        text("source", envelope.reference.source)
        text("id", envelope.reference.id)
        code("area", digits: envelope.reference.areaCode, 6)
        date("occurredOn", envelope.occurredOn)
        text("operator", envelope.operatorName)
        if let department = envelope.department { text("department", department) }
        if let second = envelope.occurredSecond {
            time("occurredAt", envelope.occurredOn, second: second)
        }
        if let corrects = envelope.corrects { reference("corrects", corrects) }
    }
}

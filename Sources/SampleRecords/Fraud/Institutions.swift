/// Institutions that a case needs for itself.
extension Simulation {
    /// Under agreement from the first days of the stage's year.
    mutating func addInstitution(level: Int, type: String, _ stage: Stage) -> Int {
        let county = stage.county
        let slot = counties[county].institutions.count
        let place = counties[county].place
        let institution = Institution.make(
            place.code, 10 + slot, place.name + "样例第" + String(slot) + "医院", level, type)
        counties[county].institutions.append(institution)
        counties[county].prepaid.append(0)
        counties[county].advanced += [Advances(), Advances()]
        on(Day(stage.year, 1, 2)) { $0.designate(institution, at: county) }
        return slot
    }
}

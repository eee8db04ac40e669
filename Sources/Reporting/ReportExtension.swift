internal import AidRecords

extension ReportDefinitionReader {
    /// Adds to a report what the `report.yaml` of a layer says: parameters, uses, sections.
    /// - Throws: `DeclarationError` with file, line and reason.
    func extended(
        _ report: ReportDefinition, by file: String, _ text: String
    ) throws -> ReportDefinition {
        let place = try YAMLPlace(file: file, text: text)
        guard let extends = place.member("extends"), try extends.flag() else {
            throw place.fail(
                "there is a report \(report.name) beneath: say `extends: true`, or call this one "
                    + "otherwise")
        }
        _ = try place.members(allowed: ["report", "extends", "parameters", "uses", "sections"])
        guard try place.required("report").text() == report.name else {
            throw place.fail("`report` is not what the folder is called")
        }
        var extended = report
        extended.isExtended = true
        for item in try place.member("parameters")?.items() ?? [] {
            let added = try parameter(item)
            guard !extended.parameters.contains(where: { $0.id == added.id }) else {
                throw item.fail("\(report.name) has a parameter \(added.id) already")
            }
            extended.parameters.append(added)
        }
        extended.uses.formUnion(try place.member("uses")?.items().map(use) ?? [])
        for item in try place.required("sections").items() { try insert(item, into: &extended) }
        return extended
    }

    /// Puts a section `after` or `before` the one that it names, else at the end.
    private func insert(_ place: YAMLPlace, into report: inout ReportDefinition) throws {
        let added = try section(place, with: ["after", "before"])
        let taken = Set(
            report.sections.map(\.id) + report.tables.map(\.id)
                + report.indicatorTrees.flatMap(\.indicators).map(\.id))
        let ids = [added.id] + added.tables.map(\.id)
        if let twice = ids.first(where: taken.contains) {
            throw place.fail("\(report.name) has a section, table or indicator \(twice) already")
        }
        report.sections.insert(added, at: try position(place, in: report))
    }

    private func position(_ place: YAMLPlace, in report: ReportDefinition) throws -> Int {
        let (after, before) = (place.member("after"), place.member("before"))
        guard let neighbour = after ?? before else { return report.sections.count }
        guard after == nil || before == nil else {
            throw place.fail("a section stands `after` or `before` another, not both")
        }
        let name = try neighbour.text()
        guard let index = report.sections.firstIndex(where: { $0.id == name }) else {
            let known = report.sections.map(\.id).joined(separator: ", ")
            throw neighbour.fail("\(report.name) has no section \(name); it has: \(known)")
        }
        return after == nil ? index : index + 1
    }
}

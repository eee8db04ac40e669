internal import ArgumentParser
internal import Reporting

/// Which folders are laid over our templates.
struct TemplateOptions: ParsableArguments {
    @Option(
        name: .customLong("templates"),
        help: ArgumentHelp(
            """
            A folder laid over our templates: letterhead, wording, further sections, further \
            reports. May be given several times, the upper ones later.
            """, valueName: "DIR"),
        completion: .directory)
    var folders: [String] = []

    /// Says where a drawn report was drawn with more folders than are given now.
    func tellOfMissing(_ drawn: DrawnReport) {
        let missing = drawn.layers - folders.count
        guard missing > 0 else { return }
        Console.error(
            "aidledger: the report was drawn with \(drawn.layers) folder(s) laid over our templates, "
                + "and \(folders.count) are given now: say which by --templates, in the same order")
    }
}

import Host

/// Where scripts are: the file itself, or one of those that were installed with the program.
enum InstalledScripts {
    /// The file that `name` means: as it stands if it exists or names a folder, else the installed script of that name.
    static func path(of name: String) -> String {
        if name.utf8.contains(UInt8(ascii: "/")) || Files.exists(name) { return name }
        guard let program = Path.executable else { return name }
        let installed = Path.join(Path.directory(of: program), "../share/kvmdbg/sessions/\(name)")
        return Files.exists(installed) ? installed : name
    }
}

import Testing

@testable import Terminal

@Suite("A line of .editrc")
struct EditrcLineTests {
    @Test(
        "is obeyed as the words that libedit gets",
        arguments: [
            ("bind -v", ["bind", "-v"]), ("  bind   -e ", ["bind", "-e"]),
            ("bind \"^K\" ed-kill-line", ["bind", "^K", "ed-kill-line"]),
            ("banter:bind '^T' banter-undo", ["banter:bind", "^T", "banter-undo"]),
            ("other:bind ^T ed-ignore", ["other:bind", "^T", "ed-ignore"]),
            ("bind -s \"^X\" \"hello world\"", ["bind", "-s", "^X", "hello world"]),
            ("bind -s ^X vi-histedit", ["bind", "-s", "^X", "vi-histedit"]),
            ("bind \"\\ex\" em-yank", ["bind", "\\ex", "em-yank"]),
            ("bind ^R em-inc-search-prev", ["bind", "^R", "banter-search-history"]),
            ("bind -a j ed-next-history", ["bind", "-a", "j", "banter-next-entry"]),
            ("bind \"\\e[A\" ed-prev-history", ["bind", "\u{80}", "banter-previous-entry"]),
            ("bind \"^[OB\" ed-next-history", ["bind", "\u{81}", "banter-next-entry"]),
            ("bind \"\\e[1;5C\" ed-move-to-end", ["bind", "\u{8E}", "banter-line-end"]),
            ("bind -a v vi-histedit", ["bind", "-a", "v", "banter-edit-externally"]),
            ("bind -k up ed-prev-history", ["bind", "\u{80}", "banter-previous-entry"]),
            ("bind -r ^T", ["bind", "-r", "^T"]), ("bind a\\ b em-yank", ["bind", "a b", "em-yank"]),
        ])
    func obeyed(line: String, words: [String]) { #expect(EditrcLine(line, isVi: false)?.words == words) }

    @Test(
        "is passed over if it is none, is broken, only prints, or would do harm",
        arguments: [
            "", "# bind ^A em-yank", "bind", "bind ^A", "bind -l", "edit on", "setty -a", "history size 5",
            "bind \"^A em-yank", "bind '^A em-yank", "bind ^A \\", "bind ^X ed-command", "bind \"\\ex\" ed-command",
            "bind -a G vi-to-history-line", "bind -a '#' vi-comment-out",
            "bind -a @ vi-alias", "bind -k f5 em-yank", "bind \"\\e[99z\" em-yank", "bind -s ^X", "\u{0}bind ^A x y",
        ])
    func passedOver(line: String) { #expect(EditrcLine(line, isVi: false) == nil) }

    @Test("in vi mode binds no Esc sequence, which would make Esc wait")
    func vi() {
        #expect(EditrcLine("bind \"\\ex\" em-yank", isVi: true) == nil)
        #expect(EditrcLine("bind ^[ ed-ignore", isVi: true) == nil)
        #expect(EditrcLine("bind \"\\e[A\" ed-prev-history", isVi: true) != nil)
        #expect(EditrcLine("bind -v", isVi: false)?.changesEditor == true)
    }
}

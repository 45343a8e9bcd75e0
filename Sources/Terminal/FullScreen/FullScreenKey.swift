import CNcurses

/// A key as a full-screen view gets it.
enum FullScreenKey: Hashable, Sendable {
    /// A printable character, or a part of one.
    case text(Unicode.Scalar)
    /// A letter typed with Ctrl, in lower case.
    case control(Unicode.Scalar)
    case enter, escape, backspace, delete, tab, backTab, f2
    /// Text that was pasted: it is no command, whatever it says.
    case paste(String)
    case up, down, left, right, pageUp, pageDown, home, end
    /// A key that nothing is bound to.
    case unknown

    /// - Parameter code: What `cncurses_read_key` returned for a key: a character, or one of its codes for other keys.
    init(code: Int32) {
        if code > 0 {
            self.init(character: UInt32(code))
            return
        }
        self =
            switch Int(code) {
            case CNCURSES_UP: .up
            case CNCURSES_DOWN: .down
            case CNCURSES_LEFT: .left
            case CNCURSES_RIGHT: .right
            case CNCURSES_PAGE_UP: .pageUp
            case CNCURSES_PAGE_DOWN: .pageDown
            case CNCURSES_HOME: .home
            case CNCURSES_END: .end
            case CNCURSES_DELETE: .delete
            case CNCURSES_BACKSPACE: .backspace
            case CNCURSES_ENTER: .enter
            case CNCURSES_ESCAPE: .escape
            case CNCURSES_BACK_TAB: .backTab
            case CNCURSES_F2: .f2
            default: .unknown
            }
    }

    private init(character: UInt32) {
        switch character {
        case 0x08, 0x7F: self = .backspace
        case 0x09: self = .tab
        case 0x0A, 0x0D: self = .enter
        case 0x1B: self = .escape
        case 0x01..<0x1B: self = Unicode.Scalar(character + 0x60).map { .control($0) } ?? .unknown
        case 0x1F: self = .control("_")
        case 0x00..<0x20, 0x80..<0xA0: self = .unknown
        default: self = Unicode.Scalar(character).map { .text($0) } ?? .unknown
        }
    }
}

import ChatSession
import FoundationEssentials
import Glibc
import Terminal

/// What the list of sessions says.
extension Sentences {
    static let damagedMark = "damaged"
    static let deletesElsewhere = "That is the session at the prompt; /delete there moves it to the trash."
    static let diskIsBusy = "The disk doesn't answer; nothing was changed."

    static func olderSessions(_ count: Int) -> String {
        "\(count) older: banter sessions list has them all, /search WORDS finds them, /resume ID opens one."
    }

    /// How much there is in a session, and who answers.
    static func size(of session: Session, turns: Int, look: TerminalLook) -> String {
        let parts = [turns == 1 ? "1 turn" : "\(turns) turns", session.model ?? ""].filter { !$0.isEmpty }
        return parts.joined(separator: look.separator)
    }

    /// Saved sessions, one a line.
    static func table(of sessions: some Sequence<SessionSummary>, current: SessionID? = nil) -> [StyledLine] {
        sessions.map { row($0.id, $0.time, $0.title, mark: $0.id == current ? "* " : "  ") }
    }

    /// A session in one line: id, day, title.
    static func row(_ id: SessionID, _ time: Timestamp?, _ title: String, mark: String = "") -> StyledLine {
        StyledLine([
            StyledText(mark + id.text, Style().colored(.cyan)), StyledText("  \(date(of: time))  ", .dim),
            StyledText(title),
        ])
    }

    /// The day of a moment, in local time, always as long: `2024-11-02`.
    static func date(of time: Timestamp?) -> String { time.map { LocalDay($0).date } ?? "          " }

    /// A moment as people write it in a list, in local time: `today 14:02`, `Mon`, `12 Nov`, `2024-11-02`.
    static func day(of time: Timestamp, now: Timestamp = Timestamp()) -> String {
        let (then, today) = (LocalDay(time), LocalDay(now))
        switch today.number - then.number {
        case 0: return "today \(twoDigits(then.hour)):\(twoDigits(then.minute))"
        case 1...6: return weekdays[then.weekday]
        case _ where then.year == today.year: return "\(then.day) \(months[then.month - 1])"
        default: return then.date
        }
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// A moment by the clock and the calendar of where we are (localtime_r(3)).
    private struct LocalDay {
        let year, month, day, hour, minute, weekday: Int

        var date: String { "\(year)-\(twoDigits(month))-\(twoDigits(day))" }

        init(_ time: Timestamp) {
            let seconds = time.date.timeIntervalSince1970
            // A file may say anything; beyond these there is no calendar.
            var moment = time_t(min(max(seconds, -60_000_000_000), 200_000_000_000))
            var parts = tm()
            localtime_r(&moment, &parts)
            (year, month, day) = (Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday))
            (hour, minute, weekday) = (Int(parts.tm_hour), Int(parts.tm_min), Int(parts.tm_wday))
        }

        /// Counted on, so that days can be subtracted.
        var number: Int {
            var midnight = tm()
            (midnight.tm_year, midnight.tm_mon, midnight.tm_mday) = (Int32(year - 1900), Int32(month - 1), Int32(day))
            return timegm(&midnight) / 86400
        }
    }
}

import ChatSession
import Terminal

extension Repl {
    /// The files that are named in the part of a message that could be seen, read; nil if one can't be sent, which is said, and the
    /// message is back at the prompt.
    func files(namedIn seen: String, of message: String) async -> [AttachedFile]? {
        guard seen.utf8.contains(UInt8(ascii: "@")) else { return [] }
        let home = choice.environment["HOME"]
        let read = await BlockingWork.result(within: .seconds(10)) {
            Result { () throws(AttachmentError) in try AttachedFile.files(namedIn: seen, home: home) }
        }
        switch read {
        case .success(let files)?:
            // Nobody has seen what is in them. Sent once more, the message says that it is meant so.
            let suspects = files.filter(\.hiddenCharacters.mayBeText)
            if suspects.isEmpty || !toldSuspects.insert(suspects.hashValue).inserted {
                if !files.isEmpty { await say(Sentences.attached(files)) }
                return files
            }
            await say(Sentences.hiddenText(in: suspects))
        case .failure(let error)?: await complain(error)
        case nil: await complain(Sentences.filesTookTooLong)
        }
        await giveBack(unsent: message)
        return nil
    }

    /// Says that a message wasn't sent, and puts it back on the prompt.
    func giveBack(unsent message: String) async {
        // It is back in full, and may be a large paste.
        let beginning = String(String.UnicodeScalarView(message.unicodeScalars.prefix(200)))
        await say("Not sent: " + (beginning.utf8.count < message.utf8.count ? beginning + "…" : message))
        console.giveBack(message)
    }
}

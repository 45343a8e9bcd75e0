/// How an answer in audio sounds (`audio` of the request).
public struct ChatCompletionAudioParameters: WireObject {
    /// Every field of the parameters, known or not, in its order.
    public var fields: JSONObject
    /// Parameters with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// A voice of the provider's, in a format.
    public init(voice: VoiceID, format: OutputAudioFormat) { self.init(voice: .named(voice), format: format) }
    /// A voice in a format.
    public init(voice: Voice, format: OutputAudioFormat) { fields = ["voice": voice.json, "format": format.json] }

    /// The voice; required.
    public var voice: Voice? {
        get { self["voice"] }
        set { self["voice"] = newValue }
    }
    /// The format of the audio; required.
    public var format: OutputAudioFormat? {
        get { self["format"] }
        set { self["format"] = newValue }
    }
}

/// A voice: one of the provider's, or a custom one.
public enum Voice: Hashable, WireValue {
    /// One of the provider's.
    case named(VoiceID)
    /// A custom one.
    case custom(CustomVoice)

    /// A custom voice.
    public static func custom(id: String) -> Self { .custom(CustomVoice(fields: ["id": id.json])) }

    /// Reads a string or an object.
    public init?(json: JSONValue) {
        switch json {
        case .string(let text): self = .named(VoiceID(rawValue: text))
        case .object(let fields): self = .custom(CustomVoice(fields: fields))
        default: return nil
        }
    }

    /// The voice as JSON.
    public var json: JSONValue {
        switch self {
        case .named(let name): name.json
        case .custom(let voice): voice.json
        }
    }
}

/// A custom voice.
public struct CustomVoice: WireObject {
    /// Every field of the voice, known or not, in its order.
    public var fields: JSONObject
    /// A voice with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// Its id, like `voice_1234`; required.
    public var id: String? {
        get { self["id"] }
        set { self["id"] = newValue }
    }
}

/// A voice of the provider's.
public struct VoiceID: OpenEnumeration {
    /// The text on the wire.
    public let rawValue: String
    /// Any text, known or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The voice Alloy.
    public static let alloy = VoiceID(rawValue: "alloy")
    /// The voice Ash.
    public static let ash = VoiceID(rawValue: "ash")
    /// The voice Ballad.
    public static let ballad = VoiceID(rawValue: "ballad")
    /// The voice Coral.
    public static let coral = VoiceID(rawValue: "coral")
    /// The voice Echo.
    public static let echo = VoiceID(rawValue: "echo")
    /// The voice Sage.
    public static let sage = VoiceID(rawValue: "sage")
    /// The voice Shimmer.
    public static let shimmer = VoiceID(rawValue: "shimmer")
    /// The voice Verse.
    public static let verse = VoiceID(rawValue: "verse")
    /// The voice Marin.
    public static let marin = VoiceID(rawValue: "marin")
    /// The voice Cedar.
    public static let cedar = VoiceID(rawValue: "cedar")
}

/// The format of audio that the model speaks.
public struct OutputAudioFormat: OpenEnumeration {
    /// The text on the wire.
    public let rawValue: String
    /// Any text, known or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// WAV.
    public static let wav = OutputAudioFormat(rawValue: "wav")
    /// AAC.
    public static let aac = OutputAudioFormat(rawValue: "aac")
    /// MP3.
    public static let mp3 = OutputAudioFormat(rawValue: "mp3")
    /// FLAC.
    public static let flac = OutputAudioFormat(rawValue: "flac")
    /// Opus.
    public static let opus = OutputAudioFormat(rawValue: "opus")
    /// Bare samples of 16 bits; the only format of streams.
    public static let pcm16 = OutputAudioFormat(rawValue: "pcm16")
}

/// An answer of the model in audio; in a chunk a piece of it, in a request only its id.
public struct ChatCompletionAudio: WireObject {
    /// Every field of the audio, known or not, in its order.
    public var fields: JSONObject
    /// Audio with these fields.
    public init(fields: JSONObject) { self.fields = fields }

    /// An earlier answer, by its id.
    public init(id: String) { fields = ["id": id.json] }

    /// The id by which later requests name it.
    public var id: String? {
        get { self["id"] }
        set { self["id"] = newValue }
    }
    /// The audio in base64, in the format of the request.
    public var data: String? {
        get { self["data"] }
        set { self["data"] = newValue }
    }
    /// Until when the server knows the id, in seconds since 1970.
    public var expiresAt: Int? {
        get { self["expires_at"] }
        set { self["expires_at"] = newValue }
    }
    /// What is said.
    public var transcript: String? {
        get { self["transcript"] }
        set { self["transcript"] = newValue }
    }
}

import Kernel

/// A rhythm as somebody sets it.
public struct NewRhythm: Sendable, Equatable {
    public var name: String
    public var audience: Rhythm.Audience
    public var beat: Rhythm.Beat
    public var what = ""
    public var way = Rhythm.Way.call
    public var purpose = Purpose.news
    public var leadDays = 7
    public var mostOpen = 50

    public init(name: String, audience: Rhythm.Audience, beat: Rhythm.Beat) {
        self.name = name
        self.audience = audience
        self.beat = beat
    }

    static let mostOpenLimit = 500

    /// The same without blanks, or the reason why it may not be.
    func checked() throws(TouchRefusal) -> NewRhythm {
        var checked = self
        checked.name = name.singleLine
        checked.what = what.trimmed
        guard !checked.name.isEmpty else { throw .nameMissing }
        guard checked.name.count <= 120 else { throw .tooLong(field: "name", limit: 120) }
        guard checked.what.count <= 2000 else { throw .tooLong(field: "what", limit: 2000) }
        guard (0...60).contains(leadDays) else {
            throw .outOfRange(field: "lead_days", lowest: 0, highest: 60)
        }
        guard (1...NewRhythm.mostOpenLimit).contains(mostOpen) else {
            throw .outOfRange(field: "most_open", lowest: 1, highest: NewRhythm.mostOpenLimit)
        }
        return checked
    }
}

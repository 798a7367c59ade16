/// How somebody buys, which nobody at the counter knows the first time.
enum SampleHabit {
    /// Once and never again.
    case once
    /// Now and then.
    case occasional
    /// Every fortnight or so.
    case regular
    /// A parcel every four weeks.
    case subscriber
    /// An organisation that orders by the kilo.
    case wholesale

    static func newcomer(fromCampaign: Bool, _ random: inout SampleRandom) -> SampleHabit {
        let habits: [SampleHabit] = [.once, .occasional, .regular, .subscriber]
        return habits[random.place(in: fromCampaign ? [89, 8, 2, 1] : [65, 22, 8.5, 4.5])]
    }

    /// Days between two visits on average.
    var gap: Double {
        switch self {
        case .once: 0
        case .occasional: 78
        case .regular: 15
        case .subscriber: 28
        case .wholesale: 11
        }
    }

    /// Days until they move on, on average.
    var life: Double {
        switch self {
        case .once: 0
        case .occasional: 560
        case .regular: 820
        case .subscriber: 640
        case .wholesale: 1100
        }
    }

    /// Acts of advocacy a year.
    var praise: Double {
        switch self {
        case .once: 0.015
        case .occasional: 0.09
        case .regular: 0.28
        case .subscriber: 0.24
        case .wholesale: 0
        }
    }

    /// How often each channel is theirs: shop, web, phone, subscription.
    func channel(fromCampaign: Bool, _ random: inout SampleRandom) -> SampleChannel {
        let weights: [Double]
        switch self {
        case .once: weights = fromCampaign ? [15, 85, 0, 0] : [56, 42, 2, 0]
        case .occasional: weights = [50, 46, 4, 0]
        case .regular: weights = [72, 25, 3, 0]
        case .subscriber: weights = [0, 0, 0, 1]
        case .wholesale: weights = [0, 35, 65, 0]
        }
        return SampleChannel.allCases[random.place(in: weights)]
    }
}

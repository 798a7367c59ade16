import Kernel

/// What people say, put together from halves of sentences so that two seldom say the same.
enum SampleWords {
    static func praise(_ kind: AdvocacyAct.Kind, friend: String, _ random: inout SampleRandom) -> String {
        switch kind {
        case .review, .testimonial:
            let parts = [
                random.pick(openings), random.pick(reasons), random.chance(0.6) ? random.pick(closings) : "",
            ]
            return told(parts, &random)
        case .referral:
            let told = random.pick(referrals).replacing("{friend}", with: friend)
            return self.told([told, random.chance(0.45) ? random.pick(reasons) : ""], &random)
        case .recommendation: return told([random.pick(recommendations), random.pick(reasons)], &random)
        case .referenceCall: return told([random.pick(calls), random.pick(callReasons)], &random)
        }
    }

    static func complaint(_ random: inout SampleRandom) -> String {
        told([random.pick(complaints), random.chance(0.5) ? random.pick(regrets) : ""], &random)
    }

    private static func told(_ parts: [String], _ random: inout SampleRandom) -> String {
        let text = parts.filter { !$0.isEmpty }.joined(separator: " ")
        return text.replacing("{coffee}", with: random.pick(coffees))
    }

    private static func lines(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }

    private static let coffees = lines(
        """
        Harbour Blend
        Lighthouse Espresso
        Ethiopia Guji
        Kenya Nyeri
        Colombia Huila
        Guatemala Antigua
        Winter Tide
        decaf
        cold brew
        """)

    private static let openings = lines(
        """
        I came in out of the rain and stayed for three years.
        Best {coffee} I have had outside of a plane ticket.
        I have stopped buying beans anywhere else.
        They remembered my name on the second visit.
        My grinder broke on a Friday; they lent me theirs.
        I ordered the wrong grind and they swapped it without a question.
        The {coffee} tastes the way the label says it will.
        I am not easy to please about coffee.
        Two years of subscription, not one late parcel.
        I brought my mother, who drinks tea. She asked for a second cup.
        A small place with a long memory.
        You can ring them and a person answers.
        We had their beans at our wedding.
        I drive past four other roasters to get here.
        The roast date is always this week's.
        Bought one bag as a present and then one for myself.
        """)

    private static let reasons = lines(
        """
        They told me to buy the cheaper bag because it suits my machine better.
        The person at the counter knew which farm it came from and who had been there.
        When a parcel was lost they sent another the same day and never made me fill in a form.
        The {coffee} is sweet without anybody adding anything.
        They write the brewing recipe on the bag by hand if you ask.
        My order is started when they see me cross the street.
        They saved me the last cardamom bun. Twice.
        The tasting evening changed how I make coffee at home.
        Pausing the subscription over the summer took one mail.
        They explained the price rise before it came, with numbers.
        The whole office notices when I forget to order.
        They cleaned my kettle and would not take money for it.
        It is the only place where my toddler and my boss both like to sit.
        I complained about one bag and got an honest answer and two bags.
        The {coffee} makes my mornings possible.
        They know their regulars, and it shows.
        Nobody hurries you, even on a Saturday.
        I like that they say when a harvest is not as good.
        They deliver by bicycle, in any weather.
        The refill discount is small, the idea is not.
        """)

    private static let closings = lines(
        """
        Go early, the buns are gone by ten.
        I tell everyone who will listen.
        Ask for the filter of the day.
        Five stars and I would give six.
        You will not need to look further.
        Take the discovery box if you cannot decide.
        I hope they never get bigger.
        Worth the detour.
        Say hello from me.
        Long may they roast.
        I have never written a review before.
        """)

    private static let referrals = lines(
        """
        Told {friend} about the subscription.
        Brought {friend} along on Saturday.
        Gave {friend} a bag of {coffee} and your card.
        {friend} was looking for a present; I sent them to you.
        {friend} moved here last month and asked where to buy beans.
        Passed my voucher on to {friend}.
        {friend} tried my {coffee} and wants the same.
        Made {friend} promise to come before ten.
        {friend} runs an office kitchen and needs better coffee.
        My sister-in-law {friend} is coming by this week.
        Sent {friend} your link after the tasting evening.
        {friend} asked what smells so good in my kitchen.
        """)

    private static let recommendations = lines(
        """
        Recommended you in the neighbourhood group.
        Told the whole choir after rehearsal.
        Mentioned you on the radio when they asked for places to sit.
        Named you when a colleague asked for beans.
        Put you on the list for visitors at our conference.
        Wrote about you in the school newsletter.
        Told the other parents at the gate.
        Recommended you to the hotel across the road.
        Said it at the hairdresser, so by now everybody knows.
        Sent your address to my running club.
        """)

    private static let calls = lines(
        """
        Spoke with a restaurant that considers changing roasters.
        Took a call from an office manager who wanted to hear from a customer.
        Answered questions from a bakery about deliveries.
        Talked half an hour with a hotel about the machine service.
        Told a start-up of thirty what we drink and what we pay.
        Spoke for you at the purchasing round of our building.
        """)

    private static let callReasons = lines(
        """
        Said that the Monday delivery has never been late.
        Told them that you answer the phone.
        They wanted to know about prices; I said fair, and explained in advance.
        I said we changed twice and came back.
        Recommended starting with the house espresso.
        They will call you this week.
        Told them about the day the machine broke and you came in an hour.
        """)

    private static let complaints = lines(
        """
        The welcome box came late and without the filters.
        Waited twenty minutes at the counter and then the bun was cold.
        Ordered a fine grind, got whole beans.
        Nobody answered my mail about the missing bag.
        Too bitter for me, and too dear for that.
        The box looked bigger in the picture.
        My subscription went to the old address although I had changed it.
        It was so full that we left again.
        Two of the cups in the parcel were broken.
        I was asked for my name three times and still got somebody else's order.
        """)

    private static let regrets = lines(
        """
        A pity, I had heard good things.
        They apologised, but once was enough.
        I used to come every week.
        Perhaps it was just a bad day.
        I will not order again.
        The coffee itself was fine.
        """)
}

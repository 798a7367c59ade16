import Kernel
import Storage

/// People whose latest answer is a promoter's, who have no act of advocacy on record and whom nobody has asked: neither
/// since the answers began, nor with an answer or a day to come back still open. Whoever does not want to be
/// approached is not among them.
enum WillingList {
    /// `answer a`, narrowed to the latest answer of each named promoter whose answer fell on these days.
    static func latestPromoters(_ days: ClosedRange<LocalDate>, _ about: Answer.About) -> SQL {
        """
        answer a WHERE a.about = \(about) AND a.part = \(Answer.Part.promoter.rawValue) AND a.kind = 'nps'
            AND a.day BETWEEN \(days.lowerBound) AND \(days.upperBound) AND a.party_id IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM answer b WHERE b.party_id = a.party_id AND b.about = a.about
                AND b.kind = 'nps' AND (b.day, b.id) > (a.day, a.id))
        """
    }

    static func mayBeAsked(in window: ClosedRange<LocalDate>) -> SQL {
        """
        NOT EXISTS (SELECT 1 FROM advocacy v WHERE v.person_id = a.party_id AND v.day >= \(window.lowerBound))
            AND NOT EXISTS (SELECT 1 FROM membership m JOIN advocacy v ON v.person_id = m.person_id
                WHERE m.account_id = a.party_id AND v.day >= \(window.lowerBound))
            AND NOT EXISTS (SELECT 1 FROM ask k WHERE k.person_id = a.party_id AND \(stands(in: window)))
            AND NOT EXISTS (SELECT 1 FROM membership m JOIN ask k ON k.person_id = m.person_id
                WHERE m.account_id = a.party_id AND \(stands(in: window)))
            AND NOT \(Consent.isRefused(.advocacy, party: "a.party_id"))
        """
    }

    private static func stands(in window: ClosedRange<LocalDate>) -> SQL {
        "(k.asked_day >= \(window.lowerBound) OR k.state = 'open' OR k.waits)"
    }

    /// The latest answers first, a page at a time.
    static func page(
        _ window: ClosedRange<LocalDate>, _ about: Answer.About, after mark: (Int, Int64), limit: Int
    ) -> SQL {
        """
        SELECT \(Party.columns), a.day, a.id FROM (
            SELECT a.party_id, a.day, a.id FROM \(latestPromoters(window, about))
                AND (a.day, a.id) < (\(mark.0), \(mark.1)) AND \(mayBeAsked(in: window))
            ORDER BY a.day DESC, a.id DESC LIMIT \(limit)
        ) AS a JOIN party p ON p.id = a.party_id ORDER BY a.day DESC, a.id DESC
        """
    }
}

public import Storage

/// The schema, in the order it came to be, and what each table's rows are to the people in them.
public enum Schema {
    public static let migrations: [Migration] = [
        .house, .people, .purchases, .imports, .counters, .figures, .economics, .answers,
        .relationships, .segments, .volumes, .persons, .merging, .holdsContracts, .findings,
        .advocacyLife, .offers, .walkthrough, .visits, .touch, .figureWishes,
    ]

    public static let tables: [TableEntry] = [
        TableEntry("migration", export: .never),
        TableEntry("setting"),
        TableEntry("secret", export: .never),
        TableEntry("event", parties: ["party_id"], merge: .repoint),
        TableEntry("job", export: .never, retention: .whileUseful),
        TableEntry("party", parties: ["parent_id", "owner_id"], merge: .combine, erasure: .anonymise),
        TableEntry("party_word", parties: ["party_id"], merge: .repoint, export: .derived, erasure: .delete),
        TableEntry("party_key", parties: ["party_id"], merge: .repoint, erasure: .delete),
        TableEntry("membership", parties: ["person_id", "account_id"], merge: .combine, erasure: .delete),
        TableEntry("address", parties: ["party_id"], merge: .combine, erasure: .delete),
        TableEntry("agent", parties: ["person_id"], merge: .combine, erasure: .anonymise),
        TableEntry("session", export: .never, erasure: .delete, retention: .whileUseful),
        TableEntry("api_key", export: .never, erasure: .delete),
        TableEntry("invitation", export: .never, erasure: .delete, retention: .whileUseful),
        TableEntry("purchase", parties: ["account_id"], merge: .repoint),
        TableEntry("advocacy", parties: ["person_id"], merge: .repoint, erasure: .anonymise),
        TableEntry("standing", parties: ["party_id"], merge: .combine, export: .derived, erasure: .delete),
        TableEntry("tally", export: .derived),
        TableEntry("tally_delta", export: .derived, retention: .whileUseful),
        TableEntry("tally_change", export: .never, retention: .whileUseful),
        TableEntry("import"),
        TableEntry("import_refusal", erasure: .delete),
        TableEntry("import_customer", export: .never, erasure: .delete, retention: .whileUseful),
        TableEntry("import_purchase", export: .never, erasure: .delete, retention: .whileUseful),
        // Rebuilt by the next run, so a merged or forgotten customer's rows simply go.
        TableEntry("figure_run", retention: .whileUseful),
        TableEntry(
            "figure", parties: ["party_id"], export: .derived, erasure: .delete, retention: .whileUseful),
        TableEntry(
            "list_row", parties: ["party_id"], export: .derived, erasure: .delete, retention: .whileUseful),
        TableEntry(
            "list_entry", parties: ["party_id", "assignee_id", "done_by"], merge: .combine,
            erasure: .anonymise),
        TableEntry("import_advocacy", export: .never, erasure: .delete, retention: .whileUseful),
        TableEntry("spend"),
        TableEntry("economics", export: .derived),
        TableEntry("answer", parties: ["party_id"], merge: .repoint, erasure: .anonymise),
        TableEntry("answer_tally", export: .derived),
        TableEntry("answer_tally_delta", export: .derived, retention: .whileUseful),
        TableEntry("answer_mix", export: .derived),
        TableEntry("import_answer", export: .never, erasure: .delete, retention: .whileUseful),
        TableEntry("tag"),
        TableEntry("party_tag", parties: ["party_id"], merge: .combine, erasure: .delete),
        TableEntry("field"),
        TableEntry("field_value", parties: ["party_id"], merge: .combine, erasure: .delete),
        TableEntry("consent", parties: ["party_id"], merge: .repoint, erasure: .anonymise),
        TableEntry("suppression"),
        TableEntry("rhythm"),
        TableEntry(
            "touch", parties: ["party_id", "assignee_id", "handled_by"], merge: .combine, erasure: .anonymise),
        // The journal says who was who: it keeps the ids it was written with.
        TableEntry("merging", erasure: .anonymise),
        TableEntry("merging_step", export: .never, erasure: .delete),
        TableEntry("merging_row", export: .never),
        TableEntry("party_redirect", parties: ["into_id"], merge: .repoint),
        TableEntry(
            "duplicate", parties: ["one_id", "other_id"], merge: .combine, export: .derived, erasure: .delete),
        TableEntry("duplicate_run", export: .derived, retention: .whileUseful),
        // Names who set it; what findings say of customers is said anew by the next look.
        TableEntry("desired_profile", parties: ["set_by"], merge: .repoint),
        TableEntry("finding", parties: ["aside_by"], merge: .repoint, erasure: .anonymise),
        TableEntry("finding_state", export: .derived),
        TableEntry(
            "ask", parties: ["person_id", "asked_by", "answered_by"], merge: .repoint, erasure: .anonymise),
        // Rebuilt by the next night, so a merged or forgotten customer's rows simply go.
        TableEntry("ask_run", export: .derived, retention: .whileUseful),
        TableEntry(
            "ask_row", parties: ["party_id", "account_id"], merge: .combine, export: .derived,
            erasure: .delete,
            retention: .whileUseful),
        TableEntry(
            "referral", parties: ["person_id", "friend_id", "suggested_id", "dismissed_id", "linked_by"],
            merge: .repoint),
        TableEntry("testimonial", parties: ["person_id"], merge: .repoint, erasure: .anonymise),
        TableEntry(
            "testimonial_consent", parties: ["recorded_by"], merge: .repoint, erasure: .anonymise),
        TableEntry(
            "thank", parties: ["person_id", "owner_id", "done_by"], merge: .repoint, erasure: .anonymise),
        TableEntry("talk", export: .derived),
        TableEntry("advocacy_count", export: .derived),
        TableEntry("advocacy_count_delta", export: .derived, retention: .whileUseful),
        TableEntry("former_address", parties: ["party_id", "removed_by"], merge: .repoint, erasure: .delete),
        TableEntry("preference", parties: ["party_id", "recorded_by"], merge: .repoint, erasure: .anonymise),
        TableEntry("suppression_change", parties: ["recorded_by"], merge: .repoint),
        TableEntry("import_field_value", export: .never, erasure: .delete, retention: .whileUseful),
        // A hold goes with the customer it was placed on; colleagues and moments stay, words go.
        TableEntry(
            "hold", parties: ["party_id", "owner_id", "placed_by", "lifted_by"], merge: .repoint,
            erasure: .anonymise),
        TableEntry("contract", parties: ["party_id"], merge: .repoint, erasure: .anonymise),
        TableEntry("contract_price"),
        TableEntry("import_contract", export: .never, erasure: .delete, retention: .whileUseful),
        TableEntry("retention", export: .derived),
        TableEntry("segment"),
        TableEntry("segment_version"),
        TableEntry(
            "segment_member", parties: ["party_id"], merge: .combine, export: .derived, erasure: .delete),
        TableEntry("segment_figure", export: .derived),
        // Sums of purchases: counted again for whoever gains or loses some.
        TableEntry("volume", parties: ["account_id"], merge: .combine, export: .derived, erasure: .delete),
        TableEntry(
            "membership_past", parties: ["person_id", "account_id"], merge: .repoint, erasure: .delete),
        TableEntry("offer_product", export: .derived),
        TableEntry("offer_pair", export: .derived),
        // Of two customers' offers of one product the one somebody worked on stays, else the older.
        TableEntry("offer_entry", parties: ["party_id", "worked_by"], merge: .combine, erasure: .anonymise),
        TableEntry("offer_report", export: .derived),
        TableEntry("saved_list", parties: ["saved_by"], merge: .repoint),
        TableEntry("content", erasure: .keep, retention: .whileUseful),
        TableEntry("content_part", erasure: .keep, retention: .whileUseful),
        TableEntry("place", parties: ["owner_id"], merge: .repoint),
        TableEntry("place_item"),
        TableEntry("walk", parties: ["walked_by"], merge: .repoint),
        TableEntry("walk_mark"),
        TableEntry("walk_finding", parties: ["owner_id", "found_by", "mended_by"], merge: .repoint),
        TableEntry("walk_photo"),
        TableEntry(
            "visit", parties: ["party_id", "settled_by", "recorded_by"], merge: .repoint, erasure: .anonymise),
        TableEntry("visit_report", export: .derived),
        TableEntry("saved_list_row", parties: ["party_id"], merge: .combine, erasure: .delete),
    ]
}

import Storage

extension Migration {
    /// The life of advocacy: whom we asked, whom they sent, what they let us show, and how we thanked them.
    ///
    /// A referral, a testimonial and a thank belong to an act each and go with it. `advocacy_count` holds how many lie
    /// where, by day; changes are added as delta rows and folded by a job. Chances are kept in millionths.
    static let advocacyLife = Migration(
        "0016-advocacy-life",
        """
        CREATE TABLE ask (
            id IDENTITY, person_id BIGINT NOT NULL, wish TEXT NOT NULL
                CHECK (wish IN ('referral', 'testimonial', 'reference call')),
            asked_by BIGINT, asked_at BIGINT NOT NULL, asked_day BIGINT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('open', 'yes', 'no', 'later', 'no reply')),
            later_day BIGINT, waits BOOLEAN NOT NULL, answered_at BIGINT, answered_by BIGINT, note TEXT NOT NULL
        );
        CREATE INDEX ask_by_person ON ask (person_id, asked_day, id);
        CREATE INDEX ask_by_day ON ask (asked_day, id);
        CREATE INDEX ask_open ON ask (asked_day, id) WHERE state = 'open';
        CREATE INDEX ask_later ON ask (later_day, id) WHERE waits;

        CREATE TABLE ask_run (
            id IDENTITY, state TEXT NOT NULL CHECK (state IN ('writing', 'complete')), marker TEXT NOT NULL,
            day BIGINT NOT NULL, started_at BIGINT NOT NULL, finished_at BIGINT, people BIGINT NOT NULL
        );
        CREATE TABLE ask_row (
            run_id BIGINT NOT NULL, party_id BIGINT NOT NULL, place BIGINT NOT NULL, wish TEXT NOT NULL,
            account_id BIGINT NOT NULL, occasions BIGINT NOT NULL, last_day BIGINT NOT NULL, alive_millionths BIGINT,
            part BIGINT, answered_day BIGINT, asked_day BIGINT, PRIMARY KEY (run_id, party_id)
        );
        CREATE INDEX ask_row_by_place ON ask_row (run_id, place, party_id);

        CREATE TABLE referral (
            id IDENTITY, act_id BIGINT NOT NULL UNIQUE, person_id BIGINT NOT NULL, day BIGINT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('open', 'linked', 'bought')),
            friend_id BIGINT, linked_how TEXT NOT NULL, linked_by BIGINT, linked_at BIGINT, first_day BIGINT,
            suggested_id BIGINT, suggested_why TEXT NOT NULL, dismissed_id BIGINT, looked_at BIGINT NOT NULL
        );
        CREATE INDEX referral_by_person ON referral (person_id, id);
        CREATE INDEX referral_by_friend ON referral (friend_id, id) WHERE friend_id IS NOT NULL;
        CREATE INDEX referral_by_state ON referral (state, day, id);
        CREATE INDEX referral_to_look ON referral (state, looked_at, id);

        CREATE TABLE testimonial (
            id IDENTITY, act_id BIGINT NOT NULL UNIQUE, person_id BIGINT NOT NULL, day BIGINT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('open', 'given', 'refused', 'withdrawn')),
            short TEXT NOT NULL, website BOOLEAN NOT NULL, print BOOLEAN NOT NULL, sales BOOLEAN NOT NULL,
            name_form TEXT NOT NULL CHECK (name_form IN ('full', 'initial', 'none')), shown_name TEXT NOT NULL,
            pinned BIGINT NOT NULL, token_hash BYTES, changed_at BIGINT NOT NULL
        );
        CREATE INDEX testimonial_by_person ON testimonial (person_id, id);
        CREATE INDEX testimonial_by_state ON testimonial (state, day, id);
        CREATE INDEX testimonial_newest ON testimonial (state, day, id) WHERE website;
        CREATE INDEX testimonial_chosen ON testimonial (state, pinned, day, id) WHERE website;
        CREATE UNIQUE INDEX testimonial_by_token ON testimonial (token_hash) WHERE token_hash IS NOT NULL;

        CREATE TABLE testimonial_consent (
            id IDENTITY, testimonial_id BIGINT NOT NULL, given BOOLEAN NOT NULL, day BIGINT NOT NULL,
            words TEXT NOT NULL, how TEXT NOT NULL, website BOOLEAN NOT NULL, print BOOLEAN NOT NULL,
            sales BOOLEAN NOT NULL, name_form TEXT NOT NULL, recorded_by BIGINT, recorded_at BIGINT NOT NULL
        );
        CREATE INDEX testimonial_consent_by_testimonial ON testimonial_consent (testimonial_id, id);

        CREATE TABLE thank (
            id IDENTITY, act_id BIGINT NOT NULL UNIQUE, person_id BIGINT NOT NULL, act_day BIGINT NOT NULL,
            owner_id BIGINT, due_day BIGINT NOT NULL, state TEXT NOT NULL CHECK (state IN ('due', 'thanked', 'skipped')),
            how TEXT NOT NULL, cost BIGINT, currency TEXT NOT NULL, note TEXT NOT NULL, done_at BIGINT, done_by BIGINT
        );
        CREATE INDEX thank_due ON thank (due_day, id) WHERE state = 'due';
        CREATE INDEX thank_by_owner ON thank (owner_id, due_day, id) WHERE state = 'due';
        CREATE INDEX thank_by_act_day ON thank (act_day, id) WHERE state = 'due';
        CREATE INDEX thank_by_person ON thank (person_id, id);
        CREATE INDEX thank_done ON thank (done_at, id) WHERE done_at IS NOT NULL;

        CREATE TABLE talk (
            name TEXT PRIMARY KEY, computed_at BIGINT NOT NULL, marker TEXT NOT NULL, document TEXT NOT NULL
        );

        CREATE TABLE advocacy_count (
            family TEXT NOT NULL, day BIGINT NOT NULL, n BIGINT NOT NULL, PRIMARY KEY (family, day)
        );
        CREATE TABLE advocacy_count_delta (
            id IDENTITY, family TEXT NOT NULL, day BIGINT NOT NULL, n BIGINT NOT NULL
        );

        INSERT INTO thank (act_id, person_id, act_day, owner_id, due_day, state, how, currency, note)
            SELECT a.id, a.person_id, a.day, p.owner_id, a.recorded_at / 86400000 + 7, 'due', '', '', ''
            FROM advocacy a JOIN party p ON p.id = a.person_id WHERE a.counts ORDER BY a.id;
        INSERT INTO referral (act_id, person_id, day, state, linked_how, suggested_why, looked_at)
            SELECT id, person_id, day, 'open', '', '', 0 FROM advocacy WHERE kind = 'referral' ORDER BY id;
        INSERT INTO testimonial (act_id, person_id, day, state, short, website, print, sales, name_form, shown_name,
                pinned, changed_at)
            SELECT id, person_id, day, 'open', '', FALSE, FALSE, FALSE, 'none', '', 0, recorded_at
            FROM advocacy WHERE kind = 'testimonial' AND words <> '' ORDER BY id;
        INSERT INTO advocacy_count_delta (family, day, n) SELECT 'thank', due_day, count(*) FROM thank GROUP BY due_day;
        INSERT INTO advocacy_count_delta (family, day, n) SELECT 'referral open', 0, count(*) FROM referral;
        INSERT INTO advocacy_count_delta (family, day, n) SELECT 'testimonial open', 0, count(*) FROM testimonial;
        """)
}

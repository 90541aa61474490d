// @generated automatically by Diesel CLI.

diesel::table! {
    access_requests (id) {
        id -> Text,
        area_id -> Text,
        state -> Text,
        email_key -> Text,
        address_digest -> Text,
        submitted_at -> Timestamp,
        body -> Text,
        version -> Integer,
    }
}

diesel::table! {
    acknowledgements (id) {
        id -> Text,
        document_id -> Text,
        person_id -> Text,
        published_at -> Timestamp,
        body -> Text,
        version -> Integer,
    }
}

diesel::table! {
    agreements (id) {
        id -> Text,
        assignment_id -> Text,
        number -> Integer,
        state -> Text,
        body -> Text,
        version -> Integer,
    }
}

diesel::table! {
    assignments (id) {
        id -> Text,
        order_id -> Text,
        offer_id -> Text,
        person_id -> Text,
        node_id -> Text,
        handler_id -> Nullable<Text>,
        state -> Text,
        starts_at -> Nullable<Timestamp>,
        ends_at -> Nullable<Timestamp>,
        remind_after -> Nullable<Date>,
        body -> Text,
        version -> Integer,
        performed_on -> Nullable<Date>,
    }
}

diesel::table! {
    attachment_contents (id) {
        id -> Text,
        content -> Binary,
    }
}

diesel::table! {
    attachments (id) {
        id -> Text,
        uploader_id -> Text,
        thing_id -> Nullable<Text>,
        body -> Text,
        version -> Integer,
    }
}

diesel::table! {
    audience_feedback (id) {
        id -> Text,
        assignment_id -> Text,
        node_id -> Text,
        question_set_id -> Text,
        body -> Text,
        version -> Integer,
    }
}

diesel::table! {
    audit_events (id) {
        id -> Text,
        happened_at -> Timestamp,
        operation -> Text,
        person_id -> Nullable<Text>,
        client_id -> Nullable<Text>,
        behalf_id -> Nullable<Text>,
        node_id -> Text,
        thing_id -> Nullable<Text>,
        place -> Text,
        status -> Integer,
        trace -> Text,
    }
}

diesel::table! {
    bank_searches (id) {
        id -> Text,
        order_id -> Text,
        by_id -> Text,
        body -> Text,
        version -> Integer,
    }
}

diesel::table! {
    clients (id) {
        id -> Text,
        area_id -> Text,
        secret_digest -> Text,
        revoked_at -> Nullable<Timestamp>,
        body -> Text,
        version -> Integer,
    }
}

diesel::table! {
    compilations (id) {
        id -> Text,
        area_id -> Text,
        year -> Integer,
        number -> Nullable<Integer>,
        state -> Text,
        body -> Text,
        version -> Integer,
    }
}

diesel::table! {
    concerns (id) {
        id -> Text,
        node_id -> Text,
        handler_id -> Nullable<Text>,
        raised_by -> Text,
        state -> Text,
        body -> Text,
        version -> Integer,
    }
}

diesel::table! {
    decisions (id) {
        id -> Text,
        node_id -> Text,
        from_day -> Date,
        until_day -> Nullable<Date>,
        state -> Text,
        body -> Text,
        version -> Integer,
    }
}

diesel::table! {
    delegations (expert_person_id, person_id, power) {
        expert_person_id -> Text,
        person_id -> Text,
        power -> Text,
    }
}

diesel::table! {
    delivered_documents (document_id, delivery_id) {
        document_id -> Text,
        delivery_id -> Text,
        assignment_id -> Text,
    }
}

diesel::table! {
    deliveries (id) {
        id -> Text,
        assignment_id -> Text,
        body -> Text,
        version -> Integer,
    }
}

diesel::table! {
    development_actions (id) {
        id -> Text,
        area_id -> Text,
        group_id -> Text,
        state -> Text,
        body -> Text,
        version -> Integer,
    }
}

diesel::table! {
    disclosures (id) {
        id -> Text,
        expert_id -> Text,
        person_id -> Text,
        node_id -> Text,
        order_id -> Text,
        assignment_id -> Text,
        disclosed_at -> Timestamp,
        body -> Text,
        version -> Integer,
    }
}

diesel::table! {
    documents (id) {
        id -> Text,
        node_id -> Text,
        kind -> Text,
        state -> Text,
        body -> Text,
        version -> Integer,
    }
}

diesel::table! {
    expert_codes (expert_id, kind, code) {
        expert_id -> Text,
        kind -> Text,
        code -> Text,
    }
}

diesel::table! {
    endings (node_id) {
        node_id -> Text,
        last_day -> Date,
    }
}

diesel::table! {
    expense_rate_tables (id) {
        id -> Text,
        node_id -> Text,
        valid_from -> Date,
        body -> Text,
        version -> Integer,
    }
}

diesel::table! {
    experts (id) {
        id -> Text,
        person_id -> Text,
        node_id -> Text,
        handler_id -> Nullable<Text>,
        card_id -> Text,
        public_card_id -> Text,
        findable -> Bool,
        body -> Text,
        version -> Integer,
    }
}

diesel::table! {
    fee_forms (id) {
        id -> Text,
        assignment_id -> Text,
        person_id -> Text,
        node_id -> Text,
        payer_id -> Text,
        corrects_id -> Nullable<Text>,
        state -> Text,
        body -> Text,
        version -> Integer,
        submitted -> Nullable<Bool>,
        packaged -> Nullable<Bool>,
        remind_after -> Nullable<Date>,
    }
}

diesel::table! {
    fee_schedules (id) {
        id -> Text,
        node_id -> Text,
        valid_from -> Date,
        body -> Text,
        version -> Integer,
    }
}

diesel::table! {
    feedback (id) {
        id -> Text,
        assignment_id -> Text,
        node_id -> Text,
        side -> Text,
        question_set_id -> Text,
        promises -> Bool,
        body -> Text,
        version -> Integer,
    }
}

diesel::table! {
    grants (id) {
        id -> Text,
        person_id -> Text,
        node_id -> Text,
        role -> Text,
        from_day -> Date,
        until_day -> Nullable<Date>,
        ended_at -> Nullable<Timestamp>,
        body -> Text,
        version -> Integer,
    }
}

diesel::table! {
    idempotency_keys (id) {
        id -> Text,
        fingerprint -> Text,
        sealed_answer -> Nullable<Binary>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    interests (id) {
        id -> Text,
        call_id -> Text,
        node_id -> Text,
        handler_id -> Nullable<Text>,
        expert_id -> Text,
        person_id -> Text,
        state -> Text,
        body -> Text,
        version -> Integer,
    }
}

diesel::table! {
    lookups (id) {
        id -> Text,
        expert_id -> Text,
        order_id -> Text,
        body -> Text,
        version -> Integer,
    }
}

diesel::table! {
    leases (id) {
        id -> Text,
        holder -> Text,
        until_at -> Timestamp,
    }
}

diesel::table! {
    mails (id) {
        id -> Text,
        next_try_at -> Timestamp,
        body -> Text,
        version -> Integer,
        set_aside_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    messages (id) {
        id -> Text,
        order_id -> Text,
        offer_id -> Nullable<Text>,
        author_id -> Text,
        body -> Text,
        version -> Integer,
    }
}

diesel::table! {
    node_settings (id) {
        id -> Text,
        body -> Text,
        version -> Integer,
    }
}

diesel::table! {
    nodes (id) {
        id -> Text,
        path -> Text,
        parent_id -> Nullable<Text>,
        level -> Text,
        kind -> Nullable<Text>,
        area_code -> Nullable<Text>,
        y_tunnus -> Nullable<Text>,
        name_key -> Text,
        body -> Text,
        version -> Integer,
    }
}

diesel::table! {
    notices (id) {
        id -> Text,
        person_id -> Text,
        channel -> Text,
        sent_at -> Nullable<Timestamp>,
        read_at -> Nullable<Timestamp>,
        next_try_at -> Timestamp,
        body -> Text,
        version -> Integer,
        set_aside_at -> Nullable<Timestamp>,
        dropped_at -> Nullable<Timestamp>,
        talk -> Nullable<Text>,
    }
}

diesel::table! {
    offer_messages (id) {
        id -> Text,
        offer_id -> Text,
        body -> Text,
        version -> Integer,
    }
}

diesel::table! {
    offers (id) {
        id -> Text,
        order_id -> Text,
        node_id -> Text,
        handler_id -> Nullable<Text>,
        expert_id -> Text,
        person_id -> Text,
        seen_by_id -> Nullable<Text>,
        state -> Text,
        expires_at -> Nullable<Timestamp>,
        body -> Text,
        version -> Integer,
    }
}

diesel::table! {
    open_calls (id) {
        id -> Text,
        order_id -> Text,
        node_id -> Text,
        handler_id -> Nullable<Text>,
        state -> Text,
        deadline -> Timestamp,
        body -> Text,
        version -> Integer,
        audience_id -> Nullable<Text>,
    }
}

diesel::table! {
    orders (id) {
        id -> Text,
        node_id -> Text,
        handler_id -> Nullable<Text>,
        liaison_id -> Nullable<Text>,
        orderer_id -> Text,
        state -> Text,
        task_type -> Nullable<Text>,
        purpose -> Nullable<Text>,
        created_at -> Timestamp,
        submitted_at -> Nullable<Timestamp>,
        filled_at -> Nullable<Timestamp>,
        closed_at -> Nullable<Timestamp>,
        body -> Text,
        version -> Integer,
        written_as -> Nullable<Text>,
        written_at_id -> Nullable<Text>,
    }
}

diesel::table! {
    payroll_identities (id) {
        id -> Text,
        sealed -> Binary,
        version -> Integer,
    }
}

diesel::table! {
    people (id) {
        id -> Text,
        node_id -> Text,
        email_key -> Text,
        body -> Text,
        version -> Integer,
        new_email_key -> Nullable<Text>,
        active -> Nullable<Bool>,
    }
}

diesel::table! {
    question_sets (id) {
        id -> Text,
        node_id -> Text,
        side -> Text,
        number -> Integer,
        state -> Text,
        body -> Text,
        version -> Integer,
    }
}

diesel::table! {
    refresh_tokens (digest) {
        digest -> Text,
        session_id -> Text,
        issued_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    revoked_tokens (id) {
        id -> Text,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    sealed_parts (id) {
        id -> Text,
        sealed -> Binary,
    }
}

diesel::table! {
    sandboxes (id) {
        id -> Text,
        ahead_seconds -> BigInt,
    }
}

diesel::table! {
    secrets (id) {
        id -> Text,
        sealed -> Binary,
    }
}

diesel::table! {
    sessions (id) {
        id -> Text,
        person_id -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        revoked_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    sign_in_codes (id) {
        id -> Text,
        email_digest -> Text,
        address_digest -> Text,
        code_digest -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        attempts -> Integer,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    signing_keys (id) {
        id -> Text,
        sealed_private -> Binary,
        created_at -> Timestamp,
        retired_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    sourcing_requests (id) {
        id -> Text,
        order_id -> Text,
        node_id -> Text,
        organisation_id -> Text,
        asked_by_id -> Text,
        state -> Text,
        body -> Text,
        version -> Integer,
    }
}

diesel::table! {
    steering_groups (id) {
        id -> Text,
        area_id -> Text,
        body -> Text,
        version -> Integer,
    }
}

diesel::table! {
    steering_meetings (id) {
        id -> Text,
        group_id -> Text,
        body -> Text,
        version -> Integer,
    }
}

diesel::table! {
    supervision_invitations (session_id, person_id) {
        session_id -> Text,
        person_id -> Text,
    }
}

diesel::table! {
    supervision_sessions (id) {
        id -> Text,
        node_id -> Text,
        owner_id -> Text,
        state -> Text,
        body -> Text,
        version -> Integer,
    }
}

diesel::table! {
    support_notes (id) {
        id -> Text,
        expert_id -> Text,
        handler_id -> Nullable<Text>,
        body -> Text,
        version -> Integer,
    }
}

diesel::table! {
    task_types (id) {
        id -> Text,
        node_id -> Text,
        code -> Text,
        body -> Text,
        version -> Integer,
    }
}

diesel::joinable!(notices -> people (person_id));
diesel::joinable!(refresh_tokens -> sessions (session_id));
diesel::allow_tables_to_appear_in_same_query!(access_requests, nodes);
diesel::allow_tables_to_appear_in_same_query!(agreements, assignments);
diesel::allow_tables_to_appear_in_same_query!(assignments, deliveries);
diesel::allow_tables_to_appear_in_same_query!(assignments, disclosures);
diesel::allow_tables_to_appear_in_same_query!(assignments, delivered_documents);
diesel::allow_tables_to_appear_in_same_query!(deliveries, delivered_documents);
diesel::allow_tables_to_appear_in_same_query!(assignments, feedback);
diesel::allow_tables_to_appear_in_same_query!(attachment_contents, attachments);
diesel::allow_tables_to_appear_in_same_query!(assignments, nodes);
diesel::allow_tables_to_appear_in_same_query!(audit_events, nodes);
diesel::allow_tables_to_appear_in_same_query!(compilations, nodes);
diesel::allow_tables_to_appear_in_same_query!(concerns, nodes);
diesel::allow_tables_to_appear_in_same_query!(decisions, nodes);
diesel::allow_tables_to_appear_in_same_query!(development_actions, nodes);
diesel::allow_tables_to_appear_in_same_query!(
    delegations,
    endings,
    grants,
    nodes,
    people,
    sessions
);
diesel::allow_tables_to_appear_in_same_query!(endings, orders);
diesel::allow_tables_to_appear_in_same_query!(endings, sourcing_requests);
diesel::allow_tables_to_appear_in_same_query!(endings, supervision_sessions);
diesel::allow_tables_to_appear_in_same_query!(disclosures, nodes);
diesel::allow_tables_to_appear_in_same_query!(documents, nodes);
diesel::allow_tables_to_appear_in_same_query!(expense_rate_tables, nodes);
diesel::allow_tables_to_appear_in_same_query!(expert_codes, experts);
diesel::allow_tables_to_appear_in_same_query!(experts, nodes);
diesel::allow_tables_to_appear_in_same_query!(experts, notices);
diesel::allow_tables_to_appear_in_same_query!(experts, people);
diesel::allow_tables_to_appear_in_same_query!(fee_forms, nodes);
diesel::allow_tables_to_appear_in_same_query!(fee_schedules, nodes);
diesel::allow_tables_to_appear_in_same_query!(feedback, nodes);
diesel::allow_tables_to_appear_in_same_query!(interests, nodes);
diesel::allow_tables_to_appear_in_same_query!(interests, open_calls);
diesel::allow_tables_to_appear_in_same_query!(nodes, notices);
diesel::allow_tables_to_appear_in_same_query!(nodes, offers);
diesel::allow_tables_to_appear_in_same_query!(nodes, open_calls);
diesel::allow_tables_to_appear_in_same_query!(nodes, orders, sourcing_requests);
diesel::allow_tables_to_appear_in_same_query!(nodes, question_sets);
diesel::allow_tables_to_appear_in_same_query!(nodes, steering_groups);
diesel::allow_tables_to_appear_in_same_query!(nodes, support_notes);
diesel::allow_tables_to_appear_in_same_query!(nodes, supervision_invitations);
diesel::allow_tables_to_appear_in_same_query!(nodes, supervision_sessions);
diesel::allow_tables_to_appear_in_same_query!(nodes, task_types);
diesel::allow_tables_to_appear_in_same_query!(notices, people);
diesel::allow_tables_to_appear_in_same_query!(refresh_tokens, sessions);
diesel::allow_tables_to_appear_in_same_query!(supervision_invitations, supervision_sessions);

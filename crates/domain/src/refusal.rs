//! Why the domain says no.

use thiserror::Error;

/// Why something that was asked for cannot be.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
pub enum Refusal {
    /// The action has no arrow from the present state.
    #[error("{action} is not possible while the {machine} is {state}")]
    OutOfTurn {
        /// The machine, as named in the published workflows.
        machine: &'static str,
        /// The present state.
        state: &'static str,
        /// The refused action.
        action: &'static str,
    },
    /// A rule stands in the way, whatever the state.
    #[error("refused: {0}")]
    Rule(Rule),
    /// A rule stands in the way, and these values show why.
    #[error("refused: {0}")]
    RuleAt(Rule, Vec<Fault>),
    /// Values that cannot be right, each with a pointer to it.
    #[error("some values are wrong")]
    Invalid(Vec<Fault>),
}

/// One wrong value
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Fault {
    /// A JSON Pointer to it within the body of the request, beginning with `/`.
    pub pointer: String,
    /// What is wrong, from the catalogue of field errors: the texts are in the locales.
    pub code: &'static str,
    /// What it is about, where the code alone does not say it: a name of the contract, never what was sent.
    pub about: Option<&'static str>,
}

/// Defines [`Rule`]: each rule with its stable code, which is the code of the problem that callers see.
macro_rules! rules {
    ($($(#[$doc:meta])+ $rule:ident = $code:literal,)+) => {
        /// A rule that can stand in the way.
        #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
        pub enum Rule { $($(#[$doc])+ $rule),+ }

        impl Rule {
            /// Every rule.
            pub const ALL: &[Self] = &[$(Self::$rule),+];

            /// The stable code of the problem.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$rule => $code),+ }
            }
        }
    };
}

rules! {
    /// The one who claims never checks or approves the claim (`process.md`, invariant 4).
    OwnClaim = "own_claim",
    /// The area has no decision in force to use experts (S4-08).
    NoDecision = "no_decision",
    /// A unit of that level cannot hang there.
    WrongParent = "wrong_parent",
    /// So many units hang under one another that no more can hang below.
    TooDeep = "too_deep",
    /// As many concerns of the person wait for an answer as may.
    TooManyConcerns = "too_many_concerns",
    /// The expert has asked for such a session, and it has not been offered or cancelled yet.
    AskedForAlready = "asked_for_already",
    /// Nobody answers a concern that they raised themselves (S4-57).
    OwnConcern = "own_concern",
    /// The work of the organisation or the unit has ended (S0-33).
    NodeEnded = "node_ended",
    /// The assignment already has a fee form, or the paid form a correction.
    FeeFormExists = "fee_form_exists",
    /// Only what was paid is corrected: what was not can still be changed.
    NotPaid = "not_paid",
    /// The task has not been done, and nothing is owed for it.
    NothingPayable = "nothing_payable",
    /// A form that claims nothing is not needed.
    NothingClaimed = "nothing_claimed",
    /// Payroll would not know whom to pay and where to.
    NoPayrollIdentity = "no_payroll_identity",
    /// It was not said how payroll gets the tax card.
    NoTaxCard = "no_tax_card",
    /// The rates by which the claim was computed have been put right since.
    RatesChanged = "rates_changed",
    /// The expert has not declared that what the form says is right.
    NotDeclared = "not_declared",
    /// The package was approved anew since the revision that was named.
    PackageChanged = "package_changed",
    /// The person holds the role at the node already.
    RoleHeld = "role_held",
    /// The notice goes by e-mail, so that nobody delivers it by hand.
    SentByMachine = "sent_by_machine",
    /// Another person already uses the e-mail address.
    EmailTaken = "email_taken",
    /// The person has signed in with their address, and changes it themselves from then on.
    HasSignedIn = "has_signed_in",
    /// It is a role of the caller's own by which roles are given, and somebody else must give it or let it go on.
    OwnRole = "own_role",
    /// The expert has left the bank, and is offered no support here any more.
    LeftBank = "left_bank",
    /// It is the caller's own account, and somebody else must do this.
    OwnAccount = "own_account",
    /// The person has left, and must be reactivated first.
    PersonDeactivated = "person_deactivated",
    /// The order waits for the approval of the person in charge (S4-51).
    NotApproved = "not_approved",
    /// Nobody approves an order of their own (S4-51).
    OwnOrder = "own_order",
    /// Nobody but the expert gives up their fee (S2-15).
    WaivedByOther = "waived_by_other",
    /// It takes two people to check and to approve a fee form here (S4-50).
    SameApprover = "same_approver",
    /// An expert has accepted already: the order cannot be cancelled as a whole any more.
    AlreadyAccepted = "already_accepted",
    /// An expert is still to do a task of the order: it cannot be closed yet.
    TasksAhead = "tasks_ahead",
    /// What was shown to the expert has changed since: the errors point to what (S4-20).
    DescriptionChanged = "description_changed",
    /// The time to answer the offer has run out.
    OfferExpired = "offer_expired",
    /// The open call takes no more answers.
    CallClosed = "call_closed",
    /// The expert takes no tasks now, or has left the bank.
    NotAvailable = "not_available",
    /// The expert has been asked about this order already.
    AlreadyAsked = "already_asked",
    /// The time to answer the offer has not run out yet.
    OfferNotExpired = "offer_not_expired",
    /// Nobody is their own support person (S1-03).
    OwnSupport = "own_support",
    /// The file is attached to something else already.
    AttachedElsewhere = "attached_elsewhere",
    /// The file is attached to something, and stays with it.
    StillAttached = "still_attached",
    /// As many files wait to be attached, or are attached to the thing, as there is room for.
    TooManyFiles = "too_many_files",
    /// The file was uploaded for another purpose.
    WrongPurpose = "wrong_purpose",
    /// The orientation material and both feedback forms come before the task (S4-30).
    NotDelivered = "not_delivered",
    /// The task has already begun.
    TaskBegun = "task_begun",
    /// The task was cancelled before its time, and its place in the order with it.
    PlaceGivenUp = "place_given_up",
    /// The task has not begun yet.
    TaskAhead = "task_ahead",
    /// The agreement has been changed since the revision that was named.
    RevisionChanged = "revision_changed",
    /// The party has already confirmed this revision.
    AlreadyConfirmed = "already_confirmed",
    /// Nobody confirms an agreement for both parties.
    BothSides = "both_sides",
    /// An amendment of the agreement is already being drafted.
    AmendmentOpen = "amendment_open",
    /// It is the first agreement of its assignment: there is none that would stay in force instead.
    FirstAgreement = "first_agreement",
    /// The assignment has ended, and its agreement cannot change any more.
    AssignmentEnded = "assignment_ended",
    /// The document has no text that is not published yet.
    NothingToPublish = "nothing_to_publish",
    /// The document is not one that is acknowledged.
    NotAcknowledged = "not_acknowledged",
    /// The session is not for the person.
    NotInvited = "not_invited",
    /// Every seat of the session is taken.
    SessionFull = "session_full",
    /// The session has begun.
    SessionBegun = "session_begun",
    /// The session has not begun yet.
    SessionAhead = "session_ahead",
    /// The person has no seat of the session to give back.
    NotBooked = "not_booked",
    /// Nobody but who asked for the session takes the request back.
    NotAskedFor = "not_asked_for",
    /// The questions are not published yet, so nobody answers them.
    QuestionsNotPublished = "questions_not_published",
    /// The assignment is closed, and with it the answers.
    FeedbackClosed = "feedback_closed",
    /// The year was not over when it was compiled, so it cannot be frozen (S4-43).
    YearNotOver = "year_not_over",
    /// The year's compilation is frozen, and with it what it was made from.
    CompilationFrozen = "compilation_frozen",
    /// Feedback is given on a task that was done.
    NothingToAssess = "nothing_to_assess",
    /// The giver did not permit quoting.
    QuoteNotPermitted = "quote_not_permitted",
    /// Another compilation of the area and year is published: two could be subtracted from each other.
    AlreadyPublished = "already_published",
    /// What is kept of the thing has grown so long that it can only be brought to its end.
    RecordFull = "record_full",
}

impl std::fmt::Display for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

impl From<Rule> for Refusal {
    fn from(rule: Rule) -> Self {
        Self::Rule(rule)
    }
}

impl Fault {
    /// The same fault in a value that is a part of another one, at `pointer` of it.
    #[must_use]
    pub fn within(self, pointer: &str) -> Self {
        Self { pointer: format!("{pointer}{}", self.pointer), ..self }
    }

    /// A fault at `pointer`.
    pub fn new(pointer: impl Into<String>, code: &'static str) -> Self {
        Self { pointer: pointer.into(), code, about: None }
    }

    /// The same fault, which is about what the contract calls `name`.
    #[must_use]
    pub fn about(self, name: &'static str) -> Self {
        Self { about: Some(name), ..self }
    }
}

/// Refuses if there are faults.
///
/// # Errors
///
/// [`Refusal::Invalid`] with all of them.
pub fn faultless(faults: Vec<Fault>) -> Result<(), Refusal> {
    if faults.is_empty() { Ok(()) } else { Err(Refusal::Invalid(faults)) }
}

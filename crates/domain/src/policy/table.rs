//! The table itself: a row for each action.

use super::{
    ClientScope::{Payroll, PublicBank},
    Power::{Agreements, FeeForms, Feedback, Offers, Profile},
    Role::{
        AreaCoordinator, Broker, CentreManager, Expert, Liaison, Orderer, PlatformAdmin,
        SteeringMember,
    },
    Who::{self, Anyone, Asked, Below, Client, Delegate, Handler, Member, Named, Own, Party},
};

/// Defines [`Action`]: who may do it, and which action lets one know that the subject exists.
macro_rules! table {
    ($($action:ident: $($who:expr),+; known: $known:ident.)+) => {
        /// Something that someone may be allowed to do.
        #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
        #[expect(missing_docs, reason = "the names say it")]
        pub enum Action { $($action),+ }

        impl Action {
            /// Every action.
            pub const ALL: &[Self] = &[$(Self::$action),+];

            /// Who may do it.
            pub const fn doers(self) -> &'static [Who] {
                match self { $(Self::$action => &[$($who),+]),+ }
            }

            /// The action whose doers may know that the subject exists.
            pub const fn known_by(self) -> Self {
                match self { $(Self::$action => Self::$known),+ }
            }
        }
    };
}

table! {
    // The tree, the people and what they are trusted with.
    ReadNode: Anyone; known: ReadNode.
    ManageNode: Below(PlatformAdmin), Below(CentreManager); known: ReadNode.
    ReadPerson: Own, Below(PlatformAdmin), Below(CentreManager), Handler(Broker); known: ReadPerson.
    RegisterPerson: Below(PlatformAdmin), Below(CentreManager); known: ReadNode.
    EditPerson: Own, Below(PlatformAdmin), Below(CentreManager); known: ReadPerson.
    ManagePerson: Below(PlatformAdmin), Below(CentreManager); known: ReadPerson.
    DeactivatePerson: Below(PlatformAdmin), Below(CentreManager); known: ReadPerson.
    ReplaceAddress: Below(PlatformAdmin); known: ReadPerson.
    ReadGrant: Own, Below(PlatformAdmin), Below(CentreManager); known: ReadGrant.
    GiveGrant: Below(PlatformAdmin), Below(CentreManager); known: ReadNode.
    GiveAdministration: Below(PlatformAdmin); known: ReadNode.
    ManageGrant: Below(PlatformAdmin), Below(CentreManager); known: ReadGrant.
    ReadAppointment: Anyone; known: ReadAppointment.
    ReadDecision: Anyone; known: ReadDecision.
    ManageDecision: Below(PlatformAdmin), Below(CentreManager); known: ReadDecision.
    ReadNotice: Own; known: ReadNotice.
    DeliverLetter: Below(CentreManager), Handler(Broker); known: DeliverLetter.
    DecideAccessRequest: Below(PlatformAdmin), Below(CentreManager); known: DecideAccessRequest.
    ReadAuditEvents: Own, Party, Below(PlatformAdmin), Below(CentreManager); known: ReadAuditEvents.

    // An area's settings.
    ReadSetting: Anyone; known: ReadSetting.
    ManageSetting: Below(PlatformAdmin), Below(CentreManager); known: ReadSetting.
    ReadDocument: Anyone; known: ReadDocument.
    ManageDocument: Below(PlatformAdmin), Below(CentreManager), Below(Orderer); known: ReadDocument.

    // Experts and the bank.
    ReadExpert: Own, Delegate(Profile), Handler(Broker); known: ReadExpert.
    EditExpert: Own, Delegate(Profile); known: ReadExpert.
    EnrolExpert: Own, Below(Liaison), Below(Broker), Below(CentreManager); known: EnrolExpert.
    ReadLookups: Own, Delegate(Profile); known: ReadExpert.
    ReadPublicBank: Client(PublicBank); known: ReadPublicBank.
    SupportExpert: Handler(Broker); known: ReadExpert.

    // Orders and offers.
    CreateOrder: Below(Orderer); known: ReadNode.
    CreateOrderForCaller: Below(Liaison), Handler(Broker), Handler(Liaison); known: ReadNode.
    ReadOrder: Below(Orderer), Below(Liaison), Below(CentreManager), Handler(Broker), Handler(Liaison), Named(Broker), Named(Liaison); known: ReadOrder.
    EditOrder: Below(Orderer), Handler(Broker), Named(Broker), Named(Liaison); known: ReadOrder.
    BrokerOrder: Below(Liaison), Handler(Broker), Handler(Liaison); known: ReadOrder.
    ApproveOrder: Below(CentreManager); known: ReadOrder.
    ApproveUnitOrder: Below(Orderer), Below(CentreManager); known: ReadOrder.
    Converse: Below(Orderer), Below(Liaison), Handler(Broker), Handler(Liaison), Named(Broker), Named(Liaison); known: ReadOrder.
    ConverseAsExpert: Own; known: ConverseAsExpert.
    ReadOpenCall: Member(Expert), Member(Orderer), Member(Liaison), Member(CentreManager), Handler(Broker), Handler(Liaison); known: ReadOpenCall.
    CloseOpenCall: Below(Liaison), Handler(Broker), Handler(Liaison); known: ReadOpenCall.
    ExpressInterest: Own, Delegate(Offers); known: ExpressInterest.
    ReadOffer: Own, Delegate(Offers), Below(Liaison), Handler(Broker), Handler(Liaison); known: ReadOffer.
    AnswerOffer: Own, Delegate(Offers); known: ReadOffer.
    WithdrawOffer: Below(Liaison), Handler(Broker), Handler(Liaison); known: ReadOffer.
    RecordOfferAnswer: Below(Liaison), Handler(Broker), Handler(Liaison); known: ReadOffer.
    ReadSourcing: Below(Liaison), Handler(Broker), Handler(Liaison), Asked(Broker), Asked(Liaison); known: ReadSourcing.
    AnswerSourcing: Asked(Broker), Asked(Liaison); known: ReadSourcing.
    ReadDisclosure: Own, Delegate(Profile), Below(Orderer), Below(Liaison); known: ReadDisclosure.
    ReadDisclosedDetails: Own, Delegate(Profile), Below(Orderer); known: ReadDisclosure.
    WithdrawSourcing: Below(Liaison), Handler(Broker), Handler(Liaison); known: ReadSourcing.

    // Assignments and agreements.
    ReadAssignment: Own, Delegate(Agreements), Below(Orderer), Below(Liaison), Handler(Broker), Handler(Liaison); known: ReadAssignment.
    RecordTask: Own, Delegate(Agreements), Below(Orderer); known: ReadAssignment.
    StepBack: Own, Delegate(Agreements); known: ReadAssignment.
    RunAssignment: Below(Orderer); known: ReadAssignment.
    IntroduceParties: Below(Liaison), Handler(Broker), Handler(Liaison); known: ReadAssignment.
    EditAgreement: Own, Delegate(Agreements), Below(Orderer); known: ReadAssignment.
    ConfirmAsExpert: Own, Delegate(Agreements); known: ReadAssignment.
    ConfirmAsOrderer: Below(Orderer); known: ReadAssignment.
    DeliverDocuments: Below(Orderer), Below(Liaison), Handler(Broker), Handler(Liaison); known: ReadAssignment.
    MarkDocumentRead: Own, Delegate(Agreements); known: ReadAssignment.

    // Fees and pay.
    ReadFeeForm: Own, Delegate(FeeForms), Below(Orderer); known: ReadFeeForm.
    ReadReceipt: Own, Delegate(FeeForms), Below(Orderer); known: ReadFeeForm.
    ClaimFee: Own, Delegate(FeeForms); known: ReadAssignment.
    WriteFeeForm: Own, Delegate(FeeForms); known: ReadFeeForm.
    CheckFeeForm: Below(Orderer); known: ReadFeeForm.
    HandlePayroll: Client(Payroll); known: HandlePayroll.
    ReadPayrollIdentity: Own, Delegate(FeeForms); known: ReadPayrollIdentity.
    WritePayrollIdentity: Own, Delegate(FeeForms); known: ReadPayrollIdentity.

    // Feedback and figures.
    GiveExpertFeedback: Own, Delegate(Feedback); known: ReadAssignment.
    GiveOrdererFeedback: Below(Orderer); known: ReadAssignment.
    ReadFeedback: Below(AreaCoordinator), Below(CentreManager); known: ReadFeedback.
    ClearQuotes: Below(AreaCoordinator); known: ReadFeedback.
    ReadFigures: Below(AreaCoordinator), Below(CentreManager), Below(SteeringMember); known: ReadFigures.
    ManageCompilation: Below(AreaCoordinator); known: ReadFigures.
    ReadSteering: Below(SteeringMember), Below(AreaCoordinator), Below(CentreManager), Member(Liaison); known: ReadSteering.
    ManageSteering: Below(AreaCoordinator), Below(CentreManager); known: ReadSteering.

    // Support and concerns.
    RaiseConcern: Anyone; known: RaiseConcern.
    ReadConcern: Own, Below(CentreManager), Handler(PlatformAdmin); known: ReadConcern.
    HandleConcern: Below(CentreManager), Handler(PlatformAdmin); known: ReadConcern.
    ReadSupervision: Own, Delegate(Profile), Below(Broker), Below(Liaison), Below(CentreManager); known: ReadSupervision.
    ManageSupervision: Below(Broker), Below(Liaison), Below(CentreManager); known: ReadSupervision.
    AskForSupervision: Own, Delegate(Profile); known: ReadExpert.
    BookSupervision: Own, Delegate(Profile); known: ReadSupervision.
}

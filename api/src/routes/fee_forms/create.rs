//! How a fee form comes to be: filled in from the agreement, or as a correction of a paid one.

use actix_web::{
    post,
    web::{Data, Path},
};
use domain::{
    agreement::{Agreement, FeeTerms},
    assignment::{Assignment, AssignmentId, Payable},
    expense_rates::Rates,
    fee_form::{
        Claim, Correction, CorrectionMode, FeeApproval, FeeForm, FeeWaiver, PricedClaim, Reminders,
        State, agreed_lines,
    },
    id::Id,
    node::NodeId,
    order::FeeBasis,
    person::PersonId,
    policy::{Action, Subject},
    refusal::{Fault, Refusal, Rule},
    time::Moment,
};
use persistence::{Error, Session, agreements, assignments, fee_forms, node_settings, nodes};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{background::form_path, show, view::FeeFormView};
use crate::{
    App,
    answer::{Answer, Versioned},
    body::Json,
    call::Call,
    problem::{Problem, Result},
};

/// A new fee form
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewFeeForm {
    /// The paid form that it corrects. Left out for the first form of an assignment.
    #[serde(default)]
    #[schema(nullable = false)]
    corrects: Option<Correction>,
}

/// Write a fee form
///
/// For a task that was done, or that was cancelled or missed and is paid all the same. The fee is filled in from the
/// agreement in force. If others cancelled the agreed task or the unit was not there, there is a form also where no fee is
/// owed (`fee_percent` is 0): the expert never bears the costs. An assignment has one form; once it was paid, a form with
/// `corrects` can put it right.
#[utoipa::path(tag = "fee forms", responses((status = CREATED, body = FeeFormView)))]
#[post("/v1/assignments/{assignment_id}/fee-forms")]
pub(super) async fn add_fee_form(
    app: Data<App>,
    call: Call,
    assignment_id: Path<AssignmentId>,
    body: Json<NewFeeForm>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let assignment = assignments::hold(session, *assignment_id)?;
        let handler = assignment.handler.map(|node| nodes::path(session, node)).transpose()?;
        let subject = Subject {
            node: Some(nodes::path(session, assignment.node)?),
            handler,
            ..Subject::of(assignment.person)
        };
        caller.require(Action::ClaimFee, &subject)?;
        let agreement = agreements::in_force(session, *assignment_id)?;
        let agreement = agreement.ok_or(Rule::NothingPayable)?;
        let path = nodes::path(session, assignment.node)?;
        let approval = node_settings::in_force(session, &path)?.fee_approval;
        let (claimed, waiver) = claim(session, &assignment, &agreement, body.corrects)?;
        let form = draft(
            caller.new_id(),
            &assignment,
            &agreement,
            body.corrects,
            claimed,
            caller.human()?,
            now,
        )?;
        let form = FeeForm { approval: approval.unwrap_or_default(), waiver, ..form };
        let form = fee_forms::add(session, form).map_err(|error| match error {
            Error::Exists => Problem::from(Rule::FeeFormExists),
            error => error.into(),
        })?;
        Answer::created(&form_path(&form), &show(session, caller, form.thing.clone())?)
            .version(&form)
    })
    .await
}

/// What is claimed to begin with: what was agreed, what was approved in the form that is replaced, or nothing; and that the
/// expert had given up the fee, if they had in that form.
fn claim(
    session: &mut Session<'_>,
    assignment: &Assignment,
    agreement: &Agreement,
    corrects: Option<Correction>,
) -> Result<(PricedClaim, Option<FeeWaiver>)> {
    let Some(correction) = corrects else {
        let Payable { percent, .. } = assignment.payable().ok_or(Rule::NothingPayable)?;
        return Ok((agreed(&agreement.content.fee, percent)?, None));
    };
    let unknown = || Problem::Invalid(vec![Fault::new("/corrects/fee_form", "unknown_reference")]);
    let old = match fee_forms::find(session, correction.fee_form) {
        Ok(old) if old.assignment == assignment.id => old,
        Ok(_) | Err(Error::NotFound) => return Err(unknown()),
        Err(error) => return Err(error.into()),
    };
    if !matches!(old.state, State::Paid { .. }) {
        return Err(Rule::NotPaid.into());
    }
    Ok(match correction.mode {
        CorrectionMode::Replace => {
            let claimed = old.counting().clone();
            let waiver = old.waiver.filter(|_| claimed.claim.waived_fee);
            (claimed, waiver)
        }
        CorrectionMode::Void => (PricedClaim::default(), None),
    })
}

/// The claim that the agreement leads to: fees alone, which take no rates.
fn agreed(terms: &FeeTerms, percent: i32) -> std::result::Result<PricedClaim, Refusal> {
    let paid = terms.basis == Some(FeeBasis::Paid);
    let fee_lines = if paid { agreed_lines(terms, percent) } else { Vec::new() };
    let claim = Claim { fee_lines, expenses: Vec::new(), waived_fee: !paid };
    claim.priced("", &Rates::default()).map_err(Refusal::Invalid)
}

fn draft(
    id: Id<FeeForm>,
    assignment: &Assignment,
    agreement: &Agreement,
    corrects: Option<Correction>,
    claimed: PricedClaim,
    by: PersonId,
    now: Moment,
) -> std::result::Result<FeeForm, Refusal> {
    let Payable { day, percent } = assignment.payable().ok_or(Rule::NothingPayable)?;
    let mut claimants = vec![assignment.person];
    claimants.extend((by != assignment.person).then_some(by));
    Ok(FeeForm {
        id,
        assignment: assignment.id,
        order: assignment.order,
        expert: assignment.expert,
        person: assignment.person,
        node: assignment.node,
        payer: payer(assignment, agreement),
        agreement: agreement.id,
        agreement_version: agreement.version,
        agreed: Some(agreement.content.fee.clone()),
        fee_percent: percent,
        task_type: assignment.task_type.clone(),
        task_date: day,
        performed_minutes: assignment.performance().map(|performance| performance.minutes),
        agreed_days: agreement.content.task.time.days(),
        corrects,
        claimed,
        approved: None,
        approved_reason: None,
        tax_card: None,
        declared: false,
        cost_centres: Vec::new(),
        waiver: None,
        claimants,
        approval: FeeApproval::default(),
        revision: 0,
        trail: Vec::new(),
        created: now,
        package: None,
        sent: None,
        reminders: Reminders::default(),
        state: State::Draft,
    })
}

/// Who pays: whom the agreement names, or the unit that ordered.
fn payer(assignment: &Assignment, agreement: &Agreement) -> NodeId {
    agreement.content.parties.payer.unwrap_or(assignment.node)
}

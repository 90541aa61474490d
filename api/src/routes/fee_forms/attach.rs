//! The receipts and the tax card that a fee form names.

use domain::{
    attachment::{Attached, Attachment, AttachmentId, Purpose, ThingKind},
    fee_form::{FeeForm, FeeFormEdit},
    id::Id,
    node::NodeId,
    refusal::{Refusal, faultless},
};
use persistence::{Error, Session, attachments, fee_forms};

use super::background::{subject, writes};
use crate::{
    call::Caller,
    problem::{Problem, Result, referred},
    routes::{
        attachments::{attach, may_read},
        payroll,
    },
};

/// A file that the form names.
struct Named {
    pointer: String,
    id: AttachmentId,
    purpose: Purpose,
    /// The node whose people may read it: the unit reads receipts, payroll the tax card.
    node: NodeId,
}

/// Attaches to `form` the files that `edit` names, each of which must have been uploaded for its purpose. It may also name
/// what belongs to another form of its assignment: one that it corrects, or one that was withdrawn.
pub(super) fn attach_named(
    session: &mut Session<'_>,
    caller: &Caller,
    form: &FeeForm,
    edit: &FeeFormEdit,
) -> Result<()> {
    let mut faults = Vec::new();
    for named in named(form, edit) {
        match attach_one(session, caller, form, &named) {
            Err(Problem::Refused(Refusal::Invalid(found))) => faults.extend(found),
            done => done?,
        }
    }
    Ok(faultless(faults)?)
}

fn attach_one(
    session: &mut Session<'_>,
    caller: &Caller,
    form: &FeeForm,
    named: &Named,
) -> Result<()> {
    let found = attachments::find(session, named.id);
    // A file of another purpose is as good as none.
    let found = found.and_then(|found| match found.purpose == named.purpose {
        true => Ok(found),
        false => Err(Error::NotFound),
    });
    let found = referred(found, &named.pointer)?;
    if let Some(to) = found.attached.as_ref().filter(|to| to.id != form.id.raw())
        && to.kind == ThingKind::FeeForm
        && fee_forms::find(session, Id::new(to.id))?.assignment == form.assignment
    {
        return Ok(());
    }
    let to = Attached {
        kind: ThingKind::FeeForm,
        id: form.id.raw(),
        node: named.node,
        handler: None,
        owner: Some(form.person),
    };
    attach(session, caller, &named.pointer, named.id, to).map(drop)
}

/// Answers 403 or 404 unless the caller may read this file of a fee form: those who read the form that it came with, or
/// another one of the assignment that names it, as they are now; and payroll if one of its packages brings it.
pub(in crate::routes) fn readable(
    session: &mut Session<'_>,
    caller: &Caller,
    file: &Attachment,
    attached: &Attached,
) -> Result<()> {
    let first = fee_forms::find(session, Id::new(attached.id))?;
    let mut refused = match readable_by(session, caller, file, attached, &first) {
        Err(refused @ (Problem::NotFound | Problem::Forbidden)) => refused,
        done => return done,
    };
    for form in fee_forms::of_assignment(session, first.assignment)? {
        if form.thing.id == first.thing.id || !form.names(file.id) {
            continue;
        }
        match readable_by(session, caller, file, attached, &form) {
            Err(Problem::NotFound) => {}
            Err(Problem::Forbidden) => refused = Problem::Forbidden,
            done => return done,
        }
    }
    Err(refused)
}

fn readable_by(
    session: &mut Session<'_>,
    caller: &Caller,
    file: &Attachment,
    attached: &Attached,
    form: &FeeForm,
) -> Result<()> {
    if caller.person().is_none() {
        let package = payroll::find(session, caller, form.id)?;
        let brings = package.packaged().is_some_and(|kept| kept.files().contains(&file.id));
        return if brings { Ok(()) } else { Err(Problem::NotFound) };
    }
    if form.holds_back(file.id) && !writes(caller, form) {
        return Err(Problem::NotFound);
    }
    may_read(caller, file, attached, &subject(session, form)?)
}

fn named(form: &FeeForm, edit: &FeeFormEdit) -> Vec<Named> {
    let card = edit.tax_card.flatten().and_then(|card| card.attachment).map(|id| Named {
        pointer: "/tax_card/attachment".to_owned(),
        id,
        purpose: Purpose::TaxCard,
        node: form.payer,
    });
    let expenses = edit.claim.iter().flat_map(|claim| claim.expenses.iter().enumerate());
    let receipts = expenses.flat_map(|(at, expense)| {
        expense.receipts.iter().enumerate().map(move |(index, id)| Named {
            pointer: format!("/claim/expenses/{at}/receipts/{index}"),
            id: *id,
            purpose: Purpose::Receipt,
            node: form.node,
        })
    });
    card.into_iter().chain(receipts).collect()
}

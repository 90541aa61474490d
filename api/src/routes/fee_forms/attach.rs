//! The receipts and the tax card that a fee form names.

use domain::{
    attachment::{Attached, Attachment, AttachmentId, Purpose, ThingKind},
    fee_form::{FeeForm, FeeFormEdit},
    id::Id,
    node::NodeId,
    refusal::{Fault, Refusal, faultless},
};
use persistence::{Error, Session, attachments, fee_forms};

use super::background::subject;
use crate::{
    call::Caller,
    problem::{Problem, Result},
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

/// Attaches to `form` the files that `edit` names, each of which must have been uploaded for its purpose. A correction
/// may name what belongs to the form that it corrects.
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
    let wrong = |code| Refusal::Invalid(vec![Fault::new(&named.pointer, code)]);
    let found = match attachments::find(session, named.id) {
        Err(Error::NotFound) => return Err(wrong("unknown_reference").into()),
        found => found?,
    };
    if found.purpose != named.purpose {
        return Err(wrong("unknown_reference").into());
    }
    let corrected = form.corrects.map(|correction| correction.fee_form.raw());
    if corrected.is_some() && found.attached.as_ref().map(|to| to.id) == corrected {
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

/// Answers 403 or 404 unless the caller may read this file of a fee form: those who read the form, as it is now, and
/// payroll if the file belongs to a package.
pub(in crate::routes) fn readable(
    session: &mut Session<'_>,
    caller: &Caller,
    file: &Attachment,
    attached: &Attached,
) -> Result<()> {
    let form = fee_forms::find(session, Id::new(attached.id))?;
    if caller.person().is_none() {
        let package = payroll::find(session, caller, form.thing.id)?;
        let files = payroll::files(&package.thing);
        return if files.contains(&file.id) { Ok(()) } else { Err(Problem::NotFound) };
    }
    may_read(caller, file, attached, &subject(session, &form)?)
}

fn named(form: &FeeForm, edit: &FeeFormEdit) -> Vec<Named> {
    let card = edit.tax_card.and_then(|card| card.attachment).map(|id| Named {
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

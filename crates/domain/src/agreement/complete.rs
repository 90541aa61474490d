//! Which values of an agreement are wrong, and what is missing before it can be confirmed.

use super::{AgreementContent, FeeTerms, TaskTime};
use crate::{
    codes,
    fee_form::MOST,
    fee_schedule::{Deviation, line_faults},
    order::FeeBasis,
    refusal::Fault,
};

impl AgreementContent {
    /// What can be right in no agreement, finished or not.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let TaskTime { starts, ends, .. } = &self.task.time;
        if let (Some(starts), Some(ends)) = (starts, ends)
            && ends <= starts
        {
            faults.push(Fault::new("/task/time/ends", "not_after_start"));
        }
        let texts = [
            ("/closed_topics", &self.closed_topics),
            ("/support/adjustments", &self.support.adjustments),
        ];
        for (pointer, texts) in texts {
            for (index, text) in texts.iter().enumerate() {
                if text.trim().is_empty() || text.chars().count() > 500 {
                    faults.push(Fault::new(format!("{pointer}/{index}"), "wrong_length"));
                }
            }
        }
        faults.extend(self.fee.faults());
        faults
    }

    /// What must be there before a party can confirm: the six points of S2-18, who pays, confidentiality both ways, and
    /// a reason if the fee has `deviations` from what the area has set (S4-25).
    pub fn missing(&self, deviations: &[Deviation]) -> Vec<Fault> {
        let points = &self.task;
        let required = [
            ("/task/experience_and_competence", points.experience_and_competence.is_none()),
            ("/task/nature", points.nature.is_none()),
            ("/task/responsibility", points.responsibility.is_none()),
            ("/task/time/starts", points.time.starts.is_none()),
            ("/task/time/ends", points.time.ends.is_none()),
            ("/task/place", points.place.is_none()),
            ("/task/target_group", points.target_group.is_none()),
            ("/parties/payer", self.parties.payer.is_none()),
            ("/fee/basis", self.fee.basis.is_none()),
            ("/fee/lines", self.fee.basis == Some(FeeBasis::Paid) && self.fee.lines.is_empty()),
            (
                "/fee/deviation_reason",
                !deviations.is_empty() && self.fee.deviation_reason.is_none(),
            ),
            ("/confidentiality/expert", self.confidentiality.expert.is_none()),
            ("/confidentiality/orderer", self.confidentiality.orderer.is_none()),
        ];
        let missing = required.into_iter().filter(|(_, missing)| *missing);
        missing.map(|(pointer, _)| Fault::new(pointer, "required")).collect()
    }
}

impl FeeTerms {
    fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.basis.is_some_and(|basis| basis != FeeBasis::Paid) && !self.lines.is_empty() {
            faults.push(Fault::new("/fee/lines", "not_with_fee_basis"));
        }
        for (index, line) in self.lines.iter().enumerate() {
            if !codes::TASK_TYPES.has(&line.task_type) {
                faults.push(Fault::new(format!("/fee/lines/{index}/task_type"), "unknown_code"));
            }
        }
        for (index, expense) in self.expenses.iter().enumerate() {
            if self.expenses[..index].iter().any(|other| other.kind == expense.kind) {
                faults.push(Fault::new(format!("/fee/expenses/{index}/kind"), "duplicate"));
            }
        }
        faults.extend(line_faults(&self.lines, "/fee/lines"));
        // What is agreed must be possible to claim.
        if self.sum().cents > MOST {
            faults.push(Fault::new("/fee/lines", "too_big"));
        }
        faults
    }
}

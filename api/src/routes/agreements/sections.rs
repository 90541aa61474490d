//! The sections of a printed agreement that say what was agreed on.

use domain::{
    agreement::{AgreedConsent, AgreedExpense, FeeTerms},
    assignment::Assignment,
    codes,
    fee_schedule::FeeLine,
};

use super::{page::Page, print::Print, write};
use crate::{call::name_of, locale};

impl Print {
    pub(super) fn task(&self, page: &mut Page, assignment: &Assignment) {
        let task = &self.content.task;
        let time = [task.time.starts, task.time.ends]
            .map(|at| at.map(|at| write::moment(self.language, at)));
        let time: Vec<_> = time.into_iter().flatten().collect();
        let time = [Some(time.join(" – ")), task.time.text.clone()];
        let time: Vec<_> = time.into_iter().flatten().filter(|text| !text.is_empty()).collect();
        page.tag("<dl>\n");
        page.entry("agreement-print-name", Some(&assignment.title));
        page.entry("agreement-print-experience", task.experience_and_competence.as_deref());
        page.entry("agreement-print-nature", task.nature.as_deref());
        page.entry("agreement-print-responsibility", task.responsibility.as_deref());
        page.entry("agreement-print-time", Some(&time.join("\n")));
        page.entry("agreement-print-place", task.place.as_deref());
        page.entry("agreement-print-target-group", task.target_group.as_deref());
        page.tag("</dl>\n");
    }

    pub(in crate::routes) fn fee(&self, page: &mut Page, fee: &FeeTerms) {
        let language = self.language;
        page.tag("<dl>\n");
        let basis =
            fee.basis.map(|basis| write::code(language, codes::FEE_BASES, &name_of(&basis)));
        page.entry("agreement-print-basis", basis.as_deref());
        page.entry("agreement-print-deviation", fee.deviation_reason.as_deref());
        page.tag("</dl>\n");
        if !fee.lines.is_empty() {
            let row = |line: &FeeLine| {
                let mut name = write::code(language, codes::TASK_TYPES, &line.task_type);
                if line.preparation {
                    name = format!(
                        "{name} ({})",
                        locale::text(language, "agreement-print-preparation")
                    );
                }
                vec![
                    name,
                    write::code(language, codes::FEE_UNITS, &name_of(&line.unit)),
                    write::tenths(language, line.quantity_tenths),
                    write::money(language, line.rate),
                    write::money(language, line.sum()),
                ]
            };
            let mut rows: Vec<_> = fee.lines.iter().map(row).collect();
            let total = locale::text(language, "agreement-print-total");
            let empty = String::new;
            rows.push(vec![total, empty(), empty(), empty(), write::money(language, fee.sum())]);
            let columns = ["line", "unit-counted", "quantity", "rate", "sum"]
                .map(|column| format!("agreement-print-{column}"));
            let columns: Vec<_> = columns.iter().map(String::as_str).collect();
            page.table("agreement-print-lines", &columns, &rows);
        }
        let expense = |expense: &AgreedExpense| {
            let name = write::code(language, codes::EXPENSE_KINDS, &name_of(&expense.kind));
            let limit = expense.at_most.map(|most| format!("≤ {}", write::money(language, most)));
            let parts = [Some(name), expense.note.clone(), limit];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" – ")
        };
        let expenses: Vec<_> = fee.expenses.iter().map(expense).collect();
        page.list("agreement-print-expenses", &expenses);
        if fee.cancellation.pay_percent > 0 {
            let terms = &fee.cancellation;
            let numbers = [("hours", terms.notice_hours), ("percent", terms.pay_percent)];
            if let Some(text) = locale::counted(language, "agreement-print-cancellation", &numbers)
            {
                page.paragraph(&text);
            }
        }
    }

    pub(super) fn publicity(&self, page: &mut Page) {
        let publicity = &self.content.publicity;
        let consent = |consent: AgreedConsent| {
            let key = match consent {
                AgreedConsent::NotAsked => "agreement-print-not-asked",
                AgreedConsent::Refused => "agreement-print-refused",
                AgreedConsent::Given => "agreement-print-given",
            };
            locale::text(self.language, key)
        };
        page.tag("<dl>\n");
        page.entry("agreement-print-recording", Some(&consent(publicity.recording)));
        page.entry("agreement-print-photographs", Some(&consent(publicity.photographs)));
        page.entry("agreement-print-publication", Some(&consent(publicity.publication)));
        page.entry("agreement-print-publicity-terms", publicity.terms.as_deref());
        page.tag("</dl>\n");
    }

    pub(super) fn trust(&self, page: &mut Page) {
        let (secrecy, support) = (&self.content.confidentiality, &self.content.support);
        page.tag("<dl>\n");
        page.entry("agreement-print-secrecy-expert", secrecy.expert.as_deref());
        page.entry("agreement-print-secrecy-orderer", secrecy.orderer.as_deref());
        page.entry("agreement-print-support", support.contact.as_deref());
        page.entry("agreement-print-debrief", support.debrief_contact.as_deref());
        page.entry("agreement-print-insurance", support.insurance.as_deref());
        page.tag("</dl>\n");
        page.list("agreement-print-closed-topics", &self.content.closed_topics);
        page.list("agreement-print-adjustments", &support.adjustments);
    }
}

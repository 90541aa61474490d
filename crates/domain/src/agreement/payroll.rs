//! What of an agreement payroll may see (S4-38).

use super::{AgreedExpense, AgreementContent, AgreementPoints, FeeTerms, PartyTerms, TaskTime};

impl AgreementContent {
    /// The agreement as far as it is about the payment: when, what is paid, by whom and from where.
    ///
    /// **Invariant:** nothing that people wrote in their own words is in it, because such words can tell of health
    /// (`process.md`, invariant 3): neither the points of the task nor the topics, the adjustments or the notes.
    #[must_use]
    pub fn for_payroll(&self) -> Self {
        let time = TaskTime { text: None, ..self.task.time.clone() };
        let (payer, cost_centre) = (self.parties.payer, self.parties.cost_centre.clone());
        Self {
            task: AgreementPoints { time, ..AgreementPoints::default() },
            parties: PartyTerms { payer, cost_centre, ..PartyTerms::default() },
            fee: self.fee.for_payroll(),
            ..Self::default()
        }
    }
}

impl FeeTerms {
    fn for_payroll(&self) -> Self {
        let plain = |expense: &AgreedExpense| AgreedExpense { note: None, ..expense.clone() };
        let expenses = self.expenses.iter().map(plain).collect();
        Self { expenses, deviation_reason: None, ..self.clone() }
    }
}

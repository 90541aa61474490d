//! Of what people are reminded, once each: the first contact (S4-24), the agreement, what became of the task, the fee form
//! (S4-35) and the feedback (S4-36, S4-41).

use serde::{Deserialize, Serialize};

use super::{Assignment, Side, State};
use crate::{
    deadlines::Deadlines,
    settings::Settings,
    time::{Day, Moment},
};

/// Something that someone is reminded of.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reminder {
    /// The orderer, of contacting the expert.
    Contact,
    /// Both sides, of an agreement that is not in force, as many days before the task as the unit had for the first contact.
    Agreement,
    /// Both sides, of recording what became of a task whose day has passed.
    Record,
    /// The expert, of the fee form.
    FeeForm,
    /// Each side that has not given it, of the feedback.
    Feedback,
}

/// When people are reminded of what is left to do before and after a task.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Reminders {
    /// After how many days of the fee form; of none if nothing is said.
    pub fee_form_days: Option<u32>,
    /// After how many days of the feedback; of none if nothing is said.
    pub feedback_days: Option<u32>,
    /// When the fee form was seen to.
    pub fee_form: Option<Moment>,
    /// When the feedback was seen to.
    pub feedback: Option<Moment>,
    /// How many days the unit had for the first contact; nothing where that was not kept yet.
    #[serde(default)]
    pub contact_days: Option<u32>,
    /// When the agreement was seen to.
    #[serde(default)]
    pub agreement: Option<Moment>,
    /// When it was seen to that what became of the task is recorded.
    #[serde(default)]
    pub record: Option<Moment>,
    /// When what was recorded was taken back the last time.
    #[serde(default)]
    pub reopened: Option<Moment>,
}

impl Reminders {
    /// The reminders of a task in a unit with these settings.
    pub fn of(settings: &Settings) -> Self {
        Self {
            fee_form_days: settings.fee_form_days,
            feedback_days: settings.feedback_days,
            contact_days: Some(settings.contact_days.unwrap_or(Assignment::CONTACT_DAYS)),
            ..Self::default()
        }
    }

    /// The same reminders, of which none that is of what comes after the task was seen to: what was recorded was taken back.
    pub(super) const fn anew(self, at: Moment) -> Self {
        Self { fee_form: None, feedback: None, record: None, reopened: Some(at), ..self }
    }

    /// The same reminders of a task that was agreed to be at another time.
    pub(super) const fn moved(self) -> Self {
        Self { record: None, ..self }
    }
}

impl Assignment {
    /// The assignment, seen to at `at`: whoever had left undone what the reminder is of was reminded of it. The first contact is reminded of by [`super::Event::Remind`].
    #[must_use]
    pub const fn seen_to(mut self, reminder: Reminder, at: Moment) -> Self {
        match reminder {
            Reminder::Contact => {}
            Reminder::Agreement => self.reminders.agreement = Some(at),
            Reminder::Record => self.reminders.record = Some(at),
            Reminder::FeeForm => self.reminders.fee_form = Some(at),
            Reminder::Feedback => self.reminders.feedback = Some(at),
        }
        self
    }

    /// What people are still to be reminded of, each with the last day on which they need not be.
    pub fn deadlines(&self) -> Deadlines<Reminder> {
        let Reminders { fee_form_days, feedback_days, fee_form, feedback, .. } = self.reminders;
        let contact = self.open() && self.contacts.is_empty() && self.reminded.is_none();
        let after = |day: Option<Day>, days: Option<u32>, seen: Option<Moment>| {
            let (day, days) = (day.filter(|_| seen.is_none())?, days?);
            Some(day.later(days))
        };
        Deadlines::of([
            (Reminder::Contact, contact.then_some(self.contact_due)),
            (Reminder::Agreement, self.agreement_due()),
            (Reminder::Record, self.record_due()),
            (Reminder::FeeForm, after(self.payable_since(), fee_form_days, fee_form)),
            (Reminder::Feedback, after(self.done_on(), feedback_days, feedback)),
        ])
    }

    /// Until when nobody need be reminded of the agreement: until the day so long before the task, but not before the unit should
    /// have been in contact. Once the day of the task has passed it is too late for it.
    fn agreement_due(&self) -> Option<Day> {
        let days = self.reminders.contact_days?;
        let open = self.state == State::Preparing && self.reminders.agreement.is_none();
        let starts = self.starts.filter(|_| open)?.day();
        Some(starts.earlier(days).max(self.contact_due))
    }

    /// Until when nobody need be reminded of recording what became of the task: until its last day, or that on which somebody took
    /// back what was recorded.
    fn record_due(&self) -> Option<Day> {
        let ends = self.ends.filter(|_| self.open() && self.reminders.record.is_none())?.day();
        Some(self.reminders.reopened.map_or(ends, |at| at.day().max(ends)))
    }

    /// The day on which the task was done, once it is.
    fn done_on(&self) -> Option<Day> {
        self.performance().map(|performance| performance.date)
    }

    /// The day from which a fee form is to be expected: the task was done, is paid although it was not, or the expert came for
    /// nothing. Whoever was told beforehand that nothing is paid has hardly any costs, and is not reminded of them.
    fn payable_since(&self) -> Option<Day> {
        match &self.state {
            State::Cancelled { pay_percent, at, .. } if *pay_percent > 0 => Some(at.day()),
            State::NoShow { pay_percent, absent, at, .. }
                if *pay_percent > 0 || *absent == Side::Orderer =>
            {
                Some(at.day())
            }
            _ => self.done_on(),
        }
    }
}

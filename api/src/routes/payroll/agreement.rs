//! The signed agreement that goes to payroll with the approved fee form (S4-38).

use actix_web::{
    get,
    web::{Data, Path},
};
use domain::{
    agreement::{Agreement, AgreementContent, AgreementId, Confirmation, FeeTerms, TaskTime},
    assignment::{Assignment, Side},
    codes,
    fee_form::{FeeForm, FeeFormId},
    localized::{Language, Localized},
    money::Money,
    node::NodeId,
    person::PersonId,
    time::{Day, Moment},
};
use persistence::{Session, Stored, agreements, assignments, nodes, people};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{find, on_record};
use crate::{
    App,
    answer::{Answer, Versioned},
    call::Call,
    problem::Result,
    query::Query,
    routes::ServiceConfig,
    routes::agreements::{
        page::{Page, policy},
        print::Print,
        write,
    },
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_payroll_agreement).service(print_payroll_agreement);
}

/// An agreement as its parties signed it, as far as it is about the payment
#[derive(Serialize, ToSchema)]
struct PayrollAgreement {
    /// The agreement.
    agreement_id: AgreementId,
    /// Which of the assignment's agreements it is.
    #[schema(example = 1, minimum = 1)]
    version: i32,
    /// The revision that both parties confirmed.
    #[schema(example = 2, minimum = 1)]
    revision: i32,
    /// SHA-256 of the whole content that both parties confirmed, in hexadecimal. The parties' own print has the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_length = 64, max_length = 64, pattern = "^[0-9a-f]{64}$")]
    digest: Option<String>,
    /// The unit that ordered, and what it belongs to, the unit first.
    #[schema(max_items = 10)]
    ordered_by: Vec<Localized>,
    /// The organisation or unit that pays.
    payer_id: NodeId,
    /// Its name.
    payer: Localized,
    /// The cost centre that was agreed on.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "4410", max_length = 40)]
    cost_centre: Option<String>,
    /// The expert.
    expert: PersonId,
    /// The name of the expert.
    #[schema(example = "Aino Esimerkki", max_length = 200)]
    expert_name: String,
    /// The type of task, from the code set `task_types`.
    #[schema(example = "lecture")]
    task_type: String,
    /// When the task was agreed to be.
    time: TaskTime,
    /// The day on which it was done, if it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    performed_on: Option<Day>,
    /// How many minutes it took.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = 120)]
    minutes: Option<i32>,
    /// What was agreed to be paid.
    fee: FeeTerms,
    /// What the fee lines come to.
    fee_sum: Money,
    /// Who signed.
    #[schema(max_items = 2)]
    signatures: Vec<PayrollSignature>,
}

/// That a party confirmed an agreement: its electronic signature
#[derive(Serialize, ToSchema)]
struct PayrollSignature {
    /// For which party.
    party: Side,
    /// Who.
    person_id: PersonId,
    /// Their name.
    #[schema(example = "Tiina Tilaaja", max_length = 200)]
    name: String,
    /// Which revision.
    #[schema(example = 2, minimum = 1)]
    revision: i32,
    /// When.
    at: Moment,
}

/// How to print it
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct PayrollPrintOptions {
    /// The language. Without it: the one of `Accept-Language`.
    language: Option<Language>,
}

/// Get the signed agreement of a payroll package
///
/// The agreement that the fee form was written by, with its signatures and the digest of what was signed. What the parties
/// said in their own words is not in it, because it can tell of health.
#[utoipa::path(tag = "payroll", responses((status = OK, body = PayrollAgreement)))]
#[get("/v1/payroll/packages/{fee_form_id}/agreement")]
async fn get_payroll_agreement(
    app: Data<App>,
    call: Call,
    fee_form_id: Path<FeeFormId>,
) -> Result<Answer> {
    let read = app.read(call, move |session, caller| {
        let form = find(session, caller, *fee_form_id)?;
        let signed = Signed::of(session, &form)?;
        let answer = Answer::ok(&signed.view(session)?).version(&signed.agreement)?;
        on_record(session, caller, &form, answer)
    });
    app.tell(read.await?).await
}

/// Print the signed agreement of a payroll package
///
/// The same as a page of HTML with a style for paper, in Finnish, Swedish or English, to be kept with the fee form.
#[utoipa::path(
    tag = "payroll",
    params(PayrollPrintOptions),
    responses((status = OK, body = String, content_type = "text/html")),
)]
#[get("/v1/payroll/packages/{fee_form_id}/agreement/print")]
async fn print_payroll_agreement(
    app: Data<App>,
    call: Call,
    fee_form_id: Path<FeeFormId>,
    query: Query<PayrollPrintOptions>,
) -> Result<Answer> {
    let read = app.read(call, move |session, caller| {
        let form = find(session, caller, *fee_form_id)?;
        let signed = Signed::of(session, &form)?;
        let language = query.language.unwrap_or(caller.meta.language);
        let html = signed.page(session, language)?;
        let answer = Answer::content("text/html; charset=utf-8", html)
            .header("content-security-policy", &policy("'none'"))
            .in_language(language);
        let answer = Ok(answer).version(&signed.agreement)?;
        on_record(session, caller, &form, answer)
    });
    app.tell(read.await?).await
}

/// What payroll gets of an agreement.
struct Signed {
    agreement: Stored<Agreement>,
    assignment: Stored<Assignment>,
    /// **Invariant:** made by [`AgreementContent::for_payroll`].
    content: AgreementContent,
}

impl Signed {
    fn of(session: &mut Session<'_>, form: &FeeForm) -> Result<Self> {
        let agreement = agreements::find_open_part(session, form.agreement)?;
        let assignment = assignments::find(session, form.assignment)?;
        let content = agreement.content.for_payroll();
        Ok(Self { agreement, assignment, content })
    }

    fn view(&self, session: &mut Session<'_>) -> Result<PayrollAgreement> {
        let path = nodes::path(session, self.assignment.node)?;
        let below_root = nodes::along(session, &path)?.into_iter().skip(1);
        let ordered_by = below_root.rev().map(|node| node.facts.name).collect();
        let payer_id = self.content.parties.payer.unwrap_or(self.assignment.node);
        let confirmations = &self.agreement.confirmations;
        let sides = [
            (Side::Expert, confirmations.expert.clone()),
            (Side::Orderer, confirmations.orderer.clone()),
        ];
        let digest = sides[0].1.as_ref().and_then(|one| one.digest.clone());
        let mut signatures = Vec::new();
        for (party, given) in sides {
            let Some(Confirmation { revision, by, at, .. }) = given else { continue };
            let name = people::find(session, by)?.thing.facts.name;
            signatures.push(PayrollSignature { party, person_id: by, name, revision, at });
        }
        let performance = self.assignment.performance();
        Ok(PayrollAgreement {
            agreement_id: self.agreement.thing.id,
            version: self.agreement.thing.version,
            revision: self.agreement.revision,
            digest,
            ordered_by,
            payer_id,
            payer: nodes::find(session, payer_id)?.thing.facts.name,
            cost_centre: self.content.parties.cost_centre.clone(),
            expert: self.assignment.person,
            expert_name: people::find(session, self.assignment.person)?.thing.facts.name,
            task_type: self.assignment.task_type.clone(),
            time: self.content.task.time.clone(),
            performed_on: performance.map(|done| done.date),
            minutes: performance.map(|done| done.minutes),
            fee_sum: self.content.fee.sum(),
            fee: self.content.fee.clone(),
            signatures,
        })
    }

    fn page(&self, session: &mut Session<'_>, language: Language) -> Result<String> {
        let print = Print { language, named: true, content: self.content.clone() };
        let mut page = Page::new(language, "agreement-print-payroll-title");
        page.tag("<h1>");
        page.word("agreement-print-payroll-title");
        page.tag("</h1>\n<p>");
        page.word("agreement-print-payroll-note");
        page.tag("</p>\n");
        print.state(&mut page, &self.agreement);
        page.heading("agreement-print-parties");
        print.parties(&mut page, session, &self.assignment)?;
        page.heading("agreement-print-task");
        self.task(&mut page, language);
        page.heading("agreement-print-fee");
        print.fee(&mut page, &self.content.fee);
        page.heading("agreement-print-confirmations");
        print.confirmations(&mut page, session, &self.agreement)?;
        Ok(page.finish())
    }

    fn task(&self, page: &mut Page, language: Language) {
        let kind = write::code(language, codes::TASK_TYPES, &self.assignment.task_type);
        let TaskTime { starts, ends, .. } = self.content.task.time;
        let time: Vec<_> =
            [starts, ends].into_iter().flatten().map(|at| write::moment(language, at)).collect();
        let performance = self.assignment.performance();
        let day = performance.map(|done| write::day(language, done.date));
        let minutes = performance.map(|done| done.minutes.to_string());
        page.tag("<dl>\n");
        page.entry("agreement-print-task-type", Some(&kind));
        page.entry("agreement-print-time", Some(&time.join(" – ")));
        page.entry("agreement-print-performed", day.as_deref());
        page.entry("agreement-print-minutes", minutes.as_deref());
        page.tag("</dl>\n");
    }
}

//! The agreement as a page to read and to print.

use actix_web::{
    get,
    web::{Data, Path},
};
use domain::{
    agreement::{Agreement, AgreementContent, AgreementId, Confirmation, State},
    assignment::Assignment,
    localized::Language,
    policy::Action,
};
use persistence::{Session, nodes, people};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    find,
    page::{Page, policy},
    view::content,
    write,
};
use crate::{
    App,
    answer::{Answer, Versioned},
    call::Call,
    locale,
    problem::Result,
    query::Query,
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(print_agreement);
}

/// How to print.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct PrintOptions {
    /// The language. Without it: the one of `Accept-Language`.
    language: Option<Language>,
}

/// Print an agreement
///
/// A page of HTML with a style for paper, in Finnish, Swedish or English. It holds neither identity codes nor themes of
/// experience.
#[utoipa::path(
    tag = "agreements",
    params(PrintOptions),
    responses((status = OK, content_type = "text/html", body = String))
)]
#[get("/v1/agreements/{agreement_id}/print")]
async fn print_agreement(
    app: Data<App>,
    call: Call,
    agreement_id: Path<AgreementId>,
    query: Query<PrintOptions>,
) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let (agreement, assignment, subject) = find(session, *agreement_id)?;
        caller.require(Action::ReadAssignment, &subject)?;
        let print = Print {
            language: query.language.unwrap_or(caller.meta.language),
            named: caller.may(Action::EditAgreement, &subject),
            content: content(caller, &subject, &agreement),
        };
        let html = print.page(session, &assignment, &agreement)?;
        let answer = Answer::content("text/html; charset=utf-8", html)
            .header("content-security-policy", &policy("'none'"))
            .in_language(print.language);
        Ok(answer).version(&agreement)
    })
    .await
}

/// What a page is made for.
pub(in crate::routes) struct Print {
    pub(in crate::routes) language: Language,
    /// Whether the expert is named: for the parties of the agreement, and whoever pays.
    pub(in crate::routes) named: bool,
    pub(in crate::routes) content: AgreementContent,
}

impl Print {
    fn page(
        &self,
        session: &mut Session<'_>,
        assignment: &Assignment,
        agreement: &Agreement,
    ) -> Result<String> {
        let mut page = Page::new(self.language, "agreement-print-title");
        page.tag("<h1>");
        page.word("agreement-print-title");
        page.tag("</h1>\n");
        self.state(&mut page, agreement);
        page.heading("agreement-print-parties");
        self.parties(&mut page, session, assignment)?;
        page.heading("agreement-print-task");
        self.task(&mut page, assignment);
        page.heading("agreement-print-fee");
        self.fee(&mut page, &self.content.fee);
        page.heading("agreement-print-publicity");
        self.publicity(&mut page);
        page.heading("agreement-print-trust");
        self.trust(&mut page);
        page.heading("agreement-print-confirmations");
        self.confirmations(&mut page, session, agreement)?;
        Ok(page.finish())
    }

    pub(in crate::routes) fn state(&self, page: &mut Page, agreement: &Agreement) {
        let key = match agreement.state {
            State::Drafting => "agreement-print-drafting",
            State::InForce { .. } => "agreement-print-in-force",
            State::Amended { .. } => "agreement-print-amended",
            State::Lapsed { .. } => "agreement-print-lapsed",
        };
        page.tag("<p class=\"state\">");
        page.word(key);
        if let State::InForce { since } = agreement.state {
            page.text(&format!(" {}", write::moment(self.language, since)));
        }
        page.tag("</p>\n");
        let number = agreement.version.to_string();
        let revision = agreement.revision.to_string();
        let values = [("number", number.as_str()), ("revision", revision.as_str())];
        if let Some(text) = locale::find(self.language, "agreement-print-number", &values) {
            page.paragraph(&text);
        }
    }

    pub(in crate::routes) fn parties(
        &self,
        page: &mut Page,
        session: &mut Session<'_>,
        assignment: &Assignment,
    ) -> Result<()> {
        let path = nodes::path(session, assignment.node)?;
        let mut names = Vec::new();
        let mut y_tunnus = None;
        for node in nodes::along(session, &path)?.into_iter().skip(1) {
            names.push(node.facts.name.text(self.language).to_owned());
            y_tunnus = node.facts.y_tunnus.or(y_tunnus);
        }
        let payer = match self.content.parties.payer {
            Some(payer) => Some(nodes::name(session, payer)?.text(self.language).to_owned()),
            None => None,
        };
        let parties = &self.content.parties;
        page.tag("<dl>\n");
        page.entry("agreement-print-unit", Some(&names.join(", ")));
        page.entry("agreement-print-y-tunnus", y_tunnus.as_deref());
        let orderer = people::find(session, assignment.orderer)?.facts.name.clone();
        page.entry("agreement-print-orderer", Some(&orderer));
        if self.named {
            let expert = people::find(session, assignment.person)?.facts.name.clone();
            page.entry("agreement-print-expert", Some(&expert));
        }
        page.entry("agreement-print-represents", parties.represents.as_deref());
        page.entry("agreement-print-partner", parties.professional_partner.as_deref());
        page.entry("agreement-print-payer", payer.as_deref());
        page.entry("agreement-print-cost-centre", parties.cost_centre.as_deref());
        page.entry("agreement-print-conflict", parties.conflict_of_interest.as_deref());
        page.tag("</dl>\n");
        Ok(())
    }

    pub(in crate::routes) fn confirmations(
        &self,
        page: &mut Page,
        session: &mut Session<'_>,
        agreement: &Agreement,
    ) -> Result<()> {
        let given = &agreement.confirmations;
        let mut rows = Vec::new();
        for (party, confirmation, named) in [
            ("agreement-print-expert", &given.expert, self.named),
            ("agreement-print-unit", &given.orderer, true),
        ] {
            let party = locale::text(self.language, party);
            rows.push(match confirmation {
                Some(Confirmation { revision, by, at, .. }) => {
                    let name = if named {
                        people::find(session, *by)?.facts.name.clone()
                    } else {
                        String::new()
                    };
                    vec![party, name, revision.to_string(), write::moment(self.language, *at)]
                }
                None => {
                    let waiting = locale::text(self.language, "agreement-print-waiting");
                    vec![party, waiting, String::new(), String::new()]
                }
            });
        }
        let columns =
            ["party", "by", "revision", "at"].map(|column| format!("agreement-print-{column}"));
        let columns: Vec<_> = columns.iter().map(String::as_str).collect();
        page.table("agreement-print-confirmations", &columns, &rows);
        let both = given.expert.as_ref().or(given.orderer.as_ref());
        let digest = both.and_then(|one| one.digest.as_deref());
        page.tag("<dl>\n");
        page.entry("agreement-print-digest", digest);
        page.tag("</dl>\n");
        Ok(())
    }
}

//! `/v1/attachments`: files, uploaded first and attached to something after that.

use actix_web::{
    get, post,
    web::{Data, Path},
};
use domain::{
    attachment::{
        Attached, Attachment, AttachmentId, MOST_ATTACHED, MOST_LOOSE, MediaType, Purpose,
        ThingKind, sniff,
    },
    id::AnyId,
    person::PersonId,
    policy::{Action, Subject},
    refusal::{Fault, Refusal, Rule},
    time::Moment,
};
use persistence::{Session, Stored, attachments, nodes};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    App,
    answer::{Answer, Versioned, page},
    audit::{Look, Told},
    call::{Call, Caller},
    problem::{Problem, Result, referred},
    query::{NoFilter, Query},
    routes::ServiceConfig,
    routes::{documents, fee_forms},
    secret::sha256,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_attachments)
        .service(upload_attachment)
        .service(get_attachment)
        .service(get_attachment_content)
        .service(discard_attachment);
}

page!(AttachmentPage of AttachmentView);

/// What is uploaded
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Upload {
    /// What the file is for: this decides what it can be, how large, and what it can be attached to.
    #[param(example = "receipt")]
    purpose: Purpose,
    /// What it is called, without signs that are not seen or turn the others around.
    #[param(
        example = "kuitti.pdf",
        min_length = 1,
        max_length = 120,
        pattern = r"^[^/\\\x00-\x1F\x7F-\x9F\xAD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]+$"
    )]
    name: String,
}

/// A file
#[derive(Serialize, ToSchema)]
struct AttachmentView {
    /// The attachment.
    id: AttachmentId,
    /// What it is for.
    purpose: Purpose,
    /// What it is called.
    #[schema(example = "kuitti.pdf", max_length = 120)]
    name: String,
    /// What it is, by its content.
    media_type: MediaType,
    /// How many bytes it has.
    #[schema(example = 20_480, minimum = 1, maximum = 10_485_760)]
    size: u32,
    /// SHA-256 of its bytes, in hexadecimal.
    #[schema(
        example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        min_length = 64,
        max_length = 64,
        pattern = "^[0-9a-f]{64}$"
    )]
    sha256: String,
    /// Who uploaded it.
    uploader_id: PersonId,
    /// When.
    uploaded_at: Moment,
    /// What it is attached to, once it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    attached_to: Option<AttachedView>,
}

/// What a file is attached to
#[derive(Serialize, ToSchema)]
struct AttachedView {
    /// The kind of thing.
    kind: ThingKind,
    /// The thing.
    id: AnyId,
}

/// List what I have uploaded
///
/// The caller's own uploads, attached or not, as long as the caller may read what they are attached to. A page may have fewer
/// than were asked for.
#[utoipa::path(tag = "attachments", responses((status = OK, body = AttachmentPage)))]
#[get("/v1/attachments")]
async fn list_attachments(app: Data<App>, call: Call, query: Query<NoFilter>) -> Result<Answer> {
    app.read(call, move |session, caller| {
        let found = attachments::list(session, caller.human()?, query.page)?;
        Answer::page_of_some(&query, found, |attachment| {
            match may_be_read(session, caller, &attachment) {
                Ok(()) => Ok(Some(view(&attachment))),
                Err(Problem::NotFound | Problem::Forbidden) => Ok(None),
                Err(problem) => Err(problem),
            }
        })
    })
    .await
}

/// Upload a file
///
/// The body is the file itself. What it is, is told by its content, whichever of these types it is sent as: PDF, PNG, JPEG or
/// plain text, by purpose. Until it is attached to something, only the uploader knows of it. Tax cards are encrypted at rest.
#[utoipa::path(
    tag = "attachments",
    params(Upload),
    request_body(
        content((Vec<u8> = "application/octet-stream"), (Vec<u8> = "application/pdf"), (Vec<u8> = "image/png"), (Vec<u8> = "image/jpeg"), (Vec<u8> = "text/plain")),
        description = "The bytes of the file.",
    ),
    responses((status = CREATED, body = AttachmentView)),
)]
#[post("/v1/attachments")]
async fn upload_attachment(app: Data<App>, call: Call, upload: Query<Upload>) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let bytes = &caller.meta.body;
        let uploader = caller.human()?;
        if bytes.is_empty() {
            return Err(Problem::Invalid(vec![Fault::new("", "too_short")]));
        }
        if bytes.len() > upload.purpose.max_bytes() {
            return Err(Problem::TooLarge);
        }
        let media_type = sniff(bytes)
            .filter(|kind| upload.purpose.media_types().contains(kind))
            .ok_or(Problem::FileKind)?;
        room(attachments::count_loose(session, uploader)?, MOST_LOOSE)?;
        let attachment = Attachment {
            id: caller.new_id(),
            uploader,
            purpose: upload.purpose,
            name: upload.name.clone(),
            media_type,
            size: u32::try_from(bytes.len()).map_err(Problem::internal)?,
            digest: sha256(bytes),
            uploaded_at: now,
            attached: None,
        };
        let attachment = attachments::keep(session, attachment, bytes)?;
        let place = format!("/v1/attachments/{}", attachment.id);
        Answer::created(&place, &view(&attachment)).version(&attachment)
    })
    .await
}

/// Get what is known of a file
///
/// Its name, type and size. Whoever may read the thing that it is attached to may read it; a tax card only the person it
/// is about, and HR.
#[utoipa::path(tag = "attachments", responses((status = OK, body = AttachmentView)))]
#[get("/v1/attachments/{attachment_id}")]
async fn get_attachment(
    app: Data<App>,
    call: Call,
    attachment_id: Path<AttachmentId>,
) -> Result<Answer> {
    app.find(call, move |session, caller| {
        let attachment = readable(session, caller, *attachment_id)?;
        Answer::ok(&view(&attachment)).version(&attachment)
    })
    .await
}

/// Get a file
///
/// The bytes as they were uploaded, always as a download. That a tax card was read by somebody else than whom it is about is on
/// record: `GET /v1/audit-events`.
#[utoipa::path(
    tag = "attachments",
    responses((status = OK, content(
        (Vec<u8> = "application/pdf"),
        (Vec<u8> = "image/png"),
        (Vec<u8> = "image/jpeg"),
        (String = "text/plain"),
    ))),
)]
#[get("/v1/attachments/{attachment_id}/content")]
async fn get_attachment_content(
    app: Data<App>,
    call: Call,
    attachment_id: Path<AttachmentId>,
) -> Result<Answer> {
    let read = app.read(call, move |session, caller| {
        let attachment = readable(session, caller, *attachment_id)?;
        let content = attachments::content(session, &attachment)?;
        let answer = Answer::content(attachment.media_type.name(), content)
            .header("content-disposition", &disposition(&name_of(&attachment)));
        let look = look(session, caller, &attachment)?;
        Told::of(session, caller, answer, look)
    });
    app.tell(read.await?).await
}

/// Discard a file
///
/// Whoever uploaded a file takes it back, as long as it is attached to nothing. It is gone for good. Files that nobody
/// attaches go by themselves after a time.
#[utoipa::path(tag = "attachments", responses((status = NO_CONTENT)))]
#[post("/v1/attachments/{attachment_id}/discard")]
async fn discard_attachment(
    app: Data<App>,
    call: Call,
    attachment_id: Path<AttachmentId>,
) -> Result<Answer> {
    app.write(call, move |session, caller, _| {
        let attachment = readable(session, caller, *attachment_id)?;
        if caller.person() != Some(attachment.uploader) {
            return Err(Problem::Forbidden);
        }
        attachment.discardable()?;
        attachments::discard(session, &attachment)?;
        Ok(Answer::nothing())
    })
    .await
}

/// Refuses one file more than there is room for.
fn room(there: i64, most: usize) -> Result<()> {
    let full = usize::try_from(there).is_ok_and(|there| there >= most);
    if full { Err(Refusal::from(Rule::TooManyFiles).into()) } else { Ok(()) }
}

/// The attachment, if the caller may read it.
fn readable(
    session: &mut Session<'_>,
    caller: &Caller,
    id: AttachmentId,
) -> Result<Stored<Attachment>> {
    let attachment = attachments::find(session, id)?;
    may_be_read(session, caller, &attachment)?;
    Ok(attachment)
}

/// Answers 403 or 404 unless the caller may read the attachment: whoever uploaded it, until it is attached, and those who may
/// read what it is attached to from then on.
fn may_be_read(session: &mut Session<'_>, caller: &Caller, attachment: &Attachment) -> Result<()> {
    let Some(attached) = &attachment.attached else {
        let own = caller.person() == Some(attachment.uploader);
        return if own { Ok(()) } else { Err(Problem::NotFound) };
    };
    match attached.kind {
        ThingKind::FeeForm => fee_forms::readable(session, caller, attachment, attached),
        ThingKind::Document => documents::readable(session, caller, attachment, attached),
        ThingKind::Decision | ThingKind::Assignment | ThingKind::Feedback => {
            let about = Subject {
                node: Some(nodes::path(session, attached.node)?),
                handler: attached.handler.map(|node| nodes::path(session, node)).transpose()?,
                owner: attached.owner,
                ..Subject::default()
            };
            may_read(caller, attachment, attached, &about)
        }
    }
}

/// That the caller is shown the tax card of somebody else, if they are.
fn look(
    session: &mut Session<'_>,
    caller: &Caller,
    attachment: &Attachment,
) -> Result<Option<Look>> {
    let Some(attached) = &attachment.attached else { return Ok(None) };
    if attachment.purpose != Purpose::TaxCard {
        return Ok(None);
    }
    let about = Subject {
        node: Some(nodes::path(session, attached.node)?),
        owner: attached.owner,
        ..Subject::default()
    };
    let action = match caller.person() {
        Some(_) => attachment.read_by(attached),
        None => Action::HandlePayroll,
    };
    Ok(caller.look(action, &about, attachment.id.raw()))
}

/// Answers 403 or 404 unless the caller may read a file of the thing that `about` is of.
pub(super) fn may_read(
    caller: &Caller,
    attachment: &Attachment,
    attached: &Attached,
    about: &Subject,
) -> Result<()> {
    if caller.may(attachment.read_by(attached), about) {
        return Ok(());
    }
    let known = caller.may(Attachment::known_by(attached), about);
    Err(if known { Problem::Forbidden } else { Problem::NotFound })
}

/// Attaches what the caller uploaded to a thing that the caller is making or changing. `pointer` is to where the request
/// names it.
pub(crate) fn attach(
    session: &mut Session<'_>,
    caller: &Caller,
    pointer: &str,
    id: AttachmentId,
    to: Attached,
) -> Result<Stored<Attachment>> {
    let fault = |code| Problem::from(Refusal::Invalid(vec![Fault::new(pointer, code)]));
    let attachment = referred(attachments::find(session, id), pointer)?;
    let here = attachment.attached.as_ref().is_some_and(|attached| attached.id == to.id);
    if !here && caller.person() != Some(attachment.uploader) {
        return Err(fault("unknown_reference"));
    }
    if !here {
        room(attachments::count_attached(session, to.id)?, MOST_ATTACHED)?;
    }
    match attachment.thing.clone().attach(to) {
        Ok(attached) => Ok(attachments::save(session, &attachment, attached)?),
        Err(Refusal::Rule(Rule::WrongPurpose)) => Err(fault("wrong_purpose")),
        Err(refusal) => Err(refusal.into()),
    }
}

fn view(attachment: &Attachment) -> AttachmentView {
    AttachmentView {
        id: attachment.id,
        purpose: attachment.purpose,
        name: attachment.name.clone(),
        media_type: attachment.media_type,
        size: attachment.size,
        sha256: attachment.digest.clone(),
        uploader_id: attachment.uploader,
        uploaded_at: attachment.uploaded_at,
        attached_to: attachment
            .attached
            .as_ref()
            .map(|attached| AttachedView { kind: attached.kind, id: AnyId::new(attached.id) }),
    }
}

/// The name under which a file is saved: it ends as files of its kind do, whatever else it says, because that decides what is done
/// with it.
fn name_of(attachment: &Attachment) -> String {
    let (name, endings) = (&attachment.name, attachment.media_type.endings());
    let ends = |ending: &&str| {
        let end = name.rsplit_once('.').map(|(_, end)| end);
        end.is_some_and(|end| end.eq_ignore_ascii_case(ending))
    };
    if endings.iter().any(ends) { name.clone() } else { format!("{name}.{}", endings[0]) }
}

/// A download by this name (RFC 6266), which may hold any letters.
fn disposition(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || "._- ".contains(c) { c } else { '_' })
        .collect();
    let encoded: String = name
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

//! Documents of the project as pages: Markdown, in which blocks of `http` are examples in every language.

use std::{collections::BTreeSet, fmt::Write, iter::Peekable};

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::{
    examples::{Example, LANGUAGES, Request, collection::File},
    guides,
    html::{anchor, escape, inline},
    operation,
};

/// What a document says.
#[derive(Default)]
pub(super) struct Document {
    pub(super) title: String,
    pub(super) body: String,
    /// Whether there are examples to choose a language for.
    pub(super) examples: bool,
    /// What is wrong with it. A test sees to it that nothing is.
    pub(super) faults: Vec<String>,
}

/// Reads a document. Its requests are also put into `file`.
pub(super) fn read(text: &str, file: &mut File) -> Document {
    let mut document = Document::default();
    let mut json = BTreeSet::new();
    let mut section = String::new();
    let mut events = Parser::new_ext(text, Options::ENABLE_TABLES).peekable();
    let mut cells = None;
    let mut linked = false;
    while let Some(event) = events.next() {
        let out = &mut document.body;
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                let (html, plain) = heading(&mut events);
                if level == HeadingLevel::H1 {
                    document.title = plain;
                    continue;
                }
                if level == HeadingLevel::H2 {
                    section.clone_from(&plain);
                }
                let _ = writeln!(out, "<{level} id=\"{}\">{html}</{level}>", anchor(&plain));
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                let language = match kind {
                    CodeBlockKind::Fenced(language) => language.to_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                let code = code(&mut events);
                match language.as_str() {
                    "http" if code.contains("# @") || code.starts_with("GET /v1") => {
                        document.examples = true;
                        match Example::read(&code) {
                            Ok(example) => {
                                document.body += &shown(&example, &mut json);
                                file.add(&section, &example);
                            }
                            Err(fault) => document.faults.push(fault),
                        }
                    }
                    // What programs do in lines of their own, for those who send the files of requests.
                    "editor" => match Example::read(&code) {
                        Ok(example) => file.add(&section, &example),
                        Err(fault) => document.faults.push(fault),
                    },
                    "sh" if follows(&mut events, "ts") => {
                        document.examples = true;
                        let mut texts = vec![code];
                        while texts.len() < LANGUAGES.len() && events.next().is_some() {
                            texts.push(self::code(&mut events));
                        }
                        document.body += &choices(&texts);
                    }
                    _ => *out += &block(&code, "", "Text"),
                }
            }
            Event::Start(Tag::Table(_)) => {
                *out += "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"Table\"><table>\n"
            }
            Event::End(TagEnd::Table) => *out += "</tbody></table></div>\n",
            Event::Start(Tag::TableHead) => {
                cells = Some("th");
                *out += "<thead><tr>";
            }
            Event::End(TagEnd::TableHead) => {
                *out = out.replace("<th scope=\"col\"></th>", "<td></td>");
                *out += "</tr></thead>\n<tbody>\n";
            }
            Event::Start(Tag::TableRow) => {
                cells = Some("first");
                *out += "<tr>";
            }
            Event::End(TagEnd::TableRow) => *out += "</tr>\n",
            Event::Start(Tag::TableCell) => {
                *out += match cells {
                    Some("th") => "<th scope=\"col\">",
                    Some("first") => "<th scope=\"row\">",
                    _ => "<td>",
                };
            }
            Event::End(TagEnd::TableCell) => {
                *out += match cells {
                    Some("th" | "first") => "</th>",
                    _ => "</td>",
                };
                cells = cells.filter(|kind| *kind == "th");
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                let address = address(&dest_url);
                linked = address.is_some();
                *out += &address.map(|to| format!("<a href=\"{to}\">")).unwrap_or_default();
            }
            Event::End(TagEnd::Link) => *out += if linked { "</a>" } else { "" },
            Event::Html(note) if note.starts_with(WALK) => match walk(&note) {
                Ok(steps) => {
                    *out += "<details><summary>The requests until then</summary>\n";
                    for (section, example) in steps {
                        *out += &shown(&example, &mut json);
                        file.add(&section, &example);
                    }
                    *out += "</details>\n";
                }
                Err(fault) => document.faults.push(fault),
            },
            event => *out += &plain(&event),
        }
    }
    document
}

/// How a guide says that it goes on from the middle of another one: `<!-- walk chain.md until Payroll, expert = EMAIL -->`. The
/// page and the file of requests have what comes before that section there, with somebody else as the one who is named.
const WALK: &str = "<!-- walk ";

/// The steps of another guide, with the sections that they are of. Whoever does nothing in them does not sign in.
fn walk(note: &str) -> Result<Vec<(String, Example)>, String> {
    let wrong = || format!("not understood: {note}");
    let said = note.trim_end().strip_prefix(WALK).and_then(|note| note.strip_suffix(" -->"));
    let (guide, rest) = said.and_then(|said| said.split_once(" until ")).ok_or_else(wrong)?;
    let (until, person) = rest.split_once(", ").ok_or_else(wrong)?;
    let (who, address) = person.split_once(" = ").ok_or_else(wrong)?;
    let text = guides::text_of(guide).ok_or_else(wrong)?;
    let mut section = String::new();
    let mut steps = Vec::new();
    let mut events = Parser::new_ext(text, Options::ENABLE_TABLES);
    while let Some(event) = events.next() {
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H2, .. }) => {
                section = heading(&mut events).1;
                if section == until {
                    break;
                }
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language)))
                if *language == *"http" =>
            {
                steps.push((section.clone(), Example::read(&code(&mut events))?));
            }
            _ => (),
        }
    }
    if section != until {
        return Err(wrong());
    }
    let senders: BTreeSet<String> = steps
        .iter()
        .filter_map(|(_, example)| match example {
            Example::Request(request) => request.sender.clone(),
            Example::SignIn { .. } | Example::Client { .. } => None,
        })
        .collect();
    let acts = |name: &String| senders.contains(name);
    steps.retain(|(_, example)| match example {
        Example::SignIn { name, .. } | Example::Client { name, .. } => acts(name),
        Example::Request(_) => true,
    });
    for (_, example) in &mut steps {
        if let Example::SignIn { name, email } = example
            && name == who
        {
            address.clone_into(email);
        }
    }
    Ok(steps)
}

/// Where a link of a document leads to on the pages. What has no page there is text.
fn address(link: &str) -> Option<String> {
    let (path, fragment) = link.split_once('#').unwrap_or((link, ""));
    let file = path.rsplit('/').next().unwrap_or(path);
    let page = match file {
        _ if path.is_empty() || path.starts_with('/') || path.contains("://") => path.to_owned(),
        "openapi.yaml" if !path.contains("released") => "/v1/openapi.json".to_owned(),
        file => super::address(guides::of_file(file)?),
    };
    let mark = if fragment.is_empty() { "" } else { "#" };
    Some(escape(&format!("{page}{mark}{fragment}")))
}

fn plain(event: &Event<'_>) -> String {
    match event {
        Event::Text(text) => escape(text),
        Event::Code(code) => format!("<code>{}</code>", escape(code)),
        // A few words in another language are said to be so; other markup is text.
        Event::InlineHtml(html) if html.starts_with("<span lang=") || **html == *"</span>" => {
            html.to_string()
        }
        Event::InlineHtml(html) => escape(html),
        Event::SoftBreak | Event::HardBreak => "\n".to_owned(),
        Event::Start(Tag::Paragraph) => "<p>".to_owned(),
        Event::End(TagEnd::Paragraph) => "</p>\n".to_owned(),
        Event::Start(Tag::List(None)) => "<ul>\n".to_owned(),
        Event::End(TagEnd::List(false)) => "</ul>\n".to_owned(),
        Event::Start(Tag::List(Some(_))) => "<ol>\n".to_owned(),
        Event::End(TagEnd::List(true)) => "</ol>\n".to_owned(),
        Event::Start(Tag::Item) => "<li>".to_owned(),
        Event::End(TagEnd::Item) => "</li>\n".to_owned(),
        Event::Start(Tag::Emphasis) => "<em>".to_owned(),
        Event::End(TagEnd::Emphasis) => "</em>".to_owned(),
        Event::Start(Tag::Strong) => "<strong>".to_owned(),
        Event::End(TagEnd::Strong) => "</strong>".to_owned(),
        _ => String::new(),
    }
}

/// A heading's content as HTML and as text.
fn heading<'a>(events: &mut impl Iterator<Item = Event<'a>>) -> (String, String) {
    let (mut html, mut text) = (String::new(), String::new());
    for event in events.by_ref() {
        match &event {
            Event::End(TagEnd::Heading(_)) => break,
            Event::Text(part) | Event::Code(part) => text += part,
            _ => (),
        }
        html += &plain(&event);
    }
    (html, text)
}

fn code<'a>(events: &mut impl Iterator<Item = Event<'a>>) -> String {
    let mut code = String::new();
    for event in events.by_ref() {
        match event {
            Event::Text(text) => code += &text,
            Event::End(TagEnd::CodeBlock) => break,
            _ => (),
        }
    }
    code
}

fn follows<'a>(events: &mut Peekable<impl Iterator<Item = Event<'a>>>, language: &str) -> bool {
    matches!(events.peek(), Some(Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(name)))) if **name == *language)
}

/// The example in every language, with what the server answers.
fn shown(example: &Example, json: &mut BTreeSet<String>) -> String {
    let texts = example.written(json);
    let Example::Request(request) = example else { return choices(&texts) };
    let found =
        operation::find(&request.method, request.path.split('?').next().unwrap_or_default());
    let Some((page, name, operation)) = found else {
        return format!("<p>{} {} is not in the contract.</p>", request.method, request.path);
    };
    let mut html = format!(
        "<p class=\"request\"><span class=\"method\">{}</span> <a href=\"/docs/{page}#{name}\"><code>{}</code></a></p>\n",
        request.method,
        escape(&request.path.replace("{{", "{").replace("}}", "}")),
    );
    html += &choices(&texts);
    html + &answer(request, operation)
}

fn answer(request: &Request, operation: &'static serde_json::Value) -> String {
    let Some((status, response)) = operation::answer(operation, request.expect) else {
        return String::new();
    };
    let summary = format!(
        "Answer {status}: {}",
        inline(response["description"].as_str().unwrap_or_default())
    );
    match operation::example(response) {
        Some(text) => format!(
            "<details><summary>{summary}</summary>\n{}</details>\n",
            block(&text, "", "Answer")
        ),
        None => format!("<p class=\"answer\">{summary}</p>\n"),
    }
}

/// The same in each language. The style sheet shows the chosen one.
pub(super) fn choices(texts: &[impl AsRef<str>]) -> String {
    let each = LANGUAGES.iter().zip(texts);
    each.map(|((class, name), text)| block(text.as_ref(), class, name)).collect()
}

/// A block of code, which a keyboard can scroll.
pub(super) fn block(text: &str, class: &str, name: &str) -> String {
    let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
    format!(
        "<pre{class} tabindex=\"0\" role=\"group\" aria-label=\"{name}\"><code>{}</code></pre>\n",
        escape(text)
    )
}

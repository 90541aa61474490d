//! What would tell, in words that others read, who the expert is or how to reach them.
//!
//! **Invariant:** a card has neither name nor contact details. When in doubt a text is refused: it is easily written anew, and what
//! stood on a public page cannot be taken back.

/// Whether `text` tells the person's name, also in the commonest inflected forms.
pub(super) fn names(text: &str, name: &str) -> bool {
    const ENDINGS: &[&str] = &["n", "lla", "llä", "lle", "lta", "ltä", "sta", "stä"];
    let text = plain(text).to_lowercase();
    let words: Vec<_> = text.split(|c: char| !c.is_alphanumeric()).collect();
    let tells = |stem: &str| {
        words.iter().any(|word| word.strip_prefix(stem).is_some_and(|end| ENDINGS.contains(&end)))
    };
    name.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| part.chars().count() >= 3)
        .any(|part| words.contains(&part) || stems(part).iter().any(|stem| tells(stem)))
}

/// What stands before the endings of a Finnish name: the name itself, `Virtase-` of Virtanen, `Koske-` of Koski, and each of them
/// in the weak grade (*astevaihtelu*): `Peka-` of Pekka, `Lahde-` of Lahti.
fn stems(name: &str) -> Vec<String> {
    let mut stems = vec![name.to_owned()];
    if let Some(stem) = name.strip_suffix("nen") {
        stems.push(format!("{stem}se"));
    }
    // Short names, such as Ari and Aki, are loans, which do not change.
    if name.chars().count() >= 4 {
        if let Some(stem) = name.strip_suffix('i') {
            stems.push(format!("{stem}e"));
        }
        let weak: Vec<_> = stems.iter().filter_map(|stem| weakened(stem)).collect();
        stems.extend(weak);
    }
    stems
}

/// The weak grade of a stem that ends with one vowel.
fn weakened(stem: &str) -> Option<String> {
    const GRADES: &[(&str, &str)] = &[
        ("kk", "k"),
        ("pp", "p"),
        ("tt", "t"),
        ("mp", "mm"),
        ("nt", "nn"),
        ("nk", "ng"),
        ("lt", "ll"),
        ("rt", "rr"),
    ];
    const ALONE: &[(&str, &str)] = &[("p", "v"), ("t", "d"), ("k", "")];
    let last = stem.chars().next_back().filter(|&c| is_vowel(c))?;
    let before = stem.strip_suffix(last)?;
    if let Some((strong, weak)) = GRADES.iter().find(|(strong, _)| before.ends_with(strong)) {
        return Some(format!("{}{weak}{last}", before.strip_suffix(strong)?));
    }
    // After s and t nothing weakens: Kosken, Itkosen.
    let (strong, weak) = ALONE.iter().find(|(strong, _)| before.ends_with(strong))?;
    let rest = before.strip_suffix(strong)?;
    let weakens = rest.ends_with(|c| is_vowel(c) || matches!(c, 'h' | 'l' | 'r'));
    weakens.then(|| format!("{rest}{weak}{last}"))
}

const fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'å' | 'ä' | 'ö')
}

/// Whether `text` has a telephone number in it, an e-mail or web address, or what somebody is called elsewhere (`@name`).
pub(super) fn has_contact_details(text: &str) -> bool {
    let text = plain(text);
    let follows_at = |rest: &str| rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    text.contains("://")
        || text.to_lowercase().contains("www.")
        || text.split('@').skip(1).any(follows_at)
        || has_domain(&text)
        || text.split(char::is_alphabetic).any(is_number)
}

/// The text without what nobody sees, and with the wide forms of signs as the usual ones.
fn plain(text: &str) -> String {
    let seen = |c: &char| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{fe0f}' | '\u{feff}');
    let usual = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{2024}' | '\u{3002}' | '\u{ff61}' => '.',
        '\u{fe6b}' => '@',
        c => c,
    };
    text.chars().filter(seen).map(usual).collect()
}

/// Whether what stands between two letters has a telephone number in it: seven digits or more, whatever is between them, that are
/// neither times nor amounts.
fn is_number(run: &str) -> bool {
    let digits = run.chars().filter(|c| c.is_numeric()).count();
    if digits < 7 {
        return false;
    }
    let mut rest = run;
    loop {
        let start = rest.find(char::is_numeric).unwrap_or(rest.len());
        let (before, number) = rest.split_at(start);
        if number.is_empty() {
            return false;
        }
        let stands_alone =
            before.is_empty() || before.ends_with(|c: char| c.is_whitespace() || c == '(');
        let amount = || amount(number).filter(|_| stands_alone);
        let Some(after) = temporal(number).or_else(amount) else { return true };
        // A new sentence, or the next of a list, is looked at by itself.
        if parts(after) {
            return is_number(after);
        }
        rest = after;
    }
}

/// Whether a new sentence begins at `rest`, or the next of a list.
fn parts(rest: &str) -> bool {
    rest.starts_with(['.', ',', ';', ')']) && rest[1..].starts_with(char::is_whitespace)
}

/// What follows the amount, the law or the range with which `text` begins, such as `120`, `1 000 000`, `417/2007` or `9–11`: none
/// begins with nought but a time of day, and after it there is no other number that it could be part of.
fn amount(text: &str) -> Option<&str> {
    const DASHES: &[char] = &['-', '\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}'];
    let few = |text| count(text, 3);
    let range = || {
        let (from, rest) = few(text)?;
        let (to, rest) = few(rest.strip_prefix(DASHES)?)?;
        // 13–15.30
        let half = |sign| number(after(rest, sign)?, 2, (0, 59));
        let rest = half(".").or_else(|| half(":")).unwrap_or(rest);
        let hours = from < to && to <= 24;
        let plain = from < to && !text.starts_with('0');
        let on = rest.strip_prefix(DASHES).is_some_and(|rest| rest.starts_with(char::is_numeric));
        (hours || plain).then_some(rest).filter(|_| !on)
    };
    let law = || {
        let (_, rest) = count(text, 4)?;
        number(after(rest, "/")?, 4, (1900, 2099))
    };
    let thousands = || {
        let (_, mut rest) = few(text)?;
        let next =
            |rest| after(spaced(rest), "000").filter(|_| spaced(rest).len() < str::len(rest));
        rest = next(rest)?;
        while let Some(further) = next(rest) {
            rest = further;
        }
        Some(rest)
    };
    let alone = || {
        let (_, rest) = few(text)?;
        (parts(rest) || !rest.contains(char::is_numeric)).then_some(rest)
    };
    let ends = |rest: &str| !rest.starts_with(char::is_numeric);
    if text.starts_with('0') {
        return range().filter(|rest| ends(rest));
    }
    [law(), thousands(), range(), alone()].into_iter().flatten().find(|rest| ends(rest))
}

/// The number with which `text` begins, of at most so many digits, and what follows it.
fn count(text: &str, most: usize) -> Option<(u32, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(digits);
    (1..=most).contains(&digits).then(|| Some((number.parse().ok()?, rest)))?
}

/// What follows the day, year or time of day with which `text` begins.
fn temporal(text: &str) -> Option<&str> {
    const DAY: (u32, u32) = (1, 31);
    const MONTH: (u32, u32) = (1, 12);
    let dotted = |text| after(number(text, 1, DAY)?, ".");
    // 12.3. and 12.3.2024 and 12. 3. 2024
    let day = |text| dotted(text).and_then(|text| after(number(spaced(text), 1, MONTH)?, "."));
    // 2024 and 2024-03-12 and 2023/24
    let year = |text| number(text, 4, (1900, 2099));
    let whole = |text| number(after(year(text)?, "-")?, 2, MONTH);
    let ends = |rest: &str| !rest.starts_with(char::is_numeric);
    let forms: [Option<&str>; 8] = [
        day(text).and_then(|text| year(spaced(text))),
        day(text).and_then(|text| number(text, 2, (20, 59))).filter(|_| !text.starts_with('0')),
        whole(text).and_then(|text| number(after(text, "-")?, 2, DAY)),
        year(text).and_then(|text| number(after(text, "/")?, 2, (0, 99))),
        number(text, 1, MONTH).and_then(|text| year(after(text, "/")?)),
        year(text),
        // 8.30 and 8:30, before 12.3., which it may look like.
        number(text, 1, (0, 24))
            .and_then(|text| number(after(text, ".").or_else(|| after(text, ":"))?, 2, (0, 59))),
        // 12.3. and the 5. of 5.–7.6.
        day(text).or_else(|| dotted(text).filter(|text| text.starts_with(['-', '\u{2013}']))),
    ];
    forms.into_iter().flatten().find(|rest| ends(rest))
}

fn spaced(text: &str) -> &str {
    text.strip_prefix(char::is_whitespace).unwrap_or(text)
}

fn after<'a>(text: &'a str, sign: &str) -> Option<&'a str> {
    text.strip_prefix(sign)
}

/// What follows the number with which `text` begins, if it has at least so many digits and is within these bounds. It has four digits
/// if its bounds have, and two at the most otherwise.
fn number(text: &str, least: usize, (low, high): (u32, u32)) -> Option<&str> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let most = if low > 99 { 4 } else { 2 };
    let (number, rest) = text.split_at(digits);
    let within = (least..=most).contains(&digits);
    let number = number.parse::<u32>().ok().filter(|_| within)?;
    (low..=high).contains(&number).then_some(rest)
}

/// Whether `text` has the name of a domain in it, such as `kokemus.fi`. A sentence that begins without a space before it
/// (`Puhun.Se on`) is none.
fn has_domain(text: &str) -> bool {
    let is_of_host = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    let mut rest = text;
    while let Some(start) = rest.find(is_of_host) {
        let host = &rest[start..];
        let end = host.find(|c| !is_of_host(c)).unwrap_or(host.len());
        let path = host[end..].strip_prefix('/');
        let leads_on = path.is_some_and(|path| path.starts_with(char::is_alphanumeric));
        if is_domain(&host[..end], leads_on) {
            return true;
        }
        rest = &host[end..];
    }
    false
}

/// Whether `host` is the name of a domain. One with a letter alone, such as `t.me`, has a path: otherwise it is an abbreviation.
fn is_domain(host: &str, has_path: bool) -> bool {
    let labels: Vec<_> = host.trim_matches(['.', '-']).split('.').collect();
    let is_label = |label: &&str| !label.starts_with('-') && !label.ends_with('-');
    labels.windows(2).any(|pair| {
        let (name, top) = (pair[0], pair[1].split('-').next().unwrap_or_default());
        let letters = name.chars().filter(|c| c.is_alphabetic()).count();
        let named = letters > 0 && (name.chars().count() > 1 || has_path);
        named && is_label(&name) && is_top(top)
    })
}

/// Whether `label` is a top-level domain, as people write them.
fn is_top(label: &str) -> bool {
    let lower = label.to_lowercase();
    if SURE.split(' ').any(|top| top == lower) {
        return true;
    }
    // With a capital only at its beginning it is the first word of a sentence.
    let mut letters = label.chars();
    let begins = letters.next().is_some_and(char::is_uppercase);
    let is_word = begins && letters.all(char::is_lowercase);
    !is_word && [COUNTRIES, OTHERS].iter().any(|tops| tops.split(' ').any(|top| top == lower))
}

/// Top-level domains that are no words of our languages.
const SURE: &str = "fi ax eu com net org";

/// Others that are not of a country, the commonest.
const OTHERS: &str = "info biz edu gov int mil mobi name pro tel travel jobs coop aero museum arpa app art bio blog care chat club \
    center cloud community dev digital email events expert family foundation fun fund gallery gle group guru health help hosting \
    life link live love media net network news ngo one ong online page photo photos press services shop site social space store \
    stream studio support team tech today tools tube video website wiki work world xyz zone";

/// Those of countries and territories, by ISO 3166-1 with what is delegated beside it: without those that are abbreviations of
/// professions (`psyk.sh`, `sos.tt`), of days of the week and of measures.
const COUNTRIES: &str = "ac ad ae af ag ai al am ao aq ar as at au aw az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca \
    cc cd cf cg ch ci ck cl cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et fj fk fm fo fr ga gd ge gf gg gh gi \
    gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp kh ki kn kp kr kw ky kz \
    lb lc li lk lr ls lt lu lv ly mc md me mg mh mk mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np \
    nr nu nz om pa pf pg pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg si sk sl sm sn so sr ss st sv \
    sx sy sz tc td tf tg tj tl tm tn tr tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw";

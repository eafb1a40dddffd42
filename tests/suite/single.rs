//! The site as one file: whole in itself, with all that the pages say.

use std::cell::RefCell;
use std::collections::BTreeSet;

use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use sha2::Digest as _;

use roadbook::markdown::tags::{Attribute, Tag, TagKind as Kind, tags};
use roadbook::single::{BEGIN, single};
use roadbook::site::{Content, Site};
use roadbook::source::Source;
use roadbook::visibility::Audience;

use crate::example::html;
use crate::support::{example, inputs_of, site_of, text_at, words};

fn bytes(site: &Site, address: &str) -> Result<Vec<u8>, String> {
    match site.render(address).ok_or("no such page")?.map_err(|mistake| mistake.message)? {
        Content::Bytes(bytes) => Ok(bytes),
        Content::File(path) => std::fs::read(path).map_err(|error| error.to_string()),
    }
}

/// A site as one file.
fn file(site: &Site) -> String {
    let (made, pages) = single(site, &|address| bytes(site, address)).expect("every page can be made");
    assert_eq!(pages, site.reading_order().len());
    String::from_utf8(made).expect("UTF-8")
}

/// The tags of a file, and its style.
fn parts(file: &str) -> (Vec<html::Tag>, String) {
    let (before, rest) = file.split_once("<style>").expect("a style");
    let (style, after) = rest.split_once("</style>").expect("its end");
    (html::tags(&format!("{before}{after}")).expect("strict HTML"), style.to_owned())
}

/// What keeps a file from being whole in itself, one line each.
fn faults(file: &str) -> Vec<String> {
    let (tags, style) = parts(file);
    let mut faults = Vec::new();
    let mut ids = BTreeSet::new();
    for id in tags.iter().filter_map(|tag| tag.get("id")) {
        if !ids.insert(id) {
            faults.push(format!("the id {id} stands twice"));
        }
    }
    for tag in &tags {
        if ["script", "iframe", "object", "embed", "base", "form", "template", "noscript", "video", "source"]
            .contains(&&*tag.name)
        {
            faults.push(format!("<{}>", tag.name));
        }
        for (name, value) in &tag.attributes {
            let is_link = tag.name == "a" && ["href", "xlink:href"].contains(&&**name);
            if let Some(place) = value.strip_prefix('#').filter(|_| name.ends_with("href")) {
                let place = html::percent_decoded(place).expect("a fragment");
                if !ids.contains(&*place) {
                    faults.push(format!("{name}={value} leads nowhere"));
                }
            } else if is_link && !["https:", "http:", "mailto:"].iter().any(|scheme| value.starts_with(scheme)) {
                faults.push(format!("{name}={value} leads out of the file"));
            } else if !is_link
                && name != "content"
                && (["src", "href", "xlink:href"].contains(&&**name) && !value.starts_with("data:"))
            {
                faults.push(format!("{name}={value:.60} loads something"));
            } else if name.starts_with("on")
                || ["style", "srcset", "poster", "data", "action", "background"].contains(&&**name)
            {
                faults.push(format!("the attribute {name}"));
            }
            if ["for", "headers", "list"].contains(&&**name) || name.starts_with("aria-") && name.ends_with("by") {
                faults.extend(value.split(' ').filter(|id| !ids.contains(id)).map(|id| format!("{name} names {id}")));
            }
            if let Some((_, rest)) = value.split_once("url(#") {
                let id = rest.split(')').next().unwrap_or_default();
                faults.extend((!ids.contains(id)).then(|| format!("{name} paints with {id}")));
            }
        }
    }
    let loads = style.split("url(").skip(1).filter(|url| !url.starts_with("\"data:") && !url.starts_with("\"#"));
    faults.extend(loads.map(|url| format!("the style loads {url:.40}")));
    faults.extend(style.contains("@import").then(|| "the style imports".to_owned()));
    faults
}

/// The pages of a file: address and contents.
fn pages(file: &str) -> Vec<(String, String)> {
    let (_, pages) = file.split_once("<main id=\"everything\">").expect("the pages");
    let (pages, _) = pages.split_once("<p data-all>").expect("their end");
    let page = |part: &str| {
        let (address, rest) = part.split_once("\" data-page").expect("a page");
        (address.to_owned(), rest.split_once('>').expect("its tag").1.to_owned())
    };
    pages.split("<div id=\"").skip(1).filter(|part| part.contains("\" data-page")).map(page).collect()
}

/// A page without what only a script would show.
fn without_form(page: &str) -> String {
    match (page.split_once("<form"), page.split_once("</form>")) {
        (Some((before, _)), Some((_, after))) => format!("{before}{after}"),
        _ => page.to_owned(),
    }
}

#[test]
fn one_file_holds_every_page_of_the_example() {
    for audience in [Audience::Public, Audience::Internal] {
        let site = site_of(&example(), audience);
        let file = file(&site);
        assert!(file.starts_with(BEGIN));
        assert_eq!(faults(&file), Vec::<String>::new());
        let pages = pages(&file);
        let addresses: Vec<&str> = pages.iter().map(|(address, _)| address.as_str()).collect();
        assert_eq!(addresses, site.reading_order());
        let left_out = |address: &&str| {
            let is_apart = *address == "404.html" || address.starts_with("embed/");
            !is_apart && address.ends_with(".html") && !text_at(&site, address).contains("http-equiv=\"refresh\"")
        };
        assert_eq!(BTreeSet::from_iter(addresses), site.addresses().filter(left_out).collect());
        for (address, page) in &pages {
            let ordinary = words(&without_form(&text_at(&site, address)));
            assert_eq!(words(&format!("<main>{page}</main>")), ordinary, "{address}");
        }
        assert_eq!(file.matches("<header class=\"top\">").count(), 1);
        assert_eq!(file.matches("<footer class=\"foot\">").count(), 1);
        let (_, frame) = file.split_once("<body").expect("a body");
        let (frame, _) = frame.split_once("<main").expect("pages");
        assert!(!frame.contains("aria-current"), "the navigation says which page is shown");
        // Old addresses lead to today's; what was left out is at the base URL or nowhere.
        assert!(!file.contains("href=\"#404.html\"") && !file.contains("href=\"roadmap.json"));
    }
}

#[test]
fn one_file_is_the_same_on_any_number_of_threads() {
    let site = site_of(&example(), Audience::Public);
    let first = file(&site);
    for threads in [1, 2] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        assert_eq!(pool.install(|| file(&site_of(&example(), Audience::Public))), first, "{threads} threads");
    }
}

const HOSTILE: &str = r##"
//- roadbook.yml
title: "<b>Odd & \"quoted\"</b>"
base_url: https://example.org/odd/
//- plan/vision.md
# A vision
See [the item](items/a.md#needs-more), [its old name](items/old-a.md), [its old address](https://example.org/odd/items/old-a.html), [by its address](https://example.org/odd/items/ö.html),
[nothing](items/none.md), [elsewhere](https://example.net/?a=1&b=2#c) and <javascript:alert(1)>.
//- plan/themes/t.md
# "T" & <T>
//- plan/items/a.md
---
aliases: [old-a]
theme: t
depends_on: [ö]
---
# A <script>alert(1)</script> "quoted" & 'more'

## Needs more

Text[^1] and [itself](#needs-more), [no such place](#none), ![remote](https://example.net/x.png), [bad](javascript:alert(1)).

## Needs more

- [ ] <img src=x onerror=alert(1)>

[^1]: A note.
//- plan/items/ö.md
# Größe & ид 100 %
[back](a.md#needs-more-1) [[a]] &lt;/main&gt; &lt;style&gt;
//- plan/pages/p.md
# P
## One
## Two
## Three
"##;

/// A template of the author's own with everything in it that one file cannot have.
const OWN: &str = r##"<!DOCTYPE html><html lang="de" class="mine" onclick="go()"><head><meta charset="utf-8"><base href="/x/">
<title>{{ page.head_title }}</title><link rel="stylesheet" href="{{ page.root }}style.css"><link rel=preload href=x.js as=script>
<style>.x { background: url(missing.png) } </style><script>go("</main>")</script></head>
<body class="b" onload="go()"><!-- <main> --><a href="#Start">To the page</a><nav id="ways"><a href="{{ page.root }}backlog.html" aria-current=page>B</a>
<label for="q">Find</label><input id="q" autofocus></nav>{% if page.title == "P" %}<p id="q2">Only here</p>{% endif %}
<main id="Start" class="m"><h1 id="h" title='a "b"'>{{ page.title }}</h1><p style="color:red" id=h>twice</p><p><a href="#h">up</a> <a href="#q">find</a>
<a href="{{ page.root }}roadmap.json" target="_blank" download>Data</a> <a href="{{ page.root }}embed/board.html">Board</a> <a href="{{ page.root }}none.html" rel="x">None</a>
<a href="{{ page.root }}404.html"><b>Gone</b></a> <a href="/root">Root</a> <a href=" {{ page.root }}./items/../index.html?x=1#h ">Home</a> <A HREF=java&#115;cript:go()>Run</A></p>
<noscript><p><a href="{{ page.root }}index.html">No script</a></p></noscript><template><p>T</p></template><iframe src="x.html"></iframe>
<picture><source srcset="a.webp"><img src="{{ page.root }}favicon.svg" srcset="b.png 2x" alt="Icon" loading=lazy></picture><img src="https://example.net/i.png" alt="Far &amp; away">
<svg viewBox="0 0 9 9" aria-labelledby="st none"><title id="st">S</title><defs><linearGradient id="g"/></defs><rect fill="url(#g)" clip-path="url('#none')"/>
<use xlink:href="#g"/><image href="far.png"/><a xlink:href="{{ page.root }}index.html"><text>H</text></a><a href="{{ page.root }}none.html"><text>N</text></a></svg>
<table><tr><th id="c">C<td headers="c none">D</table><form action="/send"><input name="n"><button>Send</button></form><script src="x.js"></script>
</div></section><div class="open"><b>bold <a href="{{ page.root }}none.html">x</a><p><ul><li>one</ul>
<details name="d"><summary>D</summary></details><object data="x.swf"><p>old</p></object></main>
{% if page.title == "P" %}<aside>DisagreementIndex P</aside>{% endif %}<footer>Foot</footer></body></html>
"##;

#[test]
fn a_hostile_plan_in_one_file_is_whole_and_loads_nothing() {
    let mut inputs = inputs_of(HOSTILE);
    let site = site_of(&inputs, Audience::Public);
    let own_look = file(&site);
    assert_eq!(faults(&own_look), Vec::<String>::new());
    let remote = ("<img src=\"https://example.net/x.png\" alt=\"remote\" loading=\"lazy\">", "<span>remote</span>");
    for (address, page) in pages(&own_look) {
        let ordinary = words(&without_form(&text_at(&site, &address).replace(remote.0, remote.1)));
        assert_eq!(words(&format!("<main>{page}</main>")), ordinary, "{address}");
    }
    for link in [
        "href=\"#items:a.html:needs-more\"",
        "href=\"#items:a.html:needs-more-1\"",
        "href=\"#items/ö.html\"",
        "<span>remote</span>",
        "href=\"https://example.net/?a=1&amp;b=2#c\"",
        "href=\"#items/a.html\"",
    ] {
        assert!(own_look.contains(link), "there is no {link}");
    }
    assert!(!own_look.contains("old-a.html"), "an old address leads out of the file");
    let names = ["home", "roadmap", "alignment", "backlog", "dependencies", "theme", "item", "page"];
    let mut own = |template: &str| {
        inputs.templates =
            names.map(|name| Source::new(format!("templates/{name}.html"), template.to_owned())).to_vec();
        file(&site_of(&inputs, Audience::Public))
    };
    let file = own(OWN);
    assert_eq!(faults(&strict(&file)), Vec::<String>::new());
    for (address, page) in pages(&file) {
        let count = |tag: &str| page.matches(tag).count();
        assert_eq!(
            (count("<div"), count("<b>"), count("</section")),
            (count("</div") - 1, count("</b>"), 0),
            "{address} is open, or ends more than itself"
        );
    }
    let with_crlf = own(&OWN.replace('\n', "\r\n")).replace("\r\n", "\n");
    assert_eq!(with_crlf, file, "line ends leave no trace but themselves");
    for kept in [
        "<html lang=\"de\" class=\"mine\">",
        "<body class=\"b\">",
        "<title>",
        ">No script</a>",
        "<p>old</p>",
        "<span>Far &amp; away</span>",
        "Only here",
        "DisagreementIndex P",
        "<a href=\"https://example.org/odd/404.html\"><b>Gone</b></a>",
        ">Root</span>",
        ">Run</span>",
        "href=\"https://example.org/odd/roadmap.json\"",
        "href=\"https://example.org/odd/embed/board.html\"",
        "href=\"#items:a.html:h\"",
        "href=\"#index.html:h\"",
        "href=\"#items/a.html\"",
        "<g><text>N</text></g>",
        "fill=\"url(#items:a.html:g)\"",
        "clip-path=\"none\"",
        "aria-labelledby=\"items:a.html:st\"",
        "headers=\"items:a.html:c\"",
        "src=\"data:image/svg+xml;base64,",
        "url(\"data:,\")",
        "<label for=\"frame:q\">",
    ] {
        assert!(file.contains(kept), "there is no {kept}");
    }
    for gone in [
        "<script",
        "To the page",
        "onload",
        "onclick",
        "srcset",
        "Send",
        "<template",
        "far.png",
        "i.png\"",
        "missing.png",
        "loading",
    ] {
        assert!(!file.contains(gone), "there is {gone}");
    }
    assert_eq!(
        file.matches("<footer>Foot</footer>").count(),
        2,
        "once for all, once for the page that has more around it"
    );
}

/// A file of an author's own templates, in the strict form that the reader here takes.
fn strict(file: &str) -> String {
    file.replace("<td headers", "</th><td headers")
}

/// The checks above would be worth nothing if they could not fail.
#[test]
fn a_file_that_is_not_whole_is_found_out() {
    let good = file(&site_of(&example(), Audience::Public));
    for (old, new, fault) in [
        ("href=\"#backlog.html\"", "href=\"#backlog\"", "leads nowhere"),
        ("href=\"#backlog.html\"", "href=\"backlog.html\"", "leads out of the file"),
        ("<h1", "<h1 id=\"index.html\"", "stands twice"),
        ("<h1", "<script></script><h1", "<script>"),
        ("<h1", "<img src=\"x.png\"><h1", "loads something"),
        ("<h1", "<h1 style=\"\"", "the attribute style"),
        ("<h1", "<h1 aria-labelledby=\"none\"", "names none"),
        ("<style>", "<style>a { b: url(\"x.png\") }", "the style loads"),
    ] {
        assert!(good.contains(old));
        let found = faults(&good.replacen(old, new, 1));
        assert!(found.iter().any(|line| line.contains(fault)), "{new} was not found out: {found:?}");
    }
}

/// What the policy lets through is this style and no other.
#[test]
fn the_policy_of_one_file_fits_its_style() {
    let file = file(&site_of(&example(), Audience::Public));
    let (tags, style) = parts(&file);
    let policy = tags
        .iter()
        .find(|tag| tag.get("http-equiv") == Some("Content-Security-Policy"))
        .and_then(|tag| tag.get("content"));
    let policy = policy.expect("a policy");
    assert!(
        policy.starts_with("default-src 'none'; style-src 'sha256-") && policy.contains("img-src data:;"),
        "{policy}"
    );
    assert!(!policy.contains("unsafe") && !policy.contains("script-src") && !policy.contains("'self'"), "{policy}");
    let sum = sha2::Sha256::digest(style.as_bytes());
    assert!(policy.contains(&format!("'sha256-{}'", data_encoding::BASE64.encode(&sum))), "{policy}");
    // Where a browser does not know `:has()`, everything is shown.
    let (before, rest) = style.split_once("@supports selector(:has(:target)) {").expect("a condition");
    let (inside, after) = rest.split_once("\n}\n").expect("its end");
    assert!(
        inside.contains("display: none")
            && !before.contains("data-page")
            && !after.split("@media print").next().is_some_and(|css| css.contains("none"))
    );
}

/// What `html5ever` sees in a page; it does not say where.
#[derive(Default)]
struct TagsOfHtml5ever {
    tags: RefCell<Vec<Tag>>,
}

impl TokenSink for TagsOfHtml5ever {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let Token::TagToken(tag) = token else { return TokenSinkResult::Continue };
        let contents = match &*tag.name {
            "textarea" | "title" => TokenSinkResult::RawData(RawKind::Rcdata),
            "script" => TokenSinkResult::RawData(RawKind::ScriptData),
            "style" | "iframe" | "xmp" | "noembed" | "noframes" => TokenSinkResult::RawData(RawKind::Rawtext),
            _ => TokenSinkResult::Continue,
        };
        let is_start = tag.kind == TagKind::StartTag;
        let attributes = tag.attrs.iter();
        let attributes = attributes
            .map(|attribute| Attribute { name: attribute.name.local.to_string(), value: attribute.value.to_string() });
        let kind = match is_start {
            true => Kind::Start { attributes: attributes.collect(), is_closed: tag.self_closing },
            false => Kind::End,
        };
        self.tags.borrow_mut().push(Tag { name: tag.name.to_string(), kind, range: 0..0 });
        if is_start { contents } else { TokenSinkResult::Continue }
    }
}

fn tags_of_html5ever(page: &str) -> Vec<Tag> {
    let input = BufferQueue::default();
    input.push_back(page.into());
    let options = TokenizerOpts { discard_bom: false, ..TokenizerOpts::default() };
    let tokenizer = Tokenizer::new(TagsOfHtml5ever::default(), options);
    _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.tags.take()
}

/// Tags without their places, each of which must hold the tag and nothing else, behind the one before.
fn placed(page: &str, mut tags: Vec<Tag>) -> Vec<Tag> {
    let mut end = 0;
    for tag in &mut tags {
        let range = std::mem::take(&mut tag.range);
        assert!(end <= range.start, "{range:?} in {page:?}");
        end = range.end;
        let text = page[range].to_ascii_lowercase();
        let text = text.replace('\0', "\u{fffd}");
        let begin = if tag.kind == Kind::End { "</" } else { "<" };
        assert!(text.starts_with(&format!("{begin}{}", tag.name)) && text.ends_with('>'), "{text:?} in {page:?}");
    }
    tags
}

#[test]
fn tags_are_those_of_a_tokenizer_of_the_standard() {
    const PIECES: &[&str] = &[
        "<",
        ">",
        "/",
        "=",
        "\"",
        "'",
        " ",
        "\n",
        "\t",
        "\x0c",
        "\r",
        "\r\n",
        "a",
        "b",
        "-",
        "!",
        "?",
        "é",
        "𝄞",
        "&",
        ";",
        "&amp;",
        "&#65;",
        "&#x41;",
        "&quot;",
        "&nbsp;",
        "main",
        "<a href=",
        "<a href=\"",
        "<A B='",
        "<p>",
        "</p>",
        "</",
        "</ ",
        "<!",
        "<?",
        "<!--",
        "-->",
        "--!>",
        "->",
        "<!-->",
        "<!--->",
        "<![CDATA[",
        "]]>",
        "<!DOCTYPE html>",
        "<!doctype a \"",
        "<script",
        "<script>",
        "<SCRIPT >",
        "</script",
        "</script>",
        "</script ",
        "</scripts>",
        "<style>",
        "</style>",
        "</STYLE\n>",
        "<title>",
        "</title/>",
        "<textarea a>",
        "</textarea>",
        "<iframe>",
        "</iframe>",
        "<noscript>",
        "</noscript>",
        "<svg/>",
        "<br />",
        "<a/b/c=d/>",
        "<a =x>",
        "<a a=1 A=2>",
        "x=y",
        " id=\"q\"",
        "<1>",
    ];
    let seed = std::env::var("TAGS_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1);
    let count = std::env::var("TAGS_PAGES").ok().and_then(|count| count.parse().ok()).unwrap_or(20_000);
    let mut random = fastrand::Rng::with_seed(seed);
    let mut found = 0;
    for _ in 0..count {
        let page: String = (0..random.usize(1..24)).map(|_| PIECES[random.usize(..PIECES.len())]).collect();
        let tags = placed(&page, tags(&page));
        found += tags.len();
        assert_eq!(tags, tags_of_html5ever(&page), "TAGS_SEED={seed}: {page:?}");
    }
    assert!(found > count, "only {found} tags in {count} pages");
    let site = site_of(&example(), Audience::Internal);
    for address in site.reading_order() {
        let page = text_at(&site, address);
        assert_eq!(placed(&page, tags(&page)), tags_of_html5ever(&page), "{address}");
    }
    // What chance does not meet in every run.
    for page in [
        OWN,
        HOSTILE,
        "<script><!-- <script> </script> <a> --> </script><p>",
        "<script><!--><script></script><p>",
        "<!-- a --!><p><!---!> <a> -->",
        "<title><!--</title><p>--></p>",
    ] {
        assert_eq!(placed(page, tags(page)), tags_of_html5ever(page), "{page}");
    }
}

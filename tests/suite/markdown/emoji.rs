//! Short codes of emoji: GitHub's, wherever words are shown, and nowhere else.

use std::path::Path;

use expect_test::expect_file;
use fastrand::Rng;
use roadbook::markdown::outline;

use super::html;
use super::skeleton::words;

#[test]
fn the_codes_are_those_of_github() {
    let codes = |emoji: &'static emojis::Emoji| emoji.shortcodes().map(move |code| format!("{code} {emoji}\n"));
    let mut lines: Vec<String> = emojis::iter().flat_map(codes).collect();
    lines.sort();
    assert!(lines.len() > 1900, "{}", lines.len());
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/markdown/emoji.txt");
    expect_file![file].assert_eq(&lines.concat());
}

#[test]
fn every_code_is_its_emoji_on_the_page_and_in_the_outline() {
    for emoji in emojis::iter() {
        for code in emoji.shortcodes() {
            assert_eq!(html(&format!("A :{code}:\n")), format!("<p>A {emoji}</p>\n"), "{code}");
            let found = outline(&format!("# Go :{code}:\n\nA :{code}:\n"), 0);
            assert_eq!(found.title.map(|(title, _)| title), Some(format!("Go {emoji}")), "{code}");
            assert_eq!(found.summary, format!("A {emoji}"), "{code}");
        }
    }
}

#[test]
fn codes_stand_where_words_do() {
    for (written, shown) in [
        (":rocket:", "🚀"),
        (":rocket::tada: (:+1:):", "🚀🎉 (👍):"),
        ("Go:rocket:", "Go:rocket:"),
        (":rocket:Go :x:, :x:. **:x:** *a* :white_check_mark:", "🚀Go ❌, ❌. ❌ a ✅"),
        ("完了:tada:です", "完了🎉です"),
        ("10:30:15 and 10:100:15", "10:30:15 and 10:100:15"),
        (":1234:80 :100:50", ":1234:80 :100:50"),
        ("a::b::c std::id::x ::id:: :id::x", "a::b::c std::id::x ::id:: :id::x"),
        ("urn:id:5 key_:key: /:key: :key:/ :key:_a", "urn:id:5 key_:key: /:key: :key:/ :key:_a"),
        (
            ":not-a-code: :Rocket: : rocket: :rocket :octocat: ::",
            ":not-a-code: :Rocket: : rocket: :rocket :octocat: ::",
        ),
        (r"C:\a:x:\b", r"C:\a:x:\b"),
        ("`:rocket:` <code>:rocket: **:x:**</code> <kbd>:x:</kbd> :x:", ":rocket: :rocket: :x: :x: ❌"),
        ("https://x.test/?q=:rocket: :rocket: me@x.test:x:", "https://x.test/?q=:rocket: 🚀 me@x.test:x:"),
        ("[:rocket: go](done.md) [https://x.test/(:x:)](done.md)", "🚀 go https://x.test/(:x:)"),
        ("RB-1 :rocket: RB-2:x:", "RB-1 🚀 RB-2:x:"),
    ] {
        assert_eq!(words(&html(written)), shown, "{written}");
        assert_eq!(outline(written, 0).summary, shown, "{written}");
        let page = html(&format!("## {written}\n"));
        assert_eq!(words(page.split_once(" <a class=\"anchor\"").map_or("", |(words, _)| words)), shown, "{written}");
        assert_eq!(outline(&format!("## {written}\n"), 0).headings[0].text, shown, "{written}");
    }
}

#[test]
fn codes_are_no_emoji_where_no_words_stand() {
    for body in [
        "```\n:rocket:\n```\n",
        "``` :rocket:\ncode\n```\n",
        "    :rocket:\n",
        "<pre>\n:rocket: <b>:rocket:</b>\n</pre>\n",
        "<div><code>:rocket:</code></div>\n",
        "[w](done.md \":rocket:\")\n",
        "[w](https://x.test/:rocket:)\n",
        "<https://x.test/?(:rocket:)>\n",
        "![:rocket:](picture.png)\n",
        "<a name=\":rocket:\" title=\":rocket:\">w</a>\n",
        "<p align=\":rocket:\" title=\":rocket:\" id=\":rocket:\">w</p>\n",
    ] {
        assert!(!html(body).contains('🚀'), "{body}: {}", html(body));
    }
    for body in [
        "<div>\n:rocket: w\n</div>\n",
        "| :rocket: |\n|---|\n",
        "> [!note] :rocket:\n> w\n",
        "w[^1]\n\n[^1]: :rocket:\n",
    ] {
        assert!(html(body).contains('🚀'), "{body}: {}", html(body));
    }
}

/// As on GitHub, the words of the code are those of the anchor.
#[test]
fn anchors_are_made_of_the_codes() {
    let found = outline("# :rocket: Go\n\n## :rocket: Go\n", 0);
    assert_eq!(found.headings.iter().map(|heading| &*heading.anchor).collect::<Vec<_>>(), ["rocket-go", "rocket-go-1"]);
    assert_eq!(found.place(":rocket: Go").as_deref(), Some("rocket-go"));
    assert!(html("# :rocket: Go\n").starts_with("<h2 id=\"rocket-go\">🚀 Go <a class=\"anchor\" href=\"#rocket-go\""));
}

/// Whatever stands in a paragraph, the summary has the emoji that the page has.
#[test]
fn the_outline_and_the_page_read_the_same_codes() {
    const PIECES: &[&str] = &[
        ":rocket:",
        ":x:",
        ":",
        "::",
        "tada",
        "a",
        " ",
        "1",
        "_",
        "**",
        "*",
        "`",
        "https://x.test/",
        "\\",
        "<b>",
        "</b>",
        "<code>",
        "</code>",
        "&#58;",
        "/",
        "[w](done.md)",
        "[:x: ",
        "](done.md)",
        "\nw",
    ];
    let mut emoji = 0;
    for seed in 0..3000 {
        let mut rng = Rng::with_seed(seed);
        let pieces = (0..rng.usize(1..12)).map(|_| PIECES[rng.usize(..PIECES.len())]);
        let body = format!("w {}", pieces.collect::<String>());
        let (page, summary) = (words(&html(&body)), outline(&body, 0).summary);
        assert_eq!(page, summary, "seed {seed}: {body:?}");
        emoji += summary.matches(['🚀', '❌', '🎉']).count();
    }
    assert!(emoji > 1000, "{emoji}");
}

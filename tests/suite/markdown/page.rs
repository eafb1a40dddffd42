//! The page of a body, feature by feature.

use expect_test::expect;
use roadbook::markdown::{LinkKind, Rendering, ResolvedLink, outline, render};

use super::{html, resolve};

#[test]
fn blocks() {
    expect![[r#"
            <p>Words <em>em</em> <strong>strong</strong> <del>gone</del> <code>a&lt;b</code> "quoted" -- it's<br>
            hard<br>
            break &amp; &lt;more&gt;</p>
            <blockquote>
            <p>quote</p>
            <blockquote>
            <p>deeper</p>
            </blockquote>
            </blockquote>
            <hr>
            <ol start="3">
            <li>three</li>
            <li>four
            <ul>
            <li>tight</li>
            <li>list</li>
            </ul>
            </li>
            </ol>
            <ul>
            <li>
            <p>loose</p>
            </li>
            <li>
            <p>list</p>
            </li>
            </ul>
        "#]].assert_eq(&html("Words *em* **strong** ~~gone~~ `a<b` \"quoted\" -- it's\\\nhard  \nbreak & <more>\n\n> quote\n> > deeper\n\n---\n\n3. three\n4. four\n   - tight\n   - list\n\n* loose\n\n* list\n"));
    expect![[r#"
        <pre tabindex="0"><code class="language-rust">fn a() -&gt; Vec&lt;u8&gt; {}
        [[search]] RB-1 https://x.test
        </code></pre>
        <pre tabindex="0"><code>indented
        </code></pre>
        <pre tabindex="0"><code class="language-a&quot;b&lt;c"></code></pre>
    "#]].assert_eq(&html("```rust,ignore\nfn a() -> Vec<u8> {}\n[[search]] RB-1 https://x.test\n```\n\n    indented\n\n``` a\"b<c\n```\n"));
}

/// What GitHub draws is shown as its source, which says what it is.
#[test]
fn sources_of_drawings_and_formulas_have_a_caption() {
    expect![[r#"
        <figure><figcaption>Diagram (Mermaid source)</figcaption>
        <pre tabindex="0"><code class="language-mermaid">graph TD; A--&gt;B &amp; C
        </code></pre></figure>
        <ul>
        <li>
        <figure><figcaption>Formula (LaTeX source)</figcaption>
        <pre tabindex="0"><code class="language-Math">x^2 &lt; $5
        </code></pre></figure>
        </li>
        </ul>
        <blockquote>
        <figure><figcaption>Map (GeoJSON source)</figcaption>
        <pre tabindex="0"><code class="language-geojson">{}
        </code></pre></figure>
        </blockquote>
    "#]]
    .assert_eq(&html(
        "```mermaid\ngraph TD; A-->B & C\n```\n\n- ``` Math {.x}\n  x^2 < $5\n  ```\n\n> ~~~geojson\n> {}\n",
    ));
    for language in ["", "rust", "mermaids", "math2", "tex"] {
        assert!(!html(&format!("```{language}\nx\n```\n")).contains("<figure"), "{language}");
    }
    assert_eq!(html("    mermaid\n"), "<pre tabindex=\"0\"><code>mermaid\n</code></pre>\n");
    assert!(
        html("</div>\n\n```mermaid\nx\n```\n\n<b>y</b>\n").contains("<figure><figcaption>Diagram (Mermaid source)")
    );
}

#[test]
fn headings_leave_level_1_to_the_page() {
    expect![[r##"
        <h2 id="one">One <a class="anchor" href="#one" aria-label="Link to this section">#</a></h2>
        <h4 id="three">Three <a class="anchor" href="#three" aria-label="Link to this section">#</a></h4>
        <h6 id="six">Six <a class="anchor" href="#six" aria-label="Link to this section">#</a></h6>
    "##]]
    .assert_eq(&html("# One\n### Three\n###### Six\n"));
    expect![[r##"
        <h2 id="two">Two <a class="anchor" href="#two" aria-label="Link to this section">#</a></h2>
        <h3 id="three">Three <a class="anchor" href="#three" aria-label="Link to this section">#</a></h3>
    "##]]
    .assert_eq(&html("## Two\n### Three\n"));
    expect![[r##"
        <h2 id="a-b-c">A <em>b</em> <a class="state-done" href="items/done.html">c</a> <a class="anchor" href="#a-b-c" aria-label="Link to this section">#</a></h2>
        <h2 id="setext-search">Setext <a href="items/search.html">Fast &lt;search&gt;</a> <a class="anchor" href="#setext-search" aria-label="Link to this section">#</a></h2>
    "##]].assert_eq(&html("## A *b* [c](done.md)\n\nSetext [[search]]\n---\n"));
}

#[test]
fn the_title_can_be_left_out_and_keeps_its_anchor() {
    let page =
        |body: &str| render(body, Rendering { resolve: &resolve, mentions: None, prefix: "p-", skip_title: true });
    expect![[r##"
        <h2 id="p-same">Same <a class="anchor" href="#p-same" aria-label="Link to this section">#</a></h2>
        <p><a href="#p-same-1">here</a></p>
        <section class="footnotes" aria-label="Footnotes">
        <ol>
        <li id="p-fn:1"><p>Note.</p></li>
        </ol>
        </section>
    "##]]
    .assert_eq(&page("# Same [x](y)[^1]\n\n## Same\n\n[here](#same-1)\n\n[^1]: Note.\n"));
    expect![[r##"
        <blockquote>
        <h2 id="p-quoted">Quoted <a class="anchor" href="#p-quoted" aria-label="Link to this section">#</a></h2>
        </blockquote>
        <h2 id="p-second">Second <a class="anchor" href="#p-second" aria-label="Link to this section">#</a></h2>
        <h3 id="p-third">Third <a class="anchor" href="#p-third" aria-label="Link to this section">#</a></h3>
    "##]]
    .assert_eq(&page("> # Quoted\n\n# Title\n\n# Second\n\n## Third\n"));
}

#[test]
fn alerts() {
    expect![[r#"
        <div class="alert alert-note" role="note"><p class="alert-title">Note</p>
        <p>Words.</p>
        <ul>
        <li>list</li>
        </ul>
        </div>
        <div class="alert alert-tip" role="note"><p class="alert-title">Tip</p>
        <p>a</p>
        </div>
        <div class="alert alert-important" role="note"><p class="alert-title">Important</p>
        <p>a</p>
        </div>
        <div class="alert alert-warning" role="note"><p class="alert-title">Warning</p>
        <p>a</p>
        </div>
        <div class="alert alert-caution" role="note"><p class="alert-title">Caution</p>
        <p>a</p>
        </div>
        <blockquote>
        <p>[!OTHER]
        a</p>
        </blockquote>
    "#]].assert_eq(&html("> [!NOTE]\n> Words.\n>\n> - list\n\n> [!TIP]\n> a\n\n> [!IMPORTANT]\n> a\n\n> [!WARNING]\n> a\n\n> [!caution]\n> a\n\n> [!OTHER]\n> a\n"));
}

#[test]
fn tasks_have_labels() {
    expect![[r#"
        <ul>
        <li class="task"><label><input type="checkbox" disabled checked> tight <em>em</em></label></li>
        <li class="task"><label><input type="checkbox" disabled> with</label>
        <ul>
        <li class="task"><label><input type="checkbox" disabled> nested</label></li>
        </ul>
        </li>
        <li>no task</li>
        </ul>
    "#]]
    .assert_eq(&html("- [x] tight *em*\n- [ ] with\n  - [ ] nested\n- no task\n"));
    expect![[r#"
        <ol>
        <li class="task">
        <p><label><input type="checkbox" disabled> loose</label></p>
        <p>more</p>
        </li>
        <li class="task">
        <p><label><input type="checkbox" disabled checked> last</label></p>
        <pre tabindex="0"><code>code
        </code></pre>
        </li>
        </ol>
        <ul>
        <li class="task"><label><input type="checkbox" disabled> a </label></li>
        <li class="task"><label><input type="checkbox" disabled aria-label="Task"></label></li>
        <li class="task"><label><input type="checkbox" disabled> &gt; text</label></li>
        <li class="task"><label><input type="checkbox" disabled> <a href="items/search.html">Fast &lt;search&gt;</a> <a href="items/RB-7.html" title="Mentioned &quot;item&quot;">RB-7</a></label></li>
        </ul>
    "#]].assert_eq(&html("1. [ ] loose\n\n   more\n\n2. [X] last\n   ```\n   code\n   ```\n- [ ] a <!-- b -->\n- [ ] <!-- only -->\n- [ ] > text\n- [ ] [[search]] RB-7\n"));
}

#[test]
fn tables() {
    expect![[r#"
        <div class="scroll" tabindex="0" role="region" aria-label="Table"><table>
        <thead><tr><th scope="col">a</th><th class="left" scope="col">b</th><th class="center" scope="col">c</th><th class="right" scope="col">d</th></tr></thead>
        <tbody>
        <tr><td>1</td><td class="left"><code>x|y</code></td><td class="center">a<br>b</td><td class="right"><a href="items/search.html">s</a></td></tr>
        <tr><td>2</td><td class="left"></td><td class="center"></td><td class="right"></td></tr>
        </tbody>
        </table></div>
    "#]].assert_eq(&html("| a | b | c | d |\n|---|:--|:-:|--:|\n| 1 | `x\\|y` | a<br>b | [[search\\|s]] |\n| 2 |\n"));
    expect![[r#"
        <div class="scroll" tabindex="0" role="region" aria-label="Table"><table>
        <thead><tr><td></td><th scope="col">b</th></tr></thead>
        </table></div>
        <p>words</p>
        <div class="scroll" tabindex="0" role="region" aria-label="Table 2"><table>
        <thead><tr><th scope="col">a</th></tr></thead>
        <tbody>
        <tr><td><br></td></tr>
        </tbody>
        </table></div>
    "#]]
    .assert_eq(&html("||b|\n|-|-|\n\nwords\n\n|a|\n|-|\n|<br />|\n"));
}

#[test]
fn footnotes() {
    expect![[r##"
        <p>One<sup class="footnote"><a id="fnref:1" href="#fn:1" role="doc-noteref">1</a></sup>, two<sup class="footnote"><a id="fnref:2" href="#fn:2" role="doc-noteref">2</a></sup>, again<sup class="footnote"><a id="fnref:1:2" href="#fn:1" role="doc-noteref">1</a></sup>, none[^zzz], [in a link<sup class="footnote"><a id="fnref:1:3" href="#fn:1" role="doc-noteref">1</a></sup>](done.md).</p>
        <section class="footnotes" aria-label="Footnotes">
        <ol>
        <li id="fn:1"><p>First.</p>
        <pre tabindex="0"><code>code
        </code></pre>
        <p><a class="backref" href="#fnref:1" role="doc-backlink" aria-label="Back to reference 1">↩︎</a> <a class="backref" href="#fnref:1:2" role="doc-backlink" aria-label="Back to reference 1-2">↩︎</a> <a class="backref" href="#fnref:1:3" role="doc-backlink" aria-label="Back to reference 1-3">↩︎</a></p></li>
        <li id="fn:2"><p>Second, see<sup class="footnote"><a id="fnref:3" href="#fn:3" role="doc-noteref">3</a></sup>. <a class="backref" href="#fnref:2" role="doc-backlink" aria-label="Back to reference 2">↩︎</a></p></li>
        <li id="fn:3"><blockquote>
        <p>third</p>
        </blockquote>
        <p><a class="backref" href="#fnref:3" role="doc-backlink" aria-label="Back to reference 3">↩︎</a></p></li>
        </ol>
        </section>
    "##]].assert_eq(&html("One[^a], two[^B], again[^a], none[^zzz], [in a link[^a]](done.md).\n\n[^b]: Second, see[^c].\n[^a]: First.\n\n    ```\n    code\n    ```\n\n[^c]: > third\n[^unused]: Never referred to.\n"));
}

#[test]
fn links() {
    expect![[r##"
        <p><a href="items/search.html">to</a> <a class="state-done" href="items/done.html" title="lost">done</a> <a href="items/search.html">Fast &lt;search&gt;</a> <a href="items/search.html">own <em>words</em></a> <span class="broken" title="Broken reference: none">none</span> <span class="broken" title="Broken reference: none.md">none</span> <a href="https://x.test/a?b=1&amp;c=2" title="T" rel="noopener noreferrer">out</a>
        <a href="https://x.test" rel="noopener noreferrer">https://x.test</a> <a href="mailto:a@b.test">a@b.test</a> <a href="MAILTO:a@b.test">mail</a> <a href="#x">here</a> <a href="https://x.test" rel="noopener noreferrer">[1]</a> <a href="https://x.test/ü" rel="noopener noreferrer">r</a> <a href="items/search.html">Fast &lt;search&gt;</a> <img src="static/picture.png" alt="picture.png" loading="lazy"></p>
    "##]].assert_eq(&html("[to](../items/search.md) [done](done.md \"lost\") [[search]] [[search|own *words*]] [[none]] [none](none.md) [out](https://x.test/a?b=1&c=2 \"T\")\n\
         <https://x.test> <a@b.test> [mail](MAILTO:a@b.test) [here](#x) [[1]](https://x.test) [r] ![[search]] ![[picture.png]]\n\n[r]: //x.test/ü\n"));
}

#[test]
fn images() {
    expect![[r#"
        <p><img src="static/picture.png" alt="A picture of it" loading="lazy"> <img src="https://x.test/a%20b.png" alt="" loading="lazy"> <img src="https://x.test/%5Bc%5D.png" alt="q &quot;" title="T &quot;" loading="lazy"> <span class="broken" title="Broken reference: none.png">none</span> <span class="broken" title="Unsafe address">no</span>
        <a class="state-done" href="items/done.html"><img src="static/picture.png" alt="in" loading="lazy"></a></p>
    "#]].assert_eq(&html("![A *picture* of `it`](picture.png) ![](<https://x.test/a b.png>) ![q \"](https://x.test/[c].png 'T \"') ![none](none.png) ![no](data:image/png;base64,AAAA)\n[![in](picture.png)](done.md)\n"));
}

#[test]
fn bare_addresses() {
    expect![[r#"
        <p><a href="https://x.test/a_b_c" rel="noopener noreferrer">https://x.test/a_b_c</a>. (<a href="https://x.test/(a)" rel="noopener noreferrer">https://x.test/(a)</a>) <a href="http://localhost:8080/" rel="noopener noreferrer">http://localhost:8080/</a>, <a href="HTTPS://X.test" rel="noopener noreferrer">HTTPS://X.test</a>! "<a href="https://x.test/a" rel="noopener noreferrer">https://x.test/a</a>" <b><a href="https://x.test" rel="noopener noreferrer">https://x.test</a></b>
        xhttps://no.test http:// https://_a_b.test <a href="https://a.test/b&amp;c" rel="noopener noreferrer">https://a.test/b&amp;c</a> &lt;<a href="https://d.test" rel="noopener noreferrer">https://d.test</a>&gt; <a href="https://e.test/©" rel="noopener noreferrer">https://e.test/©</a> <a href="http://www.no.test" rel="noopener noreferrer">www.no.test</a> <a href="mailto:a@no.test">a@no.test</a> ftp://no.test
        <em><a href="https://f.test" rel="noopener noreferrer">https://f.test</a></em> <a href="https://g.test" rel="noopener noreferrer">https://g.test</a>、次 （<a href="https://h.test" rel="noopener noreferrer">https://h.test</a>） <a href="items/search.html">https://forge.test/plan/search.md</a> <a href="https://x.test/RB-1/RB-2" rel="noopener noreferrer">https://x.test/RB-1/RB-2</a> <a href="https://i.test/~u" rel="noopener noreferrer">https://i.test/~u</a>;</p>
    "#]].assert_eq(&html("https://x.test/a_b_c. (https://x.test/(a)) http://localhost:8080/, HTTPS://X.test! \"https://x.test/a\" <b>https://x.test</b>\n\
         xhttps://no.test http:// https://_a_b.test https://a.test/b&amp;c &lt;https://d.test&gt; https://e.test/&copy; www.no.test a@no.test ftp://no.test\n\
         *https://f.test* https://g.test、次 （https://h.test） https://forge.test/plan/search.md https://x.test/RB-1/RB-2 https://i.test/~u;\n"));
}

#[test]
fn addresses_without_a_scheme() {
    let link = |target: &str, words: &str| match target.starts_with("mailto:") {
        true => format!("<a href=\"{target}\">{words}</a>"),
        false => format!("<a href=\"{target}\" rel=\"noopener noreferrer\">{words}</a>"),
    };
    for (body, target, words) in [
        ("see www.example.test.", "http://www.example.test", "www.example.test"),
        ("(www.example.test/a_b?c=d)", "http://www.example.test/a_b?c=d", "www.example.test/a_b?c=d"),
        ("WWW.Example.test", "http://WWW.Example.test", "WWW.Example.test"),
        ("write to me.too+x@mail.example.test!", "mailto:me.too+x@mail.example.test", "me.too+x@mail.example.test"),
        ("*me@example.test*", "mailto:me@example.test", "me@example.test"),
        ("me@example.test: hello", "mailto:me@example.test", "me@example.test"),
        ("mailto:me@example.test.", "mailto:me@example.test", "mailto:me@example.test"),
        ("xmailto:me@example.test, [www.example.test]", "http://www.example.test", "www.example.test"),
    ] {
        let page = html(body);
        assert!(page.contains(&link(target, words)) && page.matches("<a ").count() == 1, "{body}: {page}");
    }
    for body in [
        "www. www.-x a.www.b.test awww.b.test file.www.test",
        "git@forge.test:team/plan.git package@1.2.3 @team a@b a@b.c .a@b.test. a@b.test/path",
    ] {
        assert!(!html(body).contains("<a "), "{}", html(body));
    }
}

#[test]
fn mentions() {
    expect![[r##"
        <p><a href="items/RB-1.html" title="Mentioned &quot;item&quot;">RB-1</a>, <a href="items/RB-23.html" title="Mentioned &quot;item&quot;">RB-23</a> <code>RB-4</code> <a class="state-done" href="items/done.html">RB-5</a> <strong><a href="items/RB-6.html" title="Mentioned &quot;item&quot;">RB-6</a></strong> <span class="broken" title="Broken reference: none.md">no RB-7</span> <span class="broken" title="Broken reference: RB-8">RB-8</span></p>
        <h2 id="about-rb-9">About <a href="items/RB-9.html" title="Mentioned &quot;item&quot;">RB-9</a> <a class="anchor" href="#about-rb-9" aria-label="Link to this section">#</a></h2>
    "##]].assert_eq(&html("RB-1, RB-23 `RB-4` [RB-5](done.md) **RB-6** [no RB-7](none.md) [[RB-8]]\n\n# About RB-9\n"));
}

#[test]
fn raw_html_is_text_and_comments_are_nothing() {
    expect![[r#"
        <p>a <b>c</b>  d<br>e<br>f<br></p>
        <details>
        <summary>S</summary>
        <p><em>words</em></p>
        </details>
        <p class="raw">kept</p>
        <br>
        <p class="raw">&lt;script&gt;alert(1)&lt;/script&gt;</p>
        <p class="raw">&lt;!-- never closed

        words</p>
    "#]].assert_eq(&html("a <b onclick=\"x\">c</b> <!-- gone --> d<br>e<BR/>f<br onload=x>\n\n<details>\n<summary>S</summary>\n\n*words*\n\n</details>\n\n\
         <!-- one\n\ntwo -->\n\n<!-- a --> kept <!-- b -->\n\n<br/>\n\n<script>alert(1)</script>\n\n<!-- never closed\n\nwords\n"));
}

/// In a cell a list needs no tag of its own; elsewhere `<li>` alone would be one of the list around it.
#[test]
fn items_in_a_cell_are_a_list() {
    let cell = |text: &str| {
        let shown = html(&format!("- | a |\n  |---|\n  | {text} |\n"));
        let (_, cell) = shown.split_once("<td>").expect("a cell");
        cell.split_once("</td>").expect("its end").0.to_owned()
    };
    assert_eq!(cell("<li> one <li>**two**"), "<ul><li> one </li><li><strong>two</strong></li></ul>");
    assert_eq!(
        cell("x <li>one <ul><li>in</li></ul></li> <li>two"),
        "x <ul><li>one <ul><li>in</li></ul></li> <li>two</li></ul>"
    );
    assert_eq!(cell("<ol><li>one</ol> <li>two"), "<ol><li>one</li></ol> <ul><li>two</li></ul>");
    assert_eq!(cell("</ul></li></td> <li>one"), " <ul><li>one</li></ul>");
    assert_eq!(html("- one <li> two\n"), "<ul>\n<li>one &lt;li&gt; two</li>\n</ul>\n");
}

#[test]
fn html_is_shown_as_on_github() {
    expect![[r##"
        <h2 id="roadmap">Roadmap <span id="top"></span> <a class="anchor" href="#roadmap" aria-label="Link to this section">#</a></h2>
        <p>H<sub>2</sub>O, press <kbd>Ctrl</kbd>, see <a href="#f1">one</a>. <img src="static/picture.png" alt="A" width="100" loading="lazy"></p>
        <details open="">
        <summary>More</summary>
        <p>inside <strong>bold</strong>, <a href="items/search.html">Fast &lt;search&gt;</a></p>
        <h4 id="deeper">Deeper <a class="anchor" href="#deeper" aria-label="Link to this section">#</a></h4>
        </details>
        <p><span id="f1"></span>One. <a href="#top">Up</a> <a class="state-done" href="items/done.html">done</a> <a href="items/search.html" title="T">search</a></p>
        <table><tbody><tr><td align="center" colspan="2">cell &amp; `x`</td></tr></tbody></table>
        <p>text</p>
        <ul>
        <li class="task"><label><input type="checkbox" disabled> <b>task</b> with <i><a href="https://x.test" rel="noopener noreferrer">words</a></i></label></li>
        <li><ins>new</ins></li>
        </ul>
        <div class="scroll" tabindex="0" role="region" aria-label="Table"><table>
        <thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead>
        <tbody>
        <tr><td>x<br>y</td><td><ul><li>one</li></ul></td></tr>
        </tbody>
        </table></div>
    "##]].assert_eq(&html(
        "# Roadmap <a name=\"top\"></a>\n\nH<sub>2</sub>O, press <KBD>Ctrl</KBD>, see <a href=\"#f1\">one</a>. <img src=\"picture.png\" width=\"100\" alt=\"A\">\n\n\
         <details open>\n<summary>More</summary>\n\ninside **bold**, [[search]]\n\n### Deeper\n\n</details>\n\n\
         <a id=\"f1\"></a>One. [Up](#top) <a href=\"done.md\">done</a> <a href=\"../items/search.md\" title=\"T\">search</a>\n\n\
         <table><tr><td align=\"center\" colspan=2>cell &amp; `x`</td></tr></table>\n\n\
         <!-- SECTION:BEGIN -->\ntext\n<!-- SECTION:END -->\n\n\
         - [ ] <b>task</b> with <i>[words](https://x.test)\n- <ins>new</ins>\n\n\
         | a | b |\n|---|---|\n| x<br>y | <ul><li>one</li></ul> |\n",
    ));
}

/// What is not of the author's own opening is neither closed nor continued, and what would change what is around it is text.
#[test]
fn html_stays_where_it_was_written() {
    let cases = [
        ("- a </li></ul></div> b\n- c\n", "<ul>\n<li>a  b</li>\n<li>c</li>\n</ul>\n"),
        ("**a <i>b** c</i> d\n", "<p><strong>a <i>b</i></strong> c d</p>\n"),
        ("a <b>b\n\nc\n", "<p>a <b>b</b></p>\n<p>c</p>\n"),
        ("a </p> b\n", "<p>a  b</p>\n"),
        ("a <p>b</p> c\n", "<div class=\"paragraph\">a <p>b</p> c</div>\n"),
        ("- x <li>y</li>\n", "<ul>\n<li>x &lt;li&gt;y&lt;/li&gt;</li>\n</ul>\n"),
        ("*a <div>b</div>*\n", "<p><em>a &lt;div&gt;b&lt;/div&gt;</em></p>\n"),
        (
            "[a <a href=\"done.md\">b</a>](https://x.test)\n",
            "<p><a href=\"https://x.test\" rel=\"noopener noreferrer\">a b</a></p>\n",
        ),
        (
            "<a href=\"https://x.test\">a [b](done.md) https://y.test</a>\n",
            "<p><a href=\"https://x.test\" rel=\"noopener noreferrer\">a b https://y.test</a></p>\n",
        ),
        (
            "<b title=\"x\" id=\"n\" class=\"c\" style=\"s\" onclick=\"o\">a</b>\n",
            "<p><span id=\"n\"></span><b>a</b></p>\n",
        ),
        (
            "<img alt=\"no address\"> <picture><source srcset=\"x\"></picture>\n",
            "<p>no address <picture></picture></p>\n",
        ),
        (
            "<a name=\"n\">a</a> <i id=\"n\">twice</i>\n\n## n\n",
            "<p><span id=\"n\"></span>a <i>twice</i></p>\n<h2>n <a class=\"anchor\" href=\"#n\" aria-label=\"Link to this section\">#</a></h2>\n",
        ),
    ];
    for (body, page) in cases {
        assert_eq!(html(body), page, "{body}");
    }
    let deep = "<div>".repeat(129);
    assert!(html(&format!("{deep}\n\nafter\n")).ends_with("&lt;div&gt;</p>\n<p>after</p>\n"));
    assert!(html(&format!("{}\n\nafter\n", "<div>".repeat(128))).starts_with("<div><div>"));
    // Elements that each of many paragraphs would open again.
    let misnested = "<div><b><i><u><s><em><strong><small><code><b><i><u><s></div>";
    let reopened = format!("{misnested}{}", "<p>x".repeat(100));
    assert!(html(&reopened).starts_with("<p class=\"raw\">&lt;div&gt;"), "{}", html(&reopened));
}

#[test]
fn a_body_beyond_the_limits_is_shown_as_text() {
    let deep = format!("{}# <b>\n", "> ".repeat(200));
    assert!(outline(&deep, 0).beyond);
    assert_eq!(html(&deep), format!("<pre class=\"raw\" tabindex=\"0\">{}# &lt;b&gt;\n</pre>\n", "&gt; ".repeat(200)));
    let long = "a\n".repeat(roadbook::markdown::LIMIT / 2 + 1);
    assert!(outline(&long, 0).beyond && html(&long).starts_with("<pre"));
    for fine in ["- ".repeat(100), "* ".repeat(100), format!("{}- drawn", " ".repeat(200)), "> ".repeat(120)] {
        assert!(!outline(&fine, 0).beyond, "{fine:?}");
    }
}

#[test]
fn the_outline_reports_what_the_page_asks_for() {
    let body = "# A [[x]]\n\n[b](c) ![d](e) https://f.test <g@h.test> [![i](j)](k) ![l [m](n)](o) [p [[q]]](r) `[s](t)` [[u]](v)\n\n[^1]: [w](x)[^1]\n";
    let asked = std::cell::RefCell::new(Vec::new());
    let ask = |kind: LinkKind, target: &str| {
        asked.borrow_mut().push(format!("{kind:?} {target}"));
        ResolvedLink::AsIs
    };
    render(body, Rendering { resolve: &ask, mentions: None, prefix: "", skip_title: false });
    let mut asked = asked.into_inner();
    let mut listed: Vec<_> = outline(body, 0).links.iter().map(|l| format!("{:?} {}", l.kind, l.target)).collect();
    asked.sort();
    listed.sort();
    assert_eq!(asked, listed);
    assert_eq!(asked.len(), 11, "{asked:?}");
}

#[test]
fn anchors_on_the_page_are_those_of_the_outline() {
    let body =
        "# A\n## A\n> ### B `c`\n\n- # D <b>e</b>\n\n#\n\n[^1]: # Note[^1]\n\nA\n===\n## [[search]] RB-1 ![x](y)\n";
    let page = html(body);
    let headings = outline(body, 0).headings;
    assert_eq!(headings.len(), 8);
    for heading in headings {
        assert_eq!(page.matches(&format!(" id=\"{}\"", heading.anchor)).count(), 1, "{} in {page}", heading.anchor);
    }
}

#[test]
fn alerts_have_titles_of_their_own() {
    let alert = |kind: &str, title: &str, rest: &str| {
        format!("<div class=\"alert alert-{kind}\" role=\"note\"><p class=\"alert-title\">{title}</p>\n{rest}</div>\n")
    };
    for (body, page) in [
        ("> [!note] Mind the *gap*\n> text\n", alert("note", "Mind the <em>gap</em>", "<p>text</p>\n")),
        (
            "> [!tip]- Folded [[search]]\n",
            alert("tip", "Folded <a href=\"items/search.html\">Fast &lt;search&gt;</a>", ""),
        ),
        (
            "> [!question]+\n> What?\n>\n> - a\n",
            alert("important", "Question", "<p>What?</p>\n<ul>\n<li>a</li>\n</ul>\n"),
        ),
        ("> [!bug] x <b>y</b>\n> <i>z\n>\n> <div>\n", alert("caution", "x <b>y</b>", "<p><i>z</i></p>\n<div>\n</div>")),
        ("> [!NOTE]\n> text\n", alert("note", "Note", "<p>text</p>\n")),
    ] {
        assert_eq!(html(body), page, "{body}");
    }
    for quote in
        ["> [!unheard] of\n", "> [note] x\n", "> text\n>\n> [!note] x\n", "> [!note] *x\n> y*\n", "> - [!note] x\n"]
    {
        assert!(html(quote).starts_with("<blockquote>"), "{quote}: {}", html(quote));
    }
}

#[test]
fn a_name_in_brackets_is_what_it_says() {
    let link =
        |words: &str| format!("<a href=\"https://x.test/p\" title=\"T\" rel=\"noopener noreferrer\">{words}</a>");
    let page = html(
        "See [[P0735]], [[search]] and [[nodiscard]], a[[0]], [[gnu::packed]] `[[x]]`.\n\n[P0735]: https://x.test/p 'T'\n",
    );
    let expected = format!(
        "<p>See {}, <a href=\"items/search.html\">Fast &lt;search&gt;</a> and [[nodiscard]], a[[0]], [[gnu::packed]] <code>[[x]]</code>.</p>\n",
        link("P0735")
    );
    assert_eq!(page, expected);
    assert!(outline("[[nodiscard]] a[[0]]\n", 0).links.is_empty());
}

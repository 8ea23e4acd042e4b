//! Pages cut by our lexer and by html5ever's tokenizer come to the same tree.

use super::*;
use std::fmt::Write as _;

use html5ever::ParseOpts;
use html5ever::tendril::TendrilSink;
use proptest::prelude::*;

const MOST: usize = 100_000;

fn by_html5ever(page: &str) -> Markup {
    html5ever::parse_document(Sink::expecting(0), ParseOpts::default()).one(page)
}

/// Everything that is read of a page, piece by piece.
fn written(markup: &Markup) -> String {
    let mut out = String::new();
    let mut open = vec![(markup.first_child(DOCUMENT), 0)];
    while let Some((next, depth)) = open.pop() {
        let Some(at) = next else { continue };
        out.extend(std::iter::repeat_n(' ', depth));
        match markup.what(at) {
            What::Other => out.push('!'),
            What::Text(words) => write!(out, "{:?}", &**words).unwrap(),
            What::Element { name, attributes } => {
                write!(out, "<{}:{}", name.whole.ns, name.local()).unwrap();
                for own in attributes {
                    write!(out, " {}={:?}", own.name.local, &*own.value).unwrap();
                }
            }
        }
        out.push('\n');
        open.push((markup.next_sibling(at), depth));
        open.push((markup.first_child(at), depth + 1));
    }
    out
}

fn assert_same(page: &str) {
    let (ours, cut) = Markup::parse(page, MOST);
    assert!(!cut);
    assert_eq!(written(&ours), written(&by_html5ever(page)), "{page:?}");
}

#[test]
fn what_is_seldom_on_a_page_is_cut_as_html5ever_cuts_it() {
    for page in [
        "",
        "字",
        "<",
        "</",
        "<!",
        "<!-",
        "<!--",
        "<a",
        "<a b",
        "<a b=",
        "<a b='",
        "&",
        "&#",
        "&#x",
        "&nbsp",
        "a < b <3>",
        "</>甲<//>乙<?xml version=1?>丙<!d>丁",
        "<!DOCTYPE html PUBLIC '-//W3C//DTD HTML 4.01//EN'><table><p>",
        "<!doctype html \">\"><p>",
        "<!-->甲--><!--->乙--><!--a--!>丙<!--a--->丁<!---->",
        "<p>&ampx&amp;&notit;&notin;&NotEqualTilde;&;&#0;&#128;&#x110000;&#99999999999;&#xD800;&#12;x",
        "<a href='?a=1&copy=2&amp=3&lt;4&reg' b=&quot c=&copy>",
        "<a =x=y b==c d='1'e=\"2\"/f / g/>",
        "<a A=1 a=2 =3 字=4 ' \"=5>",
        "<textarea>\n甲</textareax></TEXTAREA >",
        "<title>&lt;a></title/ x>乙",
        "<style>a</styl></style>b",
        "<script>if (a<b) '</scrip>'</script >",
        "<script><!-- <script> </script> --></script>x",
        "<plaintext><a>&amp;</plaintext>",
        "<xmp><a></xmp><noscript><p></noscript><iframe><p></iframe>",
        "<svg><title><a></title><![CDATA[x<y]]><p>",
        "<svg><style><a></style></svg>",
        "a\0b<a\0>",
        "<p>甲\r\n乙\r丙",
        "\u{feff}<p>",
        "<pre>\r\n甲</pre>",
        "<select><option>a<option>b</select><b><p>x</b>y</p><table><tr>甲<td>乙",
        "</p></br x=1>",
        "<input/><br/><br /><div/>x",
        "<textarea>甲",
    ] {
        assert_same(page);
    }
}

#[test]
fn a_tag_with_many_attributes_is_one_tag() {
    let attributes: Vec<String> = (0..30_000).map(|at| format!(" a{}=1", at % 20_000)).collect();
    let attributes = attributes.concat();
    let (ours, cut) = Markup::parse(&format!("<p{attributes}>"), MOST);
    let What::Element { attributes, .. } = ours.what(ours.all(&html5ever::local_name!("p")).next().unwrap())
    else {
        panic!()
    };
    assert_eq!((attributes.len(), cut), (20_000, false));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_page_is_cut_as_html5ever_cuts_it(
        page in "(<p>|</p>|<b>|</b>|<font a=1>|<A hREF='x&amp;y'>|<td>|<table>|<tr>|<select>|<option>|<svg>|<math>|<title>|</title>|<textarea>|</textarea >|<script>|</script>|<style>|</style/>|<!--|-->|--!>|<!doctype html>|<!x>|<\\?|</|<|>|/|=|'|\"|&|&amp;|&lt|&nbsp;|&#20107;|&#x|;|-|!| |\n|\r|\t|\x00|b|X|=\"|字|　|\\]\\]>|<!\\[CDATA\\[|<br/>|<div class=a id='b' c>){0,40}"
    ) {
        assert_same(&page);
    }
}

//! Asks the person at the terminal what only a person can see or judge.

use std::io::BufRead;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use console::Term;
use tokio::sync::{Mutex, oneshot};

use crate::runner::{Nobody, People, Question};
use crate::text;

/// The person at this terminal, asked one question at a time.
struct AtTerminal {
    term: Term,
    one_at_a_time: Mutex<()>,
}

/// Whoever can be asked: the person at the terminal, or nobody where there is none.
pub(super) fn people() -> Arc<dyn People> {
    let term = Term::stderr();
    if term.is_term() && Term::stdout().is_term() {
        Arc::new(AtTerminal { term, one_at_a_time: Mutex::default() })
    } else {
        Arc::new(Nobody)
    }
}

#[async_trait]
impl People for AtTerminal {
    async fn ask(&self, question: &Question, patience: Duration) -> Option<String> {
        let _alone = self.one_at_a_time.lock().await;
        let choices: Vec<String> =
            question.answers.iter().enumerate().map(|(at, answer)| format!("{} {answer}", at + 1)).collect();
        let how = if choices.is_empty() {
            "做好后按回车，或输入回答".to_owned()
        } else {
            choices.join("  ")
        };
        let shown = format!("\n请人回答（{}内）：{}\n  {how}", text::lapse(patience), question.ask);
        // A terminal that cannot be written to is no terminal.
        self.term.write_line(&shown).ok()?;
        let line = tokio::time::timeout(patience, typed_line()).await.ok()??;
        Some(meant(&question.answers, line.trim()))
    }
}

/// The next line that is typed; read by a thread of its own, for nothing can interrupt such a reading.
pub(super) async fn typed_line() -> Option<String> {
    let (send, receive) = oneshot::channel();
    std::thread::spawn(move || {
        let mut line = String::new();
        let read = std::io::stdin().lock().read_line(&mut line);
        // Nobody waits any more when the time was up.
        let _ = send.send(read.ok().filter(|read| *read > 0).map(|_| line));
    });
    receive.await.ok().flatten()
}

/// An answer may be given by its number.
fn meant(answers: &[String], typed: &str) -> String {
    let numbered = typed.parse::<usize>().ok().and_then(|number| answers.get(number.checked_sub(1)?));
    numbered.cloned().unwrap_or_else(|| typed.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_may_be_given_by_its_number() {
        let answers = ["是".to_owned(), "否".to_owned()];
        assert_eq!(meant(&answers, "2"), "否");
        assert_eq!(meant(&answers, "是"), "是");
        assert_eq!(meant(&answers, "3"), "3");
        assert_eq!(meant(&[], "0"), "0");
    }
}

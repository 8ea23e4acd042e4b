//! Steps about other steps: call, group, if, repeat, for-each; and asking a person.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;

use super::looking::is_true;
use super::people::Question;
use super::stepping::blocked_by_template;
use super::walk::{Called, Walk, WalkError, Went};
use crate::model::{Action, Condition, Obstacle, ObstacleKind, Over, Repeat, Scenario, Step};
use crate::scenario::template::{TemplateError, holds, list};

/// Scenarios that call each other are not followed deeper; files are checked for circles, `login` is not.
const DEEPEST_CALL: usize = 8;
/// How long a person is waited for when the step does not say.
const PERSON_LIMIT: Duration = Duration::from_mins(2);

impl<'a> Walk<'a> {
    /// Walks the steps inside a step.
    pub(super) async fn flow(&mut self, step: &Step) -> Result<Option<Obstacle>, WalkError> {
        match &step.action {
            Action::Group { steps, .. } => self.steps(steps).await,
            Action::If { condition, then, otherwise } => match self.condition(condition, step).await? {
                Ok(true) => self.steps(then).await,
                Ok(false) => self.steps(otherwise).await,
                Err(obstacle) => Ok(Some(obstacle)),
            },
            Action::Repeat { how, at_most, steps } => self.repeat(how, *at_most, steps, step).await,
            Action::ForEach { over, name, steps } => self.for_each(over, name, steps, step).await,
            Action::Call { scenario, with } => self.call(scenario, with, step).await,
            Action::Login { account, fresh } => self.login(account, *fresh, step).await,
            _ => Ok(None),
        }
    }

    /// The obstacle that a step is, without a page to show.
    pub(super) fn in_the_way(&self, step: &Step, went: Went) -> Obstacle {
        let (kind, said) = match went {
            Went::Blocked(kind, said) => (kind, self.masker.text(&said)),
            Went::Done(_) => (ObstacleKind::NotPossible, String::new()),
        };
        Obstacle { kind, said, line: Some(step.line), capture: None }
    }

    async fn condition(
        &mut self,
        condition: &Condition,
        step: &Step,
    ) -> Result<Result<bool, Obstacle>, WalkError> {
        Ok(match condition {
            Condition::When(expression) => holds(expression, &self.scope())
                .map_err(|error| self.in_the_way(step, blocked_by_template(&error))),
            Condition::Script(code) => self.code_holds(code, step).await?,
        })
    }

    async fn code_holds(&mut self, code: &str, step: &Step) -> Result<Result<bool, Obstacle>, WalkError> {
        let patience = step.timeout.unwrap_or(self.tools.patience);
        let value = self.run_code(code, patience).await?;
        Ok(value.map(|value| is_true(&value)).map_err(|went| self.in_the_way(step, went)))
    }

    async fn repeat(
        &mut self,
        how: &Repeat,
        at_most: u32,
        steps: &[Step],
        step: &Step,
    ) -> Result<Option<Obstacle>, WalkError> {
        let times = match how {
            Repeat::Times(times) => match self.number(times) {
                Ok(times) if times > at_most => {
                    let said = format!("要重复 {times} 次，比 at-most 允许的 {at_most} 次多");
                    return Ok(Some(self.in_the_way(step, Went::Blocked(ObstacleKind::Unexpected, said))));
                }
                Ok(times) => times,
                Err(went) => return Ok(Some(self.in_the_way(step, went))),
            },
            _ => at_most,
        };
        for round in 1..=times {
            match self.goes_on(how, step).await? {
                Ok(true) => {}
                Ok(false) => return Ok(None),
                Err(obstacle) => return Ok(Some(obstacle)),
            }
            if let Some(obstacle) = self.round(round as usize, steps).await? {
                return Ok(Some(obstacle));
            }
            if let Repeat::UntilScript(code) = how {
                match self.code_holds(code, step).await? {
                    Ok(false) => {}
                    Ok(true) => return Ok(None),
                    Err(obstacle) => return Ok(Some(obstacle)),
                }
            }
        }
        self.endless(how, at_most, step).await
    }

    /// Whether there is to be another round.
    async fn goes_on(&mut self, how: &Repeat, step: &Step) -> Result<Result<bool, Obstacle>, WalkError> {
        match how {
            Repeat::While(expression) => self.condition(&Condition::When(expression.clone()), step).await,
            Repeat::WhileScript(code) => self.code_holds(code, step).await,
            Repeat::Times(_) | Repeat::UntilScript(_) => Ok(Ok(true)),
        }
    }

    /// After the last round that is allowed: what was waited for must have come, or the walk does not know where it is.
    async fn endless(
        &mut self,
        how: &Repeat,
        at_most: u32,
        step: &Step,
    ) -> Result<Option<Obstacle>, WalkError> {
        let still = match how {
            Repeat::Times(_) => return Ok(None),
            Repeat::UntilScript(_) => "网页代码的结果还不是真".to_owned(),
            Repeat::WhileScript(_) => "网页代码的结果还是真".to_owned(),
            Repeat::While(expression) => format!("“{expression}”还成立"),
        };
        if !matches!(how, Repeat::UntilScript(_)) {
            match self.goes_on(how, step).await? {
                Ok(true) => {}
                Ok(false) => return Ok(None),
                Err(obstacle) => return Ok(Some(obstacle)),
            }
        }
        let said = format!("已经重复了 {at_most} 次（at-most），{still}");
        Ok(Some(self.in_the_way(step, Went::Blocked(ObstacleKind::Unexpected, said))))
    }

    fn number(&self, times: &str) -> Result<u32, Went> {
        let times = self.rendered(times).map_err(|error| blocked_by_template(&error))?;
        times
            .trim()
            .parse()
            .map_err(|_| Went::Blocked(ObstacleKind::Unexpected, format!("“{}”不是次数", times.trim())))
    }

    /// One round of repeated steps.
    async fn round(&mut self, round: usize, steps: &[Step]) -> Result<Option<Obstacle>, WalkError> {
        self.rounds.push(round);
        let obstacle = self.steps(steps).await;
        self.rounds.pop();
        obstacle
    }

    async fn for_each(
        &mut self,
        over: &Over,
        name: &str,
        steps: &[Step],
        step: &Step,
    ) -> Result<Option<Obstacle>, WalkError> {
        let values = match over {
            Over::List(expression) => list(expression, &self.scope()),
            Over::Rows(table) => Ok(table.rows.iter().map(row_value).collect()),
        };
        let values = match values {
            Ok(values) => values,
            Err(TemplateError::Empty) => Vec::new(),
            Err(error) => return Ok(Some(self.in_the_way(step, blocked_by_template(&error)))),
        };
        for (at, value) in values.into_iter().enumerate() {
            self.kept.insert(name.to_owned(), value);
            if let Some(obstacle) = self.round(at + 1, steps).await? {
                return Ok(Some(obstacle));
            }
        }
        Ok(None)
    }

    async fn call(
        &mut self,
        id: &str,
        with: &BTreeMap<String, String>,
        step: &Step,
    ) -> Result<Option<Obstacle>, WalkError> {
        let Some(scenario) = self.tools.scenarios.iter().find(|scenario| scenario.id == id) else {
            let said = format!("没有编号为“{id}”的场景");
            return Ok(Some(self.in_the_way(step, Went::Blocked(ObstacleKind::NotPossible, said))));
        };
        let mut params = scenario.params.clone();
        for (name, value) in with {
            match self.rendered(value) {
                Ok(value) => params.insert(name.clone(), value),
                Err(error) => return Ok(Some(self.in_the_way(step, blocked_by_template(&error)))),
            };
        }
        let account = self.frames.last().and_then(|called| called.account);
        self.inside(Called { scenario, params, account }, step).await
    }

    /// Walks another scenario here: what comes before, the steps, and what comes after.
    pub(super) async fn inside(
        &mut self,
        called: Called<'a>,
        step: &Step,
    ) -> Result<Option<Obstacle>, WalkError> {
        if self.frames.len() >= DEEPEST_CALL {
            let said = "场景一层套一层，套得太深了".to_owned();
            return Ok(Some(self.in_the_way(step, Went::Blocked(ObstacleKind::NotPossible, said))));
        }
        let scenario: &'a Scenario = called.scenario;
        self.frames.push(called);
        let obstacle = self.whole(scenario).await?;
        self.frames.pop();
        // The line is the other file's: what people look for is the step that called it.
        Ok(obstacle.map(|obstacle| Obstacle {
            said: format!("{}：{}", scenario.title, obstacle.said),
            line: Some(step.line),
            ..obstacle
        }))
    }

    /// Asks a person; without an answer in time nobody can tell.
    pub(super) async fn person(
        &mut self,
        ask: &str,
        answers: &[String],
        keep: Option<&str>,
        timeout: Option<Duration>,
    ) -> Result<Went, WalkError> {
        let ask = match self.rendered(ask) {
            Ok(ask) => ask,
            Err(error) => return Ok(blocked_by_template(&error)),
        };
        let question = Question { ask, answers: answers.to_vec() };
        let answer = self.tools.people.ask(&question, timeout.unwrap_or(PERSON_LIMIT)).await;
        Ok(match answer {
            Some(answer) => {
                if let Some(keep) = keep {
                    self.kept.insert(keep.to_owned(), answer.into());
                }
                Went::Done(None)
            }
            None => Went::Blocked(ObstacleKind::NoAnswer, format!("没有人回答：{}", question.ask)),
        })
    }
}

fn row_value(row: &BTreeMap<String, String>) -> Value {
    Value::Object(row.iter().map(|(column, cell)| (column.clone(), cell.as_str().into())).collect())
}

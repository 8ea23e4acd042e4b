//! 办理时间: weekdays and clock times in one form.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::plain::once;
use super::{pattern, words};

static PART: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)
        (?P<holiday> \(?(?:(?:国家)?法定)?(?:公休日|节假日|节日|假日|假期|公休|双休日|周末|周六、?周?日|星期六、?星期?日)(?:[和及、与,]|(?:国家)?法定|公休日|节假日|节日|假日|假期|公休|双休日|周末|周六、?周?日|星期六、?星期?日)*(?:按(?:照)?(?:国家|法定)?(?:有关|相关)?(?:规定|安排|要求))?(?:除外|休息|不办公|放假|不上班|顺延)\)? )
      | (?P<days> (?:每?周|星期|礼拜)(?P<first>[一二三四五六日天1-7])
            (?: (?:至|到|-|~)(?:每?周|星期|礼拜)?(?P<last>[一二三四五六日天1-7])
              | (?P<more> (?: 、?(?:周|星期|礼拜)?[六日天] | 、(?:周|星期|礼拜)?[一二三四五1-7] )+ ) )? )
      | (?P<working> (?:法定|正常|每个?)*工作日 )
      | (?P<weekend> 周末 | 双休日 )
      | (?P<every> 每[天日] | 全年 | 全周 )
      | (?P<always> (?:每[天日]|全天候?|7x)*24(?:小时|h)(?:营业|服务|开放|受理|办理)? )
      | (?P<clock> (?P<half>上午|早上|早晨|中午|下午|晚上|晚|早|am|pm)?:?(?P<hour>[0-2]?[0-9])(?:
            [:.](?P<minute>[0-5][0-9])(?:分|:00)? | [时点](?:(?P<spoken>[0-5]?[0-9])分?|(?P<thirty>半)|整)? ) )
      | (?P<until> -|~|至|到 )",
    )
});

static FILLER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r#"^(?:办理|办公|工作|上班|服务|受理|窗口|接待|时间|对外|为|[:,;、。()|/\s"])*$"#)
});

/// 上午, 下午 and the like before a clock time that says the same itself, or will be read under it.
static HALF: LazyLock<Regex> = LazyLock::new(|| pattern("上午|下午"));

/// The normal form of opening hours: `1-5 08:30-12:00 14:30-18:00`. Weekdays are numbers from Monday; 工作日 is Monday to
/// Friday, where a note that holidays are excepted says nothing new. Words that it does not know stay.
pub(super) fn normal(text: &str) -> String {
    let bare = once(text);
    let mut told = Told::default();
    let mut at = 0;
    for found in PART.captures_iter(&bare) {
        let Some(whole) = found.get(0) else { continue };
        told.words(&bare[at..whole.start()], found.name("clock").is_some());
        told.part(&found);
        at = whole.end();
    }
    told.words(&bare[at..], false);
    told.finish().unwrap_or_else(|| words::of_plain(&bare))
}

/// Opening hours while they are being read.
#[derive(Default)]
struct Told {
    parts: Vec<Part>,
    has_clock: bool,
    /// That there is no service on holidays or at weekends.
    excepts: Option<&'static str>,
    /// 上午, 下午 … that the next clock time stands under.
    half: Option<String>,
}

#[derive(PartialEq)]
enum Part {
    /// Bit 0 is Monday.
    Days(u8),
    /// Minutes since midnight.
    Clock(u32),
    Until,
    Words(String),
}

impl Told {
    fn words(&mut self, between: &str, before_clock: bool) {
        // Half a day without a clock time says something of its own: 周五下午.
        let bare = if before_clock { HALF.replace_all(between, "") } else { Cow::Borrowed(between) };
        if !between.is_empty() {
            self.half = between
                .ends_with("下午")
                .then(|| "下午".to_owned())
                .or_else(|| self.half.take().filter(|_| FILLER.is_match(&bare) && !between.contains("上午")));
        }
        if !FILLER.is_match(&bare) {
            self.half = None;
            self.parts.push(Part::Words(words::of_plain(between)));
        }
    }

    fn part(&mut self, found: &Captures<'_>) {
        if found.name("days").is_some() {
            self.days(days(found));
        } else if found.name("working").is_some() {
            self.days(0b1_1111);
        } else if found.name("weekend").is_some() {
            self.days(0b110_0000);
        } else if found.name("every").is_some() {
            self.days(0b111_1111);
        } else if found.name("always").is_some() {
            self.always();
        } else if found.name("clock").is_some() {
            self.clock(found);
        } else if found.name("until").is_some() {
            self.parts.push(Part::Until);
        } else {
            let is_weekend = found[0].contains(['周', '双', '六']);
            self.excepts = Some(if is_weekend { "周末除外" } else { "节假日除外" });
        }
    }

    /// 24小时, on every day where no days are named.
    fn always(&mut self) {
        if !self.parts.iter().any(|part| matches!(part, Part::Days(_))) {
            self.days(0b111_1111);
        }
        self.has_clock = true;
        self.parts.extend([Part::Clock(0), Part::Until, Part::Clock(24 * 60)]);
    }

    /// Days that follow days join them; days that were the last to be named are not repeated.
    fn days(&mut self, days: u8) {
        self.half = None;
        let named = self.parts.iter().rev().find_map(|part| match part {
            Part::Days(named) => Some(*named),
            _ => None,
        });
        match self.parts.last_mut() {
            Some(Part::Days(before)) => *before |= days,
            _ if named == Some(days) => {}
            _ => self.parts.push(Part::Days(days)),
        }
    }

    fn clock(&mut self, found: &Captures<'_>) {
        self.has_clock = true;
        let number = |name: &str| found.name(name).and_then(|part| part.as_str().parse::<u32>().ok());
        let minute = if found.name("thirty").is_some() {
            30
        } else {
            number("minute").or(number("spoken")).unwrap_or(0)
        };
        if let Some(half) = found.name("half") {
            self.half = Some(half.as_str().to_owned());
        }
        let written = number("hour").unwrap_or(0) * 60 + minute;
        let is_later = matches!(self.half.as_deref(), Some("下午" | "晚上" | "晚" | "pm"));
        let is_noon = self.half.as_deref() == Some("中午");
        let time = if written < 12 * 60 && (is_later || is_noon && written < 6 * 60) {
            written + 12 * 60
        } else {
            written
        };
        let time = self.after_noon(time);
        if self.parts.last() != Some(&Part::Until) && found.name("half").is_none() {
            // A new range under no word of its own: 下午 of the range before has ended.
            self.half = None;
        }
        self.parts.push(Part::Clock(time));
    }

    /// `8:30-12:00，2:30-6:00`: times that would run backwards before seven are those of the afternoon.
    fn after_noon(&self, time: u32) -> u32 {
        let before = self.parts.iter().rev().find_map(|part| match part {
            Part::Clock(before) => Some(*before),
            _ => None,
        });
        match before {
            Some(before) if self.half.is_none() && time < 7 * 60 && (11 * 60..18 * 60).contains(&before) => {
                time + 12 * 60
            }
            _ => time,
        }
    }

    /// `8:30-12:00（周一至周五）`: the only days named, behind all clock times, stand for all of them.
    fn days_first(&mut self) {
        let clocks = |part: &Part| matches!(part, Part::Clock(_) | Part::Until);
        if let Some((Part::Days(_), before)) = self.parts.split_last()
            && before.iter().all(clocks)
        {
            self.parts.rotate_right(1);
        }
    }

    fn finish(mut self) -> Option<String> {
        self.days_first();
        if !self.has_clock && !self.parts.iter().any(|part| matches!(part, Part::Days(_))) {
            return None;
        }
        let only_weekdays = self.parts.iter().any(|part| matches!(part, Part::Days(_)))
            && self.parts.iter().all(|part| !matches!(part, Part::Days(days) if days & 0b110_0000 != 0));
        let mut written = String::new();
        for part in &self.parts {
            let piece = match part {
                Part::Days(days) => days_written(*days),
                Part::Clock(time) => format!("{:02}:{:02}", time / 60, time % 60),
                Part::Until => "-".to_owned(),
                Part::Words(words) => words.clone(),
            };
            if !(written.is_empty() || piece == "-" || written.ends_with('-')) {
                written.push(' ');
            }
            written.push_str(&piece);
        }
        if let Some(excepts) = self.excepts.filter(|_| !only_weekdays) {
            written.push(' ');
            written.push_str(excepts);
        }
        Some(written)
    }
}

/// The weekdays that one expression names.
fn days(found: &Captures<'_>) -> u8 {
    let name = |name: &str| found.name(name).map_or("", |part| part.as_str());
    let first = name("first").chars().next().and_then(weekday).unwrap_or(0);
    if let Some(last) = name("last").chars().next().and_then(weekday) {
        return (first..=last.max(first)).fold(0, |days, day| days | 1 << day);
    }
    name("more").chars().filter_map(weekday).fold(1 << first, |days, day| days | 1 << day)
}

fn weekday(character: char) -> Option<u8> {
    let index = "一二三四五六日".chars().position(|day| day == character);
    let index = index.or_else(|| "1234567".chars().position(|day| day == character));
    index.or_else(|| (character == '天').then_some(6)).and_then(|index| u8::try_from(index).ok())
}

fn days_written(days: u8) -> String {
    let named: Vec<String> =
        (0..7).filter(|day| days & (1 << day) != 0).map(|day| format!("周{}", day + 1)).collect();
    named.join("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_hours_have_one_form() {
        let form = normal("周一至周五 上午8:30-12:00，下午14:30-18:00");
        assert_eq!(form, "周1周2周3周4周5 08:30-12:00 14:30-18:00");
        for text in [
            "星期一至星期五：上午8时30分—12时，下午2时30分—6时",
            "工作日 8：30－12：00 14：30－18：00",
            "法定工作日上午08:30至12:00，下午2:30至6:00（法定节假日除外）",
            "周一到周五（法定节假日除外），上午8:30~12:00；下午2:30~6:00",
            "工作日，8:30-12:00，2:30-6:00",
            "办理时间：周一至周五上午8点半到12点，下午2点半到6点",
            "周一至周五上午8:30-12:00；周一至周五下午2:30-6:00",
        ] {
            assert_eq!(normal(text), form, "{text}");
        }
    }

    #[test]
    fn other_hours_seasons_and_weekends_stay_apart() {
        let form = normal("周一至周五 8:30-12:00");
        for text in [
            "周一至周六 8:30-12:00",
            "周一至周五 8:30-12:30",
            "周一至周五 9:30-12:00",
            "夏季周一至周五 8:30-12:00",
            "周一至周五 8:30-12:00，周六 9:00-12:00",
            "周一至周日 8:30-12:00",
            "周一至周五 8:30-12:00，节假日不休",
        ] {
            assert_ne!(normal(text), form, "{text}");
        }
    }
}

//! The words that mean something to every channel: the home page, the words that steps use by themselves, and the words
//! of a button that submits.

/// The page that every channel has (`open: 首页`).
pub const HOME_PAGE: &str = "首页";

/// Where `search` types.
pub const SEARCH_WORD: &str = "搜索框";

/// What `search` presses afterwards, where the channel's vocabulary has it; else the Enter key.
pub const SEARCH_BUTTON_WORD: &str = "搜索按钮";

/// Where `ask` types.
pub const QUESTION_WORD: &str = "提问框";

/// What `ask` presses afterwards, where the channel's vocabulary has it; else the Enter key.
pub const SEND_WORD: &str = "发送按钮";

/// The words that steps use without naming them.
pub(crate) const IMPLIED_WORDS: [&str; 4] = [SEARCH_WORD, SEARCH_BUTTON_WORD, QUESTION_WORD, SEND_WORD];

/// Words of a button that submits, pays or signs, used where the portal file has no `submit-words`.
pub const SUBMIT_WORDS: [&str; 20] = [
    "提交",
    "确认申报",
    "确认提交",
    "确认申请",
    "申报提交",
    "提交申请",
    "提交订单",
    "立即申报",
    "立即支付",
    "确认支付",
    "去支付",
    "支付",
    "缴费",
    "签署",
    "签名确认",
    "确认预约",
    "立即预约",
    "取消预约",
    "确认授权",
    "注销账号",
];

/// Whether a tap on something with these words would submit: one of `submit_words` stands in them.
#[must_use]
pub fn is_submission(words: &str, submit_words: &[String]) -> bool {
    let words: String = words.split_whitespace().collect();
    submit_words.iter().any(|submit| !submit.is_empty() && words.contains(submit.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_button_submits_when_a_submit_word_stands_in_its_words() {
        let words: Vec<String> = SUBMIT_WORDS.iter().map(ToString::to_string).collect();
        assert!(is_submission("提 交", &words));
        assert!(is_submission("确认并提交", &words));
        assert!(!is_submission("登录", &words));
        assert!(!is_submission("", &words));
    }
}

//! 电话: area code, number, extension.

/// One telephone number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone {
    /// 区号 with its zero (`0356`), where one is stated.
    pub area: Option<String>,
    /// The number itself, digits only.
    pub number: String,
    /// 分机号: what stands after 转 or a second dash (`9`, `9-3`).
    pub extension: Option<String>,
}

impl Phone {
    /// Whether it is written so that anybody can dial it (R09): a landline with its area code, a service number such
    /// as 12345, a 400 number or a mobile number.
    #[must_use]
    pub fn is_well_formed(&self) -> bool {
        self.area.is_some() || self.number.len() == 5
    }
}

/// The telephone numbers in a text, in their order.
#[must_use]
pub fn phones(text: &str) -> Vec<Phone> {
    text.split(['、', '；', '/', ' '])
        .filter_map(|part| {
            let (area, number) =
                part.split_once('-').map_or((None, part), |(area, number)| (Some(area.to_owned()), number));
            let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
            digits.then(|| Phone { area, number: number.to_owned(), extension: None })
        })
        .collect()
}

//! What kind of value an element has, and so how two of them are compared.

/// The kind of a value: decides its normal form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// 文字: free text.
    Words,
    /// 办结时限.
    Limit,
    /// 电话, possibly several.
    Phones,
    /// 办理时间: opening hours.
    Hours,
    /// 地址.
    Address,
    /// 日期.
    Date,
    /// 金额.
    Money,
    /// 是否收费, possibly with an amount.
    Fee,
    /// 是/否.
    YesNo,
    /// 次数、份数.
    Count,
    /// 编码.
    Code,
    /// 列举: the order does not matter.
    Set,
    /// 设定依据: names of laws with 文号 and 条款.
    Law,
    /// 办理流程: stages in order.
    Stages,
    /// 名称 of an item, a material, an organisation.
    Name,
}

/// The sort of an element or material field of the catalogue; ids that it does not know are [`Sort::Words`].
///
/// `name` is the material field 材料名称; `fee` is 收费项目/标准/依据, which is free text with amounts.
#[must_use]
pub fn sort_of(element_id: &str) -> Sort {
    match element_id {
        "legal_limit" | "promise_limit" => Sort::Limit,
        "consult" | "complain" => Sort::Phones,
        "time" => Sort::Hours,
        "place" => Sort::Address,
        "fee_flag" => Sort::Fee,
        "fee" => Sort::Money,
        "online_flag" | "booking" | "express" | "pay_online" | "terminal" | "hall" | "commit" | "share" => {
            Sort::YesNo
        }
        "visits" | "copies" => Sort::Count,
        "base_code" | "impl_code" | "handle_code" | "online_url" => Sort::Code,
        "service_object" | "handle_form" | "theme" | "cross_area" | "daily_name" | "use_level" | "form"
        | "co_dept" => Sort::Set,
        "law_basis" | "law" => Sort::Law,
        "flow" => Sort::Stages,
        "item_name" | "sub_item_name" | "name" | "dept" | "entrust" | "result_name" | "item_type"
        | "dept_type" | "power_source" | "project_type" | "result_type" => Sort::Name,
        _ => Sort::Words,
    }
}

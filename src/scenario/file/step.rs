//! One step of a scenario: a word for what is done, and the modifiers that any step may have.

use schemars::{JsonSchema, Schema};
use serde::Deserialize;

use super::flow::{
    AlertFile, CallFile, ForEachStepFile, GroupFile, IfFile, LoginFile, NetworkFile, PersonFile, RepeatFile,
    SwitchFile, UnknownFile, ViewportFile,
};
use super::look::{ExpectFile, FetchFile, SetFile, WaitFile};
use super::target::Places;
use super::touch::{
    ChooseFile, DownloadFile, DragFile, FillFile, HoverFile, PickDateFile, PressFile, ScrollFile, SlideFile,
    SwipeFile, TapFile, TypeFile, UploadFile,
};
use crate::scenario::yaml::{Extra, Nothing, Written};

/// One entry of `steps`: exactly one action, any modifiers. A step without content may be a bare word (`- unfold`); the
/// reader makes it `unfold:` first.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename = "Step", rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(description = "一个步骤，后面可以加 label、when、timeout、retry 等", transform = allow_bare_words)]
pub(crate) struct StepFile {
    #[schemars(description = "打开页面：首页、词汇表 pages 里的名字，或网址")]
    pub(crate) open: Option<Written<String>>,
    #[schemars(description = "点一下")]
    pub(crate) tap: Option<Written<TapFile>>,
    #[schemars(description = "在输入框里输入文字")]
    pub(crate) r#type: Option<Written<TypeFile>>,
    #[schemars(description = "把表单的一项设成某个值（多用于导入的录制）")]
    pub(crate) fill: Option<Written<FillFile>>,
    #[schemars(description = "在下拉框里选一项")]
    pub(crate) choose: Option<Written<ChooseFile>>,
    #[schemars(description = "勾上")]
    pub(crate) tick: Option<Written<Places>>,
    #[schemars(description = "去掉勾")]
    pub(crate) untick: Option<Written<Places>>,
    #[schemars(description = "上传文件")]
    pub(crate) upload: Option<Written<UploadFile>>,
    #[schemars(description = "选日期")]
    pub(crate) pick_date: Option<Written<PickDateFile>>,
    #[schemars(description = "拖动滑块")]
    pub(crate) slide: Option<Written<SlideFile>>,
    #[schemars(description = "拖动")]
    pub(crate) drag: Option<Written<DragFile>>,
    #[schemars(description = "把鼠标移到上面")]
    pub(crate) hover: Option<Written<HoverFile>>,
    #[schemars(description = "把鼠标移开")]
    pub(crate) out: Option<Written<Places>>,
    #[schemars(description = "按键盘上的一个键，例如：Enter")]
    pub(crate) press: Option<Written<PressFile>>,
    #[schemars(description = "滚动")]
    pub(crate) scroll: Option<Written<ScrollFile>>,
    #[schemars(description = "手指滑动：up、down、left、right")]
    pub(crate) swipe: Option<Written<SwipeFile>>,
    #[schemars(description = "长按")]
    pub(crate) long_press: Option<Written<TapFile>>,
    #[schemars(description = "在搜索框里输入并搜索")]
    pub(crate) search: Option<Written<String>>,
    #[schemars(description = "展开页面上所有折叠的内容")]
    pub(crate) unfold: Option<Written<Nothing>>,
    #[schemars(description = "等到页面上出现，或等一段时间")]
    pub(crate) wait: Option<Written<WaitFile>>,
    #[schemars(description = "页面上必须有（或用 absent 表示不能有），否则到此为止")]
    pub(crate) expect: Option<Written<ExpectFile>>,
    #[schemars(description = "读取页面：guide、login-form、login-result、login-error")]
    pub(crate) read: Option<Written<String>>,
    #[schemars(description = "向智能客服提一个问题，记下回答")]
    pub(crate) ask: Option<Written<String>>,
    #[schemars(description = "从短信箱之类的地址取一段文字，起个名字留着用")]
    pub(crate) fetch: Option<Written<FetchFile>>,
    #[schemars(description = "同 fetch")]
    pub(crate) http: Option<Written<FetchFile>>,
    #[schemars(description = "记下内容，后面用 {{ 名字 }}")]
    pub(crate) set: Option<Written<SetFile>>,
    #[schemars(description = "返回上一页")]
    pub(crate) back: Option<Written<Nothing>>,
    #[schemars(description = "留一张截图作证据")]
    pub(crate) shot: Option<Written<Nothing>>,
    #[schemars(description = "关闭现在的窗口")]
    pub(crate) close: Option<Written<Nothing>>,
    #[schemars(description = "换一种屏幕大小")]
    pub(crate) viewport: Option<Written<ViewportFile>>,
    #[schemars(description = "断网、恢复或限速")]
    pub(crate) network: Option<Written<NetworkFile>>,
    #[schemars(description = "换到别的窗口或框架")]
    pub(crate) switch: Option<Written<SwitchFile>>,
    #[schemars(description = "处理网页弹出的提示框：accept 或 dismiss")]
    pub(crate) alert: Option<Written<AlertFile>>,
    #[schemars(description = "点一下，把下载的文件留作证据")]
    pub(crate) download: Option<Written<DownloadFile>>,
    #[schemars(description = "在网页里运行代码（要 --allow-scripts）")]
    pub(crate) script: Option<Written<String>>,
    #[schemars(description = "走另一个场景")]
    pub(crate) call: Option<Written<CallFile>>,
    #[schemars(description = "把几步合成一组")]
    pub(crate) group: Option<Written<GroupFile>>,
    #[schemars(description = "看情况做不同的步骤")]
    pub(crate) r#if: Option<Box<Written<IfFile>>>,
    #[schemars(description = "重复做几步")]
    pub(crate) repeat: Option<Written<RepeatFile>>,
    #[schemars(description = "对每个内容各做一遍")]
    pub(crate) for_each: Option<Written<ForEachStepFile>>,
    #[schemars(description = "用测试账号登录，写账号的名称；已经登录过的沿用，要重新登录写 fresh: true")]
    pub(crate) login: Option<Written<LoginFile>>,
    #[schemars(description = "请人来看或来做")]
    pub(crate) person: Option<Written<PersonFile>>,
    #[schemars(description = "导入时没有看懂的一步")]
    pub(crate) unknown: Option<Written<UnknownFile>>,
    #[schemars(description = "有就做，没有就跳过")]
    pub(crate) maybe: Option<Box<Written<StepFile>>>,
    #[schemars(description = "给这一步起个名字，显示在报告里")]
    pub(crate) label: Option<Written<String>>,
    #[schemars(description = "什么情况下才做这一步，例如：item.certificate")]
    pub(crate) when: Option<Written<String>>,
    #[schemars(description = "最多等多久，例如：5s")]
    pub(crate) timeout: Option<Written<String>>,
    #[schemars(description = "不成功再试几次")]
    pub(crate) retry: Option<Written<u32>>,
    #[schemars(description = "true：不成功也接着往下走，只记下来")]
    pub(crate) soft: Option<Written<bool>>,
    #[schemars(description = "这一步在哪个窗口里做：main，或窗口的网址")]
    pub(crate) page: Option<Written<String>>,
    #[schemars(description = "这一步在哪个框架里做：[1, 0]，或框架这个页面元素")]
    pub(crate) frame: Option<Written<Places>>,
    #[schemars(description = "true：留着这一步，但不做")]
    pub(crate) disabled: Option<Written<bool>>,
    #[serde(rename = "x-…", default)]
    #[schemars(skip)]
    pub(crate) extra: Extra,
}

fn allow_bare_words(schema: &mut Schema) {
    let mut shape = schema.clone();
    shape.insert("patternProperties".to_owned(), serde_json::json!({ "^x-": {} }));
    *schema = schemars::json_schema!({
        "anyOf": [{ "enum": ["unfold", "back", "shot", "close"] }, shape]
    });
}

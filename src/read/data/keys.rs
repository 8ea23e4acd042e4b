//! What the keys of a portal's data mean: the columns of the national exchange schema, the names that platforms use for
//! them, and the first letters of the Chinese names.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::read::labels;

type Keys = HashMap<&'static str, &'static str>;

/// Element id to keys, in lower case without separators and without the ending `text`.
const ELEMENTS: &[(&str, &str)] = &[
    (
        "item_name",
        "taskname itemname approveitemname mattername cataname powername transname sxmc eventname servicename",
    ),
    ("sub_item_name", "taskhandleitemname handleitemname subtaskname ywblxmc blxmc"),
    ("daily_name", "dailyname commonname popularname rcyy taskshortname"),
    ("item_type", "tasktype itemtype powertype sxlx qllx tasktypename itemtypename transnature"),
    ("base_code", "catalogcode basecode jbbm transbasecode nationcatalogcode"),
    ("impl_code", "taskcode implcode ssbm itemcode implementcode sxbm nationtaskcode"),
    ("handle_code", "taskhandlecode handlecode handleitemcode ywblxbm blxbm taskhandleitem"),
    (
        "dept",
        "deptname implementsubject ouname implagency implorgname departmentname sszt officename impldept organname \
        implementorg departname orgname",
    ),
    ("dept_type", "depttype ssztxz depttypename"),
    ("entrust", "entrustname wtbm entrustdept"),
    ("power_source", "powersource qlly"),
    ("use_level", "uselevel xscj authoritylevel worklevel"),
    ("project_type", "projecttype bjlx projecttypename"),
    (
        "legal_limit",
        "anticipateday legalday lawtime lawlimit legalendtime fdbjsx fdqx fdsx legaltime lawday legallimit \
        statutorydeadline legaltimelimit lawlimitinfo",
    ),
    (
        "promise_limit",
        "promiseday agreetime promiseendtime cnbjsx cnqx cnsx promisetime commitday promiselimit \
        commitmentdeadline promisetimelimit promisdayinfo commitmenttime",
    ),
    (
        "law_basis",
        "bylaw setbasis lawbasis sdyj legalbasis establishbasis setaccord law clauselist lawlist setgist",
    ),
    ("condition", "acceptcondition applycondition handlecondition sltj conditions applyterm sbtj"),
    ("prohibit", "prohibitrequire jzxyq prohibition"),
    ("quota", "limitexplain numberlimit sltxz slxz quantitylimit"),
    (
        "flow",
        "handleflow handleprocess bllc windowflow ckbllc onlineflow wsbllc transactflow processpath flowsheet",
    ),
    ("special", "specialprocedure tbcx specialprogram"),
    ("agency", "agencyservice zjfw intermediaryservice"),
    (
        "place",
        "transactaddr handleaddr bldd handleplace acceptaddress transactaddress windowaddress xhtsdz handleaddress \
        applyaddress processaddress",
    ),
    ("time", "transacttime worktime blsj officetime accepttime bgsj handletime processtime"),
    (
        "consult",
        "linkway linktel consulttel askphone consultphone zxfs zxdh consultway consultingway officephone linkphone",
    ),
    (
        "complain",
        "superviseway supervisetel supervisephone tstel complainttel complainphone complaintphone jdtsfs jddh \
        complaintchannels tsdh",
    ),
    ("fee_flag", "isfee chargeflag ischarge sfsf iffee ifcharge"),
    ("fee", "feestand feestandard feebasis chargestandard sfbz sfyj chargenorm feeproject"),
    ("service_object", "servertype servetype serviceobject fwdx serveobject"),
    ("visits", "limitscenenum applytimes dbsxccs scenenum limittimes countscene dxccs"),
    ("visit_reason", "limitsceneexplain bxxcblyysm"),
    ("handle_form", "handletype handleform blxs handleway applicationchannel blfs"),
    ("online_flag", "isonline onlinecheck sfwb isnethandle sfwsbl"),
    ("online_depth", "onlinehandledepth wbsdlevel wbsd onlineapplydepth"),
    ("online_url", "linkaddr onlinehandleurl mobileterminalurl transactweburl transacturl"),
    ("booking", "isschedule isreserve isappointment sfyy sfzcyybl"),
    ("express", "isexpress iscourier sfkd sfzcwlkd"),
    ("pay_online", "ispayonline iswebpay isonlinepay sfzcwszf"),
    ("terminal", "isserviceterminals isterminal"),
    ("hall", "isentrycenter isentryhall sfjzdt sfjzzwdt"),
    ("cross_area", "handlearea tbfw handlescope"),
    ("co_dept", "otherdept unionagency lbjg codept"),
    ("result_type", "resulttype spjglx jglx"),
    ("result_name", "resultname spjgmc jgmc"),
    ("result_sample", "resultguid spjgyb jgyb"),
    ("faq", "auditqa questionlist questions faqlist cjwt commonquestion faq"),
    ("theme", "themetype ztfl"),
    ("commit", "isnotifycommit gzcnz sfgzcn"),
    ("remedy", "legalremedy reconsiderat xzfyyss"),
];

/// Field id of a material to keys.
const FIELDS: &[(&str, &str)] = &[
    ("name", "materialname clmc documentname materialsname"),
    ("need", "isneed clbyx necessity documentneedtype materialnecessity isnecessary sfby ismust"),
    ("type", "materialtype cllx"),
    ("form", "materialformat materialform clxs zzhdzb documentmedia materialmedia"),
    ("copies", "pagenum zzclfs copies origincount papercount copynum fs"),
    ("page", "pageformat zzgg zzclgg"),
    ("source", "sourcetype lyqd materialsource documentsource clly"),
    ("source_note", "sourceexplain lyqdsm"),
    ("law", "bylaw yqtgclyj"),
    ("standard", "acceptstand slbz"),
    ("fill", "fillexplain fillexplian tbxz fillnotice"),
    ("blank", "formguid kbbg blankform blankattlist"),
    ("sample", "exampleguid slyb slybt sampleattlist exampleform"),
    ("note", "remark materialdesc bz"),
];

/// Words in front of an item's properties.
const SUBJECTS: &[&str] =
    &["matter", "item", "task", "service", "affair", "guide", "approve", "transact", "event", "implement"];

/// An item's properties, behind such words.
const PROPERTIES: &[(&str, &str)] = &[
    ("item_name", "name title"),
    ("item_type", "type typename category"),
    ("condition", "condition conditions"),
    ("flow", "flow process procedure"),
    ("law_basis", "basis law laws legalbasis"),
    ("dept", "dept deptname department org orgname"),
    ("place", "address addr place location"),
    ("service_object", "object target"),
    ("result_name", "result resultname"),
];

/// Words in front of a material's properties.
const PAPERS: &[&str] = &["material", "document", "mat", "source", "paper", "doc"];

/// A material's properties, behind such words.
const PAPER_PROPERTIES: &[(&str, &str)] = &[
    ("name", "name title"),
    ("need", "need required necessary must isneed"),
    ("type", "type typename category"),
    ("form", "form format formname media"),
    ("copies", "num number count copies quantity"),
    ("page", "spec size"),
    ("source", "source sourcename sourcechannel channel channelname"),
    ("standard", "standard requirement require"),
    ("note", "remark note desc"),
];

/// Keys of the unit beside a number of days, by element.
const UNITS: &[(&str, &str)] = &[
    ("legal_limit", "anticipatetype legalunit legaltimeunit lawtimeunit fdbjsxdw legaltype lawunit"),
    ("promise_limit", "promisetype promiseunit promisetimeunit agreetimeunit cnbjsxdw agreeunit"),
];

/// A key without its case, separators and the ending that marks a code's wording.
pub(super) fn plain(key: &str) -> String {
    let plain: String =
        key.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect();
    plain.strip_suffix("text").filter(|rest| rest.len() > 3).map(str::to_owned).unwrap_or(plain)
}

/// Whether a key says that its value is the wording of a code (`TASK_TYPE_TEXT`).
pub(super) fn is_wording(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    key.ends_with("text") || key.ends_with("name") || !key.is_ascii()
}

static ELEMENT_OF: LazyLock<Keys> = LazyLock::new(|| by_key(ELEMENTS));
static FIELD_OF: LazyLock<Keys> = LazyLock::new(|| by_key(FIELDS));
static UNIT_OF: LazyLock<Keys> = LazyLock::new(|| by_key(UNITS));

fn by_key(table: &[(&'static str, &'static str)]) -> Keys {
    table.iter().flat_map(|(id, keys)| keys.split_whitespace().map(|key| (key, *id))).collect()
}

/// The element that a key means; a Chinese key is read like a label, by what its value looks like.
pub(super) fn element(key: &str, text: &str) -> Option<&'static str> {
    if key.is_ascii() {
        let plain = plain(key);
        let known = ELEMENT_OF.get(plain.as_str()).copied();
        return known.or_else(|| composed(&plain, SUBJECTS, PROPERTIES));
    }
    let label = labels::lookup(key, true).filter(|label| !label.compound)?;
    let best = label.senses.iter().enumerate().max_by_key(|(order, sense)| {
        let id = &labels::element(sense.element).id;
        (crate::read::shape::fit(id, text), sense.exact, std::cmp::Reverse(*order))
    });
    best.map(|(_, sense)| labels::element(sense.element).id.as_str())
}

/// The material's field that a key means.
pub(super) fn field(key: &str) -> Option<&'static str> {
    if !key.is_ascii() {
        return labels::field(key);
    }
    let plain = plain(key);
    FIELD_OF.get(plain.as_str()).copied().or_else(|| composed(&plain, PAPERS, PAPER_PROPERTIES))
}

/// What a key means that says of what it is a property (`matterType`, `materialSourceChannel`).
fn composed(plain: &str, subjects: &[&str], properties: &[(&'static str, &str)]) -> Option<&'static str> {
    let property = subjects.iter().find_map(|subject| plain.strip_prefix(subject))?;
    properties.iter().find(|(_, keys)| keys.split(' ').any(|key| key == property)).map(|(id, _)| *id)
}

/// Whether a key says that its value lists materials, so that a plain `name` in it is a material's.
pub(super) fn lists_materials(key: &str) -> bool {
    let plain = plain(key);
    ["material", "cllist", "clml", "sqcl", "clqd"].iter().any(|word| plain.contains(word))
        || key.contains("材料")
}

/// The element whose unit a key holds.
pub(super) fn unit(key: &str) -> Option<&'static str> {
    UNIT_OF.get(plain(key).as_str()).copied()
}

//! The kinds of faults that a seeded portal can have. What such a fault looks like (`drawn_faults.rs`) and what an audit
//! must say of it (`drawn_key.rs`) are written apart.

use super::item::{Item, ItemType, MaterialKind};

/// A kind of fault that can be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Recipe {
    // One channel says something else.
    OtherPromise,
    OtherLegalLimit,
    OtherLimitUnit,
    OtherPhone,
    OtherComplaint,
    OtherPlace,
    OtherWindow,
    OtherHours,
    SaturdayToo,
    OtherCondition,
    ConditionDropped,
    ConditionAdded,
    OtherProhibition,
    OtherArticle,
    OtherLaw,
    OtherFee,
    FreeHere,
    OtherVisits,
    OtherObject,
    OtherScope,
    OtherForm,
    OtherResult,
    OtherQuota,
    MaterialDropped,
    MaterialAdded,
    MaterialRenamed,
    MaterialCopies,
    MaterialNeed,
    MaterialForm,
    // One channel says nothing, or nothing worth the name.
    LawMissing,
    PlaceMissing,
    ConditionMissing,
    ComplaintMissing,
    LegalLimitMissing,
    MaterialsMissing,
    FaqMissing,
    HoursEmpty,
    PlaceEmpty,
    ConditionEmpty,
    PlacePlaceholder,
    LawPlaceholder,
    HoursPlaceholder,
    MaterialsPlaceholder,
    PhoneLeak,
    HoursLeak,
    PlaceLeak,
    PromiseTemplate,
    PromiseUnitOnly,
    VisitsLeak,
    // The data break a rule on all channels.
    PromiseTooLong,
    NotInstant,
    InstantAsPromised,
    NoVisitReason,
    NoWayToApply,
    OnlineButVisit,
    NoFeeStandard,
    FreeButPaid,
    SamePhones,
    NoAreaCode,
    NoResultSample,
    LicenceAsLetter,
    NoQuestions,
    FewStages,
    WrongCheckDigit,
    OtherItemsCode,
    OtherTypeInCode,
    FormWithoutBlank,
    CatchAllMaterial,
    EntrustedByNobody,
    OnlineNowhere,
    NothingNecessary,
    OtherLevelInCode,
    BookingNowhere,
    BookingDead,
    VisitWithoutWindow,
    // Files that cannot be used.
    BlankGone,
    BlankEmpty,
    BlankIsPage,
    BlankBroken,
    ResultSampleGone,
    // The process is not explained.
    FlowMissing,
    FlowImageDead,
    StagesOnly,
}

/// All kinds of faults; every one of them is drawn before one is drawn again.
pub(crate) const RECIPES: [Recipe; 83] = [
    Recipe::OtherPromise,
    Recipe::OtherLegalLimit,
    Recipe::OtherLimitUnit,
    Recipe::OtherPhone,
    Recipe::OtherComplaint,
    Recipe::OtherPlace,
    Recipe::OtherWindow,
    Recipe::OtherHours,
    Recipe::SaturdayToo,
    Recipe::OtherCondition,
    Recipe::ConditionDropped,
    Recipe::ConditionAdded,
    Recipe::OtherProhibition,
    Recipe::OtherArticle,
    Recipe::OtherLaw,
    Recipe::OtherFee,
    Recipe::FreeHere,
    Recipe::OtherVisits,
    Recipe::OtherObject,
    Recipe::OtherScope,
    Recipe::OtherForm,
    Recipe::OtherResult,
    Recipe::OtherQuota,
    Recipe::MaterialDropped,
    Recipe::MaterialAdded,
    Recipe::MaterialRenamed,
    Recipe::MaterialCopies,
    Recipe::MaterialNeed,
    Recipe::MaterialForm,
    Recipe::LawMissing,
    Recipe::PlaceMissing,
    Recipe::ConditionMissing,
    Recipe::ComplaintMissing,
    Recipe::LegalLimitMissing,
    Recipe::MaterialsMissing,
    Recipe::FaqMissing,
    Recipe::HoursEmpty,
    Recipe::PlaceEmpty,
    Recipe::ConditionEmpty,
    Recipe::PlacePlaceholder,
    Recipe::LawPlaceholder,
    Recipe::HoursPlaceholder,
    Recipe::MaterialsPlaceholder,
    Recipe::PhoneLeak,
    Recipe::HoursLeak,
    Recipe::PlaceLeak,
    Recipe::PromiseTemplate,
    Recipe::PromiseUnitOnly,
    Recipe::VisitsLeak,
    Recipe::PromiseTooLong,
    Recipe::NotInstant,
    Recipe::InstantAsPromised,
    Recipe::NoVisitReason,
    Recipe::NoWayToApply,
    Recipe::OnlineButVisit,
    Recipe::NoFeeStandard,
    Recipe::FreeButPaid,
    Recipe::SamePhones,
    Recipe::NoAreaCode,
    Recipe::NoResultSample,
    Recipe::LicenceAsLetter,
    Recipe::NoQuestions,
    Recipe::FewStages,
    Recipe::WrongCheckDigit,
    Recipe::OtherItemsCode,
    Recipe::OtherTypeInCode,
    Recipe::FormWithoutBlank,
    Recipe::CatchAllMaterial,
    Recipe::EntrustedByNobody,
    Recipe::OnlineNowhere,
    Recipe::NothingNecessary,
    Recipe::OtherLevelInCode,
    Recipe::BookingNowhere,
    Recipe::BookingDead,
    Recipe::VisitWithoutWindow,
    Recipe::BlankGone,
    Recipe::BlankEmpty,
    Recipe::BlankIsPage,
    Recipe::BlankBroken,
    Recipe::ResultSampleGone,
    Recipe::FlowMissing,
    Recipe::FlowImageDead,
    Recipe::StagesOnly,
];

fn forms(item: &Item) -> usize {
    item.materials.iter().filter(|material| material.kind == MaterialKind::Form).count()
}

impl Recipe {
    /// Whether the item has what the fault would spoil.
    pub(crate) fn suits(self, item: &Item) -> bool {
        let licence = item.kind == ItemType::Permit;
        match self {
            Recipe::OtherPromise => item.promise.is_some_and(|days| days >= 2),
            Recipe::OtherLimitUnit
            | Recipe::PromiseTemplate
            | Recipe::PromiseUnitOnly
            | Recipe::PromiseTooLong
            | Recipe::NotInstant
            | Recipe::InstantAsPromised => item.promise.is_some(),
            Recipe::ConditionDropped => item.conditions.len() >= 2,
            Recipe::MaterialDropped
            | Recipe::MaterialRenamed
            | Recipe::MaterialCopies
            | Recipe::MaterialNeed => item.materials.len() >= 2,
            Recipe::MaterialForm => {
                item.materials.iter().any(|material| material.kind != MaterialKind::Other)
            }
            Recipe::FormWithoutBlank => forms(item) >= 2,
            Recipe::BlankGone | Recipe::BlankEmpty | Recipe::BlankIsPage | Recipe::BlankBroken => {
                forms(item) >= 1
            }
            Recipe::OtherVisits | Recipe::NoVisitReason | Recipe::VisitWithoutWindow => item.visits > 0,
            Recipe::OnlineButVisit => item.visits > 0 && item.depth.is_some(),
            Recipe::NoWayToApply => item.fee.is_none() && !item.terminal,
            Recipe::OtherForm => item.express && item.depth.is_some(),
            Recipe::OtherFee | Recipe::FreeHere | Recipe::NoFeeStandard => item.fee.is_some(),
            Recipe::FreeButPaid => item.fee.is_none(),
            Recipe::NoQuestions => licence,
            Recipe::FewStages => licence && item.promise.is_some(),
            Recipe::LicenceAsLetter => item.result.ends_with(['证', '照']),
            Recipe::OnlineNowhere => item.depth.is_some(),
            _ => true,
        }
    }

    /// Whether the data are wrong on all channels.
    pub(crate) fn is_everywhere(self) -> bool {
        (Recipe::PromiseTooLong..=Recipe::VisitWithoutWindow).contains(&self) || self == Recipe::StagesOnly
    }
}

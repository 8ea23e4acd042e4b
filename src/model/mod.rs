//! The nouns of the house: plain data without input, output or clock. Every other room speaks in these words.

pub mod action;
pub mod attachment;
pub mod attributes;
pub mod channel;
pub mod checklist;
pub mod crawl;
pub mod dialogue;
pub mod element;
pub mod event;
pub mod finding;
pub mod guide;
pub mod hitch;
pub mod item;
pub mod login;
pub mod noise;
pub mod noticed;
pub mod outcome;
pub mod portal;
pub mod run;
pub mod scenario;
pub mod snapshot;
pub mod standard;
pub mod step_record;
pub mod target;
pub mod visit;

pub use action::{
    Action, Answer, Button, Choice, Compare, Condition, Count, DragTo, ElementPart, ElementState, Expect,
    Half, Keep, KeepFrom, Network, Over, Press, ReadWhat, Repeat, Scroll, Slide, Switch, Tap, Viewport, Wait,
    Way,
};
pub use attachment::{Attachment, Download, FileFacts, FileKind, LinkRole, Linked, ending};
pub use attributes::Attributes;
pub use channel::{Channel, ChannelId, Device, Typing};
pub use checklist::{Checklist, ChecklistItem, Method};
pub use crawl::{CrawlWish, Lead, Look};
pub use dialogue::{Link, LinkProbe, Turn};
pub use element::{Catalogue, Element, MaterialField, Requirement};
pub use event::Event;
pub use finding::{Finding, Kind, Said, Saying, Severity, Unseen};
pub use guide::{Guide, Material, Medium, MediumKind, Place, Reading, Sureness};
pub use hitch::{GivenUp, Hitch, HitchKind};
pub use item::{Account, Audience, Item};
pub use login::{Cookie, LoginState, WebStore};
pub use noise::{Noise, NoiseKind};
pub use noticed::{Deed, Noticed};
pub use outcome::{Coverage, CoverageState, Issue, Likeness, Outcome, Sheet, SheetRow, Trend};
pub use portal::{Pace, Portal};
pub use run::{FileMark, Run, RunId};
pub use scenario::{ForEach, RowTable, Scenario, Step};
pub use snapshot::{Node, Rect, Snapshot, Speed};
pub use standard::{BASELINE, Standard};
pub use step_record::{StepRecord, Stumble};
pub use target::{FrameRef, Locator, Related, Target};
pub use visit::{Capture, Case, Ending, Facts, LoginFacts, Obstacle, ObstacleKind, Visit, VisitId, Witness};

//! What the two columns of a command hold: for migrations, and to know which names are variables.

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// Where something is on the page.
    Locator,
    /// The name of a variable.
    Variable,
    /// Page code.
    Script,
    /// Any text, or nothing.
    Text,
}

/// The columns of a command: target, value.
pub(super) fn columns(command: &str) -> (Column, Column) {
    use Column::{Locator, Script, Text, Variable};
    match command {
        "store" | "storeJson" | "storeXpathCount" | "storeAttribute" => (Text, Variable),
        "storeTitle" | "storeWindowHandle" | "assert" | "verify" => (Variable, Text),
        "storeText" | "storeValue" | "storeElementCount" => (Locator, Variable),
        "executeScript" | "executeAsyncScript" => (Script, Variable),
        "runScript" | "if" | "elseIf" | "while" | "repeatIf" | "storeEval" | "waitForCondition" => {
            (Script, Text)
        }
        "forEach" => (Variable, Variable),
        "dragAndDropToObject" => (Locator, Locator),
        "assertTitle"
        | "verifyTitle"
        | "assertAlert"
        | "verifyAlert"
        | "assertConfirmation"
        | "verifyConfirmation"
        | "assertPrompt"
        | "verifyPrompt"
        | "assertLocation"
        | "verifyLocation"
        | "assertTextPresent"
        | "verifyTextPresent"
        | "assertTextNotPresent"
        | "verifyTextNotPresent" => (Text, Text),
        _ if takes_locator(command) => (Locator, Text),
        _ => (Text, Text),
    }
}

fn takes_locator(command: &str) -> bool {
    if ["waitForPageToLoad", "waitForPopUp", "waitForTextPresent"].contains(&command) {
        return false;
    }
    let names = [
        "addSelection",
        "removeSelection",
        "check",
        "uncheck",
        "click",
        "clickAt",
        "doubleClick",
        "doubleClickAt",
        "dragAndDrop",
        "editContent",
        "mouseDown",
        "mouseDownAt",
        "mouseMove",
        "mouseMoveAt",
        "mouseOut",
        "mouseOver",
        "mouseUp",
        "mouseUpAt",
        "select",
        "sendKeys",
        "submit",
        "type",
        "typeKeys",
    ];
    names.contains(&command) || ["assert", "verify", "waitFor"].iter().any(|start| command.starts_with(start))
}

/// The variable that a command stores into, if any.
pub(super) fn stores(command: &super::Command) -> Option<&str> {
    let name = match command.name.as_str() {
        "storeTitle" | "storeWindowHandle" => &command.target,
        "forEach" | "store" | "storeJson" | "storeText" | "storeValue" | "storeAttribute"
        | "storeElementCount" | "executeScript" | "executeAsyncScript" => &command.value,
        _ => return None,
    };
    Some(name.trim()).filter(|name| !name.is_empty())
}

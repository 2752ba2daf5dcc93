export { DEFINITIONS, type Definition, type Settings } from "./definitions";
export { type NearName, nearNames } from "./near";
export { readSettings } from "./read";
export { dataKeys, internalSecret } from "./secret";
export { SettingsError } from "./settings-error";
export { printable, settingsTable } from "./table";

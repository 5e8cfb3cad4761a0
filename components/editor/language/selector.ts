/** The languages of the editor that descriptions are written in; TOML is coloured as INI. */
export const descriptionLanguages = ["xml", "yaml", "json", "ini"];

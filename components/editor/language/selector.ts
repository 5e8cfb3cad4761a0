/** The languages of the editor that descriptions are written in. */
export const descriptionLanguages = ["xml", "yaml"];

/** One line of the help: keys to press one after the other, and what they do. */
interface HelpLine {
  keys: readonly string[];
  does: string;
}

/** The keys of the editor that are worth knowing. The palette (F1) has all others. */
export const helpOnKeys: readonly { about: string; lines: readonly HelpLine[] }[] = [
  {
    about: "Around the page",
    lines: [
      { keys: ["F6"], does: "Go to the next part: files, outline, breadcrumbs, text, problems (back: Shift+F6)" },
      { keys: ["F8"], does: "Go to the next problem in any file (back: Shift+F8)" },
      { keys: ["Ctrl+S"], does: "Save" },
      { keys: ["Shift+F1"], does: "Show these keys" },
      { keys: ["Ctrl+M"], does: "In the text: let the Tab key move the focus, or indent again" },
    ],
  },
  {
    about: "Writing",
    lines: [
      { keys: ["Ctrl+Space"], does: "Offer what may stand here" },
      { keys: ["Ctrl+."], does: "Offer fixes for the problem here" },
      { keys: ["Ctrl+K", "Ctrl+I"], does: "Explain what stands here" },
      { keys: ["F2"], does: "Rename the profile or repository everywhere" },
      { keys: ["Shift+Alt+F"], does: "Lay the file out (on Linux Ctrl+Shift+I; only what is selected: Ctrl+K Ctrl+F)" },
      { keys: ["Shift+Alt+→"], does: "Select what holds the selection (less again: Shift+Alt+←)" },
    ],
  },
  {
    about: "Finding the way",
    lines: [
      { keys: ["F12"], does: "Go to the file, script or profile that is named here" },
      { keys: ["Alt+F12"], does: "Look at it without leaving (on Linux Ctrl+Shift+F10)" },
      { keys: ["Shift+F12"], does: "Find where the profile or repository is used" },
      { keys: ["Ctrl+Shift+O"], does: "Go to an element by its name" },
      { keys: ["Ctrl+Shift+["], does: "Fold the element away (open it again: Ctrl+Shift+])" },
      { keys: ["F1"], does: "All commands by their names, such as to upgrade or convert the description" },
    ],
  },
];

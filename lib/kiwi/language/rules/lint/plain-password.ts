import type { ImageLint } from "../rule.ts";

export const plainPassword: ImageLint = {
  code: "plain-password",
  layer: "lint",
  severity: "warning",
  title: "A password stands in the description",
  meaning:
    "Whoever reads the description, its history or the build's log reads the password. KIWI hashes it with MD5 and a fixed salt besides, which is easily broken.",
  remedy:
    'Make a hash with `openssl passwd -6` and write it with `pwdformat="encrypted"`, or leave the password out and lock the account.',
  example: {
    language: "xml",
    wrong: `<preferences/>
<users>
  <user name="root" password="secret" pwdformat="plain"/>
</users>`,
    right: `<preferences/>
<users>
  <user name="root" password="$6$Qm4z…" pwdformat="encrypted"/>
</users>`,
  },
  attributes: ["pwdformat"],
  looksAt: (element, image) => image.value(element, "pwdformat") === "plain",
  check({ image, elements }, say) {
    for (const element of elements) {
      const format = image.attribute(element, "pwdformat");
      if (format === undefined || !image.value(element, "password")) continue;
      const message = 'The password can be read by everybody: write its hash, and pwdformat="encrypted".';
      say({ message, element, start: format.start, end: format.valueEnd + 1 });
    }
  },
};

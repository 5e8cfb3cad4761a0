/**
 * What the schema leaves without a word of documentation, in our words. Keys are `element` and `element/@attribute`.
 */
const texts: ReadonlyMap<string, string> = new Map(
  Object.entries({
    include:
      "Puts the content of another file's `<image>` in this place. `this://file.xml` names a file beside this one.",
    certificates: "Certificates of authorities that the image trusts in addition to its own.",
    "certificates/@target_distribution": "The family of distributions, which decides where certificates are kept.",
    certificate: "One certificate: a file on the machine that builds.",
    containers: "Containers that are put into the image.",
    container: "One container that is put into the image.",
    "rpm-locale-filtering": "Whether rpm installs only the files of the languages that the image asks for.",
    "file/@target": "Where the file goes inside the image.",
    "file/@owner": "Owner of the file, as `user` or `user:group`.",
    "file/@permissions": "Permissions of the file, as `chmod` takes them, for example `644`.",
    "archive/@target_dir": "The folder of the image in which the archive is unpacked; `/` where it is not given.",
    collectionModule:
      "Switches a module of the package collections of dnf on or off; only for packages of type `bootstrap`.",
    "collectionModule/@name": "Name of the module.",
    "collectionModule/@stream": "Stream of the module; not allowed where the module is switched off.",
    "securelinux/@hkd_ca_cert": "File of the authority's certificate, which the host key documents are checked with.",
    "securelinux/@hkd_sign_cert": "File of the certificate that signed the host key documents.",
    hkd_cert: "A host key document of the machine that may start the image.",
    "hkd_cert/@name": "File of the host key document.",
    hkd_revocation_list: "A list of host key documents that are not trusted any more.",
    "hkd_revocation_list/@name": "File of the revocation list.",
    "dracut/@uefi": "Whether dracut makes one file of kernel and initrd that the firmware starts.",
    "option/@name": "Name of the option, with its dashes.",
    "option/@value": "Value of the option.",
    "shimoption/@name": "Name of an option of `shim-install`, with its dashes.",
    "shimoption/@value": "Value of that option.",
    "installoption/@name": "Name of an option of the program that installs the boot loader, with its dashes.",
    "installoption/@value": "Value of that option.",
    "configoption/@name":
      "Name of an option of the program that writes the boot loader's configuration, with its dashes.",
    "configoption/@value": "Value of that option.",
  }),
);

/** The schema's documentation where it has one, else ours, else nothing. */
export function documentationOf(
  declaration: { documentation: string | null },
  element: string,
  attribute?: string,
): string | undefined {
  const key = attribute === undefined ? element : `${element}/@${attribute}`;
  return declaration.documentation ?? texts.get(key);
}

/**
 * Small descriptions of old schema versions with everything in them that a step of the upgrade changes: what it takes
 * away, what it moves, and what looks alike and stays.
 */
export const oldDescriptions: readonly (readonly [what: string, version: string, inner: string])[] = [
  [
    "6.2: attributes and sections of old file systems",
    "6.2",
    `<preferences>
    <type image="iso" fsreadonly="squashfs" fsreadwrite="ext4" zfsoptions="x" flags="overlay"/>
    <type image="oem">
      <split>
        <!-- what is inside stays -->
        <temporary><file name="a"/></temporary>
      </split>
      <size>1</size>
    </type>
    <type image="oem"><split/></type>
  </preferences>`,
  ],
  [
    "6.3: the group of all users",
    "6.3",
    `<users group="root" id="0">
    <user name="root" password="x"/>
    <user name="other" groups="wheel"
          password="y">
    </user>
  </users>
  <users group="nobody"/>
  <users><user name="third" password="z" groups="a"/></users>`,
  ],
  [
    "6.4: containers",
    "6.4",
    `<preferences>
    <type image="docker" container="one"/>
    <type
      container='two'
      image='docker'>
    </type>
    <type image="docker" container="three"><size>1</size></type>
  </preferences>`,
  ],
  [
    "6.5: Xen",
    "6.5",
    `<preferences>
    <type image="oem"><machine domain="dom0" memory="512"/></type>
    <type image="oem" xen_server="false"><machine memory="512" domain="dom0"/></type>
    <type image="oem"><machine domain="domU"/></type>
  </preferences>`,
  ],
  [
    "6.6: attributes and elements that nobody used",
    "6.6",
    `<preferences>
    <type image="oem" checkprebuilt="true" fsnocheck="false" filesystem="ext4"/>
    <defaultprebuilt>x</defaultprebuilt>
    <defaultdestination>y</defaultdestination>
    <defaultroot>z</defaultroot>
    <partitioner>parted</partitioner> <!-- remark -->
    <rpm-force>true</rpm-force><rpm-excludedocs>true</rpm-excludedocs>
    <version>1.0.0</version>
  </preferences>
  <repository status="replaceable" prefer-license="true" type="rpm-md"><source path="obs://x"/></repository>
  <packages type="image"><package name="a" replaces="b"/><package replaces="c" name="d"></package></packages>`,
  ],
  [
    "6.6: a section with elements inside",
    "6.6",
    "<preferences><defaultroot>x<version>1</version></defaultroot></preferences>",
  ],
  [
    "6.7: the clock",
    "6.7",
    "<preferences>\n    <hwclock>utc</hwclock>\n    <timezone>UTC</timezone>\n  </preferences>",
  ],
  [
    "6.8: hybrid images and ATA RAID",
    "6.8",
    `<preferences>
    <type image="iso" hybrid="true" flags="overlay" bootloader="grub2"/>
    <type image="oem" filesystem="ext4"><oemconfig><oem-ataraid-scan>true</oem-ataraid-scan></oemconfig></type>
    <type image="oem" filesystem="ext4">
      <oemconfig>
        <oem-swap>true</oem-swap>
        <oem-ataraid-scan>false</oem-ataraid-scan>
      </oemconfig>
    </type>
  </preferences>`,
  ],
  [
    "6.9: PXE",
    "6.9",
    `<preferences>
    <type image="pxe">
      <pxedeploy server="x"><partitions/></pxedeploy>
    </type>
    <type image="pxe"><pxedeploy/><size>1</size></type>
  </preferences>`,
  ],
  [
    "7.0: types of repositories",
    "7.0",
    ["red-carpet", "slack-site", "up2date-mirrors", "urpmi", "yast2", "rpm-md", "rpm-dir"]
      .map((type) => `<repository type="${type}" alias="a"><source path="obs://x"/></repository>`)
      .join("\n  "),
  ],
  [
    "7.1: the boot loader",
    "7.1",
    `<preferences>
    <type image="oem" bootloader="grub2" bootloader_console="serial none" boottimeout="5"/>
    <type image="oem" zipl_targettype="SCSI" bootloader="zipl" boottimeout="">
      <oemconfig/>
    </type>
    <type image="oem" boottimeout="7" filesystem="ext4"/>
    <type image="oem" bootloader="" bootloader_console="serial"><size>1</size></type>
    <type image="oem" bootloader="isolinux"
          bootloader_console="serial"
          filesystem="ext4"><size>1</size></type>
  </preferences>`,
  ],
  [
    "7.2: disks that do not grow",
    "7.2",
    `<preferences>
    <type image="vmx" filesystem="ext4"/>
    <type filesystem="xfs" image="vmx">
      <oemconfig>
        <oem-resize>true</oem-resize>
        <oem-swap>true</oem-swap>
      </oemconfig>
    </type>
    <type image="vmx"><oemconfig/><size>1</size></type>
    <type image="vmx"><oemconfig><oem-resize/><oem-resize>true</oem-resize></oemconfig></type>
    <type image="oem"><oemconfig><oem-resize>true</oem-resize></oemconfig></type>
  </preferences>`,
  ],
  [
    "7.3: package managers",
    "7.3",
    `<preferences><packagemanager>apt-get</packagemanager></preferences>
  <preferences><packagemanager>yum</packagemanager></preferences>
  <preferences><packagemanager>zypper</packagemanager></preferences>
  <preferences><packagemanager> yum </packagemanager></preferences>`,
  ],
  [
    "7.4: tags of containers",
    "7.4",
    `<preferences>
    <type image="docker"><containerconfig name="a" additionaltags="b,c" tag="d"/></type>
    <type image="docker"><containerconfig additionaltags="" name="a"/></type>
    <type image="docker"><containerconfig additionaltags="x" additionalnames="y" name="a"/></type>
  </preferences>`,
  ],
  [
    "7.5: dnf",
    "7.5",
    `<preferences><packagemanager>dnf</packagemanager></preferences>
  <preferences><packagemanager><!-- why --> dnf</packagemanager></preferences>
  <preferences><packagemanager><![CDATA[dnf]]></packagemanager></preferences>`,
  ],
  ["7.6: nothing", "7.6", "<preferences><packagemanager>dnf4</packagemanager></preferences>"],
  ["8.0: folders as repositories", "8.0", '<repository type="rpm-dir"><source path="dir:///x"/></repository>'],
  [
    "8.1: repositories for bootstrap",
    "8.1",
    '<repository use_for_bootstrap="true" type="rpm-md"><source path="obs://x"/></repository>',
  ],
  [
    "8.2: snapshots",
    "8.2",
    `<preferences>
    <type image="oem" btrfs_root_is_snapshot="true" filesystem="btrfs"/>
    <type image="oem" btrfs_root_is_snapper_snapshot="false" btrfs_root_is_snapshot="true" filesystem="btrfs"/>
  </preferences>`,
  ],
  [
    "8.3: consoles",
    "8.3",
    ["serial", "serial serial", "none  none", "gfxterm serial console", ""]
      .map(
        (console) =>
          `<preferences><type image="oem"><bootloader name="grub2" console="${console}"/></type></preferences>`,
      )
      .join("\n  "),
  ],
  ["8.4: vga", "8.4", '<preferences><type vga="791" image="oem"/><type image="oem" vga="normal"></type></preferences>'],
];

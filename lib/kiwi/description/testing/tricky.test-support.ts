/** A description in which every rule of the selection decides something. */
export const tricky = `<?xml version="1.0"?>
<image schemaversion="8.5" name="tricky">
  <description type="system">
    <author>Me</author>
    <contact>me@example.com</contact>
    <specification>Test</specification>
  </description>
  <profiles>
    <profile name="Base" description="what others need"/>
    <profile name="Disk" description="a disk"><requires profile="Base"/><requires profile="Tools"/></profile>
    <profile name="Tools" description="in a circle"><requires profile="Disk"/></profile>
    <profile name="Live" description="a stick" import="true"><requires profile="Base"/></profile>
    <profile name="Board" description="one architecture" arch="aarch64"/>
    <profile name="Boards" description="needs it"><requires profile="Board"/></profile>
    <profile name="Careful" description="needs it there"><requires profile="Board" arch="aarch64"/></profile>
  </profiles>
  <preferences profiles="Live">
    <version>1.0.0</version>
    <locale>de_DE</locale>
    <type image="iso"/>
  </preferences>
  <preferences>
    <version>2.0.0</version>
    <packagemanager>apk</packagemanager>
    <locale>en_US</locale>
    <timezone>UTC</timezone>
    <type image="oem" filesystem="ext4">
      <systemdisk>
        <volume name="home"/>
        <volume name="data" arch="aarch64"/>
      </systemdisk>
    </type>
    <type image="oem" filesystem="xfs"/>
    <type image="tbz" primary="true"/>
  </preferences>
  <preferences arch="aarch64">
    <version>3.0.0</version>
    <packagemanager>dnf4</packagemanager>
    <timezone>Europe/Berlin</timezone>
  </preferences>
  <preferences profiles=" Base,Tools">
    <timezone>Asia/Tokyo</timezone>
    <type image="pxe" filesystem="ext4"/>
  </preferences>
  <users>
    <user name="root" password="x" groups="root"/>
  </users>
  <users profiles="Live">
    <user name="root" password="y" groups="users"/>
    <user name="guest" password="z"/>
  </users>
  <repository type="rpm-md" alias="main"><source path="obs://one"/></repository>
  <repository type="rpm-md" alias="arm" arch="aarch64"><source path="obs://two"/></repository>
  <repository type="rpm-md" alias="live" profiles="Live,Nobody"><source path="obs://three"/></repository>
  <packages type="bootstrap">
    <package name="filesystem"/>
    <namedCollection name="minimal"/>
  </packages>
  <packages type="image">
    <package name="zlib"/>
    <package name="bash"/>
    <package name="bash"/>
    <package name="raspberry" arch="aarch64,armv7l"/>
    <namedCollection name="arm" arch="aarch64"/>
    <ignore name="doc"/>
    <ignore name="firmware" arch="aarch64"/>
    <product name="product" arch="aarch64"/>
    <archive name="files.tar.gz"/>
    <file name="motd" target="/etc/motd" arch="aarch64"/>
  </packages>
  <packages type="oem">
    <package name="grub2"/>
    <ignore name="plymouth"/>
    <namedCollection name="disk"/>
  </packages>
  <packages type="iso" profiles="Live"><package name="dracut-live"/></packages>
  <packages type="image" profiles="Base"><package name="base"/></packages>
  <packages type="image" profiles="Tools"><package name="strace"/></packages>
  <packages type="delete"><package name="bash"/><package name="arm-only" arch="aarch64"/></packages>
  <packages type="uninstall" profiles="Live"><package name="gcc"/></packages>
</image>
`;

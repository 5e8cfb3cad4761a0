#!/bin/bash
# Runs KIWI on a root tree with packages, which it takes from an archive where there is none. Afterwards all is as if it had
# been made at once.
#
# usage: configuration.sh ROOT-TREE ARCHIVE COMMAND...     (the working directory is the attempt's own)
set -u
root=$1 archive=$2
shift 2

# What is random in a tree must not be the same in all images that are made of it.
renew_ids() {
  local id file
  id=$(tr -d - </proc/sys/kernel/random/uuid)
  for file in etc/machine-id var/lib/dbus/machine-id; do
    file=$root/$file
    [ -f "$file" ] && [ ! -L "$file" ] && grep -qxE '[0-9a-f]{32}' "$file" && echo "$id" >"$file"
  done
}

if [ ! -e "$root" ]; then
  mkdir -p "$root"
  tar --extract --file "$archive" --directory "$root" --same-permissions --numeric-owner --acls --xattrs \
    --xattrs-include '*' || exit
  rm -f "$archive"
  renew_ids
fi

# KIWI writes down the description that it has read: here the one with packages, and in a moment the one without.
awk '/<packages[ >]/ { inside = 1 } inside { print } /<\/packages>|<packages[^>]*\/>/ { inside = 0 }' \
  "$root/image/config.xml" >packages.xml || exit

# KIWI gives the folders that it begins with their usual rights, also where packages have set others.
folders=(. dev etc/sysconfig proc run sys var)
modes=()
for folder in "${folders[@]}"; do modes+=("$(stat --format %a "$root/$folder" 2>/dev/null)"); done

"$@" || exit

for index in "${!folders[@]}"; do
  folder=$root/${folders[index]} mode=${modes[index]}
  [ -z "$mode" ] || [ "$mode" = 755 ] || [ -L "$folder" ] || [ "$(stat --format %a "$folder")" != 755 ] ||
    chmod "$mode" "$folder"
done
awk 'NR == FNR { packages = packages $0 "\n"; next } /<\/image>/ { printf "%s", packages } { print }' \
  packages.xml "$root/image/config.xml" >config.xml && cp config.xml "$root/image/config.xml"

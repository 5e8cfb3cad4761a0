#!/bin/bash
# Runs KIWI to make a root tree of packages only, and packs it for later builds. Without the archive a build is whole, so
# that one cannot be made is no failure.
#
# usage: packages.sh ROOT-TREE ARCHIVE COMMAND...
set -u
root=$1 archive=$2
shift 2
"$@" || exit
tar --create --file "$archive" --directory "$root" --format posix --numeric-owner --acls --xattrs --xattrs-include '*' . ||
  rm -f "$archive"
exit 0

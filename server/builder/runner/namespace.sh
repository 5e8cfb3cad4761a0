#!/bin/bash
# The first process of a build's namespaces: lays out what the build sees, starts KIWI and collects the processes that
# their parents left behind. When it ends, the kernel ends everything else in here.
#
# usage: namespace.sh CACHE LAYER COMMAND...     (file descriptor 3: where to write that KIWI is about to start)
set -u
cache=$1 layer=$2
shift 2

# SIGTERM means cancel. The signal may come again: KIWI must not be disturbed while it cleans up.
cancelled=
cancel() {
  cancelled=yes
  trap '' TERM
  [ -z "${!-}" ] || kill -INT -- "-$!"
}
trap cancel TERM

# Package managers lock their cache, so every build has its own, at the place that KIWI knows.
mount --bind "$cache" /var/cache/kiwi || exit 1

# With apt, KIWI writes to the host's own package database and keyrings, and takes the host's locks; other programs
# leave things in the home folder. A layer over the folder that holds the build itself would swallow its results.
mount -t tmpfs -o mode=755 tmpfs "$layer" || exit 1
for folder in /var/lib/dpkg /etc/apt "$HOME"; do
  [ -d "$folder" ] && [ "${layer#"$folder"/}" = "$layer" ] || continue
  mkdir -p "$layer$folder/upper" "$layer$folder/work"
  chmod --reference="$folder" "$layer$folder/upper"
  mount -t overlay -o "lowerdir=$folder,upperdir=$layer$folder/upper,workdir=$layer$folder/work" overlay "$folder" ||
    printf '[ WARNING ]: %(%H:%M:%S)T | %s could not be given a private layer; builds share it.\n' -1 "$folder"
done

# KIWI 9 calls gpg in a way that does not create this folder.
mkdir -p -m 700 "$HOME/.gnupg"

[ -z "$cancelled" ] || exit 130
echo started >&3

# Job control gives KIWI a process group of its own; without it the shell would also make it deaf to SIGINT.
set -m
"$@" 3>&- &
wait $!
code=$?
# A trap ends the first wait early.
if [ -n "$cancelled" ]; then
  wait $!
  code=$?
fi
exit "$code"

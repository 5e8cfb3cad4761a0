#!/bin/bash
# The first process of a build's namespaces: lays out what the build sees, then becomes the one that runs KIWI. When that
# one ends, the kernel ends everything else in here.
#
# usage: namespaces.sh ATTEMPT-FOLDER USER HIDDEN-FOLDER... -- COMMAND...
#
# USER is empty, or the first of the host's user ids that stand for those of the build: then KIWI runs in a user namespace
# below, and what it sees as its own belongs to that user.
set -u
here=$(dirname "$0")
attempt=$1 user=$2 hidden=()
shift 2
while [ "$1" != -- ]; do
  hidden+=("$1")
  shift
done
shift

# The folder of all builds is closed to such a user. He gets another one in its place, with nothing but his build.
if [ -n "$user" ]; then
  work=$PWD
  exec {own}<"$attempt"
  mount -t tmpfs -o mode=755 tmpfs "$(dirname "$(dirname "$attempt")")" || exit 1
  mkdir -p "$attempt"
  mount --no-canonicalize --bind "/proc/self/fd/$own" "$attempt" || exit 1
  exec {own}<&-
  cd "$work" || exit 1
fi

# Package managers lock their cache, so every build has its own, at the place that KIWI knows. Likewise containers: what a
# killed build leaves of them is in its own folder.
mount --bind "$attempt/cache" /var/cache/kiwi || exit 1
mkdir -p /var/lib/containers /run/containers
mount --bind "$attempt/containers" /var/lib/containers || exit 1

layer=$attempt/layer
mount -t tmpfs -o mode=755 tmpfs "$layer" || exit 1
mkdir "$layer/containers"
mount --bind "$layer/containers" /run/containers || exit 1

# With apt, KIWI writes to the host's own package database and keyrings, and takes the host's locks; other programs
# leave things in the home folder. A layer over the folder that holds the build itself would swallow its results.
for folder in /var/lib/dpkg /etc/apt "$HOME"; do
  [ -d "$folder" ] && [ "${layer#"$folder"/}" = "$layer" ] || continue
  mkdir -p "$layer$folder/upper" "$layer$folder/work"
  if [ -n "$user" ]; then
    # A file of the host's root cannot become his by a layer; what the host's packages consist of, nobody asks.
    [ "$folder" = "$HOME" ] || tar --create --exclude ./info/\* --directory "$folder" . | tar --extract --directory "$layer$folder/upper"
    mount --bind "$layer$folder/upper" "$folder" || exit 1
    continue
  fi
  chmod --reference="$folder" "$layer$folder/upper"
  mount -t overlay -o "lowerdir=$folder,upperdir=$layer$folder/upper,workdir=$layer$folder/work" overlay "$folder" ||
    printf '[ WARNING ]: %(%H:%M:%S)T | %s could not be given a private layer; builds share it.\n' -1 "$folder"
done

# Other builds, the database and our sockets are nobody's business here.
mkdir "$layer/empty"
for folder in "${hidden[@]}"; do
  [ ! -d "$folder" ] || mount --bind -o ro "$layer/empty" "$folder" || exit 1
done

# KIWI 9 calls gpg in a way that does not create this folder.
mkdir -p -m 700 "$HOME/.gnupg"

if [ -n "$user" ]; then
  # KIWI shows these three to the image; with mounts below them it could not do so in a user namespace.
  mkdir -p "$layer/dev/pts" "$layer/dev/shm"
  for device in 'null 3' 'zero 5' 'full 7' 'random 8' 'urandom 9'; do
    mknod -m 666 "$layer/dev/${device% *}" c 1 "${device#* }" || exit 1
  done
  ln -s /proc/self/fd "$layer/dev/fd"
  # KIWI looks for tar at the usual places, whatever the search path.
  tar=$(realpath "$(type -P tar)")
  cp "$tar" "$layer/tar"
  sed "s|TAR|$layer/tar|" "$here/tar-around-mounts.sh" >"$layer/tar-around-mounts"
  chmod 755 "$layer/tar-around-mounts"
  chown -R "$user:$user" "$layer"
  mount --bind "$layer/tar-around-mounts" "$tar" || exit 1
  mount --bind "$layer/dev" /dev || exit 1
  mount --bind /sys /sys || exit 1
  exec bash "$here/init.sh" bash "$here/user-namespace.sh" "$user" "$@"
fi

# What no build needs, root in here cannot do: load modules, reach hardware, set the clock, look into other processes,
# change networks. A set that this setpriv does not know by name is left out.
drop=
known=" $(setpriv --list-caps | tr '\n' ' ') "
for capability in sys_module sys_rawio sys_boot sys_time sys_nice sys_ptrace sys_pacct sys_tty_config syslog \
  net_admin net_raw net_broadcast perfmon bpf checkpoint_restore dac_read_search linux_immutable lease wake_alarm \
  block_suspend audit_control audit_read; do
  [[ $known != *" $capability "* ]] || drop+=${drop:+,}-$capability
done
exec bash "$here/init.sh" setpriv --inh-caps="$drop" --bounding-set="$drop" -- "$@"

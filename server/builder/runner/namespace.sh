#!/bin/bash
# The first process of a build's namespaces: lays out what the build sees, starts KIWI and collects the processes that
# their parents left behind. When it ends, the kernel ends everything else in here.
#
# usage: namespace.sh CACHE LAYER HIDDEN-FOLDER... -- COMMAND...     (file descriptor 3: where to write that KIWI is about to start)
set -u
cache=$1 layer=$2 hidden=()
shift 2
while [ "$1" != -- ]; do
  hidden+=("$1")
  shift
done
shift

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

# Other builds, the database and our sockets are nobody's business here.
mkdir "$layer/empty"
for folder in "${hidden[@]}"; do
  [ ! -d "$folder" ] || mount --bind -o ro "$layer/empty" "$folder" || exit 1
done

# What no build needs, root in here cannot do: load modules, reach hardware, set the clock, look into other processes,
# change networks. A set that this setpriv does not know by name is left out.
drop=
known=" $(setpriv --list-caps | tr '\n' ' ') "
for capability in sys_module sys_rawio sys_boot sys_time sys_nice sys_ptrace sys_pacct sys_tty_config syslog \
  net_admin net_raw net_broadcast perfmon bpf checkpoint_restore dac_read_search linux_immutable lease wake_alarm \
  block_suspend audit_control audit_read; do
  [[ $known != *" $capability "* ]] || drop+=${drop:+,}-$capability
done

# KIWI 9 calls gpg in a way that does not create this folder.
mkdir -p -m 700 "$HOME/.gnupg"

[ -z "$cancelled" ] || exit 130
echo started >&3

# Job control gives KIWI a process group of its own; without it the shell would also make it deaf to SIGINT.
set -m
setpriv --inh-caps="$drop" --bounding-set="$drop" -- "$@" 3>&- &
wait $!
code=$?
# A trap ends the first wait early.
if [ -n "$cancelled" ]; then
  wait $!
  code=$?
fi
exit "$code"

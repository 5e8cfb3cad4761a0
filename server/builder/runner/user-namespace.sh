#!/bin/bash
# Becomes a command in a user namespace of its own: root in there is a user without any rights out here.
#
# usage: user-namespace.sh USER COMMAND...     (USER: the first of 65536 user and group ids of the host)
set -eu
user=$1
shift

# Whoever maps the ids has to be outside, so somebody else holds the namespace open meanwhile.
unshare --user -- sleep infinity &
holder=$!
while [ "$(readlink "/proc/$holder/ns/user")" = "$(readlink /proc/self/ns/user)" ]; do sleep 0.01; done
for map in uid_map gid_map; do echo "0 $user 65536" >"/proc/$holder/$map"; done
exec {namespace}<"/proc/$holder/ns/user"
{ kill "$holder" && wait "$holder"; } 2>/dev/null || true

exec nsenter --user="/proc/self/fd/$namespace" -- unshare --mount --propagation private -- "$@"

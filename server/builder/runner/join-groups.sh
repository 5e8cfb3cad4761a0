#!/bin/bash
# Puts itself into control groups and then becomes another program, so that no process of it was ever outside.
#
# usage: join-groups.sh RUNNER GROUP... -- COMMAND...     (RUNNER: the process id of its parent)
#
# A runner that is killed takes us with it, but not one that was gone before it was agreed upon: then nobody would know
# of us.
[ "$PPID" = "$1" ] || exit 1
shift
while [ "$1" != -- ]; do
  echo $$ >"$1/cgroup.procs" || echo "This build has no control group $1; its limits may not hold." >&2
  shift
done
shift
exec "$@"

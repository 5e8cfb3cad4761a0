#!/bin/bash
# Puts itself into control groups and then becomes another program, so that no process of it was ever outside.
#
# usage: join-groups.sh GROUP... -- COMMAND...
while [ "$1" != -- ]; do
  echo $$ >"$1/cgroup.procs" || echo "This build has no control group $1; its limits may not hold." >&2
  shift
done
shift
exec "$@"

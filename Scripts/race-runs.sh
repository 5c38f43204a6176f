#!/usr/bin/env bash
# Counts how often a mock is reported for requests at once: race-runs.sh COUNT broken|correct
#
# One run of the table has COUNT scenarios, each a burst of eight requests with one key. ASSAY names the executable.
set -euo pipefail
count=${1:?usage: race-runs.sh COUNT broken|correct}
kind=${2:?usage: race-runs.sh COUNT broken|correct}
assay=$(realpath "${ASSAY:-.build/release/assay}")
folder=$(mktemp -d)
trap 'kill "${mock:-}" 2>/dev/null; rm -rf "$folder"' EXIT
cp -r assay.yaml specs "$folder"
mkdir -p "$folder/scenarios/bodies" "$folder/data"
cp scenarios/bodies/order.json "$folder/scenarios/bodies/"
cd "$folder"
# The rate limit of the mock must not reject a part of the runs.
sed -i 's/^  limit: .*/  limit: 1000000000/' specs/cashfree/*.behaviour.yaml
{ echo case; seq "$count"; } > scenarios/runs.csv
cat > scenarios/races.csv <<'TABLE'
scenario,step,call,body,set,expect,opts
once,create,PGCreateOrder,bodies/order.json,x-idempotency-key={{uuid:key}},200,burst=8 rows=runs.csv
TABLE
options=()
if [ "$kind" = broken ]; then options=(--break idempotency.race); fi
"$assay" mock --any-credentials "${options[@]}" > mock.url 2> mock.log &
mock=$!
until [ -s mock.url ]; do sleep 0.1; done
export CASHFREE_CLIENT_ID=merchant-1 CASHFREE_CLIENT_SECRET=merchant-secret-1
"$assay" run scenarios/races.csv --api-version 2023-08-01 --base-url "$(head -1 mock.url)" --jobs 1 \
    --report json=report.json --no-progress > run.log 2>&1 || true
python3 - "$count" <<'COUNT'
import json, sys
report = json.load(open("report.json"))
steps = [s for c in report["scenarios"] for s in c["steps"]]
found = sum(any(f["rule"].startswith("race.") for f in s.get("findings", [])) for s in steps)
others = sum(any(not f["rule"].startswith("race.") for f in s.get("findings", [])) for s in steps)
print(f"{found} of {len(steps)} bursts reported, {others} with other findings")
COUNT

#!/bin/sh
# Runs once, as root, while the image is built: puts mdti in the path and writes its compiled code to MDTI_CACHE.
set -eu

if command -v apk >/dev/null; then apk add --no-cache libstdc++ libgcc; fi
chmod -R go-w /opt/mdti
chmod 755 /opt/mdti/mdti.cjs
ln -sf /opt/mdti/mdti.cjs /usr/local/bin/mdti

# A command that reaches no service compiles everything up to the request; nothing is sent to Microsoft.
document='{"id":1,"command":"ip","args":{"ip":"192.0.2.1"},"params":{"app_id":"a","tenant_id":"contoso.com","client_credentials":true,"credentials":{"password":"none"},"proxy":true}}'
for verb in run serve; do
  printf '%s\n' "$document" | HTTPS_PROXY=http://127.0.0.1:9 mdti $verb >/dev/null 2>&1 || true
done
chmod -R a+rX /opt/mdti
test -n "$(ls "$MDTI_CACHE")" || { echo "mdti wrote no compiled code to $MDTI_CACHE" >&2; exit 1; }

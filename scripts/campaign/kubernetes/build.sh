#!/bin/sh
# Builds Kubernetes' API server in the folder that it is run in, from Debian's source package, offline after the download.
# GO is the root of Debian's Go, unpacked; SUM is the SHA-256 of the archive.
set -eu
here=$(pwd)

# Sources by apt's own client and the places this machine has, with lists of our own: the system's stay as they are.
mkdir -p sources lists/partial gopath/src/k8s.io
for file in /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list; do
  if [ -f "$file" ]; then sed -E 's/^Types: .*/Types: deb-src/; s/^deb /deb-src /' "$file" >"sources/${file##*/}"; fi
done
apt() {
  apt-get -q -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$here/sources" -o Dir::State::lists="$here/lists" "$@"
}
apt update
apt source --download-only kubernetes
archive=$(ls kubernetes_*.orig.tar.*)
echo "$SUM  $archive" | sha256sum -c

# Go 1.19 refuses the list of vendored packages, so that they are found by the older GOPATH.
tar xf "$archive" -C gopath/src/k8s.io
mv gopath/src/k8s.io/kubernetes-* gopath/src/k8s.io/kubernetes
export GOROOT="$GO/usr/lib/go-1.19" GOPATH="$here/gopath" GOCACHE="$here/gocache" GOTMPDIR="$here"
export GO111MODULE=off GOFLAGS= GOPROXY=off CGO_ENABLED=0
cd gopath/src/k8s.io/kubernetes

# The one generated file that the archive has not.
"$GOROOT/bin/go" build -o "$here/openapi-gen" ./vendor/k8s.io/kube-openapi/cmd/openapi-gen
folders=$(grep -rl '+k8s:openapi-gen=' --include=*.go pkg cmd staging/src/k8s.io |
  grep -vE '_test.go|code-generator|sample-apiserver|kube-openapi|/hack/' | xargs -n1 dirname | sort -u |
  sed 's#^staging/src/#vendor/#; s#^#k8s.io/kubernetes/#' | paste -sd,)
"$here/openapi-gen" --logtostderr -i "$folders" -p k8s.io/kubernetes/pkg/generated/openapi -O zz_generated.openapi \
  -h hack/boilerplate/boilerplate.generatego.txt -r "$here/violations.txt"

# Nothing of it speaks to a provider's machines: those parts, a sixth of it, are left out.
mkdir "$here/built"
"$GOROOT/bin/go" build -p 2 -tags providerless -ldflags "-s -w" -o "$here/built/kube-apiserver" ./cmd/kube-apiserver

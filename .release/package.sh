# What .release/build packs programs into. Each function gets a system, x86_64 or arm64, and writes into $out. Names are
# sorted, owners are root, times are that of the commit: the same commit gives the same bytes.

# fresh NAME: makes a folder anew and says where it is.
fresh() {
  local folder=$target/release-work/$1
  rm -rf "$folder" && mkdir -p "$folder"
  echo "$folder"
}

# papers PROGRAM: man pages and completions, in both languages; licences of all crates, SBOM.
papers() {
  local program=$1
  papers=$(fresh papers)
  "$program" --lang en man --out "$papers/man/man1" 2>/dev/null
  "$program" --lang zh man --out "$papers/man/zh_CN/man1" 2>/dev/null
  find "$papers/man" -type f ! -name '*.1' -delete
  mkdir "$papers/completions"
  "$program" --lang zh completions bash >"$papers/completions/qingdan"
  "$program" --lang zh completions zsh >"$papers/completions/_qingdan"
  "$program" --lang zh completions fish >"$papers/completions/qingdan.fish"
}

# texts FOLDER: what goes with every program.
texts() { cp README.md README.zh.md CHANGELOG.md LICENSE-APACHE LICENSE-MIT "$lists/LICENSES-CRATES.txt" "$1/"; }

# packed FOLDER: a folder as .tar.gz.
packed() {
  tar -C "$(dirname "$1")" --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" --format=ustar -c "$(basename "$1")" | gzip -9n
}

archive_of_linux() {
  local name=qingdan-$version-linux-$1 folder
  folder=$(fresh "$name")
  install -m 755 "$(built "$1")" "$folder/qingdan"
  cp -r "$papers/man" "$papers/completions" "$folder/"
  texts "$folder"
  packed "$folder" >"$out/$name.tar.gz"
}

archive_of_windows() {
  local name=qingdan-$version-windows-x86_64 folder
  folder=$(fresh "$name")
  cp "$1/qingdan.exe" "$1/qingdan-start.exe" "$folder/"
  # Older Notepads ask for the mark at the beginning and for both characters at the end of a line.
  { printf '\xef\xbb\xbf'; sed "s/VERSION/$version/; s/\$/\r/" .release/windows/readme.txt; } >"$folder/使用说明.txt"
  texts "$folder"
  python3 - "$folder" "$out/$name.zip" <<'PYTHON'
import os, pathlib, sys, time, zipfile
folder, out = map(pathlib.Path, sys.argv[1:])
day = time.gmtime(int(os.environ["SOURCE_DATE_EPOCH"]))[:6]
with zipfile.ZipFile(out, "w") as packed:
    for file in sorted(folder.iterdir()):
        entry = zipfile.ZipInfo(f"{folder.name}/{file.name}", day)
        entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
        packed.writestr(entry, file.read_bytes(), compresslevel=9)
PYTHON
}

# deb SYSTEM: one static program, so that it runs on any Debian and what is made of it, of any age.
deb() {
  local system=$1 architecture=${1/x86_64/amd64} root doc page
  root=$(fresh "deb-$system")
  doc=$root/usr/share/doc/qingdan
  install -D -m 755 "$(built "$system")" "$root/usr/bin/qingdan"
  mkdir -p "$root/usr/share/man" "$doc" "$root/DEBIAN"
  cp -r "$papers/man/man1" "$papers/man/zh_CN" "$root/usr/share/man/"
  install -D -m 644 "$papers/completions/qingdan" "$root/usr/share/bash-completion/completions/qingdan"
  install -D -m 644 "$papers/completions/_qingdan" "$root/usr/share/zsh/vendor-completions/_qingdan"
  install -D -m 644 "$papers/completions/qingdan.fish" "$root/usr/share/fish/vendor_completions.d/qingdan.fish"
  install -D -m 644 .release/deb/lintian-overrides "$root/usr/share/lintian/overrides/qingdan"
  cp README.md README.zh.md .release/deb/copyright "$doc/"
  gzip -9n <"$lists/LICENSES-CRATES.txt" >"$doc/LICENSES-CRATES.txt.gz"
  gzip -9n <CHANGELOG.md >"$doc/changelog.gz"
  gzip -9n >"$doc/changelog.Debian.gz" <<END
qingdan ($version-1) stable; urgency=medium

  * Version $version; what changed stands in changelog.gz.

 -- $maintainer  $(date -R -d "@$SOURCE_DATE_EPOCH")
END
  while read -r page; do gzip -9n "$page"; done < <(find "$root/usr/share/man" -name '*.1')
  sed "s/VERSION/$version-1/; s/ARCHITECTURE/$architecture/; s/MAINTAINER/$maintainer/; s/SIZE/$(du -ks --apparent-size "$root" | cut -f1)/" .release/deb/control >"$root/DEBIAN/control"
  (cd "$root" && find usr -type f | sort | xargs -d '\n' md5sum) >"$root/DEBIAN/md5sums"
  chmod -R u=rwX,go=rX "$root"
  find "$root" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
  dpkg-deb --root-owner-group -Zxz --build "$root" "$out/qingdan_$version-1_$architecture.deb" >/dev/null
}

# image SYSTEM: the program and nothing else, as an OCI archive for podman, docker and registries. The layout is packed
# here, since buildah would note the time of day.
image() {
  local system=$1 architecture=${1/x86_64/amd64} name=qingdan-$version-image-$1 context layout store
  context=$(fresh "context-$system") layout=$(fresh "$name") store=$(fresh storage)
  install -m 755 "$(built "$system")" "$context/qingdan"
  cp LICENSE-APACHE LICENSE-MIT "$lists/LICENSES-CRATES.txt" "$context/"
  local buildah=(buildah --root "$store/root" --runroot "$store/run" --storage-driver vfs)
  "${buildah[@]}" build --quiet --isolation chroot --platform "linux/$architecture" --timestamp "$SOURCE_DATE_EPOCH" \
    --build-arg "VERSION=$version" --build-arg "COMMIT=${commit% *}" --tag "qingdan:$version" -f .release/Containerfile "$context" >/dev/null
  "${buildah[@]}" push --quiet "qingdan:$version" "oci:$layout:qingdan:$version"
  (cd "$layout" && tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" --format=ustar -c *) >"$out/$name.tar"
  "${buildah[@]}" rmi --all >/dev/null
  rm -rf "$store"
}

sums() { (cd "$out" && rm -f SHA256SUMS && sha256sum -- * >SHA256SUMS.new && mv SHA256SUMS.new SHA256SUMS); }

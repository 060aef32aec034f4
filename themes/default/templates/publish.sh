#!/bin/sh
# 用 rclone 把网站放上服务器或者对象存储：只传变了的文件；先传内容，再传带着新地址的页面，最后删去没有了的。
# 什么时候来看的人，看到的都是完整的页面。
# Puts the site on a server or into object storage with rclone: only files that changed; first what pages need, then the
# pages, then what tells of new pages, and at last what is gone is removed: whoever looks meanwhile finds whole pages.
#
#   publish.sh 网站/SITE 远程/REMOTE      publish.sh public store:bucket/site
set -eu
if [ $# -ne 2 ]; then
  sed -n '2,7s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
site=$1 remote=$2
if [ ! -f "$site/.qingdan-manifest" ]; then
  echo "$site：这里没有 qingdan 做的网站 / no site made by qingdan is here" >&2
  exit 2
fi
# 服务器上还有别人的文件时，设 KEEP=yes，什么都不删。/ With files of others on the server: KEEP=yes removes nothing.
copy() { rclone copy --checksum --filter '- .qingdan-*' "$@" "$site" "$remote"; }
without() { for name; do set -- "$@" --filter "- $name"; shift; done; copy "$@"; }
without '*.html' '*.html.*' 'sw*.js*' 'sitemap*' 'pages.json*' '*.bin'
copy --filter '+ *.html' --filter '+ *.html.*' --filter '- *'
copy
[ "${KEEP-}" = yes ] || rclone sync --checksum --filter '- .qingdan-*' "$site" "$remote"

#!/usr/bin/env bash
# Installs what a browser walk needs and is missing; takes no time when all is there.
set -euo pipefail

packages=()
command -v chromedriver >/dev/null || packages+=(chromium-driver)
command -v chromium-headless-shell >/dev/null || packages+=(chromium-headless-shell)
command -v chromium >/dev/null || packages+=(chromium)
find /usr/share/fonts /usr/local/share/fonts "$HOME/.fonts" "$HOME/.local/share/fonts" \
    \( -iname '*cjk*' -o -iname '*wqy*' -o -iname '*SourceHanSans*' \) 2>/dev/null | grep -q . || packages+=(fonts-noto-cjk)
command -v cc >/dev/null || packages+=(gcc libc6-dev)

[ ${#packages[@]} -eq 0 ] && exit 0

if ! command -v apt-get >/dev/null; then
    cat >&2 <<TEXT
错误：缺少 ${packages[*]}，而这台机器没有 apt-get，不能自动安装
建议：请用本机的软件包管理器安装 Chromium、与它同版本的 chromedriver、一种中文字体和 C 编译器，
      再运行一次；程序装在别处时，可用 --browser、--driver 指明位置
TEXT
    exit 3
fi

become=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "错误：安装 ${packages[*]} 需要管理员权限" >&2
        echo "建议：请管理员运行 apt-get install ${packages[*]}，然后再试" >&2
        exit 3
    fi
    become=(sudo)
fi

echo "正在安装：${packages[*]}"
"${become[@]}" apt-get update -qq
"${become[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}"

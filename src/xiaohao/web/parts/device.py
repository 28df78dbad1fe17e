"""Which browser on what a session is, in a few words: enough to know one's own again, from what the browser says of itself."""

from __future__ import annotations

from django.utils.translation import gettext as _

#: Word in the browser's own name -> how people call it; the first that fits, so those that carry others' words come first.
_BROWSERS = (
    *(("MicroMessenger", "微信"), ("Edg", "Edge"), ("QQBrowser", "QQ 浏览器"), ("Firefox", "Firefox")),
    *(("HeadlessChrome", "Chromium"), ("Chrome", "Chrome"), ("Safari", "Safari")),
)
_SYSTEMS = (
    *(("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad")),
    *(("Windows", "Windows"), ("Mac OS X", "macOS"), ("UOS", "统信 UOS"), ("Linux", "Linux")),
)


def device_words(told: str) -> str:
    """“Chrome，Windows”; where the browser says nothing that is known, just that."""
    browser = next((name for word, name in _BROWSERS if word in told), "")
    system = next((name for word, name in _SYSTEMS if word in told), "")
    return _("，").join(filter(None, (browser, system))) or _("认不出的浏览器")

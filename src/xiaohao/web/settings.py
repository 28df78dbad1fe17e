"""Django's settings. One installation differs from another only by its folder (XIAOHAO_HOME) and the xiaohao.toml in it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlparse

from csp.constants import NONE, SELF

from xiaohao.records.installation import Installation

INSTALLATION = Installation.from_environment()
HOME = INSTALLATION.home
CONFIG = INSTALLATION.config
DEMO = INSTALLATION.demo

SECRET_KEY = INSTALLATION.secret("secret-key")
DEBUG = False
ALLOWED_HOSTS = CONFIG.get("hosts", ["127.0.0.1", "localhost", "[::1]"])
PUBLIC_URL = CONFIG.get("public_url") or os.environ.get("XIAOHAO_PUBLIC_URL", "http://127.0.0.1:8000")
#: What the public site is called; the desk is always 销号.
#: How many proxies of ours stand before the server and write X-Forwarded-For; 0 believes the header of nobody.
PROXIES = int(CONFIG.get("proxies", 0))
SITE_NAME = CONFIG.get("site_name", "青禾县督察整改公开" if DEMO else "督察整改公开")
SECURE = urlparse(PUBLIC_URL).scheme == "https"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "xiaohao.records",
    "xiaohao.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "xiaohao.web.ways.WaysOfReading",
    "django.middleware.http.ConditionalGetMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "xiaohao.web.permissions.ClosedWorld",
]

ROOT_URLCONF = "xiaohao.web.urls"
WSGI_APPLICATION = "xiaohao.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "xiaohao.web.context.page",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "xiaohao.web.templatetags.xiaohao"],
        },
    }
]


def database(url: str) -> dict[str, Any]:
    """SQLite by default (durable: WAL with full synchronisation, writers take the lock at once); PostgreSQL by its URL."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HOME / "xiaohao.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
        }
    parts = urlparse(url)
    folder = parse_qs(parts.query).get("host", [""])[0]  # a server on this machine, by the folder of its socket
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": parts.username or "",
        "PASSWORD": parts.password or "",
        "HOST": parts.hostname or folder,
        "PORT": parts.port or "",
        "CONN_MAX_AGE": None,
    }


DATABASES = {"default": database(CONFIG.get("database", ""))}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
AUTH_USER_MODEL = "records.Account"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "email"]},
    },
]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "/desk/"
CSRF_FAILURE_VIEW = "xiaohao.web.errors.csrf_failed"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).parent / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Limits of one request; files have limits of their own by kind (evidence/upload.py).
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 50

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF],
        "style-src": [SELF],
        "script-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
#: The form's token lives as long as the browser is open (the default is a year).
CSRF_COOKIE_AGE = None
SESSION_ENGINE = "xiaohao.records.sessions"
#: Limits of a session in seconds (ASVS 5.0 7.3.1, 7.3.2 ask for both and give no figures; GB/T 22239-2019 8.1.4.1 b asks that an idle one ends).
#: Ours: half an hour without use, twelve hours in all. A demonstration has nothing to guard and ends by age alone.
SESSION_COOKIE_AGE = int(CONFIG.get("session", {}).get("hours", 12)) * 60 * 60
SESSION_IDLE = SESSION_COOKIE_AGE if DEMO else int(CONFIG.get("session", {}).get("idle_minutes", 30)) * 60
#: How long a proof of who one is counts as fresh for closing a task and for carrying personal data away, seconds. Ours.
SESSION_FRESH = int(CONFIG.get("session", {}).get("fresh_minutes", 10)) * 60
#: Failures in a row after which a user name is locked, and for how many minutes (GB/T 22239-2019 8.1.4.1 b asks for a limit, names none). Ours.
LOCK_AFTER = int(CONFIG.get("sign_in", {}).get("failures", 5))
LOCK_MINUTES = int(CONFIG.get("sign_in", {}).get("lock_minutes", 30))
#: Days for which an invitation works. Ours: a week reaches everybody who is not on leave.
INVITATION_DAYS = int(CONFIG.get("sign_in", {}).get("invitation_days", 7))
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
FILE_UPLOAD_PERMISSIONS = 0o600

#: Where the journal, the files and the keys of this installation lie.
JOURNAL_HOME = HOME / "journal"
CONTENT_HOME = HOME / "files"
#: Schemeless URL prefix that names the log (JOURNAL.md 1.6).
JOURNAL_ORIGIN = CONFIG.get("journal_origin", "log.qinghe.example/xiaohao")
#: Files with the key that signs the log and the key that seals contacts, mode 0600, made by `xiaohao init`.
JOURNAL_KEY_FILE = HOME / "keys" / "journal"
JOURNAL_VKEY_FILE = HOME / "keys" / "journal.vkey"
SEAL_KEY_FILE = HOME / "keys" / "seal"
#: Hours of the day at which the objections received since the last one go into the journal.
OBJECTION_HOURS = CONFIG.get("objection_hours", [8, 12, 18])
#: Ways on which reminders leave the system (docs/reminders.md), {} for none; hours of the day for digests; hours in which nothing leaves.
MAIL = CONFIG.get("mail", {})
GATEWAY = CONFIG.get("gateway", {})
#: Unified sign-in by OpenID Connect (docs/signing-in.md), {} for none; the client's secret lies in a file of mode 0600.
UNIFIED = CONFIG.get("unified", {})
UNIFIED_SECRET_FILE = HOME / "keys" / "unified"
DIGEST_HOURS = CONFIG.get("digest_hours", [9, 15])
QUIET_HOURS = CONFIG.get("quiet_hours", [21, 8])
RULEBOOK = CONFIG.get("rulebook", "default")
#: Set by the test settings: acts then run inside the test's own transaction.
TESTING = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

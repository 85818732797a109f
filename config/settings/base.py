"""Settings of a running installation; everything that differs between installations comes from `config.env`."""

from django.utils.translation import gettext_lazy as _

from config import env
from config.logging import logging_settings
from registry.lib.gbcode import Level
from registry.lib.product import PRODUCT_APPS

BASE_DIR = env.BASE_DIR
DEBUG = env.DEBUG.flag()
SECRET_KEY = env.secret_key()
ALLOWED_HOSTS = env.ALLOWED_HOSTS.items()

INSTALLED_APPS = [
    "unfold.apps.BasicAppConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "config.apps.RegistryAdminConfig",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    *PRODUCT_APPS,
]

MIDDLEWARE = [
    "registry.headers.CompressedText",
    "django.middleware.security.SecurityMiddleware",
    "registry.headers.security_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [
            BASE_DIR / "registry" / "theme" / "templates"
        ],  # in place of parts of the theme, which comes before all apps
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "libraries": {"charts": "registry.admin.chart_tags"},
        },
    }
]

# --- database: one of two roles; the pool is for the role that serves -------------------------------------------------
DATABASES = {"default": env.serving_database()}
DATABASES["default"]["ATOMIC_REQUESTS"] = False  # the doors open transaction and scope together
DATABASES["default"]["CONN_MAX_AGE"] = 600
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASE_ROLE = env.DATABASE_ROLE.read()
DATABASE_APP_ROLE = env.APP_ROLE.read()
DATABASE_BACKUP_ROLE = env.BACKUP_ROLE.read()
HISTORY_FOR_EACH_ROW = env.HISTORY_FOR_EACH_ROW.flag()

# --- people who log in ------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "registry.User"
AUTHENTICATION_BACKENDS = ["registry.domain.login.RegistryBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "registry.domain.passwords.CharacterKindsValidator"},
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
LOGOUT_REDIRECT_URL = "admin:login"
LOGIN_FAILURES_OF_AN_ADDRESS = env.LOGIN_FAILURES.number()
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_NAME = "registry_session"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "registry.api.failures.form_refused"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- behind https: the web server in front says by a header how it was asked ------------------------------------------
IS_SECURE = env.SECURE.flag()
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = IS_SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked on this machine, without the web server in front
SECURE_HSTS_SECONDS = 31_536_000 if IS_SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_SECURE else None

# --- secrets of the registry ------------------------------------------------------------------------------------------
REGISTRY_KEYRING = env.KEYRING.read()
REGISTRY_CIPHER = env.CIPHER.read()

# --- language and time ------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
FORMAT_MODULE_PATH = ["config.formats"]

# --- files ------------------------------------------------------------------------------------------------------------
DATA_DIR = BASE_DIR / env.DATA_DIR.read()
# Served out of the packages; nothing is collected.
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 30 * 86_400  # their addresses change with their content
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "documents": {
        "BACKEND": env.STORAGE.read() or "django.core.files.storage.FileSystemStorage",
        "OPTIONS": env.STORAGE_OPTIONS.mapping() if env.STORAGE.read() else {"location": str(DATA_DIR / "documents")},
    },
    "staticfiles": {"BACKEND": "config.staticfiles.VersionedStaticFilesStorage"},
}
UPLOAD_LIMIT_BYTES = env.UPLOAD_LIMIT_MB.number() * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["config.uploads.MemoryOnlyHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = UPLOAD_LIMIT_BYTES + 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

REPORT_FILE_DAYS = env.REPORT_FILE_DAYS.number()
PICTURE_DAYS = env.PICTURE_DAYS.number()

# --- mail -------------------------------------------------------------------------------------------------------------
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
globals().update(env.email())
EMAIL_TIMEOUT = env.MAIL_TIMEOUT.number()
DEFAULT_FROM_EMAIL = env.MAIL_FROM.read()
BOUNCE_ADDRESS = env.BOUNCE_ADDRESS.read().strip()
BOUNCE_MAILDIR = env.BOUNCE_MAILDIR.read().strip()
BASE_URL = env.BASE_URL.address(("http", "https")).geturl().rstrip("/")
CSRF_TRUSTED_ORIGINS = [BASE_URL]

# --- background work --------------------------------------------------------------------------------------------------
CELERY_BROKER_URL = env.broker_url()
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# A request must not hang on a broker that is away: the table of due work remembers the job.
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0.1}
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 10, "socket_connect_timeout": 3}
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "tick": {
        "task": "registry.tick",
        "schedule": float(env.TICK_SECONDS.number()),
        "options": {"expires": 2 * env.TICK_SECONDS.number()},
    },
}
JOB_LOST_SECONDS = env.JOB_LOST_SECONDS.number()
PUBLICATION_DUE_DAYS = env.PUBLICATION_DUE_DAYS.number()

# --- REST -------------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,  # `?format=` is a parameter that there is not
    "COERCE_DECIMAL_TO_STRING": True,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Registry of filed poverty households",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SERVE_PERMISSIONS": [],
    "SERVE_AUTHENTICATION": [],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_NAME_OVERRIDES": {
        "RowLevel": "reports.enums.RowLevel.choices",
        "Role": "registry.enums.Role.choices",
        "AssigneeRole": "quality.api.shapes.ASSIGNEE_ROLES",
        "MailForm": "reports.enums.MailForm.choices",
        "ProcedureForm": "dossiers.enums.Form.choices",
        "ReportFormat": "reports.enums.Format.choices",
        "FindingState": "quality.enums.FindingState.choices",
        "PostingKind": "households.enums.PostingKind.choices",
        "TransferState": "households.enums.TransferState.choices",
        "DuplicateState": "households.enums.DuplicateState.choices",
        "NearState": "households.enums.NearState.choices",
        "ChangeKind": "households.enums.ChangeKind.choices",
        "ChangeState": "households.enums.ChangeState.choices",
        "PeriodKind": "periods.enums.PeriodKind.choices",
        "PeriodState": "periods.enums.PeriodState.choices",
        "StageKind": "periods.enums.StageKind.choices",
        "SnapshotState": "periods.enums.SnapshotState.choices",
        "BatchState": "exchange.enums.BatchState.choices",
        "HouseholdStatus": "households.enums.HouseholdStatus.choices",
        "MonitoringShown": "households.enums.MONITORING_SHOWN",
        "Precision": "households.enums.PRECISION_CHOICES",
        "RunState": "reports.enums.RunState.choices",
        "PlanState": "planning.enums.PlanState.choices",
        "VillagePlanState": "villages.enums.PlanState.choices",
        "VisitSection": "households.enums.VisitSection.choices",
        "EntitlementAnswer": "entitlements.enums.EntitlementAnswer.choices",
        "EntitlementKind": "entitlements.enums.EntitlementKind.choices",
        "EntitlementState": "entitlements.enums.EntitlementState.choices",
        "PolicyObject": "entitlements.enums.PolicyObject.choices",
        "HouseholdPlanState": "assistance.enums.HouseholdPlanState.choices",
        "LoanEntryKind": "credit.enums.LoanEntryKind.choices",
        "DividendState": "economy.enums.DividendState.choices",
        "HelpRequestState": "concerns.enums.RequestState.choices",
        "HelpRequestOwner": "concerns.enums.OwnerRole.choices",
        "GrievanceState": "concerns.enums.GrievanceState.choices",
        "LevelEnum": [level.name.lower() for level in Level],
        "GrievanceLevel": "concerns.enums.Level.choices",
        "GrievanceReach": "concerns.enums.Reach.choices",
        "EntryKind": "economy.enums.EntryKind.choices",
        "CourseState": "livelihoods.enums.CourseState.choices",
        "LookGrantState": "oversight.enums.LookState.choices",
        "LookedList": "oversight.enums.LookList.choices",
        "Timeliness": "oversight.enums.Timeliness.choices",
        "WorkProof": "livelihoods.enums.WorkProof.choices",
        "IndustryProjectState": "economy.enums.ProjectState.choices",
        "AssetOwner": "economy.enums.AssetOwner.choices",
        "AssetState": "economy.enums.AssetState.choices",
        "DividendPayer": "economy.enums.Payer.choices",
        "PartState": "planning.enums.PartState.choices",
        "HelperPlanState": "planning.enums.HelperPlanState.choices",
        "HelperPartState": "planning.enums.HelperPartState.choices",
        "HelperWhy": "planning.enums.Why.choices",
        "LeadBefore": "planning.enums.Before.choices",
        "FormState": "oneform.enums.FormState.choices",
        "FormSubjects": "oneform.enums.Subjects.choices",
        "FormColumnUse": "oneform.enums.ColumnUse.choices",
        "SampleState": "sampling.enums.CheckState.choices",
        "SampleGroup": "sampling.enums.Group.choices",
        "SampleOutcome": "sampling.enums.Outcome.choices",
        "RecordSection": "sampling.enums.Section.choices",
        "ChoiceOutcome": "planning.enums.Outcome.choices",
        "ProposalOrigin": "planning.enums.Origin.choices",
        "PartDirection": "planning.enums.Direction.choices",
        "PaymentListState": "funds.enums.ListState.choices",
        "PolicyComparison": "entitlements.enums.Comparison.choices",
        "PaymentCorrectionKind": "funds.enums.CorrectionKind.choices",
        "PaymentCycle": "funds.enums.Cycle.choices",
        "AllocationPurpose": "funds.enums.Purpose.choices",
        "TransferDirection": "households.enums.TransferDirection.choices",
    },
}

LOGGING = logging_settings(env.LOG_LEVEL.choice(env.LOG_LEVELS))
LOGGING_CONFIG = "logging.config.dictConfig"
# Whether other names of the county's domain are served by https, and for ever, is not for this site to promise.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

"""Uploads, pictures, documents and static files."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from .environment import DATA_DIR, ROOT, env, refuse


def _default_storage(url: str) -> dict[str, object]:
    """Django's storage settings of STORAGE_URL: empty, or s3://key:secret@host/bucket."""
    if not url:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    parts = urlsplit(url)
    bucket = parts.path.strip("/")
    if parts.scheme != "s3" or not bucket:
        raise refuse("STORAGE_URL", "chỉ nhận dạng s3://khóa:mật-khẩu@máy-chủ/kho.")
    options = {
        "bucket_name": bucket,
        "access_key": unquote(parts.username or "") or None,
        "secret_key": unquote(parts.password or "") or None,
        "endpoint_url": f"https://{parts.hostname}{f':{parts.port}' if parts.port else ''}" if parts.hostname else None,
        "file_overwrite": False,
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


# Where uploads lie; unset: DATA_DIR/media.
STORAGE_URL = env.str("STORAGE_URL", default="")

STORAGES = {
    "default": _default_storage(STORAGE_URL),
    "staticfiles": {"BACKEND": "core.static_storage.PortalStaticStorage"},
}
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_URL = "/static/"
STATICFILES_DIRS = [ROOT / "static"]
STATICFILES_FINDERS = [
    "core.css_bundle.BundleFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
WHITENOISE_MAX_AGE = 31_536_000

WAGTAILIMAGES_IMAGE_MODEL = "core.PortalImage"
WAGTAILDOCS_DOCUMENT_MODEL = "core.PortalDocument"
WAGTAILMEDIA = {"MEDIA_MODEL": "core.PortalMedia"}
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 60_000_000
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "svg", "webp"]
WAGTAILIMAGES_IMAGE_FORM_BASE = "core.picture_forms.PictureForm"
# Looked at side by side: below these, leaves and bark smear; above, only bytes grow.
WAGTAILIMAGES_AVIF_QUALITY = 60
WAGTAILIMAGES_WEBP_QUALITY = 76
WAGTAILIMAGES_JPEG_QUALITY = 80
WAGTAILDOCS_EXTENSIONS = ["csv", "doc", "docx", "odt", "pdf", "ppt", "pptx", "rtf", "txt", "xls", "xlsx", "zip"]
# Served by the application, so that a private collection stays private.
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []

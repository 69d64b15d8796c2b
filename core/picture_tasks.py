"""What an editor uploaded is made ready for every screen while the editor goes on writing, so that no visitor waits for it."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from django_tasks import task

from .models import PortalImage
from .pictures import make_sizes
from .tasks import enqueue_on_commit


@task()
def prepare_picture(image_id: int) -> None:
    """Make what is not there yet of one picture; nothing for one that was deleted meanwhile. Seconds for a photograph."""
    if image := PortalImage.objects.filter(pk=image_id).first():
        make_sizes(image)


@receiver(post_save, sender=PortalImage)
def after_upload(instance: PortalImage, update_fields: Any = None, **kwargs: Any) -> None:
    """A new file or a new focal point. Pictures that come with the software (no uploader) are made at their first visit."""
    if instance.uploaded_by_user_id and not update_fields and not instance.is_svg():
        enqueue_on_commit(prepare_picture, instance.pk)

"""manage.py setup_roles: groups, permissions and the workflow, from editorial/data/roles.yaml. Can run again."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError

from editorial.roles import RolesError, read_roles, setup_roles


class Command(BaseCommand):
    help = "Tạo tám vai trò và quyền của từng vai trò theo editorial/data/roles.yaml."

    def handle(self, **options: object) -> None:
        try:
            setup_roles()
        except RolesError as error:
            raise CommandError(str(error), returncode=2) from error
        if int(str(options["verbosity"])) > 1:
            self.stdout.write(", ".join(role.name for role in read_roles().roles))

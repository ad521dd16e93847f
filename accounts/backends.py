from django.contrib.auth.backends import ModelBackend

from accounts.models import User


class EmailBackend(ModelBackend):
    """Sign in by e-mail address; the user comes with the answer whether a factor is set."""

    def get_user(self, user_id):
        user = User.objects.with_second_factor().filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None

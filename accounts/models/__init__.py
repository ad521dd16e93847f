from accounts.models.assignment import OfficerAssignment
from accounts.models.email_change import EmailChange
from accounts.models.invitation import Invitation
from accounts.models.user import User

__all__ = ["EmailChange", "Invitation", "OfficerAssignment", "User"]

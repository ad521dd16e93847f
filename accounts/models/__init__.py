from accounts.models.assignment import OfficerAssignment
from accounts.models.email_change import EmailChange
from accounts.models.user import User

__all__ = ["EmailChange", "OfficerAssignment", "User"]

"""What people do together: inquiries, suggestions, saved searches, good practices, teams.

The room stands so that imports already point one way; its models come with their pages.
"""

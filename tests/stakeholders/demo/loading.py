from io import StringIO

from django.core.management import call_command


def load_demo(**options):
    """Run the command and return the lines it writes."""
    output = StringIO()
    call_command("load_demo", stdout=output, **options)
    return output.getvalue().splitlines()


def files(folder):
    return {path.name for path in folder.rglob("*") if path.is_file()}

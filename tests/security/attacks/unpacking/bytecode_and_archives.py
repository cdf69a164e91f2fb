# tries: a compiled module, an archive and a pickle under the name of the module
# builder: yes
# outcome: missing
import importlib.util
import io
import zipfile


def files():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as bundle:
        bundle.writestr("__main__.py", "raise SystemExit(0)")
    return {"assignment.py": importlib.util.MAGIC_NUMBER + bytes(20) + archive.getvalue() + b"cos\nsystem\n(S'true'\ntR."}

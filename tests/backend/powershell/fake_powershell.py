"""A program that PowerShell's caller can't tell from PowerShell, in the one respect its behaviour names.

It is copied to a folder, made executable and run as ``powershell``; the behaviour's name is in the file
``behaviour`` beside it. What it was given goes into ``seen.json`` there. Standard library only.
"""

import base64
import json
import os
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(sys.argv[0]).resolve().parent

POLICY = (
    "File C:\\Program Files\\Console\\New-VSwitch.ps1 cannot be loaded because running scripts is "
    "disabled on this system. For more information, see about_Execution_Policies at "
    "https:/go.microsoft.com/fwlink/?LinkID=135170."
)
CONSTRAINED = "Cannot invoke method. Method invocation is supported only on core types in this language mode."
NO_CMDLET = (
    "The term 'Get-VMSwitch' is not recognized as the name of a cmdlet, function, script file, or operable "
    "program. Check the spelling of the name, or if a path was included, verify that the path is correct and "
    "try again."
)


def launcher_text():
    """The command it was started with, decoded as PowerShell does."""
    return base64.b64decode(sys.argv[sys.argv.index("-EncodedCommand") + 1]).decode("utf-16-le")


def splatted(request):
    """The parameters as the launcher makes them out of its input."""
    values = {}
    for one in request["parameters"]:
        value = one["value"]
        if one["kind"] == "text":
            value = value[1:]
        elif one["kind"] == "texts":
            value = [text[1:] for text in value]
        values[one["name"]] = value
    return values


def document(**more):
    return json.dumps({"schema": 1, "ok": True, "changed": False, **more}).encode()


def out(data):
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def err(text):
    sys.stderr.buffer.write(text.encode())
    sys.stderr.buffer.flush()


def launcher_failed(message, category, error_id, hresult="-2146233087", mode="FullLanguage"):
    """What the launcher writes where the script ended in an error it did not catch."""
    failed = {"message": message, "category": category, "id": error_id, "hresult": hresult, "mode": mode}
    out(b"script-failed:" + json.dumps(failed).encode() + b"\r\n")
    return 70


def clixml_error(*lines):
    body = "".join(f'<S S="Error">{line}_x000D__x000A_</S>' for line in lines)
    schema = "http://schemas.microsoft.com/powershell/2004/04"
    err(f'#< CLIXML\r\n<Objs Version="1.1.0.1" xmlns="{schema}">{body}</Objs>')


def progress(activity, status, percent):
    err(
        '<Obj S="progress" RefId="0"><MS><I64 N="SourceId">1</I64><PR N="Record">'
        f"<AV>{activity}</AV><AI>0</AI><Nil /><PI>-1</PI><PC>{percent}</PC><T>Processing</T><SR>-1</SR>"
        f"<SD>{status}</SD></PR></MS></Obj>"
    )


def hang_with_child():
    """Hang, and have a child that hangs too and holds the same pipes."""
    child = subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(600)"])
    (HERE / "pids").write_text(f"{os.getpid()} {child.pid}")
    out(b'{"schema":1')
    time.sleep(600)


def flood():
    """Gigabytes: only a reader that stops reading ends it."""
    block = b"x" * (1 << 20)
    for _ in range(4096):
        out(block)
    return 0


def behave(name, values):
    answer = document(after=values)
    if name == "answer":
        out(answer)
    elif name == "file":
        out((HERE / "answer.json").read_bytes())
    elif name == "file-when-told":
        while not (HERE / "go").exists():
            time.sleep(0.01)
        out((HERE / "answer.json").read_bytes())
    elif name == "progress":
        err("#< CLIXML\r\n<Objs>")
        progress("Reading", "adapt_x00E4_r &amp; co", 40)
        progress("Preparing modules", " ", -1)
        err("</Objs>")
        out(answer)
    elif name == "bom":
        out(b"\xef\xbb\xbf" + answer + b"\r\n")
    elif name == "utf-16":
        out(b"\xff\xfe" + answer.decode().encode("utf-16-le"))
    elif name == "utf-16-unmarked":
        out(answer.decode().encode("utf-16-le"))
    elif name == "utf-16-be":
        out(b"\xfe\xff" + answer.decode().encode("utf-16-be"))
    elif name == "not-text":
        out(b'{"schema": "\xff\xfa"}')
    elif name == "nothing":
        pass
    elif name == "garbage":
        out(b"WARNING: The names of some imported commands include unapproved verbs.\r\n")
    elif name == "noise-first":
        out(b"Loading profile...\r\n" + answer)
    elif name == "partial":
        out(answer[:-9])
    elif name == "says-nothing-of-the-change":
        out(b'{"schema": 1}')
    elif name == "list":
        out(b"[1]")
    elif name == "nested":
        out(b"[" * 200_000)
    elif name == "blocked":
        return launcher_failed(POLICY, "SecurityError", "UnauthorizedAccess")
    elif name == "blocked-outside":
        clixml_error(
            POLICY,
            "    + CategoryInfo          : SecurityError: (:) [], PSSecurityException",
            "    + FullyQualifiedErrorId : UnauthorizedAccess",
        )
        return 1
    elif name == "constrained":
        error_id = "MethodInvocationNotSupportedInConstrainedLanguage"
        return launcher_failed(CONSTRAINED, "InvalidOperation", error_id, mode="ConstrainedLanguage")
    elif name == "constrained-outside":
        clixml_error(CONSTRAINED)
        return 1
    elif name == "exit-code":
        err("Windows PowerShell terminated with the following error:\nOut of memory.\n")
        return 5
    elif name == "exit-code-after-answer":
        out(answer)
        return 1
    elif name == "killed":
        os.kill(os.getpid(), 9)  # on Windows: ended with that exit code
    elif name == "denied":
        message = "Zugriff verweigert"  # the words are localized, the code is not
        return launcher_failed(message, "NotSpecified", "System.Exception,Get-NetNat", "-2147024891")
    elif name == "denied-in-document":
        error = {
            "message": "You do not have the required permission to complete this task.",
            "category": "PermissionDenied",
            "id": "AccessDenied,Microsoft.HyperV.PowerShell.Commands.RemoveVMSwitch",
            "hresult": "0x80131500",
        }
        out(json.dumps({"schema": 1, "ok": False, "changed": False, "error": error}).encode())
    elif name == "failed-after-change":
        error = {
            "message": "The operation failed.",
            "category": "NotSpecified",
            "id": "OperationFailed",
            "hresult": "0x80004005",
        }
        out(json.dumps({"schema": 1, "ok": False, "changed": True, "error": error}).encode())
    elif name == "module-missing":
        return launcher_failed(NO_CMDLET, "ObjectNotFound", "CommandNotFoundException")
    elif name == "module-missing-outside":
        err(f"\x1b[31;1m{NO_CMDLET}\x1b[0m\n")
        return 1
    elif name == "hang":
        hang_with_child()
    elif name == "orphan":
        # The program ends, what it started keeps the pipes open.
        child = subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(600)"])
        (HERE / "pids").write_text(f"{child.pid}")
    elif name == "flood":
        return flood()
    elif name == "flood-of-errors":
        sys.stderr = sys.stdout
        os.dup2(2, 1)
        return flood()
    else:
        raise LookupError(name)
    return 0


def main():
    behaviour = (HERE / "behaviour").read_text()
    if behaviour == "deaf":  # ends without having read its input
        os.close(0)
        return 3
    text = launcher_text()
    request = json.loads(sys.stdin.buffer.read().decode("ascii"))
    values = splatted(request)
    seen = {
        "argv": sys.argv[1:],
        "environment": dict(os.environ),
        "launcher": text,
        "file": request["file"],
        "values": values,
    }
    (HERE / "seen.json").write_text(json.dumps(seen))
    return behave(behaviour, values)


if __name__ == "__main__":
    sys.exit(main())

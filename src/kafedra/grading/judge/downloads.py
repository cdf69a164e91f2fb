"""Calls that bring something from the network, or read what was brought from there once: by the names people call."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Final, Literal

Kind = Literal["network", "downloaded", "address"]

# of whatever package
_DOWNLOADS: Final = re.compile(
    r"urlopen|urlretrieve|from_pretrained|load_dataset|load_state_dict_from_url|download\w*|\w+_download"
    r"|create_connection|fetch_\w+|untar_data|get_rdataset"
)
# with the names that the code's imports stand for
_DOORS: Final = re.compile(
    r"(requests|httpx|urllib3|gdown|wget|kagglehub|yfinance|ftplib|smtplib|boto3)\.\w+(\.\w+)?"
    r"|(aiohttp\.ClientSession|http\.client\.\w+|socket\.socket|wandb\.init|pooch\.retrieve|transformers\.pipeline"
    r"|sentence_transformers\.SentenceTransformer|tensorflow_datasets\.load|torchtext\.datasets\.\w+"
    r"|gensim\.downloader\.load|openml\.\w+\.get_\w+|torch\.hub\.load|fastai\.\w+\.external\.\w+|stanza\.Pipeline)"
    r"|(\w+\.)*keras\.datasets\.\w+\.load_data"
)
_NOT_DOORS: Final = re.compile(r"\w+\.(\w+\.)?([A-Z]\w*(Error|Exception|Warning|Timeout)|disable_warnings)")
# what another cell, or another day, has left on the disk
_DOWNLOADED: Final = re.compile(
    r"nltk\.(corpus\.\w+(\.\w+)?|data\.\w+|word_tokenize|sent_tokenize|pos_tag|ne_chunk"
    r"|(tokenize|tag|chunk)\.(word_tokenize|sent_tokenize|pos_tag|ne_chunk)|stem\.(wordnet\.)?WordNetLemmatizer)"
    r"|spacy\.load"
    r"|torchvision\.datasets\.(?!FakeData|ImageFolder|DatasetFolder|VisionDataset)[A-Z]\w*"
)
_MOST_PARTS: Final = 12
_WEIGHTS: Final = re.compile(r"DEFAULT|IMAGENET\w*|imagenet|(\w+\.)*\w+_Weights\.\w+")
_ADDRESS: Final = re.compile(r"(https?|ftp)://")
# what reads an address as a file, by its last name
_READS: Final = re.compile(r"read_\w+|load\w*|imread|get|open|genfromtxt")
# what an address is shown to, compared or taken apart by, or kept in
_HARMLESS: Final = re.compile(
    r"(re|logging|warnings|html|urllib\.parse)\.(\w+\.)*\w+"
    r"|(.*\.)?(print|dict|display|HTML|Markdown|IFrame|YouTubeVideo|Link|pprint|repr|len|str|Path|NotImplementedError"
    r"|\w+(Error|Exception|Warning)|startswith|endswith|split|rsplit|partition|rpartition|replace|removeprefix|strip"
    r"|lstrip|rstrip|find|index|count|format|join|encode|lower|append|add|insert|update|setdefault|write|info|debug"
    r"|warning|error|warn|field|Field|dataclass|namedtuple|set_title|title|xlabel|ylabel|text|suptitle|urlparse"
    r"|urljoin|quote|urlencode)"
)


class Reader:
    """Of one module: what its names stand for."""

    def __init__(self, tree: ast.Module) -> None:
        nodes = list(ast.walk(tree))
        self._imports = dict(pair for node in nodes for pair in _imported(node))
        own = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
        self._own = {node.name for node in nodes if isinstance(node, own)}
        self._texts = dict(pair for node in tree.body for pair in _texts(node))

    def full_name(self, node: ast.expr) -> str:
        """``torch.hub.load`` for what is written ``hub.load``; of what is no name, the end alone: ``.load``.

        So of a name that is longer than any door's: a stranger's may be of any length, and costs no more.
        """
        parts = list[str]()
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        known = isinstance(node, ast.Name) and len(parts) < _MOST_PARTS
        root = self._imports.get(node.id, node.id) if isinstance(node, ast.Name) and known else ""
        return ".".join([root, *reversed(parts[:_MOST_PARTS])])

    def kind(self, call: ast.Call) -> tuple[Kind, str] | None:
        """What the call takes, and by which name; ``address``: it is given one, and who knows what it does with it."""
        name = self.full_name(call.func)
        addressed = any(map(self._is_address, (*call.args, *(word.value for word in call.keywords))))
        own = name.removeprefix("self.") in self._own
        if not own and (self._downloads(call, name) or (addressed and _READS.fullmatch(name.rpartition(".")[2]))):
            return "network", name.lstrip(".")
        if not own and _DOWNLOADED.fullmatch(name):
            return "downloaded", name
        return ("address", name.lstrip(".")) if addressed and name and not _HARMLESS.fullmatch(name) else None

    def _downloads(self, call: ast.Call, name: str) -> bool:
        if _DOWNLOADS.fullmatch(name.rpartition(".")[2]):
            return True
        if _DOORS.fullmatch(name) and not _NOT_DOORS.fullmatch(name):
            return True
        return any(self._asks_for(word) for word in call.keywords)

    def _asks_for(self, word: ast.keyword) -> bool:
        """``download=True``, ``pretrained=True``, ``weights="DEFAULT"``."""
        value = word.value
        if word.arg in ("download", "pretrained"):
            return isinstance(value, ast.Constant) and value.value is True
        text = value.value if isinstance(value, ast.Constant) else self.full_name(value)
        return word.arg == "weights" and isinstance(text, str) and bool(_WEIGHTS.fullmatch(text))

    def _is_address(self, node: ast.expr) -> bool:
        if isinstance(node, ast.JoinedStr) and node.values:
            node = node.values[0]
        text = node.value if isinstance(node, ast.Constant) else None
        text = self._texts.get(node.id) if isinstance(node, ast.Name) else text
        return isinstance(text, str) and bool(_ADDRESS.match(text))


def _imported(node: ast.AST) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield (alias.asname, alias.name) if alias.asname else (alias.name.partition(".")[0],) * 2
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        for alias in node.names:
            yield alias.asname or alias.name, f"{node.module}.{alias.name}"


def _texts(node: ast.stmt) -> Iterator[tuple[str, str]]:
    """Names that are given a text at the top of the module."""
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
        for target in node.targets:
            if isinstance(target, ast.Name):
                yield target.id, node.value.value

"""What code brings from the network is seen behind whichever package's helper does it, and an address alone is none."""

from __future__ import annotations

import ast

import pytest

from kafedra.grading.judge.outside import taken

NETWORK = """
from nltk import download as d; d('punkt')
from sklearn.datasets import fetch_openml; fetch_openml('mnist')
from torch.hub import load; load('a', 'b')
from torch import hub; hub.load('a')
from datasets import load_dataset; load_dataset('x')
import seaborn as sns; sns.load_dataset('iris')
import pandas as pd; pd.read_csv(filepath_or_buffer='https://x/y.csv')
import pandas as pd; URL = 'https://x/y'; pd.read_csv(URL)
import pandas as pd; pd.read_csv(f'https://x/{1}')
import requests as rq; rq.get(address)
import requests; session = requests.Session(); session.get(address)
import gensim.downloader as api; api.load('glove')
from torchvision import models as m; m.resnet18(pretrained=True)
from torchvision.models import resnet18, ResNet18_Weights; resnet18(weights=ResNet18_Weights.DEFAULT)
from transformers import AutoModel; AutoModel.from_pretrained('bert')
from keras.datasets import mnist; mnist.load_data()
from torchvision.datasets import MNIST; MNIST('.', download=True)
from statsmodels.api import datasets; datasets.get_rdataset('x')
""".strip().splitlines()
DOWNLOADED = """
from nltk.corpus import stopwords; stopwords.words('english')
import spacy; spacy.load('en')
from torchvision import datasets; datasets.MNIST('.')
""".strip().splitlines()
ADDRESS = """
from helper import get_data; get_data('https://x')
fetch = make(); fetch(url='https://x')
def load(url): return open(url); load('https://x')
""".strip().splitlines()
NOTHING = """
print('https://x'); ' see https://x'.replace('https://', ''); address.startswith('http://')
def f(): raise ValueError('https://x')
def fetch_batch(x): fetch_batch(1)
import requests; requests.exceptions.ConnectionError()
import numpy as np; np.average(x, weights='abc')
model.load_state_dict(state); torch.load('x.pt')
from torchvision import datasets; datasets.FakeData()
def download(self): self.download()
SEE = 'https://x'; links.append(SEE); dict(url=SEE)
""".strip().splitlines()


def test_a_name_of_any_length_is_read():
    assert [one.name for one in taken(ast.parse(f"a{'.b' * 2000}.urlopen()"))] == [".".join([*"b" * 11, "urlopen"])]


@pytest.mark.parametrize(
    ("kind", "lines"),
    [("network", NETWORK), ("downloaded", DOWNLOADED), ("address", ADDRESS), ("", NOTHING)],
)
def test_what_is_taken(kind, lines):
    found = {line: [one.what for one in taken(ast.parse(line))] for line in lines}
    assert found == {line: [kind] if kind else [] for line in lines}

"""Checks of the decoder, its files, sampling and training; skipped where torch is missing. Run by check.py."""

import importlib.util
import tempfile
import unittest
from pathlib import Path

import numpy as np

import vocabulary as v
from documents import LOSS, PATH_BITS, SUMMARY_PATH, Document, merged_paths, stream
from drafts import Draft
from packing import Packer
from writing import Chance, Scribe

TORCH = importlib.util.find_spec("torch") is not None


def new_scribe(seed: int) -> Scribe:
    return Scribe(Chance(seed))


@unittest.skipUnless(TORCH, "torch is not installed: pip install -r requirements.txt")
class Model(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        import torch

        from decoder import SIZES, Decoder

        torch.manual_seed(0)
        cls.torch = torch
        cls.decoder = Decoder(SIZES["tiny"]).eval()
        with torch.no_grad():  # away from the uniform outputs of fresh weights
            for parameter in cls.decoder.parameters():
                if parameter.ndim == 2:
                    parameter.mul_(8)

    def next_token(self, document: Document) -> int:
        """The likeliest next token, by one forward pass under the training mask."""
        from decoder import dense_mask, masked_attention

        torch = self.torch
        tokens = torch.tensor([list(document.tokens)])
        positions = torch.from_numpy(document.positions.astype(np.int64))[None]
        paths = torch.from_numpy((document.flags & PATH_BITS).astype(np.int64))[None]
        with torch.no_grad():
            attend = masked_attention(dense_mask(torch.ones_like(tokens), paths))
            return int(self.decoder.logits(self.decoder.states(tokens, positions, attend))[0, -1].argmax())

    def test_sampling_with_a_cache_gives_the_tokens_of_the_training_mask(self):
        from sampling import Prompt, Settings, sample

        documents = [merged_paths("Q", [Draft("12", "3"), Draft("1234", "4")]), merged_paths("QQ", [Draft("9", None)])]
        completions = sample(self.decoder, [Prompt.of_document(x) for x in documents], Settings(12))
        for document, completion in zip(documents, completions, strict=True):
            for token in completion.encode("latin-1"):
                self.assertEqual(self.next_token(document), token)
                position = document.positions[-1:] + np.uint16(1)
                document = Document(
                    document.tokens + bytes([token]),
                    np.concatenate([document.positions, position]),
                    np.concatenate([document.flags, np.array([SUMMARY_PATH], np.uint8)]),
                )

    def test_a_path_does_not_see_its_neighbours(self):
        first = merged_paths("Q", [Draft("12", "3"), Draft("1234", "4")])
        other = merged_paths("Q", [Draft("98", "7"), Draft("1234", "4")])
        second_path = len(first.tokens) - 1
        short = [
            Document(x.tokens[:second_path], x.positions[:second_path], x.flags[:second_path]) for x in (first, other)
        ]
        self.assertEqual(self.next_token(short[0]), self.next_token(short[1]))

    def test_block_sparse_attention_sees_what_dense_attention_sees(self):
        from loader import RowBatch
        from train import BlockSparseAttention, DenseAttention

        torch = self.torch
        rows = Packer(stream(new_scribe(14), "aggregation"), 768).rows(2)
        batch = RowBatch(*(torch.from_numpy(array.astype(np.int64)) for array in rows))
        states = []
        with torch.no_grad():
            for attention in (DenseAttention(), BlockSparseAttention(2, 768, compiled=False, device="cpu")):
                attend = attention.under(attention.mask(batch))
                states.append(self.decoder.states(batch.tokens, batch.positions, attend)[batch.documents > 0])
        self.assertTrue(torch.allclose(*states, atol=1e-4))

    def test_weights_survive_a_file(self):
        from weights import load_decoder, save_archives

        with tempfile.TemporaryDirectory() as folder:
            save_archives(self.decoder, Path(folder), "w")
            loaded = load_decoder(f"{folder}/w.*.npz", "tiny")
        for ours, theirs in zip(self.decoder.state_dict().values(), loaded.state_dict().values(), strict=True):
            self.assertTrue(self.torch.equal(ours.half().float(), theirs))

    def test_the_learning_rate_rises_stays_and_falls(self):
        from optimiser import Schedule

        schedule = Schedule(steps=100, peak=1.0, warm_up=10, flat=0.5, last=0.2)
        self.assertAlmostEqual(schedule.rate(0), 0.1)
        self.assertAlmostEqual(schedule.rate(30), 1.0)
        self.assertAlmostEqual(schedule.rate(75), 0.6)
        self.assertAlmostEqual(schedule.rate(100), 0.2)

    def test_muon_makes_updates_nearly_orthogonal(self):
        from optimiser import orthogonalised

        update = orthogonalised(self.torch.randn(1, 16, 40)).float()[0]
        values = self.torch.linalg.svdvals(update)
        self.assertGreater(float(values.min()), 0.5)
        self.assertLess(float(values.max()), 1.3)

    def test_labels_replace_targets_and_only_loss_tokens_count(self):
        from documents import JUDGE, TARGET_NO
        from train import losses

        torch = self.torch
        tokens = torch.tensor([[5, 6, 7]])
        logits = torch.zeros(1, 3, v.SIZE)
        logits[0, 0, 6] = logits[0, 1, v.NO] = 50.0
        flags = torch.tensor([[0, LOSS, LOSS | JUDGE | TARGET_NO]])
        self.assertLess(float(losses(logits, tokens, flags, 40.0)[0]), 1e-6)
        flags = torch.tensor([[0, LOSS, LOSS]])
        self.assertGreater(float(losses(logits, tokens, flags, 40.0)[0]), 10)
        flags = torch.tensor([[0, LOSS, 0]])
        self.assertLess(float(losses(logits, tokens, flags, 40.0)[0]), 1e-6)

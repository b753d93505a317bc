"""Make a tiny language model with random weights and serve it as `transformers serve` does.

    python tests/tiny_model.py FOLDER PORT < TEXT

Before it serves, it writes FOLDER/said.json: what the weights say to the text as a user's turn and to the
bare text. Two layers, a tokenizer trained on the invented reports, a chat template; nothing is downloaded.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import torch
import trips
from tokenizers import Tokenizer, decoders, models, trainers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast
from transformers.cli.transformers import main

TOKENS = 40
TEMPLATE = (
    "{{ bos_token }}{% for message in messages %}"
    "<|{{ message['role'] }}|>{{ message['content'] }}{{ eos_token }}"
    "{% endfor %}{% if add_generation_prompt %}<|assistant|>{% endif %}"
)
SPECIAL = ["<unk>", "<s>", "</s>", "<|user|>", "<|assistant|>"]


def make_tokenizer() -> PreTrainedTokenizerFast:
    pieces = Tokenizer(models.BPE(unk_token="<unk>"))
    pieces.decoder = decoders.Fuse()
    pieces.train_from_iterator(
        trips.FILES.values(), trainers.BpeTrainer(vocab_size=1_200, special_tokens=SPECIAL)
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=pieces, bos_token="<s>", eos_token="</s>", unk_token="<unk>", chat_template=TEMPLATE
    )


def make_model(words: int) -> LlamaForCausalLM:
    torch.manual_seed(7)
    config = LlamaConfig(
        vocab_size=words, hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=4,
        max_position_embeddings=8_192, initializer_range=0.5, bos_token_id=1, eos_token_id=2,
    )  # fmt: skip
    return LlamaForCausalLM(config).eval()


def says(model: LlamaForCausalLM, tokenizer: PreTrainedTokenizerFast, text: str) -> str:
    """The most probable continuation, token by token."""
    given = tokenizer(text, return_tensors="pt", add_special_tokens=False)
    said = model.generate(**given, max_new_tokens=TOKENS, do_sample=False)
    return tokenizer.decode(said[0, given["input_ids"].shape[1] :], skip_special_tokens=True)


def make(folder: Path, text: str) -> None:
    """The folder as users have it, and what is to be expected of it."""
    tokenizer = make_tokenizer()
    model = make_model(len(tokenizer))
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    turn = tokenizer.apply_chat_template(
        [{"role": "user", "content": text}], tokenize=False, add_generation_prompt=True
    )
    said = {"turn": says(model, tokenizer, turn), "bare": says(model, tokenizer, text)}
    (folder / "said.json").write_text(json.dumps(said), encoding="utf-8")


if __name__ == "__main__":
    folder, port = sys.argv[1:]
    make(Path(folder), sys.stdin.read())
    sys.argv[1:] = ["serve", folder, "--host", "127.0.0.1", "--port", port, "--device", "cpu"]
    main()

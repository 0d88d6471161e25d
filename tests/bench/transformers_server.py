"""How Opus-MT is usually served, to compare with: FastAPI around `MarianMTModel.generate`.

Started by the benchmark as `python -m tests.bench.transformers_server`, with PORT and HF_DIR
in the environment.
"""

import os
from typing import Annotated

import torch
import uvicorn
from fastapi import Body, FastAPI
from transformers import MarianMTModel, MarianTokenizer

BEAM_SIZE = 4


def create_app(folder: str) -> FastAPI:
    """Load a Hugging Face checkpoint, fp32, on as many threads as the machine has cores."""
    torch.set_num_threads(len(os.sched_getaffinity(0)))
    tokenizer = MarianTokenizer.from_pretrained(folder)
    model = MarianMTModel.from_pretrained(folder, dtype=torch.float32).eval()
    app = FastAPI()

    @app.post("/translate")
    def translate(
        sentences: Annotated[list[str], Body()], batch: Annotated[int, Body()] = 1
    ) -> list[str]:
        """Translate sentences, `batch` at a time, in the order in which they come."""
        targets: list[str] = []
        with torch.inference_mode():
            for start in range(0, len(sentences), batch):
                inputs = tokenizer(
                    sentences[start : start + batch], return_tensors="pt", padding=True
                )
                output = model.generate(**inputs, num_beams=BEAM_SIZE, max_new_tokens=256)
                targets += tokenizer.batch_decode(output, skip_special_tokens=True)
        return targets

    return app


if __name__ == "__main__":
    uvicorn.run(create_app(os.environ["HF_DIR"]), port=int(os.environ["PORT"]), log_level="error")

"""Inference: the CTranslate2 engine, the scheduler in front of it, its cache, and alignment."""

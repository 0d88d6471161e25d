"""Subtitles, by sentences over several cues."""

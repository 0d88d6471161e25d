"""The project's own API: translate, follow, download, health, and its description."""

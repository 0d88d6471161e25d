"""Policy: the tables of addresses that say who may ask what, and from where."""

# LibreTranslate's addresses; the first is ours, too.
TRANSLATE = "/translate"
SHARED = {
    "/detect",
    "/frontend/settings",
    "/languages",
    "/suggest",
    TRANSLATE,
    "/translate_file",
}

# What the page asks while its user types: a problem is said in the translation's place.
LIVE = {"/live", "/alternatives"}

# What says nothing of anybody's texts, and what a browser needs for the form to log in.
OPEN = {
    *("/health", "/login", "/logout", "/openapi.json"),
    "/metrics",  # it looks by which port it is asked
    # LibreTranslate's clients ask these before they have a key.
    *("/languages", "/frontend/settings"),
}

# The name of a file to download is a secret by itself.
OPEN_FOLDERS = ("/static/", "/download_file/")

# Doors that call `authenticate` themselves: their clients bring the key in other places, or want
# refusals in a form of their own.
ASK_THEMSELVES = SHARED
ASKING_FOLDERS = ("/v2/", "/v3/")

# What begins so is answered in DeepL's form, whether it is here or not.
PATHS = ("/v2/", "/v3/")

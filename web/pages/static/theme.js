// Before anything is drawn: the colours that the reader has chosen here, else those of the system.
{
  const root = document.documentElement;
  if (localStorage.theme) root.dataset.theme = localStorage.theme;
  // The browser's own frame gets them, too; of its two colours it takes one by the system's.
  const frames = [...document.querySelectorAll("meta[name=theme-color]")];
  const [light, dark] = frames.map(frame => frame.content);
  const follow = () => {
    if (root.dataset.theme) for (const frame of frames) frame.content = root.dataset.theme === "dark" ? dark : light;
  };
  follow();
  new MutationObserver(follow).observe(root, {attributeFilter: ["data-theme"]});
}

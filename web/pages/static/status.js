// Says when web itself does not answer: then nothing new comes, and the figures are old.

const silence = document.getElementById("silence");

document.addEventListener("htmx:error", () => {
  silence.hidden = false;
});

document.addEventListener("htmx:finally:swap", ({ detail: { ctx } }) => {
  silence.hidden = ctx.response?.status === 200;
});

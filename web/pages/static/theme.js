// Before anything is drawn: the colours that the reader has chosen here, else those of the system.
if (localStorage.theme) document.documentElement.dataset.theme = localStorage.theme;

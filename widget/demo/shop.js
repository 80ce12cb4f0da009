/** The shop in German when its address asks for it: `?lang=de`. */
const german = new URLSearchParams(location.search).get('lang') === 'de';
if (german) {
  document.documentElement.lang = 'de';
  for (const element of document.querySelectorAll('[data-de]'))
    element.textContent = element.dataset.de;
  for (const link of document.querySelectorAll('a[href^="/demo"]'))
    if (link.hreflang === '') link.search = '?lang=de';
}
for (const form of document.forms)
  form.addEventListener('submit', (event) => event.preventDefault());

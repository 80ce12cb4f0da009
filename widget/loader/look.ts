/** The loader's few elements, in a shadow root that no style of the page reaches. */
export function createLook(site: string) {
  const host = document.createElement('div');
  host.dataset.deskside = site;
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];

  // Node by node: pages that ask for Trusted Types let no script set innerHTML.
  const add = <K extends keyof HTMLElementTagNameMap>(parent: Node, name: K) =>
    parent.appendChild(document.createElement(name));
  const launcher = add(root, 'button');
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  const path = svg.appendChild(document.createElementNS(SVG, 'path'));
  launcher.append(svg);
  const badge = add(launcher, 'b');
  badge.ariaHidden = 'true';
  const panel = add(root, 'div');
  const words = add(panel, 'p');
  const retry = add(panel, 'button');
  const status = add(root, 'i');
  words.role = 'status';
  status.role = 'status';

  return {
    host,
    launcher,
    badge,
    panel,
    words,
    retry,
    /** Read out, not shown. */
    status,
    icon: (open: boolean) => path.setAttribute('d', open ? DOWN : BUBBLE),
  };
}

const SVG = 'http://www.w3.org/2000/svg';
/** `message-square` and `chevron-down` of lucide (ISC). */
const BUBBLE = 'M21 15a2 2 0 0 1-2 2H7l-4 4V5a2 2 0 0 1 2-2h14a2 2 0 0 1 2 2z';
const DOWN = 'm6 9 6 6 6-6';

const css = `:host{all:initial;position:fixed;right:20px;bottom:20px;z-index:2147483000;font:15px/1.45 system-ui,sans-serif;--accent:#4b4ee0;--ink:#fff}
[hidden]{display:none!important}
button{all:unset;cursor:pointer}
button:focus-visible{outline:3px solid light-dark(#1b1b23,#fff);outline-offset:2px}
:host>button{padding:15px;border-radius:50%;background:var(--accent);color:var(--ink);box-shadow:0 4px 16px #0004}
svg{display:block;width:26px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
b{position:absolute;top:-4px;right:-4px;padding:0 6px;border-radius:12px;border:2px solid #fff;background:#c4262e;color:#fff;font-size:12px;text-align:center}
div{position:fixed;right:20px;bottom:88px;width:min(400px,100vw - 40px);height:min(660px,100dvh - 108px);border-radius:12px;overflow:hidden;display:grid;place-content:center;text-align:center;background:light-dark(#fff,#1a1a21);color:light-dark(#1b1b23,#ececf2);box-shadow:0 8px 40px #0004,0 0 0 1px #8884;animation:a .16s ease-out}
@keyframes a{0%{opacity:0}}
div button{padding:8px;border-radius:6px;border:1px solid #888;font-weight:600}
iframe{position:absolute;inset:0;width:100%;height:100%;border:0;opacity:0}
.ready iframe{opacity:1}
i{position:absolute;clip-path:inset(50%);white-space:nowrap}
.full{inset:0;width:auto;height:auto;border-radius:0}
@media(prefers-reduced-motion){*{animation:none!important}}`;

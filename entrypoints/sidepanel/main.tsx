import '../../components/ui/tokens.css';
import '../../components/ui/base.css';
import { effect } from '@preact/signals';
import { render } from 'preact';
import { loadChoices } from '../../components/panel/choices.ts';
import { Panel } from '../../components/panel/Panel.tsx';
import { openPanelModel } from '../../desk/background/panel-model.ts';
import { language } from '../../locales/panel.ts';

const root = document.getElementById('panel');
if (root === null) throw new Error('The page has no #panel.');

const model = openPanelModel();
await loadChoices();
effect(() => {
  // The background has no localStorage: what it shows follows the disk.
  if (language.value !== null) void model.speak(language.value);
});
render(<Panel model={model} />, root);

addEventListener('pagehide', () => {
  // Takes the conversation off the screen, which saves what was typed a moment ago.
  render(null, root);
  model.close();
});
